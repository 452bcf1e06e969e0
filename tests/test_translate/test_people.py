"""Agents, weeks and shifts, by hand."""

import pickle
from typing import Any

import pytest

from models.roster.problem import UNIT, Agent, Meeting, Pin, Wish, WishKind
from scheduler.translate import translate
from tests.test_translate.plans import D, H, day_shift, night_shift, plan, translated

PART = {
    "min_hours_per_week": 30,
    "min_days_per_week": 4,
    "max_overtime_hours_per_week": 5,
}
CUT = {"first_day": "2026-03-04", "days": 5}  # Wednesday to Sunday


def ann(**content: Any) -> Agent:
    return translated(skills={"ann": []}, **content).problem.agents[0]


def limits(**content: Any) -> list[tuple[int, int, int, int, int]]:
    return [
        (w.min_minutes, w.max_minutes, w.overtime_minutes, w.min_days, w.max_days)
        for w in ann(contract=PART, **content).weeks
    ]


def leave(start: str, end: str, hours: float = 0) -> dict[str, Any]:
    return {"agent_id": "ann", "start": start, "end": end, "credited_hours": hours}


def worked(start: str, end: str, **more: Any) -> dict[str, Any]:
    return {"agent_id": "ann", "start": start, "end": end} | more


def test_a_whole_week_has_the_contracts_numbers() -> None:
    assert limits() == [(1800, 2400, 300, 4, 5)]


def test_a_week_of_leave_leaves_nothing() -> None:
    contract = {"max_hours_per_week": 37.5, "min_hours_per_week": 37.5}
    away = [leave("2026-03-02", "2026-03-08", 37.5)]
    (week,) = ann(contract=contract, leave=away).weeks
    assert (week.min_minutes, week.max_minutes, week.overtime_minutes) == (0, 0, 0)
    assert (week.max_days, week.credited_minutes, week.credited_days) == (0, 2250, 5)


def test_credit_beyond_the_maximum_comes_off_overtime() -> None:
    assert limits(leave=[leave("2026-03-02", "2026-03-06", 42)]) == [(0, 0, 180, 0, 0)]
    assert limits(leave=[leave("2026-03-02", "2026-03-06", 50)]) == [(0, 0, 0, 0, 0)]


def test_leave_is_spread_over_its_mondays_to_fridays() -> None:
    # Thursday to next Tuesday: four days, two in each week.
    found = limits(leave=[leave("2026-03-05", "2026-03-10", 32)], horizon={"days": 14})
    assert found == [(840, 1440, 300, 2, 3), (840, 1440, 300, 2, 3)]
    assert limits(leave=[leave("2026-03-07", "2026-03-08", 8)]) == [
        (1320, 1920, 300, 2, 3)
    ]


def test_part_day_leave_credits_hours_but_no_day() -> None:
    away = [leave("2026-03-03T12:00", "2026-03-03T16:00", 4)]
    assert limits(leave=away) == [(1560, 2160, 300, 4, 5)]
    assert ann(leave=away).leave == ((D + 12 * H, D + 16 * H),)


def test_unpaid_leave_credits_nothing() -> None:
    away = [leave("2026-03-03", "2026-03-04")]
    assert limits(leave=away) == limits()
    assert ann(leave=away).leave == ((D, 3 * D),)


def test_public_holidays_credit_hours_and_spare_a_day() -> None:
    holidays = ["2026-03-03", "2026-04-03"]
    contract = PART | {"public_holiday_hours": 7.5}
    (week,) = ann(contract=contract, public_holidays=holidays).weeks
    assert (week.min_minutes, week.max_minutes, week.max_days) == (1350, 1950, 5)
    assert (week.min_days, week.credited_minutes, week.credited_days) == (3, 450, 0)


def test_a_cut_week_without_history_is_a_share_by_its_days() -> None:
    found = translated(skills={"ann": []}, contract=PART, horizon=CUT)
    # Five of seven days: 2 to 4 of 4 to 5 days, and 3/5 to 4/5 of the hours.
    assert limits(horizon=CUT) == [(1080, 1920, 240, 2, 4)]
    (note,) = found.notes
    assert note == (
        "the first week began 2 days before 2026-03-04 and history.csv lacks 1 agents "
        "(such as ann): they get its share of the days"
    )


def test_a_cut_week_with_history_is_what_is_left_of_the_whole() -> None:
    history = [
        worked("2026-03-01T08:00", "2026-03-01T16:00"),  # Sunday: the week before
        worked("2026-03-02T08:00", "2026-03-02T16:00", paid_minutes=450),
        worked("2026-03-03T22:00", "2026-03-04T06:00"),
    ]
    assert limits(horizon=CUT, history=history) == [(870, 1470, 300, 2, 3)]
    away = [leave("2026-03-02", "2026-03-02", 8)]
    assert limits(horizon=CUT, history=history[:1], leave=away) == [
        (1320, 1920, 300, 3, 4)
    ]


def test_weeks_start_when_the_plan_says_and_the_last_may_be_cut() -> None:
    horizon = {"days": 8, "week_starts": "sunday"}
    problem = translated(skills={"ann": []}, contract=PART, horizon=horizon).problem
    assert problem.weeks == ((0, 1, 2, 3, 4, 5), (6, 7))
    history = [worked("2026-02-20T08:00", "2026-02-20T16:00")]
    # Two of seven days: 1 to 2 of 4 to 5 days, and 1/5 to 2/5 of the hours.
    assert limits(horizon=horizon, history=history)[1] == (360, 960, 120, 1, 2)


def test_history_before_day_one() -> None:
    nights = [worked(f"2026-0{d}T22:00", f"2026-0{e}T06:00") for d, e in (
        ("2-25", "2-26"), ("2-27", "2-28"), ("2-28", "3-01"), ("3-01", "3-02"),
    )]  # fmt: skip
    found = ann(history=nights)
    assert (found.run_before, found.last_end) == (3, 6 * H)
    assert ann(history=nights[:-1]).run_before == 0
    assert (ann().run_before, ann().last_end) == (0, None)


def available(day: str, start: str, end: str, yes: bool = True) -> dict[str, Any]:
    row = {"agent_id": "ann", "day": day, "start": start, "end": end}
    return row | {"available": yes}


def test_without_a_yes_all_but_the_noes_is_available() -> None:
    rows = [available("monday", "18:00", "02:00", yes=False)]
    assert ann(availability=rows, horizon={"days": 8}).unavailable == (
        (18 * H, 26 * H), (7 * D + 18 * H, 8 * D),
    )  # fmt: skip
    assert ann().unavailable == ()


def test_with_a_yes_only_that_and_dates_replace_weekdays() -> None:
    rows = [
        available("monday", "08:00", "18:00"),
        available("monday", "12:00", "13:00", yes=False),
        available("2026-03-09", "09:00", "10:00"),
        available("tuesday", "22:00", "06:00"),
    ]
    found = ann(availability=rows, horizon={"days": 8}).unavailable
    assert found == (
        (0, 8 * H),
        (12 * H, 13 * H),
        (18 * H, D + 22 * H),
        (2 * D + 6 * H, 7 * D + 9 * H),
        (7 * D + 10 * H, 8 * D),
    )


def test_availability_crosses_both_ends_of_the_horizon() -> None:
    rows = [available("sunday", "22:00", "06:00")]
    found = ann(availability=rows, shift_types=[night_shift()])
    assert found.unavailable == ((6 * H, 6 * D + 22 * H),)


def test_meetings_fixed_and_floating() -> None:
    def row(**when: str) -> dict[str, Any]:
        return {"agent_id": "ann", "name": "1:1", "minutes": 30} | when

    rows = [
        row(start="2026-03-03T10:00"),
        row(),
        row(earliest="2026-03-03", latest="2026-03-04"),
        row(earliest="2026-03-03T09:05", latest="2026-03-03T10:55"),
        row(earliest="2026-02-01", latest="2026-12-31"),
    ]
    assert ann(meetings=rows, shift_types=[night_shift()]).meetings == (
        Meeting("1:1", 30, D + 10 * H, D + 10 * H),
        Meeting("1:1", 30, 0, 7 * D - 30),
        Meeting("1:1", 30, D, 3 * D - 30),
        Meeting("1:1", 30, D + 9 * H + 15, D + 10 * H + 15),
        Meeting("1:1", 30, 0, 7 * D - 30),
    )


def test_pins_are_shifts_of_the_menu() -> None:
    row = {"agent_id": "ann", "date": "2026-03-03"}
    pins = [
        row | {"pin": "off"},
        row
        | {
            "pin": "shift",
            "shift_type": "day",
            "start": "09:00",
            "length_minutes": 240,
        },
    ]
    shift = day_shift(starts=["08:00", "09:00"], length_minutes=[240, 540], breaks=[])
    problem = translated(skills={"ann": []}, shift_types=[shift], pins=pins).problem
    off, pinned = problem.agents[0].pins
    assert off == Pin(1, None)
    assert pinned.day == 1
    assert pinned.shift in problem.shifts
    assert pinned.shift is not None
    assert (pinned.shift.start, pinned.shift.end) == (D + 9 * H, D + 13 * H)


def test_wishes_and_what_they_cost() -> None:
    row = {"agent_id": "ann", "weight": 0.5}
    rows = [
        row | {"day": "monday", "wish": "avoid", "start": "20:00", "end": "02:00"},
        row | {"day": "2026-03-03", "wish": "work"},
        row | {"day": "2026-03-03", "wish": "shift_type", "shift_type": "day"},
        row | {"day": "2026-04-03", "wish": "work"},
    ]
    found = ann(preferences=rows, horizon={"days": 8}, weights={"preference": 2})
    assert found.wishes == (
        Wish(WishKind.AVOID, 0, UNIT // 60, stretch=(20 * H, 26 * H)),
        Wish(WishKind.WORK, 1, UNIT),
        Wish(WishKind.SHIFT_TYPE, 1, UNIT, shift_type=0),
        Wish(WishKind.AVOID, 7, UNIT // 60, stretch=(7 * D + 20 * H, 7 * D + 26 * H)),
    )


def test_costs_rest_and_runs_of_a_contract() -> None:
    contract = {"cost_per_hour": 1.5, "min_rest_hours": 11.5, "max_days_in_a_row": None}
    found = ann(contract=contract)
    assert (found.paid_cost, found.overtime_cost) == (9000, 4500)
    assert (found.min_rest, found.max_run) == (690, None)
    problem = translated(skills={"ann": []}).problem
    assert (problem.block_cost, problem.idle_cost) == (18_000, 4_500)


def test_the_menu_holds_what_some_agent_may_work() -> None:
    kinds = [
        day_shift(name="unused"),
        day_shift(weekdays=["monday", "saturday"], starts=["08:00-09:00/60"]),
    ]
    problem = translated(skills={"ann": []}, shift_types=kinds).problem
    assert [(s.shift_type, s.day, s.start, s.end) for s in problem.shifts] == [
        (1, day, D * day + start, D * day + start + 9 * H)
        for day in (0, 5)
        for start in (8 * H, 9 * H)
    ]
    assert {s.paid_minutes for s in problem.shifts} == {480}
    assert problem.agents[0].shift_types == {1}
    assert problem.shift_types[1].breaks[0].earliest == 180


@pytest.mark.parametrize(
    ("first", "clock"), [("2026-03-28", "07:00 +01:00"), ("2026-10-24", "05:00 +00:00")]
)
def test_a_night_shift_lasts_its_hours_whatever_the_clock_does(
    first: str, clock: str
) -> None:
    horizon = {"first_day": first, "days": 1, "time_zone": "Europe/London"}
    kinds = [night_shift()]
    problem = translated(skills={"ann": []}, horizon=horizon, shift_types=kinds).problem
    (shift,) = problem.shifts
    assert (shift.start, shift.end) == (22 * H, 30 * H)
    assert problem.clock(shift.end).endswith(clock)


def test_starts_that_the_clock_skips_are_one_shift() -> None:
    horizon = {"first_day": "2026-03-29", "days": 1, "time_zone": "Europe/London"}
    kinds = [day_shift(starts=["00:30-02:30/30"])]
    problem = translated(skills={"ann": []}, horizon=horizon, shift_types=kinds).problem
    assert [shift.start for shift in problem.shifts] == [30, 60, 90]


def test_the_order_of_agents_is_the_plans_and_their_names_are_ids() -> None:
    found = translated(skills={"zoe": [], "ann": []})
    assert [agent.name for agent in found.problem.agents] == ["zoe", "ann"]


def test_a_problem_can_be_sent_to_another_process() -> None:
    problem = translate(plan()).problem
    sent = pickle.loads(pickle.dumps(problem))
    assert sent == problem
    assert sent.clock(90) == "Mon 2026-03-02 01:30"


def test_a_start_in_an_hour_that_ends_a_day_too_soon_is_no_shift() -> None:
    # In Nuuk the clock goes from 23:00 on 28 March to midnight: no 23:00 that day.
    horizon = {"first_day": "2026-03-28", "days": 2, "time_zone": "America/Nuuk"}
    night = night_shift(starts=["23:00"])
    found = translated(skills={"ann": []}, shift_types=[night], horizon=horizon)
    assert [shift.day for shift in found.problem.shifts] == [1]
