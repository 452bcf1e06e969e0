"""Local time: days with a clock change, opening hours, the SLA clock."""

import datetime as dt
import pickle
from functools import cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import InvalidInput
from scheduler.calendars import (
    ALWAYS,
    OpenHours,
    TimeAxis,
    deadline,
    received,
    resumed,
)
from scheduler.domain import Calendar, Sla, Weekday

LONDON = "Europe/London"
SPRING, AUTUMN = dt.date(2026, 3, 29), dt.date(2026, 10, 25)
DAY = dt.timedelta(days=1)
OFFICE: dict[str, Any] = {
    day: ["09:00-12:00", "13:00-17:00"] for day in list(Weekday)[:5]
}

# Weeks with clock changes: one hour in spring and autumn, half an hour on Lord Howe.
WEEKS = [
    (LONDON, dt.date(2026, 3, 25)),
    (LONDON, dt.date(2026, 10, 21)),
    ("America/New_York", dt.date(2026, 3, 4)),
    ("America/New_York", dt.date(2026, 10, 28)),
    ("Australia/Lord_Howe", dt.date(2026, 4, 1)),
    ("Australia/Lord_Howe", dt.date(2026, 9, 30)),
    ("Asia/Kolkata", dt.date(2026, 3, 25)),
]


def hours_of(first: dt.date, zone: str = "UTC", **calendar: object) -> OpenHours:
    return OpenHours(Calendar.model_validate(calendar), TimeAxis(first, zone))


def sla(within: float, unit: str) -> Sla:
    return Sla.model_validate({"within": within, "unit": unit})


@pytest.mark.parametrize(
    ("zone", "date", "minutes"),
    [
        (LONDON, SPRING, 1380),
        (LONDON, AUTUMN, 1500),
        (LONDON, dt.date(2026, 3, 28), 1440),
        ("Australia/Lord_Howe", dt.date(2026, 4, 5), 1470),
        ("Australia/Lord_Howe", dt.date(2026, 10, 4), 1410),
    ],
)
def test_length_of_a_day(zone: str, date: dt.date, minutes: int) -> None:
    assert TimeAxis(date, zone).day_starts(days=1) == (0, minutes)


@pytest.mark.parametrize(("first", "intervals"), [(SPRING, 668), (AUTUMN, 676)])
def test_a_week_with_a_clock_change_has_other_quarters(
    first: dt.date, intervals: int
) -> None:
    axis = TimeAxis(first - 6 * DAY, LONDON)
    starts = axis.day_starts(days=7)
    assert starts[-1] == 15 * intervals
    assert starts[:7] == tuple(1440 * day for day in range(7))


def test_minutes_before_and_after_the_horizon() -> None:
    axis = TimeAxis(AUTUMN, LONDON)
    assert axis.minute(dt.datetime(2026, 10, 24, 23, 0)) == -60
    assert axis.minute(dt.datetime(2026, 10, 26, 0, 0)) == 1500
    assert axis.date_of(-1) == axis.date(-1) == AUTUMN - DAY


def test_the_repeated_hour_is_told_apart_by_its_offset() -> None:
    axis = TimeAxis(AUTUMN, LONDON)
    assert axis.minute(dt.datetime.fromisoformat("2026-10-25T01:30+01:00")) == 90
    assert axis.minute(dt.datetime.fromisoformat("2026-10-25T01:30+00:00")) == 150
    assert axis.local(AUTUMN, 90) == 90
    assert axis.clock(90) == "Sun 2026-10-25 01:30 +01:00"
    assert axis.clock(150) == "Sun 2026-10-25 01:30 +00:00"


def test_skipped_times_are_the_moment_of_the_jump() -> None:
    axis = TimeAxis(SPRING, LONDON)
    assert [axis.local(SPRING, m) for m in (59, 60, 90, 119, 120, 121)] == [
        59, 60, 60, 60, 60, 61,
    ]  # fmt: skip


def test_an_axis_can_be_pickled_with_what_it_has_worked_out() -> None:
    axis = TimeAxis(SPRING, LONDON)
    axis.clock(0)
    assert pickle.loads(pickle.dumps(axis.clock))(60) == axis.clock(60)


@given(st.sampled_from(WEEKS), st.integers(-9 * 1440, 9 * 1440))
def test_a_minute_comes_back_from_its_moment(
    week: tuple[str, dt.date], minute: int
) -> None:
    zone, first = week
    axis = TimeAxis(first, zone)
    assert axis.minute(axis.moment(minute)) == minute


def test_opening_hours_over_midnight_joined_and_in_order() -> None:
    hours = hours_of(
        dt.date(2026, 3, 2),
        monday=["22:00-06:00", "08:00-12:00"],
        tuesday=["06:00-07:00"],
    )
    monday, tuesday = hours.axis.date(0), hours.axis.date(1)
    assert hours.on(monday) == ((480, 720), (1320, 1800))
    assert hours.stretches(monday, tuesday) == ((480, 720), (1320, 1860))
    assert hours.close_of(monday) == 1800
    assert not hours.is_open_day(hours.axis.date(2))


def test_dates_replace_weekdays_and_closed_dates_are_closed_all_day() -> None:
    first = dt.date(2026, 3, 2)
    hours = hours_of(
        first,
        monday=["22:00-06:00"],
        tuesday=["09:00-17:00"],
        wednesday=["09:00-17:00"],
        closed=[first + DAY],
        dates={first + 2 * DAY: ["10:00-11:00"]},
    )
    assert hours.on(first) == ((1320, 1440),)
    assert hours.on(first + DAY) == ()
    assert hours.on(first + 2 * DAY) == ((2 * 1440 + 600, 2 * 1440 + 660),)


def test_opening_hours_on_a_day_with_a_clock_change() -> None:
    assert hours_of(SPRING, LONDON, sunday=["00:30-24:00"]).on(SPRING) == ((30, 1380),)
    # Hours that the clock skips do not open at all.
    assert hours_of(SPRING, LONDON, sunday=["01:00-02:00"]).on(SPRING) == ()


def test_days_of_an_sla() -> None:
    friday = dt.date(2026, 3, 6)
    hours = hours_of(friday, **OFFICE, closed=[friday + 3 * DAY])
    noon = 12 * 60
    # Saturday, Sunday are not open and Monday is closed: due on Tuesday at 17:00.
    assert deadline(noon, sla(1, "business_days"), hours) == 4 * 1440 + 17 * 60
    assert deadline(noon, sla(2, "business_days"), hours) == 5 * 1440 + 17 * 60
    assert deadline(noon, sla(1, "calendar_days"), hours) == 2 * 1440
    # What comes in by midnight is received on Saturday, unless its date is known.
    assert deadline(1440, sla(1, "calendar_days"), hours) == 3 * 1440
    assert deadline(1440, sla(1, "calendar_days"), hours, friday) == 2 * 1440


def test_hours_of_an_sla_at_the_edges() -> None:
    hours = hours_of(dt.date(2026, 3, 6), **OFFICE)
    eight, monday = sla(8, "business_hours"), 3 * 1440
    assert deadline(9 * 60, sla(7, "business_hours"), hours) == 17 * 60
    assert deadline(9 * 60, eight, hours) == monday + 10 * 60
    assert deadline(12 * 60 + 30, sla(4, "business_hours"), hours) == 17 * 60
    assert deadline(1440, eight, hours) == monday + 1440 + 10 * 60
    assert deadline(9 * 60, sla(8.5, "hours"), hours) == 17 * 60 + 30


def test_a_date_is_received_at_its_opening() -> None:
    friday = dt.date(2026, 3, 6)
    hours = hours_of(friday, **OFFICE)
    assert received(friday, hours) == 9 * 60
    assert received(friday + DAY, hours) == 1440
    assert received(dt.datetime(2026, 3, 6, 15, 30, 59), hours) == 15 * 60 + 30


def test_calendar_days_end_at_midnight_though_a_day_is_longer() -> None:
    hours = OpenHours(ALWAYS, TimeAxis(AUTUMN - DAY, LONDON))
    assert deadline(0, sla(1, "calendar_days"), hours) == 2940
    assert deadline(0, sla(48, "hours"), hours) == 2880


def test_public_holidays_are_closed_unless_a_date_has_hours() -> None:
    thursday = dt.date(2026, 4, 2)
    hours = hours_of(
        thursday, holidays="GB-ENG", dates={dt.date(2026, 4, 6): ["10:00-12:00"]},
        **{day: ["09:00-17:00"] for day in ("thursday", "friday", "monday")},
    )  # fmt: skip
    good_friday, monday = thursday + DAY, dt.date(2026, 4, 6)
    assert hours.on(good_friday) == ()
    assert hours.on(monday) == ((4 * 1440 + 600, 4 * 1440 + 720),)
    # One business day after Thursday is Easter Monday, which has hours of its own.
    due = deadline(9 * 60, sla(1, "business_days"), hours)
    assert due == 4 * 1440 + 720


def test_nights_before_a_public_holiday_end_at_midnight() -> None:
    thursday = dt.date(2026, 4, 2)
    nights = hours_of(thursday, holidays="GB-ENG", thursday=["22:00-06:00"])
    assert nights.on(thursday) == ((22 * 60, 24 * 60),)


def test_a_calendar_that_never_opens_is_refused() -> None:
    first = dt.date(2026, 3, 2)
    hours = hours_of(first, dates={first: ["09:00-10:00"]})
    assert hours.nth_close(first, 1) == 10 * 60
    with pytest.raises(InvalidInput, match="must be open within 400 days"):
        deadline(0, sla(1, "business_days"), hours)
    with pytest.raises(InvalidInput, match="must be open within 400 days"):
        deadline(0, sla(2, "business_hours"), hours)


# The oracle walks minute by minute and looks at the clock on the wall, no more.


@cache
def walls(zone: str, first: dt.date, days: int = 21) -> list[dt.datetime]:
    start = dt.datetime.combine(first, dt.time(), ZoneInfo(zone)).astimezone(dt.UTC)
    moments = (start + dt.timedelta(minutes=m) for m in range(1440 * days))
    return [m.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) for m in moments]


def oracle_open(week: tuple[str, dt.date], calendar: Calendar) -> list[bool]:
    """Whether each minute is open: the clock has reached the start, not yet the end."""
    wall = walls(*week)
    is_open = [False] * len(wall)

    def reached(date: dt.date, minutes: int) -> int:
        time = dt.datetime.combine(date, dt.time()) + dt.timedelta(minutes=minutes)
        return next((m for m, shown in enumerate(wall) if shown >= time), len(wall))

    for n in range(-1, 20):
        date = week[1] + n * DAY
        for start, end in getattr(calendar, list(Weekday)[date.weekday()]):
            for minute in range(reached(date, start), reached(date, end)):
                is_open[minute] = True
    return is_open


def clock_times(*, latest: int) -> st.SearchStrategy[str]:
    return st.integers(0, latest // 15).map(lambda n: f"{n // 4:02}:{n % 4 * 15:02}")


ranges = st.tuples(clock_times(latest=1425), clock_times(latest=1440)).map("-".join)
calendars = st.dictionaries(
    st.sampled_from(list(Weekday)), st.lists(ranges, max_size=2), min_size=1
).filter(lambda days: any(days.values()))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WEEKS), calendars, st.integers(0, 7 * 1440), st.integers(1, 24))
def test_business_hours_against_a_walk_minute_by_minute(
    week: tuple[str, dt.date], days: dict[str, list[str]], arrival: int, quarters: int
) -> None:
    zone, first = week
    hours = hours_of(first, zone, **days)
    is_open = oracle_open(week, hours.calendar)
    counted = 0
    for minute in range(arrival, 17 * 1440):
        counted += is_open[minute]
        if counted == 15 * quarters:
            found = deadline(arrival, sla(quarters / 4, "business_hours"), hours)
            assert found == minute + 1
            return


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(WEEKS), calendars)
def test_opening_hours_against_a_walk_minute_by_minute(
    week: tuple[str, dt.date], days: dict[str, list[str]]
) -> None:
    zone, first = week
    hours = hours_of(first, zone, **days)
    stretches = hours.stretches(first - DAY, first + 15 * DAY)
    assert all(one[1] < other[0] for one, other in pairwise(stretches))
    within = [False] * (14 * 1440)
    for start, end in stretches:
        for minute in range(max(0, start), min(end, len(within))):
            within[minute] = True
    assert within == oracle_open(week, hours.calendar)[: len(within)]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(WEEKS),
    calendars,
    st.integers(0, 7 * 1440 - 1),
    st.integers(1, 5),
    st.sampled_from(["business_days", "calendar_days"]),
)
def test_days_against_a_walk_minute_by_minute(
    week: tuple[str, dt.date],
    days: dict[str, list[str]],
    arrival: int,
    within: int,
    unit: str,
) -> None:
    zone, first = week
    wall = walls(*week)
    came = wall[arrival].date()
    if unit == "calendar_days":
        due = next(m for m, at in enumerate(wall) if at.date() > came + within * DAY)
        hours = hours_of(first, zone, **days)
        assert deadline(arrival, sla(within, unit), hours) == due
        return
    # One stretch each open day, so that its last open minute is the day's close.
    open_days = {day: ["08:00-16:45"] for day in days}
    hours = hours_of(first, zone, **open_days)
    is_open = oracle_open(week, hours.calendar)
    dates: list[dt.date] = []
    for minute in range(arrival, len(wall) - 1):
        date = wall[minute].date()
        if date > came and is_open[minute] and not is_open[minute + 1]:
            dates.append(date)
            if len(dates) == within:
                assert deadline(arrival, sla(within, unit), hours) == minute + 1
                return


UNITS = ("business_days", "calendar_days", "business_hours", "hours")


@pytest.mark.parametrize("unit", UNITS)
@given(arrival=st.integers(-3000, 6000), used=st.floats(0, 1), within=st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_a_clock_that_never_stood_still_is_the_same(
    unit: str, arrival: int, used: float, within: int
) -> None:
    hours, clock = hours_of(dt.date(2026, 3, 2), **OFFICE), sla(within, unit)
    due = deadline(arrival, clock, hours)
    stopped = arrival + int(used * (due - arrival))
    assert resumed(arrival, stopped, stopped, clock, hours) == due


@pytest.mark.parametrize(
    ("unit", "within", "stopped", "again", "due"),
    [
        # Received on Monday at 10. Of three open days Tuesday is used; silence from
        # Tuesday noon to Thursday noon; Friday and the next Monday are left.
        ("business_days", 3, (1, 12), (3, 12), (7, 17)),
        # Asked after the last open day: due when the day of the answer ends.
        ("business_days", 1, (2, 12), (3, 12), (3, 17)),
        ("calendar_days", 3, (1, 12), (3, 12), (6, 0)),
        ("calendar_days", 1, (3, 12), (4, 12), (5, 0)),
        # Eight hours: six of Monday, silence, two from Thursday noon, when it is lunch.
        ("business_hours", 8, (0, 17), (3, 12), (3, 15)),
        ("hours", 30, (1, 10), (3, 12), (3, 18)),
        ("hours", 2, (1, 10), (3, 12), (3, 12)),
    ],
)
def test_a_clock_stands_still(
    unit: str,
    within: int,
    stopped: tuple[int, int],
    again: tuple[int, int],
    due: tuple[int, int],
) -> None:
    hours = hours_of(dt.date(2026, 3, 2), **OFFICE)
    stop, go, at = (1440 * day + 60 * hour for day, hour in (stopped, again, due))
    assert resumed(600, stop, go, sla(within, unit), hours) == at
