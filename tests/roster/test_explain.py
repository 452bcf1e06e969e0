"""Explanations of agents' days: what they say is what the checker says."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from models.errors import InvalidInput
from models.roster import check
from models.roster.columns.solve import solve
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.search import run
from models.roster.explain import explain_day, explain_interval, replacements
from models.roster.explain.days import without_day
from models.roster.explain.seat import Seats
from models.roster.problem import Pin, RosterProblem
from models.roster.result import Limits, Roster, Status
from models.roster.track import Track
from tests.roster.generated import small
from tests.roster.generated_rules import ruled

Made = Callable[[int], RosterProblem]

# those of the first that have a roster
MADE = [
    *((small, seed) for seed in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16, 17)),
    *((ruled, seed) for seed in (0, 6, 7, 12, 13, 15, 16, 17, 19, 23)),
]
LIMITS = Limits(seconds=60, workers=1, work=1)  # what is explained need not be best


@cache
def solved(made: Made, seed: int) -> tuple[RosterProblem, Roster]:
    problem = made(seed)
    roster = solve(problem, LIMITS, Track()).roster
    assert roster is not None
    return problem, roster


def days_of(problem: RosterProblem, most: int = 6) -> list[tuple[int, int]]:
    """Return some days of agents."""
    every = [(a, d) for a in range(len(problem.agents)) for d in range(problem.days)]
    return every[:: max(1, len(every) // most)]


def with_week(roster: Roster, agent: int, week: Roster) -> Roster:
    """Return a roster in which an agent has another week."""
    return Roster(
        (
            *(w for w in roster.worked if w.agent != agent),
            *(replace(w, agent=agent) for w in week.worked),
        ),
        (
            *(x for x in roster.activities or () if x.agent != agent),
            *(replace(x, agent=agent) for x in week.activities or ()),
        ),
    )


def difference(problem: RosterProblem, new: Roster, old: Roster) -> dict[str, int]:
    now, before = check.objective(problem, new), check.objective(problem, old)
    return {goal: now[goal] - before[goal] for goal in now}


def rules(problem: RosterProblem, roster: Roster) -> list[str]:
    """Return the rules that are broken."""
    return [violation.rule for violation in check.violations(problem, roster)]


@pytest.mark.parametrize(("made", "seed"), MADE)
def test_costs_are_what_the_checker_says(made: Made, seed: int) -> None:
    problem, roster = solved(made, seed)
    for a, day in days_of(problem):
        found = explain_day(problem, roster, a, day)
        for each in found.instead:
            if each.week is not None and each.change is not None:
                whole = with_week(roster, a, each.week)
                assert difference(problem, whole, roster) == each.change
                if not each.breaks:
                    assert rules(problem, whole) == []
            if each.moved is not None:
                assert each.breaks
                whole = with_week(roster, a, each.moved.week)
                assert difference(problem, whole, roster) == each.moved.change
                assert rules(problem, whole) == []


@pytest.mark.parametrize(("made", "seed"), MADE)
def test_no_legal_week_is_the_word_of_another_engine_too(made: Made, seed: int) -> None:
    problem, roster = solved(made, seed)
    for a, day in days_of(problem, most=3):
        seat = Seats(problem, roster).seat(a)
        found = explain_day(problem, roster, a, day)
        now = {(w.shift_type, w.start, w.end) for w in found.now}
        for each in found.instead:
            if len(each.shifts) > 1 or not each.breaks:
                continue
            kinds = {kind for kind, *_ in each.shifts}
            pins = [
                Pin(day, shift)
                for shift in problem.shifts
                if (shift.day, shift.shift_type) in {(day, kind) for kind in kinds}
                and (shift.shift_type, shift.start, shift.end) not in now
            ] or [Pin(day, None)]
            possible = any(is_possible(seat.problem, pin) for pin in pins)
            assert possible == (each.moved is not None)


def is_possible(problem: RosterProblem, pin: Pin) -> bool:
    """Whether the one agent of a problem has a legal week with a pinned day."""
    (agent,) = problem.agents
    pins = (*(p for p in agent.pins if p.day != pin.day), pin)
    if any(p.day == pin.day for p in agent.pins):
        return False
    own = replace(problem, agents=(replace(agent, pins=pins),))
    answer = run(RosterModel(own).model, Limits(seconds=30, workers=1))
    return answer.status is not Status.INFEASIBLE


@pytest.mark.parametrize(("made", "seed"), MADE)
def test_whoever_steps_in_helps_and_keeps_the_rules(made: Made, seed: int) -> None:
    problem, roster = solved(made, seed)
    for a, day in days_of(problem, most=4):
        found = replacements(problem, roster, a, day)
        left = without_day(roster, a, day)
        assert found.change == difference(problem, left, roster)
        before = rules(problem, left)
        for each in found.replacements:
            whole = with_week(left, each.agent, each.week)
            assert difference(problem, whole, left) == each.change
            assert each.cost < 0
            assert rules(problem, whole) == before


def test_shifts_alone_cannot_be_explained() -> None:
    problem, roster = solved(small, 1)
    with pytest.raises(InvalidInput, match="activities"):
        explain_day(problem, Roster(roster.worked, None), 0, 0)


@pytest.mark.parametrize(("made", "seed"), MADE)
def test_one_more_at_a_moment_is_there_and_costs_what_is_said(
    made: Made, seed: int
) -> None:
    problem, roster = solved(made, seed)
    cover = check.cover(problem, roster)
    short = [
        (level.target[p] - cover[c][p], p)
        for c, row in enumerate(problem.covers)
        for level in row.levels[:1]
        for p in range(problem.periods)
    ]
    if not short:
        return
    minute = max(short)[1] * problem.period
    before = rules(problem, roster)
    for each in explain_interval(problem, roster, minute):
        counts = problem.covers[each.cover].counts
        able = [
            a
            for a, agent in enumerate(problem.agents)
            if any(agent.speeds[w] for w in counts)
        ]
        assert sorted(a for who in each.doing.values() for a in who) == able
        for way in each.more:
            whole = with_week(roster, way.agent, way.week)
            assert difference(problem, whole, roster) == way.change
            assert rules(problem, whole) == before
            there = check.cover(problem, whole)[each.cover]
            assert there[minute // problem.period] > each.planned
