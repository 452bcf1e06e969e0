"""Telling CP-SAT a roster that is already known."""

from collections.abc import Iterable, Iterator

from ortools.sat.python import cp_model

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.variables import AgentVariables
from models.roster.problem import Kind, RosterProblem
from models.roster.reach import held
from models.roster.result import Activity, Roster, Worked

Values = Iterator[tuple[cp_model.IntVar, bool]]


def add_hint(made: RosterModel, roster: Roster) -> None:
    """Hint at a roster of the model's problem (positions are the problem's)."""
    for a, own in enumerate(made.agents):
        worked = [w for w in roster.worked if w.agent == a]
        doing = [x for x in roster.activities or () if x.agent == a]
        for variable, value in _values(made.problem, own, worked, doing):
            made.model.add_hint(variable, value)


def _values(
    problem: RosterProblem,
    own: AgentVariables,
    worked: list[Worked],
    doing: list[Activity],
) -> Values:
    dated = {(w.shift_type, w.start, w.end) for w in worked}
    for i, variable in own.works.items():
        shift = problem.shifts[i]
        yield variable, (shift.shift_type, shift.start, shift.end) in dated
    days = {w.day for w in worked}
    for d, variable in own.on.items():
        yield variable, d in days
    rests = {
        (w.day, w.shift_type, x.name, x.start // problem.period)
        for w in worked
        for x in doing
        if x.kind is Kind.BREAK and w.start <= x.start < w.end
    }
    for (d, k, b), takes in own.takes.items():
        name = problem.shift_types[k].breaks[b].name
        for t, variable in takes.items():
            yield variable, (d, k, name, t) in rests
    yield from _filled(problem, own, doing)


def _filled(
    problem: RosterProblem, own: AgentVariables, doing: list[Activity]
) -> Values:
    """Meetings, works and idle time."""
    attended = held(own.agent, doing)
    for m, meets in enumerate(own.meets):
        start = attended[m].start if m in attended else -1
        for t, variable in meets.items():
            yield variable, t * problem.period == start
    for w, does in own.does.items():
        work = problem.works[w]
        on = set(_periods(problem, (x for x in doing if _is(x, work.kind, work.name))))
        for p, variable in does.items():
            yield variable, p in on
        for p, variable in own.begins[w].items():
            yield variable, p in on and p - 1 not in on
    if own.is_only_there:
        return
    nothing = set(_periods(problem, (x for x in doing if x.kind is Kind.IDLE)))
    for p, free in own.idle.items():
        assert isinstance(free, cp_model.IntVar)
        yield free, p in nothing


def _is(activity: Activity, kind: Kind, name: str) -> bool:
    return activity.kind is kind and activity.name == name


def _periods(problem: RosterProblem, doing: Iterable[Activity]) -> Iterator[int]:
    g = problem.period
    for x in doing:
        yield from range(x.start // g, x.end // g)
