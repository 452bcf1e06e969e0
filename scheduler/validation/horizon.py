"""Checks of the horizon: time zone, grid, and the moments written in the tables."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from scheduler.clock import FIRST_YEAR, LAST_YEAR
from scheduler.validation.facts import Facts
from scheduler.validation.issue import PlanIssue, check

MOMENTS = {
    "calls": ("start",),
    "required": ("start",),
    "open_cases": ("received", "due"),
    "leave": ("start", "end"),
    "meetings": ("start", "earliest", "latest"),
    "history": ("start", "end"),
    "published": ("start", "end"),
    "published_activities": ("start", "end"),
}


@check()
def first_day(facts: Facts) -> Iterator[PlanIssue]:
    """The horizon lies in years that calendars and time zones know."""
    if not FIRST_YEAR <= facts.plan.horizon.first_day.year < LAST_YEAR:
        yield PlanIssue(
            ("horizon", "first_day"), f"a year from {FIRST_YEAR} to {LAST_YEAR - 1}"
        )


@check()
def time_zone(facts: Facts) -> Iterator[PlanIssue]:
    """The time zone is one of the IANA data base."""
    name = facts.plan.horizon.time_zone
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        yield PlanIssue(
            ("horizon", "time_zone"),
            "an IANA time zone such as Europe/London",
            available_timezones(),
        )


@check()
def interval(facts: Facts) -> Iterator[PlanIssue]:
    """An interval is a multiple of 5 minutes and divides an hour."""
    minutes = facts.plan.horizon.interval_minutes
    if 60 % minutes or minutes % 5:
        yield PlanIssue(
            ("horizon", "interval_minutes"), "5, 10, 15, 20, 30 or 60 minutes"
        )


@check()
def grid(facts: Facts) -> Iterator[PlanIssue]:
    """The grid is a multiple of 5 minutes and divides the interval."""
    minutes, own = facts.plan.horizon.interval_minutes, facts.plan.horizon.grid_minutes
    if own is not None and (own % 5 or minutes % own):
        yield PlanIssue(
            ("horizon", "grid_minutes"),
            f"a multiple of 5 that divides interval_minutes = {minutes}",
        )


@check("horizon")
def clock_changes(facts: Facts) -> Iterator[PlanIssue]:
    """Each day starts, and each clock change comes, at the start of an interval."""
    line = facts.timeline
    minutes = facts.plan.horizon.interval_minutes
    for day, (start, end) in enumerate(pairwise(line.axis.day_starts(line.days))):
        if (end - start) % minutes:
            yield PlanIssue(
                ("horizon", "interval_minutes"),
                f"intervals that fit a day of {(end - start) / 60:g} hours: the clock "
                f"of {line.axis.time_zone} changes on {line.axis.date(day)}",
            )


@check("horizon")
def moments(facts: Facts) -> Iterator[PlanIssue]:
    """A local moment exists and occurs once, or has a UTC offset."""
    for table, columns in MOMENTS.items():
        for i, row in enumerate(getattr(facts.plan, table)):
            for column in columns:
                moment = getattr(row, column)
                if isinstance(moment, dt.datetime) and (
                    why := facts.timeline.trouble(moment)
                ):
                    yield PlanIssue((table, i, column), why)
    now = facts.plan.changes.now
    if now is not None and (why := facts.timeline.trouble(now)):
        yield PlanIssue(("changes", "now"), why)


BASIC = (first_day, time_zone, interval, grid)
CHECKS = (clock_changes, moments)
