"""What rules of the book make of the days before day one, and of several rows."""

from typing import Any

import pytest

from models.roster.problem import CaseLimit, Follow, Limit, Rule, Run, Spread, Whole
from tests.test_translate.plans import (
    OFFICE,
    D,
    H,
    claims,
    day_shift,
    people,
    translated,
    worked,
)

TWO = [day_shift(), day_shift(name="late", starts=["14:00"])]
BOTH = {"shift_types": ["day", "late"]}
NIGHTS = [
    worked(f"2026-02-{day}T22:00", f"2026-02-{day + 1}T06:00") for day in (26, 27)
]


def rules(*rows: dict[str, Any], **content: Any) -> tuple[Rule, ...]:
    return people(rule_book=list(rows), **content)[0].rules


def limits(*rows: dict[str, Any], **content: Any) -> list[Limit]:
    return [x for x in rules(*rows, **content) if isinstance(x, Limit)]


def on(*days: int) -> list[dict[str, Any]]:
    """Day shifts on days of February 2026."""
    return [worked(f"2026-02-{d:02}T08:00", f"2026-02-{d:02}T16:00") for d in days]


def days_worked(**more: Any) -> dict[str, Any]:
    return {"rule": "days_worked"} | more


def test_all_rows_of_one_subject_hold() -> None:
    found = limits(days_worked(max=5), days_worked(max=4, level="preferred"))
    assert [(x.most, x.cost is None) for x in found] == [(5, True), (4, False)]


@pytest.mark.parametrize("per", [None, "week"])
def test_an_agents_rows_take_the_place_of_everybodys(per: str | None) -> None:
    own = [
        days_worked(max=6, agent_id="ann", per=per),
        days_worked(min=2, agent_id="ann"),
    ]
    found = limits(days_worked(max=5, per="week"), days_worked(max=4), *own)
    assert [(x.least, x.most) for x in found] == [(None, 6), (2, None)]


def test_the_same_subject_may_be_written_in_several_ways() -> None:
    def late(**more: Any) -> dict[str, Any]:
        return {"rule": "shifts_of_type", "shift_types": "day|late", "max": 1} | more

    general = [late(per="2 weeks"), {"rule": "nights", "max": 1}]
    own = [
        late(per="14 days", shift_types="late|day", max=3),
        {"rule": "nights", "max": 3, "start": "23:00", "end": "06:00", "per": "week"},
    ]
    own = [row | {"agent_id": "ann"} for row in own]
    found = limits(*general, *own, shift_types=TWO, contract=BOTH)
    assert {x.most for x in found} == {3}


def test_a_row_with_other_times_is_another_rule() -> None:
    rows = [
        {"rule": "working_times", "end": "12:00"},
        {"rule": "working_times", "end": "20:00", "agent_id": "ann"},
    ]
    assert len(limits(*rows)) == 2 * 7


def test_nights_of_history_count_however_long_ago() -> None:
    found = limits({"rule": "nights", "max": 2, "per": "7 days"}, history=NIGHTS)
    assert [x.before for x in found] == [2, 2, 2, 1, 0, 0, 0]
    (run,) = rules(
        {"rule": "shifts_in_a_row", "start": "23:00", "end": "06:00", "max": 3},
        history=NIGHTS,
        horizon={"first_day": "2026-02-28"},
    )
    assert isinstance(run, Run) and run.before == 2


def test_what_is_beyond_a_most_already_breaks_nothing() -> None:
    row = {"rule": "hours_worked", "max": 10, "per": "3 days"}
    sunday = worked("2026-03-01T08:00", "2026-03-01T16:00")
    first, second, third, *_ = limits(row, history=[*on(28), sunday])
    assert [(x.before, x.most) for x in (first, second, third)] == [
        (16 * H, 16 * H),
        (8 * H, 10 * H),
        (0, 10 * H),
    ]


SUNDAY = {"first_day": "2026-03-01", "days": 14}
SATURDAY = on(28)


def test_a_weekend_cut_by_day_one_is_one() -> None:
    row = {"rule": "weekends_worked", "max": 1, "per": "2 weeks"}
    found = limits(row, history=SATURDAY, horizon=SUNDAY)
    # the Sunday is of the weekend that was worked; the next one is a second
    assert [(x.before, x.groups) for x in found] == [
        *([(1, ((6, 7),))] * 7),
        (0, ((6, 7), (13,))),
    ]


def test_without_history_the_cut_weekend_counts() -> None:
    row = {"rule": "weekends_worked", "max": 0, "per": "week"}
    found = limits(row, horizon=SUNDAY | {"week_starts": "sunday"})
    assert [x.groups for x in found] == [((0,), (6, 7)), ((13,),)]


def test_weekends_in_a_row_whichever_of_their_days_was_worked() -> None:
    row = {"rule": "weekends_in_a_row", "max": 2}
    saturday_then_sunday = [*on(21), worked("2026-03-01T08:00", "2026-03-01T16:00")]
    (run,) = rules(row, history=saturday_then_sunday)
    assert isinstance(run, Run)
    assert (run.before, run.days) == (2, ((5, 6),))
    (run,) = rules(row, history=SATURDAY, horizon=SUNDAY)
    assert isinstance(run, Run)
    assert (run.before, run.days) == (1, ((6, 7), (13,)))


def test_a_weekend_goes_on_as_it_began() -> None:
    row = {"rule": "whole_weekends"}
    for history, begun in ((SATURDAY, (1, None)), (on(27), (None, 0))):
        sunday, whole = rules(row, history=history, horizon=SUNDAY)
        assert isinstance(sunday, Limit) and isinstance(whole, Whole)
        assert (sunday.days, (sunday.least, sunday.most)) == ((0,), begun)
    (whole,) = rules(row, horizon=SUNDAY)
    assert isinstance(whole, Whole)


def lates(shift_type: str | None) -> list[dict[str, Any]]:
    return [
        worked("2026-03-01T14:00", "2026-03-01T23:00", shift_type=shift_type),
    ]


@pytest.mark.parametrize(
    ("shift_type", "before", "least"),
    [("late", 1, 2), ("day", 0, 2), ("gone", 0, 2), (None, 0, None)],
)
def test_types_of_history(
    shift_type: str | None, before: int, least: int | None
) -> None:
    found = limits(
        {"rule": "shifts_of_type", "shift_types": "late", "min": 2, "per": "8 days"},
        history=lates(shift_type),
        shift_types=TWO,
        contract=BOTH,
    )
    assert [(x.before, x.least) for x in found if x.days == tuple(range(7))] == (
        [(before, least)] if least else []
    )


def test_a_late_shift_before_day_one_is_followed_by_no_early_one() -> None:
    row = {"rule": "successions", "shift_types": "late", "then": "day"}
    two = {"shift_types": TWO, "contract": BOTH}
    for shift_type, ready in (("late", D), ("day", 0)):
        (follow,) = rules(row, history=lates(shift_type), **two)
        assert isinstance(follow, Follow) and follow.ready == ready


def test_starts_of_a_week_that_day_one_cuts() -> None:
    row = {"rule": "start_consistency", "hours": 1}
    wednesday = {"first_day": "2026-03-04", "days": 5}
    before = [worked("2026-03-02T08:00", "2026-03-02T16:00")]
    before += [worked("2026-03-03T10:00", "2026-03-03T18:00")]
    (spread,) = rules(row, history=before, horizon=wednesday)
    assert isinstance(spread, Spread)
    # they are two hours apart already
    assert (spread.before, spread.most) == ((8 * H, 10 * H), 2 * H)


def shares(**content: Any) -> tuple[CaseLimit, ...]:
    made = people(
        queues=[{"name": "calls"}],
        case_types=[claims(calendar="office")],
        calendars={"office": OFFICE},
        horizon={"first_day": "2026-03-04", "days": 5},
        **content,
    )
    return made[0].case_limits


def test_per_cent_of_case_work_are_of_the_days_before_too() -> None:
    before = [
        worked(f"2026-03-0{d}T08:00", f"2026-03-0{d}T16:00", case_minutes=240)
        for d in (2, 3)
    ]
    row = {"rule": "case_share", "percent": 50}
    (limit,) = shares(rule_book=[row], history=before)
    assert (limit.most, limit.percent) == (0, 50)
    (limit,) = shares(rule_book=[row | {"percent": 25}], history=before)
    assert (limit.most, limit.percent) == (-4 * H, 25)


def test_the_least_case_work_is_not_asked_of_days_that_are_not_known() -> None:
    row = {"rule": "case_share", "min": 10, "level": "preferred"}
    (limit,) = shares(rule_book=[row])
    assert limit.least == 0


def test_who_runs_in_from_before_day_one_is_there() -> None:
    found = translated(
        skills={"ann": [], "bob": []},
        history=[worked("2026-03-01T22:00", "2026-03-02T09:00")],
        pairs=[{"rule": "apart", "agent_id": "ann", "other_id": "bob"}],
    ).problem.headcounts
    assert [(row.needed, row.fixed) for row in found] == [(1, 1)] + [(1, 0)] * 6
