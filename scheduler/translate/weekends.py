"""Weekends: weekdays that follow each other, also where day one cuts them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from scheduler.domain import Weekday
from scheduler.translate.frame import Frame

_WEEK = 7


@dataclass(frozen=True)
class Weekend:
    """A weekend of the horizon: its first day, perhaps before day one, and its days."""

    first: int
    days: tuple[int, ...]


def weekends(frame: Frame, weekdays: Collection[str]) -> list[Weekend]:
    """Return the weekends of the horizon; of one that it cuts the days inside."""
    found: dict[int, list[int]] = {}
    for day in range(frame.days):
        if _is_one(frame, weekdays, day):
            found.setdefault(first_of(frame, weekdays, day), []).append(day)
    return [Weekend(first, tuple(days)) for first, days in found.items()]


def worked(frame: Frame, weekdays: Collection[str], days: Iterable[int]) -> set[int]:
    """Return the first days of the weekends with one of some days."""
    some = [day for day in days if _is_one(frame, weekdays, day)]
    return {first_of(frame, weekdays, day) for day in some}


def first_of(frame: Frame, weekdays: Collection[str], day: int) -> int:
    """Return the first day of a day's weekend."""
    earlier = range(day, day - _WEEK, -1)
    rest = (d for d in earlier if not _is_one(frame, weekdays, d - 1))
    return next(rest, day)


def _is_one(frame: Frame, weekdays: Collection[str], day: int) -> bool:
    return list(Weekday)[frame.axis.date(day).weekday()] in weekdays
