"""When the people of the sample ``centre`` work, may work and like to work.

All is drawn beside a usual week, which stays possible.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from scheduler.clock import MINUTES_PER_DAY
from scheduler.domain import ShiftType
from scheduler.samples.centre.draws import between, pick
from scheduler.samples.centre.terms import CLOSES, OPENS, REST_MINUTES, STEP, Terms

GRID = 15
WEEKDAYS = range(7)
WORKING_DAYS = 5

LIMITS = (("none", 0.5), ("free day", 0.2), ("hours", 0.2), ("both", 0.1))
MEETING_MINUTES = 30


@dataclass(frozen=True)
class Away:
    """A stretch of a weekday, or of a day of the horizon, in minutes of the day."""

    day: int
    start: int
    end: int


@dataclass(frozen=True)
class Dislike:
    """A stretch of a weekday that somebody would rather not work.

    ``weight`` is in paid hours for each hour of it.
    """

    day: int
    start: int
    end: int
    weight: float


def usual_weeks(terms: Terms) -> list[tuple[int, ...]]:
    """Return the weekdays that may be worked week after week under a contract."""
    return [
        days
        for days in combinations(WEEKDAYS, terms.days)
        if _longest_run(days) <= terms.run
    ]


def _longest_run(days: Sequence[int]) -> int:
    """Return the longest run of days in a week that comes again and again."""
    longest = run = 0
    for day in range(2 * len(WEEKDAYS)):
        run = run + 1 if day % len(WEEKDAYS) in days else 0
        longest = max(longest, run)
    return longest


def worked(rng: np.random.Generator, terms: Terms, days: Sequence[int]) -> int:
    """Return a run of days before day one that the usual week may follow."""
    lead = next(day for day in range(8) if day not in days)
    most = min(terms.run - lead if lead else terms.run, WORKING_DAYS)
    return between(rng, 0, most)


def worked_from(rng: np.random.Generator, terms: Terms, start: int) -> int:
    """Return when the last shifts started: the usual start is still possible after."""
    length = terms.usual.length_minutes[0]
    latest = min(CLOSES - length, start + MINUTES_PER_DAY - REST_MINUTES - length)
    return between(rng, max(OPENS, start - 120), latest, STEP)


def leave(rng: np.random.Generator, week: int) -> tuple[int, int]:
    """Return the first and last day of a leave of one or two working days."""
    first = 7 * week + between(rng, 0, WORKING_DAYS - 1)
    last = min(first + between(rng, 0, 1), 7 * week + WORKING_DAYS - 1)
    return first, last


def unavailable(
    rng: np.random.Generator,
    terms: Terms,
    limit: str,
    days: Sequence[int],
    start: int,
) -> list[Away]:
    """Return when somebody cannot work, by the limit (see ``LIMITS``) they have."""
    found = []
    if limit in ("free day", "both"):
        free = pick(rng, [day for day in WEEKDAYS if day not in days])
        found.append(Away(free, 0, MINUTES_PER_DAY))
    taken = {away.day for away in found}
    if limit in ("hours", "both"):
        end = start + terms.usual.length_minutes[0]
        first = between(rng, max(OPENS, start - 240), start, STEP)
        last = between(rng, end, min(CLOSES, end + 240), STEP)
        for day in WEEKDAYS:
            if day not in taken and rng.random() < 0.7:
                found += _outside(day, first, last)
    return found


def _outside(day: int, first: int, last: int) -> list[Away]:
    """Return the open hours of a day before ``first`` and from ``last`` on."""
    found = [Away(day, 0, first)] if first > OPENS else []
    return [*found, Away(day, last, MINUTES_PER_DAY)] if last < CLOSES else found


def dislikes(rng: np.random.Generator, terms: Terms, start: int) -> list[Dislike]:
    """Return what is before or after the preferred hours, each with its own weight."""
    end = start + terms.usual.length_minutes[0]
    sides = [(a, b) for a, b in ((OPENS, start), (end, CLOSES)) if a < b]
    if len(sides) > 1 and rng.random() < 0.7:
        sides = [pick(rng, sides)]
    weights = [(_weight(rng), _weight(rng)) for _ in sides]
    return [
        Dislike(day, *side, on_weekend if day >= WORKING_DAYS else on_workday)
        for day in WEEKDAYS
        for side, (on_workday, on_weekend) in zip(sides, weights, strict=True)
    ]


def _weight(rng: np.random.Generator) -> float:
    """Return about 0.02 paid hours for a quarter of an hour, as a weight per hour."""
    return between(rng, 40, 120) / 1000


def meeting(
    rng: np.random.Generator, shift: ShiftType, start: int, day: int
) -> tuple[int, int]:
    """Return a time on a day at which the usual shift has room beside its breaks."""
    last = shift.length_minutes[0] - MEETING_MINUTES
    fits = [at for at in range(0, last + 1, GRID) if leaves_breaks(shift, at)]
    return day, start + pick(rng, fits)


def leaves_breaks(shift: ShiftType, at: int) -> bool:
    """Whether a meeting so many minutes after a shift's start leaves room for breaks.

    Each break is put as early as it can be.
    """
    free_from = 0
    for pause in shift.breaks:
        begin = max(pause.earliest_minutes, free_from)
        if begin < at + MEETING_MINUTES and at < begin + pause.minutes:
            begin = at + MEETING_MINUTES
        if begin > pause.latest_minutes:
            return False
        free_from = begin + pause.minutes + shift.minutes_between_breaks
    return True


def appointment(rng: np.random.Generator, terms: Terms, start: int, day: int) -> Away:
    """Return two to four hours away, right before or after the usual shift."""
    end = start + terms.usual.length_minutes[0]
    minutes = between(rng, 120, 240, STEP)
    if start - OPENS >= CLOSES - end:
        return Away(day, max(OPENS, start - minutes), start)
    return Away(day, end, min(CLOSES, end + minutes))
