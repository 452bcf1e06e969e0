"""Engines, checker and brute force agree on generated problems, and the rules bite.

``make test`` takes the first problems of each family, ``make test-full`` the counts
that the project promises.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from itertools import islice

import pytest

from models.errors import NotSupported
from models.roster import check, milp
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
from models.roster.track import Track
from tests.roster import brute
from tests.roster.answers import (
    ENGINES,
    FULL,
    PROOF,
    QUICK,
    best,
    by_columns,
    optimum,
    proved,
    seeds,
    solved,
)
from tests.roster.bites import BITES
from tests.roster.generated import (
    crosses_midnight,
    has_clock_change,
    small,
    tiny,
)
from tests.roster.generated_rules import ruled

BOOK = 520
OFTEN = 10  # optima that each rule must change in the full counts
QUICK_OF_BOOK = 24
SLOW_OF_BOOK = (5, 12, 17, 23)  # seconds each
OF_FILLS = (SHARE, "pinned_work")
IDLE_FIRST = Task(None, 0, 60)
NOT_OF_MILP = (*BOOK_RULES, *JOINT_RULES, *OF_FILLS)
CORE_RULES = [rule for rule in RULES if rule not in NOT_OF_MILP]
OF_BOOK = [*BOOK_RULES, "fairness", *JOINT_RULES, *OF_FILLS]
#: Rules, and the first seed whose optimum each changes: of ``small``, of ``ruled``.
CHANGED = """
    one_shift_per_day:5 own_shift_types:5 rest_between_shifts:2 minimum_hours:73
    maximum_hours:1 minimum_days:33 maximum_days:5 run_of_days:1 availability:11
    leave:13 pins:3 breaks_in_window:1 breaks_in_order:2 breaks_apart:3 meetings:1
    skills:1 opening_hours:3 case_hours:6 shortest_voice_run:2
    shortest_case_block:11 longest_case_block:1 work_after_arrival:1
"""
CHANGED_OF_BOOK = """
    hours_worked:16 days_worked:6 shifts_of_type:4 nights:19 working_times:30
    rotation:19 weekends_worked:6 whole_weekends:27 weekends_in_a_row:7
    days_in_a_row:0 days_off_in_a_row:0 shifts_in_a_row:7 days_off_together:16
    weekly_rest:5 rest_after:17 successions:23 start_consistency:6 frozen:0
    fairness:0 people_wanted:6 floor_mix:3 same_hours:0 apart:5 case_share:12
    pinned_work:9
"""

book_seeds = pytest.mark.parametrize(
    "seed",
    [
        seed
        if seed < QUICK_OF_BOOK and seed not in SLOW_OF_BOOK
        else pytest.param(seed, marks=pytest.mark.full)
        for seed in range(BOOK)
    ],
)


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
    assert proved(small(seed), by_columns(seed)[0]).bound == optimum(seed)


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


def by_rule(words: str) -> list[tuple[str, int]]:
    pairs = (word.split(":") for word in words.split())
    return [(rule, int(seed)) for rule, seed in pairs]


def bites_of_book(rule: str, seed: int) -> bool:
    """Whether a problem full of rules has another optimum without one of them."""
    plain = without_rule(ruled(seed), rule)
    return plain != ruled(seed) and solved(plain).bound != optimum_of_book(seed)


def test_every_rule_is_known_to_bite() -> None:
    assert [rule for rule, _ in by_rule(CHANGED)] == CORE_RULES
    assert [rule for rule, _ in by_rule(CHANGED_OF_BOOK)] == OF_BOOK


@pytest.mark.parametrize(("rule", "seed"), by_rule(CHANGED_OF_BOOK))
def test_a_rule_of_the_book_changes_an_optimum(rule: str, seed: int) -> None:
    assert bites_of_book(rule, seed)


@pytest.mark.full
@pytest.mark.parametrize("rule", OF_BOOK)
def test_the_set_full_of_rules_bites(rule: str) -> None:
    assert_often(rule, (bites_of_book(rule, seed) for seed in range(BOOK)))


def assert_often(rule: str, bitten: Iterable[bool]) -> None:
    found = sum(islice(filter(None, bitten), OFTEN))
    assert found == OFTEN, f"{rule} changes {found} optima, must be {OFTEN}"


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


@pytest.mark.parametrize(("rule", "seed"), by_rule(CHANGED))
def test_a_rule_changes_an_optimum(rule: str, seed: int) -> None:
    assert bites(rule, seed)


@pytest.mark.full
@pytest.mark.parametrize("rule", CORE_RULES)
def test_the_generated_set_bites(rule: str) -> None:
    assert_often(rule, (bites(rule, seed) for seed in range(FULL)))


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
    rosters = {s: roster for s in range(count) if (roster := best(s).roster)}
    problems = [small(seed) for seed in rosters]
    goals = list(map(check.objective, problems, rosters.values()))
    assert len(problems) >= (200 if count == FULL else 12)
    assert sum(g["voice_shortfall"] > 0 for g in goals) >= 0.6 * len(problems)
    assert sum(g["overdue"] > 0 for g in goals) >= 0.4 * len(problems)
    least = 1 if count == QUICK else 20
    assert sum(map(crosses_midnight, problems)) >= least
    assert sum(map(has_clock_change, problems)) >= least // 2
