"""From a plan with a level for the day to what its summary tells."""

from dataclasses import replace

import pytest

from models.roster import check
from models.roster.result import Activity, Limits, Roster
from models.roster.solve import solve
from scheduler.domain import Plan, Scope
from scheduler.rosters.figures import QueueFigures
from scheduler.rosters.measure import measure
from scheduler.rosters.outlook import outlook
from scheduler.samples import SAMPLES
from scheduler.translate import Translation, translate


def scoped(scope: Scope, **changed: object) -> Plan:
    plan = SAMPLES["tiny"]()
    update = {"service_level_scope": scope, **changed}
    queues = [queue.model_copy(update=update) for queue in plan.queues]
    return plan.model_copy(update={"queues": queues})


def queue_of(made: Translation, roster: Roster) -> QueueFigures:
    return measure(made, roster, outlook(made, roster)).queues[0]


@pytest.fixture(scope="module")
def rostered() -> tuple[Translation, Roster]:
    made = translate(scoped(Scope.DAY))
    found = solve(made.problem, limits=Limits(seconds=60, workers=1, work=10))
    assert found.roster is not None
    assert check.violations(made.problem, found.roster) == []
    return made, found.roster


def test_days_that_cost_nothing_reach_their_level(
    rostered: tuple[Translation, Roster],
) -> None:
    made, roster = rostered
    told = queue_of(made, roster)
    assert told.service_level_scope is Scope.DAY and told.spans == 3
    late = check.objective(made.problem, roster)["late_calls"]
    assert (told.spans_reached == 3) >= (late == 0)
    levels = [day.service_level for day in told.days]
    reached = sum(level is not None and level >= 0.8 for level in levels)
    assert told.spans_reached == reached


def test_days_with_nobody_there_do_not(rostered: tuple[Translation, Roster]) -> None:
    made, roster = rostered
    last = made.problem.day_starts[2]
    assert roster.activities is not None
    kept: list[Activity] = [x for x in roster.activities if x.start < last]
    alone = replace(roster, activities=tuple(kept))
    some, whole = queue_of(made, alone), queue_of(made, roster)
    levels = [day.service_level or 0 for day in some.days]
    assert levels[2] < 0.8 and some.spans_reached == sum(n >= 0.8 for n in levels)
    assert some.short_hours > whole.short_hours
    late = [check.objective(made.problem, r)["late_calls"] for r in (alone, roster)]
    assert late[0] > late[1]


def test_a_week_counts_once() -> None:
    made = translate(scoped(Scope.WEEK))
    nobody = Roster((), ())
    told = queue_of(made, nobody)
    assert (told.spans, told.spans_reached) == (1, 0)
    calls = sum(day.calls for day in told.days)
    # All calls are late, or more where a curve goes on straight below its floor; a
    # fifth may be. Each beyond costs 10 paid hours.
    worth = check.objective(made.problem, nobody)["late_calls"] / 360_000
    assert worth >= 10 * 0.8 * calls * 0.99
