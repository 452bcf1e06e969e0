"""Days of a roster by exact means: CP-SAT fills a day's shifts anew.

What agents do between their breaks hangs together so closely that taking a few of them
off at a time may miss what is left; a day of a small team as a whole takes seconds
(large neighbourhood search; Shaw, 1998).
"""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import State
from models.roster.columns.local import Change, Local
from models.roster.columns.named import roster
from models.roster.columns.pricing import Pricer
from models.roster.columns.tables import empty_state
from models.roster.columns.taken import weeks_of
from models.roster.cpsat.day import OfDay, refill_problem
from models.roster.cpsat.hint import add_hint
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.part import Given, Own, given, joined
from models.roster.cpsat.search import complete_hint, run
from models.roster.problem import UNIT
from models.roster.result import Limits, Roster, Worked
from models.roster.track import Flag

Ints = npt.NDArray[np.int64]

_CREW = 20  # agents whose day is a part
_EFFORT = 8.0  # deterministic time for a part
_CLOSE = UNIT // 2  # by which a part's answer may miss its best


@dataclass(eq=False)
class Days:
    """Fills days of the best roster anew, those first that are shortest of people.

    A day is left out as long as it looks as when it was last solved.
    """

    local: Local
    seed: int
    _solved: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        problem = self.local.pricer.problem
        self._starts = np.array(problem.day_starts) // problem.period
        self._draws = np.random.Generator(np.random.PCG64(self.seed))

    def solve(self, limits: Limits, stop: Flag) -> bool:
        """Solve a day; ``False`` where none is worth it now."""
        before = self.local.best.state
        day = None if before is None else self._next(before)
        if before is None or day is None:
            return False
        agents = np.flatnonzero(before.options[:, day] >= 0)
        crew = np.sort(
            self._draws.choice(agents, min(_CREW, agents.size), replace=False)
        )
        changes = solved(self.local.pricer, before, day, crew.tolist(), limits, stop)
        self.local.offer(before, changes, day)
        if agents.size <= _CREW:
            self._solved[day] = self._looks(self.local.best.state or before, day)
        return True

    def _next(self, state: State) -> int | None:
        """Return the day that is shortest of people of those not yet solved."""
        demand = self.local.demand
        short = np.maximum(demand.target - state.cover[demand.level_cover], 0)
        cost = (short * demand.level_cost[:, None]).sum(axis=0)
        needs = np.add.reduceat(cost, self._starts[:-1])
        for day in np.argsort(-needs, kind="stable").tolist():
            works = (state.options[:, day] >= 0).any()
            if works and self._solved.get(day) != self._looks(state, day):
                return int(day)
        return None

    def _looks(self, state: State, day: int) -> bytes:
        """Return what a day's best answer depends on, but for late work."""
        periods = slice(int(self._starts[day]), int(self._starts[day + 1]))
        return state.options[:, day].tobytes() + state.codes[:, periods].tobytes()


def solved(
    pricer: Pricer,
    before: State,
    day: int,
    agents: list[int],
    limits: Limits,
    stop: Flag,
) -> dict[int, Change]:
    """Return what some agents had better do on a day, all else being as before."""
    problem = pricer.problem
    crew = _crew(pricer, before, day, agents)
    total = Given(before.cover - empty_state(pricer).cover, before.room)
    for member in crew:
        _, inside, _ = member.own.split(day)
        gives = given(problem, member.agent, inside)
        total = Given(total.cover - gives.cover, total.work - gives.work)
    made = RosterModel(refill_problem(problem, total, day, crew))
    add_hint(made, joined([_now(member, day) for member in crew]))
    complete_hint(made.model)
    answer = run(made.model, limits, stop=stop, effort=_EFFORT, close=_CLOSE)
    if answer.value is None:
        return {}
    return _changes(pricer, before, crew, day, made.roster(answer.value))


def _crew(pricer: Pricer, state: State, day: int, agents: list[int]) -> list[OfDay]:
    """Return those who work one shift on a day."""
    own = roster(pricer, state, agents)
    found = []
    for a in agents:
        worked = tuple(w for w in own.worked if w.agent == a)
        if sum(w.day == day for w in worked) == 1:
            doing = tuple(x for x in own.activities or () if x.agent == a)
            found.append(OfDay(pricer.problem.agents[a], Own(worked, doing, 0)))
    return found


def _now(member: OfDay, day: int) -> Own:
    shift, inside, _ = member.own.split(day)
    return Own((shift,), tuple(inside), 0)


def _changes(
    pricer: Pricer, before: State, crew: list[OfDay], day: int, found: Roster
) -> dict[int, Change]:
    """Return the weeks of a crew with what was found for a day.

    None where an agent's meetings of one name would change places with other days'.
    """
    changes: dict[int, Change] = {}
    for n, member in enumerate(crew):
        shift, _, outside = member.own.split(day)
        a = shift.agent
        inside = (replace(x, agent=a) for x in found.activities or () if x.agent == n)
        week = Roster(member.own.worked, (*outside, *inside))
        taken = weeks_of(pricer, week, [a]).get(a)
        if taken is None or (taken[0] != before.options[a]).any():
            return {}
        changes[a] = taken, _span(pricer, shift)
    return changes


def _span(pricer: Pricer, worked: Worked) -> slice:
    g = pricer.problem.period
    return slice(worked.start // g, worked.end // g)
