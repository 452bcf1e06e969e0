"""The decisions of one agent, as CP-SAT variables."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from ortools.sat.python import cp_model

from models.roster.problem import Agent, Kind, RosterProblem
from models.roster.reach import break_starts, menu, speed_of

Literal = cp_model.IntVar
Linear = cp_model.LinearExpr
sum_of = cp_model.LinearExpr.sum
Periods = dict[int, Literal]


@dataclass
class AgentVariables:
    """What one agent does.

    Attributes
    ----------
    works
        Per position in ``problem.shifts``: is it worked.
    of_day
        Per day: positions in ``problem.shifts`` of those that start on it.
    on
        Per day: does a shift start on it.
    takes
        Per (day, shift type, break): period -> the break starts in it.
    meets
        Per meeting: period -> it starts in it.
    does
        Per work: period -> the agent is on it.
    begins
        Per work: period -> an uninterrupted run of it starts.
    idle
        Period -> nothing to do. Where there is never anything to do but be there it is
        a sum of shifts, else a variable.
    """

    agent: Agent
    works: dict[int, Literal] = field(default_factory=dict)
    of_day: dict[int, list[int]] = field(default_factory=dict)
    on: dict[int, Literal] = field(default_factory=dict)
    takes: dict[tuple[int, int, int], Periods] = field(default_factory=dict)
    meets: list[Periods] = field(default_factory=list)
    does: dict[int, Periods] = field(default_factory=dict)
    begins: dict[int, Periods] = field(default_factory=dict)
    idle: dict[int, Linear] = field(default_factory=dict)

    @property
    def is_only_there(self) -> bool:
        """Whether there is never anything to do: idle is no decision then."""
        return not (self.does or self.takes or self.meets)

    def shifts_on(self, day: int) -> list[Literal]:
        """Return the shifts that start on a day."""
        return [self.works[i] for i in self.of_day.get(day, ())]


def agent_variables(
    m: cp_model.CpModel, problem: RosterProblem, agent: Agent, opens: list[set[int]]
) -> AgentVariables:
    """Create the variables of one agent and say what belongs together.

    In every period the agent is present exactly when one thing is done: a work, a
    break, a meeting, or nothing (idle). Each break of a worked shift is taken once.
    """
    own = AgentVariables(agent)
    name = agent.name
    for i in menu(problem, agent):
        own.works[i] = m.new_bool_var(f"works[{name},{i}]")
        own.of_day.setdefault(problem.shifts[i].day, []).append(i)
    at_most_one_at_a_time(m, problem, own, problem.period)
    present = _present(problem, own)
    for d in sorted(own.of_day):
        own.on[d] = m.new_bool_var(f"on[{name},{d}]")
        if problem.enforces("one_shift_per_day"):
            m.add(own.on[d] == sum_of(own.shifts_on(d)))
        else:
            m.add_max_equality(own.on[d], own.shifts_on(d))
    _add_breaks(m, problem, own)
    for number, meeting in enumerate(agent.meetings):
        starts = _meeting_starts(problem, meeting.earliest, meeting.latest)
        own.meets.append(
            {p: m.new_bool_var(f"meets[{name},{number},{p}]") for p in starts}
        )
    for w in range(len(problem.works)):
        if speed_of(problem, agent, w):
            own.does[w] = {
                p: m.new_bool_var(f"does[{name},{w},{p}]")
                for p in sorted(opens[w] & present.keys())
            }
            own.begins[w] = _begins(m, problem, own, w)
    if own.is_only_there:
        own.idle = {p: sum_of(worked) for p, worked in present.items()}
        return own
    own.idle = {p: m.new_bool_var(f"idle[{name},{p}]") for p in present}
    _one_thing_at_a_time(m, problem, own, present)
    return own


def at_most_one_at_a_time(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables, gap: int
) -> None:
    """Of the shifts that, with the gap after, hold a moment, one at most is worked.

    Two shifts are closer than ``gap`` minutes exactly if the later start lies in
    ``[start, end + gap)`` of the earlier, so the moments to look at are the starts.
    With a gap of one period they neither overlap nor touch: two that touched were one.
    """
    spans = sorted(
        (problem.shifts[i].start, problem.shifts[i].end + gap, i) for i in own.works
    )
    held: list[tuple[int, int]] = []
    for moment, starting in groupby(spans, key=lambda span: span[0]):
        held = [(end, i) for end, i in held if moment < end]
        held += [(end, i) for _, end, i in starting]
        m.add_at_most_one(own.works[i] for _, i in held)


def _begins(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables, work: int
) -> Periods:
    """``begins[p] >= does[p] - does[p-1]``, where somebody asks when a run begins."""
    found = problem.works[work]
    if found.kind is Kind.VOICE and found.shortest <= problem.period:
        return {}
    does = own.does[work]
    begins = {p: m.new_bool_var(f"begins[{own.agent.name},{work},{p}]") for p in does}
    for p, variable in begins.items():
        m.add(variable >= does[p] - does.get(p - 1, 0))
    return begins


def _present(problem: RosterProblem, own: AgentVariables) -> dict[int, list[Literal]]:
    """Return for each period the shifts that cover it."""
    present: dict[int, list[Literal]] = defaultdict(list)
    for i, worked in own.works.items():
        shift = problem.shifts[i]
        for p in range(shift.start // problem.period, shift.end // problem.period):
            present[p].append(worked)
    return dict(sorted(present.items()))


def _meeting_starts(
    problem: RosterProblem, earliest: int, latest: int
) -> Iterable[int]:
    if not problem.enforces("meetings"):
        return ()
    return range(-(-earliest // problem.period), latest // problem.period + 1)


def _add_breaks(
    m: cp_model.CpModel, problem: RosterProblem, own: AgentVariables
) -> None:
    """Each worked shift has each of its breaks once, at one of its own starts.

    ``sum_t takes[d, k, b, t] = sum_i works[i]`` over shifts i of type k on day d, and
    ``sum_{t of i} takes[d, k, b, t] >= works[i]``.
    """
    fits: dict[tuple[int, int, int], dict[int, list[Literal]]] = {}
    shifts: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    for i in own.works:
        shift = problem.shifts[i]
        for b in range(len(problem.breaks_of[i])):
            key = (shift.day, shift.shift_type, b)
            shifts[key].append(i)
            for t in break_starts(problem, i, b):
                fits.setdefault(key, defaultdict(list))[t].append(own.works[i])
    for key, members in shifts.items():
        label = f"{own.agent.name},{key}"
        takes = {
            t: m.new_bool_var(f"takes[{label},{t}]") for t in sorted(fits.get(key, {}))
        }
        own.takes[key] = takes
        m.add(sum(takes.values()) == sum(own.works[i] for i in members))
        for i in members:
            own_starts = [takes[t] for t in break_starts(problem, i, key[2])]
            m.add_bool_or([*own_starts, own.works[i].negated()])
        for t, worked in fits.get(key, {}).items():
            m.add(takes[t] <= sum(worked))


def _one_thing_at_a_time(
    m: cp_model.CpModel,
    problem: RosterProblem,
    own: AgentVariables,
    present: dict[int, list[Literal]],
) -> None:
    """``sum does + breaks + meetings + idle = sum works`` in every period."""
    doing: dict[int, list[Linear]] = {p: [own.idle[p]] for p in present}
    for periods in own.does.values():
        for p, variable in periods.items():
            doing[p].append(variable)
    for (_, k, b), starts in own.takes.items():
        length = problem.shift_types[k].breaks[b].minutes // problem.period
        _cover(doing, starts, length)
    for meeting, starts in zip(own.agent.meetings, own.meets, strict=True):
        outside = _cover(doing, starts, meeting.minutes // problem.period)
        for variable in outside:
            m.add(variable == 0)
    for p, worked in present.items():
        m.add(sum(doing[p]) == sum(worked))


def _cover(
    doing: dict[int, list[Linear]], starts: Periods, length: int
) -> list[Literal]:
    """Enter starts in all periods they cover; return those that cannot be covered."""
    outside = []
    for t, variable in starts.items():
        for p in range(t, t + length):
            if p in doing:
                doing[p].append(variable)
            else:
                outside.append(variable)
                break
    return outside
