"""What a roster gives: cover and service level, backlog and breaches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.roster import check, predict
from models.roster.problem import FULL_SPEED, Kind, RosterProblem
from models.roster.result import Roster
from models.throughput import Cohort, Forecast, curves
from scheduler.domain import CaseType
from scheduler.rosters.promise import OnCalls, presences, promised_levels
from scheduler.translate import QueueDemand, Translation
from scheduler.translate.demand import centi_agents

Floats = npt.NDArray[np.float64]
_NOTHING = 1e-6  # calls

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class QueueOutlook:
    """One queue, or a set of queues that share agents, per demand interval.

    Attributes
    ----------
    in_horizon
        Intervals that start before the horizon ends.
    rostered, effective
        People on its calls: heads, and by their speed.
    short
        People missing of those who must be there in every interval.
    service_level
        Answered in time / offered; nan where there are no calls or the queues promise
        different things, and after the horizon, where next week's roster adds people.
    """

    demand: QueueDemand
    in_horizon: Bools
    rostered: Floats
    effective: Floats
    short: Floats
    service_level: Floats

    @property
    def reached(self) -> list[bool]:
        """Whether the calls of each day or week with a level of its own reach it."""
        demand = self.demand
        there = self.effective * (1 - demand.unplanned_shrinkage)
        found = []
        for span in demand.spans:
            rows = np.array(sorted(span.curves))
            late = demand.late(rows, there[rows, None])[:, 0]
            found.append(bool(demand.calls[rows] @ late <= span.allowed + _NOTHING))
        return found

    @property
    def shown(self) -> npt.NDArray[np.int64]:
        """Positions of the intervals that are open or ask for people."""
        demand = self.demand
        asks = (demand.required > 0) | (self.short > 0)
        return np.flatnonzero(asks | (demand.is_open & self.in_horizon))


@dataclass(frozen=True, eq=False)
class CaseOutlook:
    """One case type per day.

    Attributes
    ----------
    work, kind
        Its position among the problem's works, and what the plan says of it.
    cohorts
        Its cases, expected.
    minutes
        Of a trained agent, in each period of the grid: in blocks and between calls.
    fill_minutes
        Those between calls, as far as the plan counts on them.
    blocks_only
        The forecast without these; ``None`` where there are none.
    hours_needed
        Of the cases due that day; those late on day one are due when the plan wants
        them done. In hours of a trained agent, like ``hours_rostered`` (in blocks) and
        ``hours_fill``.
    """

    case_type: str
    work: int
    kind: CaseType
    cohorts: tuple[Cohort, ...]
    minutes: Floats
    fill_minutes: Floats
    forecast: Forecast
    blocks_only: Forecast | None
    hours_needed: Floats
    hours_rostered: Floats
    hours_fill: Floats


@dataclass(frozen=True, eq=False)
class Outlook:
    """All queues (sets of them) and case types, in the order of the problem."""

    queues: tuple[QueueOutlook, ...]
    cases: tuple[CaseOutlook, ...]


def outermost(demands: Sequence[QueueDemand]) -> list[int]:
    """Return the sets of queues that lie in no larger one: each call is in just one."""
    sets = [set(demand.queues) for demand in demands]
    return [q for q, own in enumerate(sets) if not any(own < other for other in sets)]


def told_apart(demands: Sequence[QueueDemand], q: int) -> list[int]:
    """Return the sets whose level is told instead of one's: itself, or its queues."""
    if demands[q].same_promise:
        return [q]
    own = set(demands[q].queues)
    return [
        i for i, d in enumerate(demands) if len(d.queues) == 1 and set(d.queues) < own
    ]


def outlook(translation: Translation, roster: Roster) -> Outlook:
    """Return what to expect of a roster whose activities are known."""
    problem = translation.problem
    kinds = {kind.name: kind for kind in translation.plan.case_types}
    between = np.asarray(check.fill_minutes(problem, roster), dtype=float)
    return Outlook(
        queues=tuple(_queues(translation, roster)),
        cases=tuple(
            _case(
                problem,
                trained_minutes(problem, roster, cases.work),
                between[k],
                cases.work,
                kinds[problem.works[cases.work].name],
                translation.cohorts[k],
            )
            for k, cases in enumerate(problem.cases)
        ),
    )


def _queues(translation: Translation, roster: Roster) -> Iterator[QueueOutlook]:
    """Yield the outlook of each cover of the problem."""
    problem, demands = translation.problem, translation.demands
    covers = np.asarray(check.cover(problem, roster), dtype=float)
    heads = np.asarray(check.heads(problem, roster), dtype=float)
    there = presences(problem, roster)
    seen = []
    for c, (row, demand) in enumerate(zip(problem.covers, demands, strict=True)):
        periods = demand.minutes // problem.period
        people = 100 * heads[c] + np.asarray(row.fixed)
        rostered, effective = (
            predict.people_on_calls(each, periods) for each in (people, covers[c])
        )
        seen.append(OnCalls(demand, rostered, effective, there[c]))
    end = problem.day_starts[-1]
    for c, (each, level) in enumerate(
        zip(seen, promised_levels(seen, end), strict=True)
    ):
        demand = each.demand
        periods = demand.minutes // problem.period
        missing = np.maximum(0, centi_agents(demand.least, periods) - covers[c])
        yield QueueOutlook(
            demand=demand,
            in_horizon=demand.starts < end,
            rostered=each.rostered,
            effective=each.effective,
            short=predict.people_on_calls(missing, periods),
            service_level=np.where(demand.same_promise, level, np.nan),
        )


def _case(
    problem: RosterProblem,
    blocks: Floats,
    between: Floats,
    work: int,
    kind: CaseType,
    cohorts: tuple[Cohort, ...],
) -> CaseOutlook:
    """Return the outlook of one case type."""
    minutes = blocks + between
    edges = np.asarray(problem.day_starts)
    alone = predict.backlog(problem, cohorts, blocks) if between.any() else None
    return CaseOutlook(
        case_type=problem.works[work].name,
        work=work,
        kind=kind,
        cohorts=cohorts,
        minutes=minutes,
        fill_minutes=between,
        blocks_only=alone,
        forecast=predict.backlog(problem, cohorts, minutes),
        hours_needed=np.diff(curves(cohorts, edges)[1], prepend=0.0)[1:] / 60,
        hours_rostered=_hours_by_day(problem, blocks),
        hours_fill=_hours_by_day(problem, between),
    )


def _hours_by_day(problem: RosterProblem, minutes: Floats) -> Floats:
    return np.array(
        [
            minutes[first // problem.period : last // problem.period].sum() / 60
            for first, last in pairwise(problem.day_starts)
        ]
    )


def trained_minutes(problem: RosterProblem, roster: Roster, work: int) -> Floats:
    """Return the minutes of a trained agent on a case type, per period of the grid.

    Those in which a block settles in are not among them.
    """
    found = np.zeros(problem.periods)
    name = problem.works[work].name
    for x in roster.activities or ():
        if x.kind is Kind.CASE and x.name == name:
            speed = problem.agents[x.agent].speeds[work] / FULL_SPEED
            found[x.start // problem.period : x.end // problem.period] += (
                speed * problem.period
            )
    for agent, k, p, minutes in check.settling(problem, roster):
        if k == work:
            found[p] -= minutes * problem.agents[agent].speeds[work] / FULL_SPEED
    return found
