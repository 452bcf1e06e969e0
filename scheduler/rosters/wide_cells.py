"""Days as planners write them into a sheet: 08:00-16:30, 8-4:30p, OFF, PTO."""

import re
from dataclasses import dataclass

from scheduler.clock import MINUTES_PER_DAY

#: Words for a day without a shift, and for one with leave.
OFF = frozenset({
    "", "-", "--", "–", "—", "off", "o", "x", "do", "d/o", "rd", "rdo", "day off",
    "rest", "rest day", "free", "n/a", "na", "none",
})  # fmt: skip
LEAVE = frozenset({
    "pto", "leave", "al", "a/l", "annual leave", "vac", "vacation", "hol", "holiday",
    "sick", "sickness", "bank holiday", "ph", "public holiday", "loa", "absent",
    "maternity", "paternity", "toil", "lieu",
})  # fmt: skip

_TIME = r"([0-9]{1,2})(?:[:.h]?([0-9]{2}))?\s*([ap])?\.?(?:m\.?)?"
_RANGE = re.compile(rf"{_TIME}\s*(?:-|–|—|to|until)\s*{_TIME}", re.IGNORECASE)
_NAMED = re.compile(rf"(.+?)\s+({_RANGE.pattern})", re.IGNORECASE | re.DOTALL)
_PARTED = re.compile(r"\s*[+\n;&]\s*")
_HALF = MINUTES_PER_DAY // 2

Times = tuple[int, int]


@dataclass(frozen=True)
class Span:
    """A shift as it is written.

    Attributes
    ----------
    name
        What stands before its times; empty where nothing does.
    literal
        Minutes from midnight as a clock of 24 hours reads them, an end on the next day
        above 1440; ``None`` where that cannot be meant.
    others
        What a clock of 12 hours could mean.
    """

    name: str
    literal: Times | None
    others: tuple[Times, ...] = ()


def parts_of(text: str) -> list[str]:
    """Return the shifts of a day, each as it is written.

    >>> parts_of("early 06:00-10:00 + late 14:00-18:00")
    ['early 06:00-10:00', 'late 14:00-18:00']
    """
    return [part for part in _PARTED.split(text.strip()) if part]


def span_of(text: str) -> Span | None:
    """Return a shift, ``None`` where it has no times.

    >>> span_of("08:00-16:30").literal, span_of("late 22:00-06:00")
    ((480, 990), Span(name='late', literal=(1320, 1800), others=()))
    >>> span_of("8-4:30p").others
    ((480, 990), (1200, 2430))
    """
    match, name = _RANGE.fullmatch(text.strip()), ""
    if match is None:
        named = _NAMED.fullmatch(text.strip())
        match = named and _RANGE.fullmatch(named[2])
        if named is None or match is None:
            return None
        name = named[1].strip(" :,@")
    parts = match.groups()
    first, second = _clocks(*parts[:3]), _clocks(*parts[3:])
    spans = [_from(start, end) for start in first for end in second]
    if not spans:
        return None
    if parts[2] or parts[5]:
        return Span(name, None, tuple(spans))
    return Span(name, spans[0], tuple(spans[1:]))


def _from(start: int, end: int) -> Times:
    return start, end if end > start else end + MINUTES_PER_DAY


def _clocks(hours: str, minutes: str | None, half: str | None) -> list[int]:
    """Return the readings of a time, that of 24 hours first."""
    hour, minute = int(hours), int(minutes or 0)
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return []
    at = 60 * hour + minute
    if half:
        return [at % _HALF + (_HALF if half.lower() == "p" else 0)]
    if not 1 <= hour <= 12 or (len(hours) == 2 and hour < 10):
        return [at]
    return [at, (at + _HALF) % MINUTES_PER_DAY]
