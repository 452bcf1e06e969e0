"""Engines, checker and brute force agree on generated problems, and the rules bite.

``make test`` takes the first problems of each family, ``make test-full`` the counts
that the project promises.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from models.errors import NotSupported
from models.roster import check, columns, cpsat, milp
from models.roster.certify import certify
from models.roster.problem import (
    ANY,
    BOOK_RULES,
    JOINT_RULES,
    RULES,
    SHARE,
    Headcount,
    RosterProblem,
    Task,
)
from models.roster.result import Limits, Result, Status
from models.roster.track import Track
from tests.roster import brute
from tests.roster.bites import BITES
from tests.roster.generated import (
    crosses_midnight,
    has_clock_change,
    small,
    tiny,
)
from tests.roster.generated_rules import ruled

QUICK, FULL, BOOK = 20, 300, 520
QUICK_OF_BOOK = 24
SLOW_OF_BOOK = (5, 12, 17, 23)  # seconds each
OF_FILLS = (SHARE, "pinned_work")
IDLE_FIRST = Task(None, 0, 60)
NOT_OF_MILP = (*BOOK_RULES, *JOINT_RULES, *OF_FILLS)
CORE_RULES = [rule for rule in RULES if rule not in NOT_OF_MILP]
ENGINES = {
    "columns": columns.solve,
    "cpsat": cpsat.solve,
    "milp": milp.solve,
}
PROOF = Limits(seconds=120, workers=1)

seeds = pytest.mark.parametrize(
    "seed",
    [
        *range(QUICK),
        *(pytest.param(seed, marks=pytest.mark.full) for seed in range(QUICK, FULL)),
    ],
)

book_seeds = pytest.mark.parametrize(
    "seed",
    [
        seed
        if seed < QUICK_OF_BOOK and seed not in SLOW_OF_BOOK
        else pytest.param(seed, marks=pytest.mark.full)
        for seed in range(BOOK)
    ],
)


def solved(problem: RosterProblem, engine: str = "cpsat") -> Result:
    """An engine's answer, which must be a proof, and which the checker must share."""
    result = ENGINES[engine](problem, PROOF, Track())
    assert result.status in (Status.OPTIMAL, Status.INFEASIBLE)
    if result.roster is None:
        return result
    assert check.violations(problem, result.roster) == []
    assert check.cost(problem, result.roster) == result.bound
    return result


@cache
def optimum(seed: int) -> int | None:
    """The optimum of a small problem; ``None`` where there is no roster."""
    return solved(small(seed)).bound


def without_targets(problem: RosterProblem) -> RosterProblem:
    """The same problem with no targets for late calls."""
    covers = tuple(replace(cover, targets=()) for cover in problem.covers)
    return replace(problem, covers=covers)


def without_settling(problem: RosterProblem) -> RosterProblem:
    """The same problem with blocks in which work gets done from the first minute."""
    works = tuple(replace(work, settling=0) for work in problem.works)
    return replace(problem, works=works)


def without_fills(problem: RosterProblem) -> RosterProblem:
    """The same problem with no cases between calls."""
    return replace(problem, fills=())


def core(problem: RosterProblem) -> RosterProblem:
    """What of a problem every engine has."""
    return without_fills(without_targets(without_settling(problem)))


@seeds
def test_engines_agree(seed: int) -> None:
    assert solved(small(seed), "columns").bound == optimum(seed)


@seeds
def test_the_third_engine_agrees_on_what_it_has(seed: int) -> None:
    plain = core(small(seed))
    if plain != small(seed):
        with pytest.raises(NotSupported, match=r"service_level_scope|settling|blend"):
            milp.solve(small(seed), PROOF, Track())
    assert solved(plain, "milp").bound == solved(plain, "cpsat").bound


@seeds
@pytest.mark.parametrize("engine", ENGINES)
def test_engines_agree_with_brute_force(engine: str, seed: int) -> None:
    problem = tiny(seed) if engine != "milp" else core(tiny(seed))
    assert solved(problem, engine).bound == brute.best(problem)


@book_seeds
def test_engines_agree_on_rules_of_the_book(seed: int) -> None:
    found = solved(ruled(seed), "columns")
    assert found.bound == optimum_of_book(seed)
    if found.certificate is not None:
        claimed = found.certificate.bound
        assert certify(ruled(seed), found.certificate).bound == claimed


@cache
def optimum_of_book(seed: int) -> int | None:
    """The optimum of a problem full of rules; ``None`` where there is no roster."""
    return solved(ruled(seed)).bound


def without_rule(problem: RosterProblem, name: str) -> RosterProblem:
    """The same problem with no rules of a name."""
    return replace(
        problem,
        agents=tuple(
            replace(
                a,
                rules=tuple(r for r in a.rules if r.rule != name),
                case_limits=() if name == SHARE else a.case_limits,
                tasks=() if name == "pinned_work" else a.tasks,
            )
            for a in problem.agents
        ),
        headcounts=tuple(row for row in problem.headcounts if row.rule != name),
    )


@pytest.mark.parametrize(
    ("count", "least"), [(160, 1), pytest.param(BOOK, 10, marks=pytest.mark.full)]
)
@pytest.mark.parametrize("rule", [*BOOK_RULES, "fairness", *JOINT_RULES, *OF_FILLS])
def test_the_set_full_of_rules_bites(rule: str, count: int, least: int) -> None:
    found = 0
    for seed in range(count):
        plain = without_rule(ruled(seed), rule)
        if plain != ruled(seed):
            found += solved(plain).bound != optimum_of_book(seed)
        if found >= least:
            return
    pytest.fail(f"{rule} changes {found} optima of {count}, must be {least}")


def test_the_third_engine_refuses_rules_of_the_book_by_name() -> None:
    for rule in BOOK_RULES:
        with pytest.raises(NotSupported, match=rule):
            milp.solve(BITES[rule], PROOF, Track())
    headed = replace(BITES["nights"], headcounts=(Headcount("day", 0, ANY, 1, 1),))
    with pytest.raises(NotSupported, match=r"headcount"):
        milp.solve(headed.without("nights"), PROOF, Track())


@pytest.mark.parametrize(
    ("rule", "engine"),
    [(rule, engine) for rule in CORE_RULES for engine in ENGINES]
    + [(rule, engine) for rule in NOT_OF_MILP for engine in ("columns", "cpsat")],
)
def test_every_rule_bites_in_every_engine(engine: str, rule: str) -> None:
    held, free = BITES[rule], BITES[rule].without(rule)
    assert solved(held, engine).bound == brute.best(held)
    assert solved(free, engine).bound == brute.best(free) != brute.best(held)
    found = solved(free, engine).roster
    assert found is not None
    broken = {v.rule for v in check.violations(held, found)}
    assert rule in broken or rule == "work_after_arrival"


@pytest.mark.parametrize("engine", ["columns", "cpsat"])
def test_who_is_pinned_to_no_work_does_none(engine: str) -> None:
    free = BITES["pinned_work"].without("pinned_work")
    (agent,) = free.agents
    held = replace(BITES["pinned_work"], agents=(replace(agent, tasks=(IDLE_FIRST,)),))
    assert solved(held, engine).bound == brute.best(held) != brute.best(free)
    found = solved(free, engine).roster
    assert found is not None
    (broken,) = check.violations(held, found)
    assert "is pinned to no work from day 1 00:00 to day 1 01:00" in broken.message


def bites(rule: str, seed: int) -> bool:
    """Whether a small problem that has a roster has a better one without a rule."""
    free = small(seed).without(rule)
    if free == small(seed) or optimum(seed) is None:
        return False
    return solved(free).bound != optimum(seed)


@pytest.mark.parametrize(
    ("count", "least"), [(100, 1), pytest.param(FULL, 10, marks=pytest.mark.full)]
)
@pytest.mark.parametrize("rule", CORE_RULES)
def test_the_generated_set_bites(rule: str, count: int, least: int) -> None:
    found = 0
    for seed in range(count):
        found += bites(rule, seed)
        if found >= least:
            return
    pytest.fail(f"{rule} changes {found} optima of {count}, must be {least}")


@pytest.mark.parametrize(
    ("count", "least"),
    [(QUICK, 3), pytest.param(FULL, 40, marks=pytest.mark.full)],
)
@pytest.mark.parametrize("without", [without_targets, without_settling, without_fills])
def test_targets_for_late_calls_settling_and_fills_bite(
    without: Callable[[RosterProblem], RosterProblem], count: int, least: int
) -> None:
    found = sum(
        solved(without(small(seed))).bound != optimum(seed)
        for seed in range(count)
        if without(small(seed)) != small(seed)
    )
    assert found >= least


@pytest.mark.parametrize("count", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_the_generated_set_is_hard(count: int) -> None:
    problems = [small(s) for s in range(count) if optimum(s) is not None]
    goals = [check.objective(p, solved(p).roster) for p in problems]
    assert len(problems) >= (200 if count == FULL else 12)
    assert sum(g["voice_shortfall"] > 0 for g in goals) >= 0.6 * len(problems)
    assert sum(g["overdue"] > 0 for g in goals) >= 0.4 * len(problems)
    least = 1 if count == QUICK else 20
    assert sum(map(crosses_midnight, problems)) >= least
    assert sum(map(has_clock_change, problems)) >= least // 2
