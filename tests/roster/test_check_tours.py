"""The rules about shifts, on both sides of the edge."""

from typing import Any

import pytest

from models.roster import check
from models.roster.problem import RULES, Pin, RosterProblem, WeekLimits
from tests.roster.builders import (
    H,
    agent,
    broken,
    kind,
    pause,
    problem,
    shifts_only,
    week,
)

DAY = 24 * H


def week_of(days: int = 7, **fields: Any) -> RosterProblem:
    """Ann and a shift of eight hours on each day, 08:00 to 16:00."""
    return problem(
        menu=[(d, 8, 16) for d in range(days)], days=days, agents=[agent(**fields)]
    )


def test_rules_are_those_of_the_problem() -> None:
    assert tuple(rule.__name__ for rule in check.RULES) == RULES


def test_every_rule_is_documented() -> None:
    assert all(rule.__doc__ for rule in (*check.RULES, *check.STRUCTURE))


def test_public_names_are_there() -> None:
    assert [name for name in check.__all__ if not hasattr(check, name)] == []


def test_one_shift_per_day() -> None:
    # Two shifts on day 1; the second of the next pair starts on day 2.
    p = problem(menu=[(0, 8, 12), (0, 13, 17), (1, 0, 4)], days=2)
    assert broken(p, shifts_only(p, (0, 0), (0, 1))) == {"one_shift_per_day"}
    assert broken(p, shifts_only(p, (0, 1), (0, 2))) == set()
    free = p.without("one_shift_per_day")
    assert broken(free, shifts_only(p, (0, 0), (0, 1))) == set()


def test_own_shift_types() -> None:
    p = problem(
        types=[kind(name="early"), kind(name="late")],
        menu=[(0, 8, 16, 0), (0, 8, 16, 1)],
        agents=[agent(shift_types=frozenset({1}))],
    )
    assert broken(p, shifts_only(p, (0, 0))) == {"own_shift_types"}
    assert broken(p, shifts_only(p, (0, 1))) == set()


@pytest.mark.parametrize(("min_rest", "legal"), [(480, True), (481, False)])
def test_rest_is_from_end_to_start(min_rest: int, legal: bool) -> None:
    # 22:00 to 06:00 is exactly 480 minutes; the day off between does not matter.
    p = problem(
        menu=[(0, 14, 22), (1, 6, 14)], days=2, agents=[agent(min_rest=min_rest)]
    )
    assert broken(p, shifts_only(p, (0, 1), (0, 0))) == (
        set() if legal else {"rest_between_shifts"}
    )


@pytest.mark.parametrize(("min_rest", "legal"), [(600, True), (601, False)])
def test_rest_after_a_night(min_rest: int, legal: bool) -> None:
    # The night ends 06:00 on day 2; 16:00 that day is 600 minutes later.
    p = problem(
        menu=[(0, 22, 30), (1, 16, 24)], days=2, agents=[agent(min_rest=min_rest)]
    )
    assert (not broken(p, shifts_only(p, (0, 0), (0, 1)))) == legal


@pytest.mark.parametrize(
    ("last_end", "legal"),
    [(None, True), (-3 * H, True), (-3 * H + 1, False), (2 * H, False)],
)
def test_rest_after_what_was_before_day_one(last_end: int | None, legal: bool) -> None:
    # The first shift starts 08:00 and 660 minutes are needed: up to 21:00 the evening
    # before. Only the first shift is asked.
    p = week_of(days=2, min_rest=660, last_end=last_end)
    assert broken(p, shifts_only(p, (0, 0), (0, 1))) == (
        set() if legal else {"rest_between_shifts"}
    )


def test_a_violation_is_a_sentence() -> None:
    p = problem(
        menu=[(0, 14, 22), (1, 7.5, 14)],
        period=30,
        days=2,
        agents=[agent(min_rest=660)],
    )
    assert check.violations(p, shifts_only(p, (0, 0), (0, 1))) == [
        check.Violation(
            rule="rest_between_shifts",
            agent="Ann",
            day=1,
            message="Ann: rests 9 h 30 min between the shift ending day 1 22:00 and "
            "the one starting day 2 07:30, at least 11 h needed",
        )
    ]


@pytest.mark.parametrize(
    ("limits", "rules"),
    [
        # Two shifts of 480 min less an unpaid hour: 840 paid.
        (week(min_minutes=840), set()),
        (week(min_minutes=841), {"minimum_hours"}),
        (week(max_minutes=840), set()),
        (week(max_minutes=839), {"maximum_hours"}),
        (week(max_minutes=800, overtime_minutes=40), set()),
        (week(max_minutes=800, overtime_minutes=39), {"maximum_hours"}),
        (week(min_days=2), set()),
        (week(min_days=3), {"minimum_days"}),
        (week(max_days=2), set()),
        (week(max_days=1), {"maximum_days"}),
    ],
)
def test_limits_of_a_week(limits: WeekLimits, rules: set[str]) -> None:
    p = problem(
        types=[kind(pause(4 * H))],
        menu=[(d, 8, 16) for d in range(3)],
        days=3,
        agents=[agent(weeks=(limits,))],
    )
    assert broken(p, shifts_only(p, (0, 0), (0, 1))) == rules


def test_a_shift_counts_in_the_week_in_which_it_starts() -> None:
    # A night from day 2 (week 1) into day 3 (week 2): all 8 hours are week 1's.
    p = problem(
        menu=[(1, 22, 30)],
        days=3,
        weeks=[[0, 1], [2]],
        agents=[agent(weeks=(week(min_minutes=480, min_days=1), week(0, 0, 0, 0, 0)))],
    )
    assert broken(p, shifts_only(p, (0, 0))) == set()


def test_two_shifts_of_a_day_are_one_day() -> None:
    p = problem(
        menu=[(0, 8, 12), (0, 13, 17)], agents=[agent(weeks=(week(max_days=1),))]
    ).without("one_shift_per_day")
    assert broken(p, shifts_only(p, (0, 0), (0, 1))) == set()


def test_credits_are_told() -> None:
    limits = WeekLimits(60, 600, 0, 1, 1, credited_minutes=480, credited_days=2)
    p = week_of(days=1, weeks=(limits,))
    hours, days = check.violations(p, shifts_only(p))
    assert hours.message == (
        "Ann: 0 min paid in week 1 (from day 1 00:00), at least 1 h needed "
        "(8 h credited are taken off)"
    )
    assert days.message.endswith("at least 1 needed (2 days credited are taken off)")


@pytest.mark.parametrize(
    ("run_before", "worked", "legal"),
    [
        (0, [0, 1, 2], True),
        (0, [0, 1, 2, 3], False),
        (0, [3, 4, 5, 6], False),  # up to the last day of the horizon
        (0, [0, 1, 2, 4, 5, 6], True),
        (1, [0, 1], True),
        (1, [0, 1, 2], False),
        (3, [0], False),
        (3, [1, 2, 3], True),  # day one off ends the run
        (9, [1], True),  # the run before is not charged
        (9, [0], False),
    ],
)
def test_run_of_days(run_before: int, worked: list[int], legal: bool) -> None:
    p = week_of(max_run=3, run_before=run_before)
    found = check.violations(p, shifts_only(p, *((0, d) for d in worked)))
    assert [v.rule for v in found] == ([] if legal else ["run_of_days"])


def test_no_limit_on_the_run_of_days() -> None:
    p = week_of(max_run=None, run_before=99)
    assert broken(p, shifts_only(p, *((0, d) for d in range(7)))) == set()


@pytest.mark.parametrize("rule", ["availability", "leave"])
@pytest.mark.parametrize(
    ("stretch", "legal"),
    [
        ((0, 8 * H), True),  # up to the start
        ((0, 8 * H + 1), False),
        ((16 * H, 24 * H), True),  # from the end on
        ((16 * H - 1, 24 * H), False),
        ((12 * H, 12 * H + 1), False),  # inside
        ((0, DAY), False),  # around
    ],
)
def test_no_minute_is_elsewhere(
    rule: str, stretch: tuple[int, int], legal: bool
) -> None:
    field = {"availability": "unavailable", "leave": "leave"}[rule]
    p = week_of(days=1, **{field: (stretch,)})
    assert broken(p, shifts_only(p, (0, 0))) == (set() if legal else {rule})
    assert broken(p.without(rule), shifts_only(p, (0, 0))) == set()


def test_leave_on_the_morning_after_the_last_night() -> None:
    # The last night runs an hour into the tail, where leave begins.
    p = problem(menu=[(0, 17, 25)], tail=H, agents=[agent(leave=((DAY, DAY + H),))])
    assert broken(p, shifts_only(p, (0, 0))) == {"leave"}


def test_pins() -> None:
    late = problem(menu=[(0, 10, 18)]).shifts[0]
    p = problem(
        menu=[(0, 8, 16), (0, 10, 18), (1, 8, 16)],
        days=2,
        agents=[agent(pins=(Pin(0, late), Pin(1, None)))],
    )
    assert broken(p, shifts_only(p, (0, 1))) == set()
    assert broken(p, shifts_only(p, (0, 0))) == {"pins"}  # another shift
    assert broken(p, shifts_only(p)) == {"pins"}  # none
    assert broken(p, shifts_only(p, (0, 1), (0, 2))) == {"pins"}  # not a day off
