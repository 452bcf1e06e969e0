"""Events as RFC 5545 has them, made and read back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar, Event, vText

from scheduler.exports.planned import Planned

CANCELLED = "CANCELLED"
_CONFIRMED = "CONFIRMED"
_DATE = "X-RINGFENCE-DATE"


@dataclass(frozen=True)
class Version:
    """Which version of an event it is, and when that was made."""

    sequence: int
    made: dt.datetime


def text(words: str) -> vText:
    r"""Return words that stay within their line: no control characters, no line ends.

    >>> text("Ann\r\nEND:VEVENT\x85").to_ical()
    b'Ann\\nEND:VEVENT '
    """
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return vText("".join(c if c == "\n" or c.isprintable() else " " for c in lines))


def made_event(one: Planned, version: Version) -> Event:
    """Return an event as it is to be written."""
    event = Event()
    event.add("UID", one.uid)
    event.add("SUMMARY", text(one.summary))
    # Programs do not agree which of two equal readings of a clock is meant.
    twice = _is_read_twice(one.start) or _is_read_twice(one.end)
    zone = dt.UTC if twice else one.start.tzinfo
    event.add("DTSTART", one.start.astimezone(zone))
    event.add("DTEND", one.end.astimezone(zone))
    event.add("CATEGORIES", [one.category])
    if one.description:
        event.add("DESCRIPTION", text(one.description))
    if one.parent:
        event.add("RELATED-TO", one.parent)
    event.add("STATUS", _CONFIRMED)
    event.add(_DATE, one.date.isoformat())
    stamp(event, version)
    return event


def _is_read_twice(moment: dt.datetime) -> bool:
    """Whether the clock shows a moment's time twice, because it is put back."""
    first, second = (moment.replace(fold=fold).utcoffset() for fold in (0, 1))
    return first != second


def stamp(event: Event, version: Version) -> None:
    """Write into an event which version of it it is."""
    for name in ("SEQUENCE", "DTSTAMP"):
        event.pop(name, None)
    event.add("SEQUENCE", version.sequence)
    event.add("DTSTAMP", version.made.astimezone(dt.UTC).replace(microsecond=0))


def cancel(event: Event, version: Version) -> None:
    """Write into an event that it does not take place."""
    event.pop("STATUS", None)
    event.add("STATUS", CANCELLED)
    stamp(event, version)


def version_of(event: Event) -> Version:
    """Return which version of it an event is."""
    return Version(int(event.get("SEQUENCE", 0)), event.decoded("DTSTAMP"))


def date_of(event: Event) -> dt.date:
    """Return the date on which an event's shift is rostered."""
    return dt.date.fromisoformat(str(event[_DATE]))


def is_cancelled(event: Event) -> bool:
    """Whether an event does not take place."""
    return str(event.get("STATUS", "")) == CANCELLED


def same(one: Event, other: Event) -> bool:
    """Whether two versions of an event say the same."""
    return all(read(one) == read(other) for read in _SAID)


def _written(name: str) -> Callable[[Event], Any]:
    def read(event: Event) -> bytes | None:
        value = event.get(name)
        return None if value is None else bytes(value.to_ical())

    return read


_SAID: tuple[Callable[[Event], Any], ...] = (
    lambda event: event.start,
    lambda event: event.end,
    *map(_written, ("SUMMARY", "DESCRIPTION", "CATEGORIES", "RELATED-TO", "STATUS")),
    date_of,
)


def zoned(calendar: Calendar) -> None:
    """Write the time zones of its events into a calendar, for the years they are in."""
    years = [event.start.year for event in calendar.events]
    first, last = min(years) - 1, max(years) + 2
    calendar.add_missing_timezones(dt.date(first, 1, 1), dt.date(last, 1, 1))
