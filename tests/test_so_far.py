"""What is told of a roster under way, against what is told of it when it is done."""

import numpy as np
import pytest

from models.roster.result import Limits, Progress
from models.roster.solve import solve
from scheduler.preparing import prepare_made
from scheduler.rosters.outlook import outlook
from scheduler.rosters.so_far import so_far
from scheduler.samples import SAMPLES


def test_the_last_of_a_search_is_what_its_roster_gives() -> None:
    prepared = prepare_made(SAMPLES["tiny"]())
    heard: list[Progress] = []
    found = solve(prepared.problem, limits=Limits(2.0, workers=1), watch=heard.append)
    assert found.roster is not None
    assert all(moment.gives is None for moment in found.progress)  # they are not kept
    (gives,) = {moment.gives for moment in heard[-1:]}
    assert gives is not None
    told = so_far(prepared.translation, gives())
    seen = outlook(prepared.translation, found.roster)
    short = {each.demand.name: each for each in seen.queues}
    for each in told.queues:
        own = short[each.queue]
        missing = own.short[own.in_horizon].sum() * own.demand.minutes / 60
        assert sum(each.short_hours) == pytest.approx(missing, abs=0.05)
    assert [each.case_type for each in told.case_types] == [
        each.case_type for each in seen.cases
    ]


def test_without_anybody_all_that_is_needed_is_short_and_all_that_is_due_late() -> None:
    prepared = prepare_made(SAMPLES["tiny"]())
    problem = prepared.problem
    heard: list[Progress] = []
    solve(problem, limits=Limits(2.0, workers=1), watch=heard.append)
    gives = next(each.gives for each in heard if each.gives is not None)()
    gives.cover[:] = 0
    gives.room[:] = 0
    told = so_far(prepared.translation, gives)
    queue, demand = told.queues[0], prepared.translation.demands[0]
    inside = demand.starts < problem.day_starts[-1]
    needed = np.ceil(100 * demand.least[inside] - 1e-9).sum() / 100
    assert sum(queue.short_hours) == pytest.approx(
        needed * demand.minutes / 60, abs=0.05
    )
    assert 0 < len(queue.worst) <= 5
    for cases, kind in zip(problem.cases, told.case_types, strict=True):
        due = sum(work for one in cases.streams for _, work in one.deadlines)
        assert kind.late_hours[-1] == pytest.approx(due / 20 / 60, abs=0.01)
