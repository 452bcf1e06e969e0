"""Times of other tools' files: in their zone, in either hour of a clock change."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from zoneinfo import ZoneInfo

DAILY = 1440

_MINUTES = re.compile(r"(\d{1,4})\s*(?:m|mins?|minutes?)?", re.IGNORECASE)
_HOURS = re.compile(r"(\d{1,2})\s*(?:h|hours?)", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_DAY = re.compile(r"daily|day|1\s*day", re.IGNORECASE)


class Unclear(ValueError):
    """A local time that is no moment, or two; says what was expected."""


def length_of(text: str) -> int | None:
    """Return the minutes of an interval as tools write them.

    >>> [length_of(t) for t in ("15mins", "30", "00:30", "1 hour", "daily", "x")]
    [15, 30, 30, 60, 1440, None]
    """
    if _DAY.fullmatch(text):
        return DAILY
    if match := _MINUTES.fullmatch(text):
        return int(match[1])
    if match := _HOURS.fullmatch(text):
        return 60 * int(match[1])
    if match := _CLOCK.fullmatch(text):
        return 60 * int(match[1]) + int(match[2])
    return None


def settled(local: dt.datetime, zone: ZoneInfo, fold: int | None) -> dt.datetime:
    """Return the moment of a local time.

    Parameters
    ----------
    fold
        Which is meant of two, where the clock is put back: 0 or 1. ``None``: nobody
        knows.

    Raises
    ------
    Unclear
        Where there is no such moment, or it is not known which.
    """
    first, second = (local.replace(tzinfo=zone, fold=n) for n in (0, 1))
    before, after = first.utcoffset(), second.utcoffset()
    if before == after or before is None or after is None:
        return first
    if before < after:
        raise Unclear(
            "a moment that exists: the clock is put forward over this one in "
            f"{zone.key}"
        )
    if fold is None:
        raise Unclear(
            "one moment, this one occurs twice, because the clock is put back in "
            f"{zone.key}, and the order of the rows does not tell which is meant; say "
            'repeated_hour = "first" or "second"'
        )
    return second if fold else first


def is_repeated(local: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether the clock shows a local time twice."""
    first, second = (local.replace(tzinfo=zone, fold=n).utcoffset() for n in (0, 1))
    return first is not None and second is not None and first > second


def fixed(moment: dt.datetime) -> dt.datetime:
    """Return a moment with its offset as a number, by which both hours differ."""
    offset = moment.utcoffset()
    if offset is None:
        return moment
    return moment.replace(tzinfo=dt.timezone(offset), fold=0)


def folds(
    rows: Iterable[tuple[int, str, dt.datetime]], zone: ZoneInfo
) -> dict[int, int]:
    """Return which of two equal hours the rows are of, as far as their order tells.

    A time that a queue has twice is of both. One that it has once is of the first hour
    if the clock jumps back after it, of the second if it has before.

    Parameters
    ----------
    rows
        Row, queue and local time, in the order of the file.
    """
    twice: dict[str, list[tuple[int, dt.datetime]]] = defaultdict(list)
    rising: Counter[str] = Counter()
    last: dict[str, dt.datetime] = {}
    for row, queue, local in rows:
        if queue in last:
            rising[queue] += (local > last[queue]) - (local < last[queue])
        last[queue] = local
        if is_repeated(local, zone):
            twice[queue].append((row, local))
    found: dict[int, int] = {}
    for queue, seen in twice.items():
        forward = seen if rising[queue] >= 0 else seen[::-1]
        by_date: dict[dt.date, list[tuple[int, dt.datetime]]] = defaultdict(list)
        for row, local in forward:
            by_date[local.date()].append((row, local))
        for own in by_date.values():
            found |= _folds_of(own)
    return found


def _folds_of(rows: list[tuple[int, dt.datetime]]) -> dict[int, int]:
    """Return the same for the repeated hour of one queue, in the order of time."""
    counts = Counter(local for _, local in rows)
    back = [n for n, (one, next_) in enumerate(pairwise(rows), 1) if next_[1] < one[1]]
    found: dict[int, int] = {}
    seen: Counter[dt.datetime] = Counter()
    for n, (row, local) in enumerate(rows):
        if counts[local] == 2:
            found[row] = seen[local]
        elif counts[local] == 1 and len(back) == 1:
            found[row] = int(n >= back[0])
        seen[local] += 1
    return found
