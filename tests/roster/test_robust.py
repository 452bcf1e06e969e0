"""Shifts for what may come: the mean cost, hours held, and the second stage."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import islice
from random import Random

import pytest

from models.errors import InvalidInput
from models.roster import check, columns, cpsat, milp
from models.roster.problem import Cases, Cover, Level, RosterProblem, Stream
from models.roster.result import Limits, Roster, Status
from models.roster.robust import Refilling, expected, holding
from models.roster.track import Track
from tests.roster import brute
from tests.roster.generated import small, tiny

PROOF = Limits(seconds=120, workers=1)
SEEDS = pytest.mark.parametrize("seed", range(6))


def drawn(problem: RosterProblem, seed: int, count: int) -> list[RosterProblem]:
    """Return samples of a problem: the same with more or less of everything."""
    return [_drawn(problem, Random(f"{seed} {n}")) for n in range(count)]


def _drawn(problem: RosterProblem, draw: Random) -> RosterProblem:
    def scaled(amount: int) -> int:
        return round(amount * draw.choice((0, 0.5, 1, 1.5, 2)))

    def level(one: Level) -> Level:
        return replace(one, target=tuple(map(scaled, one.target)))

    def stream(one: Stream) -> Stream:
        factor = draw.choice((0.5, 1, 2))
        by = [
            tuple((t, round(units * factor)) for t, units in rows)
            for rows in (one.arrivals, one.deadlines)
        ]
        return replace(one, arrivals=by[0], deadlines=by[1])

    def cover(one: Cover) -> Cover:
        targets = tuple(replace(t, allowed=scaled(t.allowed)) for t in one.targets)
        return replace(one, levels=tuple(map(level, one.levels)), targets=targets)

    def cases(one: Cases) -> Cases:
        return replace(one, streams=tuple(map(stream, one.streams)))

    return replace(
        problem,
        covers=tuple(map(cover, problem.covers)),
        cases=tuple(map(cases, problem.cases)),
    )


@cache
def solvable(
    made: Callable[[int], RosterProblem], number: int = 0
) -> tuple[RosterProblem, Roster]:
    """Return a drawn problem with cases that has a roster, and its best one.

    ``number`` counts those that have.
    """
    with_cases = filter(lambda one: one.cases, map(made, range(40)))
    have = ((one, found) for one in with_cases if (found := solved(one)) is not None)
    return next(islice(have, number, None))


@cache
def solved(problem: RosterProblem) -> Roster | None:
    return cpsat.solve(problem, PROOF, Track()).roster


def plain_tiny(seed: int) -> RosterProblem:
    return plain(tiny(seed))


def plain(problem: RosterProblem) -> RosterProblem:
    """Return a problem that all three engines can do."""
    covers = tuple(replace(cover, targets=()) for cover in problem.covers)
    works = tuple(replace(work, settling=0) for work in problem.works)
    return replace(problem, covers=covers, works=works, fills=())


@SEEDS
def test_all_engines_prove_what_brute_force_finds(seed: int) -> None:
    problem = plain(tiny(seed))
    many = expected(problem, drawn(problem, seed, 3))
    best = brute.best(many)
    for engine in (columns.solve, cpsat.solve, milp.solve):
        found = engine(many, PROOF, Track())
        if best is None:
            assert found.status is Status.INFEASIBLE
            continue
        assert found.status is Status.OPTIMAL
        assert found.roster is not None
        assert check.violations(many, found.roster) == []
        assert check.cost(many, found.roster) == found.bound == best


@SEEDS
def test_engines_agree_where_late_calls_have_targets(seed: int) -> None:
    problem = small(seed)
    many = expected(problem, drawn(problem, seed, 3))
    one, other = (run(many, PROOF, Track()) for run in (columns.solve, cpsat.solve))
    assert one.bound == other.bound
    for found in (one, other):
        if found.roster is not None:
            assert check.cost(many, found.roster) == found.bound


@SEEDS
def test_the_cost_is_the_mean_over_the_samples(seed: int) -> None:
    problem, found = solvable(plain_tiny, seed)
    samples = drawn(problem, seed, 4)
    for goal in ("voice_shortfall", "overdue"):
        each = [check.objective(one, found)[goal] for one in samples]
        told = check.objective(expected(problem, samples), found)[goal]
        assert told == pytest.approx(sum(each) / len(each), rel=0.01)


def test_who_asks_for_nobody_has_no_level_in_some_samples_or_in_the_problem() -> None:
    """A row that others imply is bare in one sample and asks for people in another."""
    problem, _ = solvable(plain_tiny)
    n = next(n for n, row in enumerate(problem.covers) if row.levels)

    def with_levels(levels: tuple[Level, ...]) -> RosterProblem:
        rows = list(problem.covers)
        rows[n] = replace(rows[n], levels=levels)
        return replace(problem, covers=tuple(rows))

    def short(one: RosterProblem) -> int:
        return check.objective(one, Roster((), ()))["voice_shortfall"]

    bare = with_levels(())
    zeros = [
        replace(lv, target=(0,) * len(lv.target)) for lv in problem.covers[n].levels
    ]
    nobody = with_levels(tuple(zeros))
    many = short(expected(problem, [problem, nobody], 2))
    assert short(expected(problem, [problem, bare], 2)) == many
    assert short(expected(bare, [problem, bare], 2)) == many
    assert short(problem) > many > short(bare)


def test_what_is_common_to_all_samples_is_the_problem_itself() -> None:
    problem, _ = solvable(plain_tiny)
    same = expected(problem, [problem] * 10)
    found = cpsat.solve(problem, PROOF, Track())
    assert found.roster is not None
    assert check.cost(same, found.roster) == pytest.approx(found.bound, rel=0.01)


def test_samples_of_something_else_are_refused() -> None:
    problem = tiny(1)
    with pytest.raises(InvalidInput, match="covers"):
        expected(problem, [replace(problem, covers=(), fills=())])
    with pytest.raises(InvalidInput, match="at least one sample"):
        expected(problem, [])


@SEEDS
def test_hours_are_held(seed: int) -> None:
    problem, first = solvable(small, seed)
    held = holding(problem, first)
    assert check.violations(held, first) == []
    for goal in ("paid_hours", "overtime"):
        assert (
            check.objective(held, first)[goal] == check.objective(problem, first)[goal]
        )
    many = holding(expected(problem, drawn(problem, seed, 3)), first)
    found = columns.solve(many, PROOF, Track(), None, first).roster
    assert found is not None
    assert check.violations(problem, found) == []
    assert paid(problem, found) == paid(problem, first)


def paid(problem: RosterProblem, roster: Roster) -> list[list[int]]:
    return [
        [
            sum(w.paid_minutes for w in roster.worked if w.agent == a and w.day in days)
            for days in problem.weeks
        ]
        for a in range(len(problem.agents))
    ]


@SEEDS
def test_shifts_stay_and_what_fills_them_follows(seed: int) -> None:
    problem, roster = solvable(small, seed)
    refilling = Refilling(problem, roster)
    for sample in drawn(problem, seed, 3):
        found = refilling.filled(sample)
        assert set(found.worked) == set(roster.worked)
        assert check.violations(sample, found) == []
        assert check.cost(sample, found) <= check.cost(sample, roster)
        assert refilling.filled(sample) == found


def test_a_sample_with_other_rows_is_refused() -> None:
    problem, roster = solvable(small)
    with pytest.raises(InvalidInput, match="other covers"):
        Refilling(problem, roster).filled(replace(problem, cases=(), fills=()))
