"""Checks of calendars."""

from collections.abc import Iterator

from scheduler.calendars.holidays import known_places
from scheduler.clock import TimeRange
from scheduler.domain import Calendar
from scheduler.validation.facts import WEEKDAYS, Facts
from scheduler.validation.issue import Path, PlanIssue, check


def openings(calendar: Calendar) -> Iterator[tuple[Path, TimeRange]]:
    """Yield every opening of a calendar, with its place in it."""
    for weekday in WEEKDAYS:
        for j, hours in enumerate(getattr(calendar, weekday)):
            yield (weekday.value, j), hours
    for date, own in calendar.dates.items():
        for j, hours in enumerate(own):
            yield ("dates", date.isoformat(), j), hours


@check()
def closed_or_open(facts: Facts) -> Iterator[PlanIssue]:
    """A date is not closed and given opening hours in one calendar."""
    for name, calendar in facts.plan.calendars.items():
        for j, date in enumerate(calendar.closed):
            if calendar.dates.get(date):
                yield PlanIssue(
                    ("calendars", name, "closed", j),
                    "a date without opening hours of its own; it has some in",
                    other=("calendars", name, "dates", date.isoformat()),
                )


@check()
def known_holidays(facts: Facts) -> Iterator[PlanIssue]:
    """Public holidays are of a country, or a part of one, that is known."""
    for name, calendar in facts.plan.calendars.items():
        if calendar.holidays is not None and calendar.holidays not in known_places():
            yield PlanIssue(
                ("calendars", name, "holidays"),
                "a country or a part of one, such as GB, GB-ENG, DE-BY",
                known_places(),
            )


CHECKS = (closed_or_open, known_holidays)
