"""The service level to promise of a roster, interval by interval."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.roster import predict
from models.roster.problem import Cover, Kind, RosterProblem
from models.roster.result import Activity, Roster
from models.transient import Callers, Presence, service_level
from scheduler.domain import MovingLoad
from scheduler.translate import QueueDemand

Floats = npt.NDArray[np.float64]
_MINUTE = 60.0


@dataclass(frozen=True, eq=False)
class OnCalls:
    """The calls of a cover and who is there for them.

    Attributes
    ----------
    rostered, effective
        People in each interval, heads and by their speed.
    presence
        When they come and go.
    """

    demand: QueueDemand
    rostered: Floats
    effective: Floats
    presence: Presence

    def level(self, promise: QueueDemand, end: int) -> Floats:
        """Return the level of each interval that starts before ``end``, a minute.

        ``promise``: the queues of whose level it is, by their threshold. Where the load
        moves (``moving_load = "modified"``), by the chain that follows it: who is to
        leave ends the call first, and who began a break late comes late. Each interval
        on its own (``"sipp"``), and chats, by the stationary formulas.
        """
        demand, inside = self.demand, self.demand.starts < end
        calls, handle, load = (
            each[inside] for each in (demand.calls, demand.handle_seconds, demand.load)
        )
        heads, people = self.rostered[inside], self.effective[inside]
        if demand.moving_load is MovingLoad.SIPP or demand.handle_factors != (1.0,):
            return predict.performance(
                people * (1 - demand.unplanned_shrinkage),
                load,
                handle,
                promise.answer_within_seconds,
                demand.patience_seconds,
                demand.forecast_cv,
                promise.definition,
                demand.handle_factors,
            ).service_level
        some = (heads > 0) & (people > 0)
        speed = np.divide(people, heads, out=np.ones(len(heads)), where=some)
        callers = Callers(
            interval=_MINUTE * demand.minutes,
            calls=calls,
            handle_seconds=handle,
            load=load,
            answer_within=promise.answer_within_seconds,
            patience_seconds=demand.patience_seconds,
            rate_cv=demand.forecast_cv,
            definition=promise.definition,
        )
        return service_level(callers, self.presence, speed, demand.unplanned_shrinkage)


def promised_levels(covers: Sequence[OnCalls], end: int) -> list[Floats]:
    """Return the service level of each cover by interval; nan: no calls, or the end.

    People who share queues are a bottleneck together: what is promised of a cover is
    the least of what all those would give that have its queues. It can still be too
    much, since not everybody can do everything.
    """
    found = []
    for own in covers:
        demand = own.demand
        inside = demand.starts < end
        level = np.full(len(inside), np.nan)
        for other in covers:
            if set(demand.queues) <= set(other.demand.queues):
                level[inside] = np.fmin(level[inside], other.level(demand, end))
        found.append(np.where(demand.calls > 0, level, np.nan))
    return found


def presences(problem: RosterProblem, roster: Roster) -> list[Presence]:
    """Return when people come to the calls of each cover and leave them."""
    doing: dict[int, list[Activity]] = defaultdict(list)
    for activity in sorted(roster.activities or (), key=lambda x: x.start):
        doing[activity.agent].append(activity)
    return [_presence(problem, list(doing.values()), row) for row in problem.covers]


def _presence(
    problem: RosterProblem, doing: Sequence[Sequence[Activity]], cover: Cover
) -> Presence:
    """Return the same of one cover; ``doing`` is in order, agent by agent."""
    names = {problem.works[k].name for k in cover.counts}
    rows = [row for own in doing for row in _stretches(own, names)]
    rows += _running_in(problem, cover)
    comes, leaves, late = np.array(rows, dtype=float).reshape(-1, 3).T
    return Presence(_MINUTE * comes, _MINUTE * leaves, late > 0)


def _stretches(
    own: Sequence[Activity], names: set[str]
) -> Iterator[tuple[int, int, bool]]:
    """Yield when one agent, whose activities are in order, is on some calls.

    And whether that follows a break before which they were on them, too.
    """
    runs: list[tuple[int, int, str]] = []
    for x in own:
        on_these = x.kind is Kind.VOICE and x.name in names
        what = "calls" if on_these else str(x.kind)
        if runs and runs[-1][1:] == (x.start, what):
            runs[-1] = (runs[-1][0], x.end, what)
        else:
            runs.append((x.start, x.end, what))
    for n, (start, end, what) in enumerate(runs):
        if what == "calls":
            yield start, end, n > 1 and _is_late(runs[n - 2 : n], start)


def _is_late(before: Sequence[tuple[int, int, str]], start: int) -> bool:
    """Whether a break that began at the end of calls ends at a moment."""
    (_, first_end, first), (rest, rest_end, second) = before
    return (first, second) == ("calls", Kind.BREAK.value) and (
        first_end,
        rest_end,
    ) == (rest, start)


def _running_in(
    problem: RosterProblem, cover: Cover
) -> Iterator[tuple[int, int, bool]]:
    """Yield the same of people whose shift runs in from before day one."""
    heads = np.rint(np.array(cover.fixed) / 100).astype(int).tolist()
    before = 0
    for p, now in enumerate([*heads, 0]):
        yield from [(0, problem.period * p, False)] * (before - now)
        before = now
