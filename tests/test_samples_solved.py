"""The sample plans, rostered: what their stories say is so."""

import threading
from dataclasses import replace

import pytest

from models.roster import check
from models.roster.problem import Kind
from models.roster.result import Limits, Progress, Result, Roster, Status
from models.roster.solve import solve
from scheduler.rosters.outlook import outlook
from scheduler.samples import SAMPLES
from scheduler.translate import Translation, translate


@pytest.fixture(scope="module")
def tiny() -> Translation:
    return translate(SAMPLES["tiny"]())


@pytest.fixture(scope="module")
def best(tiny: Translation) -> Result:
    return solve(tiny.problem, "milp", Limits(seconds=120, workers=1))


def test_both_engines_prove_tiny(tiny: Translation, best: Result) -> None:
    other = solve(tiny.problem, "cpsat", Limits(seconds=120, workers=1))
    for result in (best, other):
        assert result.status is Status.OPTIMAL
        assert result.roster is not None
        assert check.violations(tiny.problem, result.roster) == []
        assert check.cost(tiny.problem, result.roster) == best.bound == result.bound


def test_tiny_is_a_little_short_and_a_little_late(
    tiny: Translation, best: Result
) -> None:
    assert best.roster is not None
    parts = check.objective(tiny.problem, best.roster)
    assert parts["voice_shortfall"] > 0 and parts["overdue"] > 0


def test_without_the_ring_fence_cases_breach(tiny: Translation, best: Result) -> None:
    assert best.roster is not None and best.roster.activities is not None
    fenced = best.roster
    between_calls = Roster(
        fenced.worked,
        tuple(
            replace(x, kind=Kind.VOICE, name="phones") if x.kind is Kind.CASE else x
            for x in fenced.activities or ()
        ),
    )
    (kept,), (lost,) = (
        outlook(tiny, roster).cases for roster in (fenced, between_calls)
    )
    due = kept.forecast.due.sum()
    assert due > 0
    assert lost.forecast.breaches.sum() == pytest.approx(due)
    assert kept.forecast.breaches.sum() < due / 2


def test_the_bank_gets_a_legal_roster_with_a_bound() -> None:
    problem = translate(SAMPLES["retail-bank"]()).problem
    stop = threading.Event()

    def watch(told: Progress) -> None:
        if told.best is not None and told.bound:
            stop.set()

    result = solve(problem, limits=Limits(seconds=60), watch=watch, stop=stop)
    assert result.status is Status.FEASIBLE and result.roster is not None
    assert check.violations(problem, result.roster) == []
    assert result.bound is not None and result.floor is not None
    assert 0 < result.floor <= result.bound <= check.cost(problem, result.roster)
    parts = check.objective(problem, result.roster)
    assert all(result.bound_parts[goal] <= cost for goal, cost in parts.items())
    # Every goal is at work but the target of days; in better rosters these go first.
    at_nought = {goal for goal, cost in parts.items() if cost == 0}
    assert at_nought <= {
        "late_calls", "overdue", "overtime", "idle", "headcount", "changes",
        "fairness", "preferred_rules",
    }  # fmt: skip
