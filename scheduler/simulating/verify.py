"""Rosters that are simulated, corrected where they fall short, and solved again.

Requirements come from formulas of one interval and one set of queues; what really
happens also depends on breaks that begin late, calls that go on and who shares whom. So
where the simulated level falls short of the plan's, more people are asked for, as
iterative staffing does (Feldman, Mandelbaum, Massey and Whitt, 2008), and more time for
cases that are late.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from models.roster.result import Progress, Result, Roster, Status
from models.roster.solve import solve
from scheduler.domain import Plan, Queue, Scope
from scheduler.pipeline import Asked, Outcome, judged_outcome, searching
from scheduler.preparing import Prepared, prepare_made
from scheduler.rosters.document import VerifyRound
from scheduler.rosters.simulated import SimulatedCalls, SimulatedCases, SimulateDocument
from scheduler.simulating.results import Wanted, simulate
from scheduler.tables import Required

ROUNDS = 3
_MORE = 0.08  # of the people required, where the level falls short
_TIME = (0.03, 0.15)  # more time, where cases are late: as many as are, within this
_NOTHING = 0.5  # calls or cases a replication
_BETTER = 0.95  # of what is late: less is a better roster


@dataclass(frozen=True, eq=False)
class _Tried:
    outcome: Outcome
    simulated: SimulateDocument
    late_calls: float
    breaches: float

    @property
    def late(self) -> float:
        """Calls and cases that are late beyond what was promised."""
        return self.late_calls + self.breaches


@dataclass(frozen=True, eq=False)
class Verified:
    """The roster that was kept, what was simulated of it, and all rounds."""

    outcome: Outcome
    simulated: SimulateDocument


def verify(
    first: Outcome,
    asked: Asked,
    wanted: Wanted,
    watch: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Verified | None:
    """Simulate a roster; where it falls short correct and solve again.

    A corrected problem is solved from the roster before, each in the time asked for.
    One that is hardly less late than an earlier roster is not better: it costs more.
    ``None`` where there is no roster.
    """
    prepared, roster = first.prepared, first.result.roster
    if roster is None:
        return None
    tried, harder = [_tried(first, roster, wanted, stop)], prepared
    for _ in range(ROUNDS):
        stopped = stop is not None and stop.is_set()
        if tried[-1].late <= _NOTHING or stopped:
            break
        harder = prepare_made(corrected(harder, tried[-1].simulated))
        found = _again(harder, asked, roster, watch, stop)
        if found is None:
            break
        roster = found
        result = replace(first.result, status=Status.FEASIBLE, roster=roster)
        tried.append(
            _tried(judged_outcome(prepared, asked, result), roster, wanted, stop)
        )
    best = tried[0]
    for other in tried[1:]:
        if other.late < _BETTER * best.late:
            best = other
    rounds = [
        VerifyRound(
            late_calls=each.late_calls,
            breaches=each.breaches,
            cost=each.outcome.document.objective or 0.0,
            kept=each is best,
        )
        for each in tried
    ]
    document = best.outcome.document.model_copy(update={"verified": rounds})
    return Verified(replace(best.outcome, document=document), best.simulated)


def _tried(
    outcome: Outcome, roster: Roster, wanted: Wanted, stop: threading.Event | None
) -> _Tried:
    found = simulate(outcome.prepared, roster, wanted, stop=stop)
    plan = outcome.prepared.translation.plan
    return _Tried(
        outcome,
        found,
        sum(_late_calls(queue, found) for queue in plan.queues),
        sum(kind.breaches.mean or 0.0 for kind in found.case_types),
    )


def _again(
    prepared: Prepared,
    asked: Asked,
    roster: Roster,
    watch: Callable[[Progress], None] | None,
    stop: threading.Event | None,
) -> Roster | None:
    limits = searching(prepared.problem, asked.limits)
    result: Result = solve(
        prepared.problem, asked.engine, limits, watch, stop, roster, asked.opener
    )
    return result.roster


def _late_calls(queue: Queue, found: SimulateDocument) -> float:
    """Return the calls of a queue that are late beyond what its level allows."""
    (own,) = (entry for entry in found.queues if entry.queue == queue.name)
    cells: Sequence[SimulatedCalls] = [own.total]
    if queue.service_level_scope is not Scope.WEEK:
        is_day = queue.service_level_scope is Scope.DAY
        cells = own.days if is_day else own.intervals
    return sum(cell.offered * _lack(cell, queue.service_level) for cell in cells)


def _lack(cell: SimulatedCalls, level: float) -> float:
    """Return by how much a level surely falls short."""
    found = cell.service_level
    if found.mean is None or found.half is None:
        return 0.0
    return max(0.0, level - found.mean - found.half)


def corrected(prepared: Prepared, found: SimulateDocument) -> Plan:
    """Return a plan that asks for more where less is kept than it wants."""
    plan = prepared.translation.plan
    required = {(row.queue, row.start): row for row in plan.required}
    for row in _required(prepared, found):
        required[row.queue, row.start] = row
    more = {kind.case_type: _more_time(kind) for kind in found.case_types}
    kinds = [
        kind.model_copy(
            update={"utilisation": kind.utilisation * (1 - more[kind.name])}
        )
        for kind in plan.case_types
    ]
    changed = {"required": list(required.values()), "case_types": kinds}
    return plan.model_copy(update=changed)


def _more_time(kind: SimulatedCases) -> float:
    """Return the share of time to add for a case type that is late."""
    late, due = kind.breaches.mean or 0.0, sum(day.due for day in kind.days)
    if late <= _NOTHING:
        return 0.0
    least, most = _TIME
    return min(most, max(least, late / max(due, late)))


def _required(prepared: Prepared, found: SimulateDocument) -> Iterator[Required]:
    """Yield how many people are needed where the simulated level falls short."""
    axis = prepared.translation.axis
    for queue in prepared.translation.plan.queues:
        (own,) = (entry for entry in found.queues if entry.queue == queue.name)
        demand = next(
            (d for d in prepared.translation.demands if d.queues == (queue.name,)), None
        )
        if demand is None or not _late_calls(queue, found):
            continue
        people = dict(zip(demand.starts.tolist(), demand.required, strict=True))
        for cell in own.intervals:
            if _lack(cell, queue.service_level) > 0:
                now = float(people[axis.minute(cell.start)])
                more = now + max(1, ceil(_MORE * now))
                yield Required(queue=queue.name, start=cell.start, agents=more)
