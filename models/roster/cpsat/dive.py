"""Tours for everybody from the outline: solve, fix the surest, solve again."""

import threading
from dataclasses import dataclass, replace

from ortools.sat.python.cp_model import LinearExpr

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import run
from models.roster.outline import Outline
from models.roster.problem import GOALS, Agent, Pin, RosterProblem, Shift
from models.roster.result import Limits
from models.roster.track import Track

_SHARE = 0.25  # of the agents that are left, fixed in each round
_WHOLE = 1000  # a shift that the outline works wholly
_QUICK = Limits(seconds=5, workers=1)


@dataclass(frozen=True)
class Tour:
    """The shifts of an agent's tour, and how much of them the outline works."""

    shifts: tuple[int, ...]
    sure: float


def dive(
    problem: RosterProblem, track: Track, seconds: float, stop: threading.Event | None
) -> dict[int, tuple[int, ...]]:
    """Return shifts (positions in the menu) for agents, legal but for breaks.

    Round by round the outline is solved, each agent gets the legal tour nearest to it,
    and the surest quarter of the tours is fixed. Agents left when the time is up, or
    for whom nothing was found, are left out.
    """
    outline = Outline(problem)
    highs = outline.rows.solver(GOALS)
    fixed: dict[int, tuple[int, ...]] = {}
    left = set(range(len(problem.agents)))
    until = track.seconds() + seconds
    while left and track.seconds() < until and not (stop and stop.is_set()):
        highs.setOptionValue("time_limit", highs.getRunTime() + seconds)
        highs.run()
        values = highs.getSolution().col_value
        if not values:
            break
        tours = {}
        for a in left:
            worth = {i: values[c] for i, c in outline.works[a].items()}
            tours[a] = _nearest(problem, problem.agents[a], worth)
        surest = sorted(left, key=lambda a: (-tours[a].sure, a))
        for a in surest[: max(1, round(_SHARE * len(left)))]:
            fixed[a] = tours[a].shifts
            for i, column in outline.works[a].items():
                worked = float(i in tours[a].shifts)
                highs.changeColBounds(column, worked, worked)
            left.remove(a)
    return fixed


def pinned(problem: RosterProblem, agent: Agent, shifts: tuple[int, ...]) -> Agent:
    """Return an agent whose days are all pinned to a tour."""
    on: dict[int, Shift] = {problem.shifts[i].day: problem.shifts[i] for i in shifts}
    pins = tuple(Pin(day, on.get(day)) for day in range(problem.days))
    return replace(agent, pins=pins)


def _nearest(problem: RosterProblem, agent: Agent, worth: dict[int, float]) -> Tour:
    """Return the legal tour that works most of what the outline works.

    A shift that the outline works for less than a twentieth counts against the tour.
    """
    bare = tuple(replace(kind, breaks=()) for kind in problem.shift_types)
    made = RosterModel(
        replace(
            problem,
            agents=(replace(agent, speeds=(), wishes=(), tasks=()),),
            shift_types=bare,
            works=(),
            covers=(),
            fills=(),
            cases=(),
            headcounts=(),
        )
    )
    works = made.agents[0].works
    made.model.maximize(
        LinearExpr.weighted_sum(
            list(works.values()),
            [round(_WHOLE * worth.get(i, 0)) - _WHOLE // 20 for i in works],
        )
    )
    answer = run(made.model, _QUICK)
    if answer.value is None:
        return Tour((), -1)
    shifts = tuple(i for i, worked in works.items() if answer.value(worked))
    total = sum(worth.values()) or 1
    return Tour(shifts, sum(worth.get(i, 0) for i in shifts) / total)
