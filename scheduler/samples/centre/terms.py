"""Shifts and contracts of the sample ``centre``."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scheduler.clock import as_text
from scheduler.domain import Break, Contract, ShiftType

OPENS, CLOSES = 7 * 60, 22 * 60  # minutes of the day, every day of the week
STEP = 30  # minutes from a start to the next
REST_MINUTES = 11 * 60

LONGEST_RUNS = (4, 5, 6)  # days


@dataclass(frozen=True)
class Terms:
    """What a contract says, and the week that always fulfils it.

    Attributes
    ----------
    shifts
        Shift types, the usual one first: ``days`` of it are within the hours.
    hours
        Least and most paid hours of a week.
    overtime
        Most hours on top.
    run
        Longest run of days.
    """

    name: str
    shifts: tuple[str, ...]
    days: int
    hours: tuple[float, float]
    overtime: float = 0
    run: int = 6

    @property
    def usual(self) -> ShiftType:
        """The shift type of the week that always fulfils the contract."""
        return SHIFT_TYPES[self.shifts[0]]

    @property
    def credited(self) -> float:
        """Paid hours that a day of leave counts."""
        return self.hours[0] / self.days

    def contract(self) -> Contract:
        """Return it as a plan has it."""
        return Contract(
            name=self.name,
            shift_types=list(self.shifts),
            min_hours_per_week=self.hours[0],
            max_hours_per_week=self.hours[1],
            max_overtime_hours_per_week=self.overtime,
            max_days_per_week=self.days,
            min_rest_hours=REST_MINUTES / 60,
            max_days_in_a_row=self.run,
        )


def _rest(name: str, minutes: int, window: tuple[int, int], paid: bool = True) -> Break:
    earliest, latest = window
    return Break(
        name=name,
        minutes=minutes,
        paid=paid,
        earliest_minutes=earliest,
        latest_minutes=latest,
    )


def _shift(
    name: str, minutes: int, breaks: Sequence[Break], apart: int = 60
) -> ShiftType:
    """Return a shift of one length that starts at every step within the open hours."""
    last = as_text(CLOSES - minutes)
    return ShiftType(
        name=name,
        starts=[f"{as_text(OPENS)}-{last}/{STEP}"],
        length_minutes=[minutes],
        breaks=list(breaks),
        minutes_between_breaks=apart,
    )


def _full(
    name: str,
    minutes: int,
    windows: tuple[tuple[int, int], tuple[int, int], tuple[int, int]],
    *,
    lunch: int,
    apart: int,
) -> ShiftType:
    """Return a shift with an unpaid lunch between two paid breaks."""
    first, middle, second = windows
    breaks = [
        _rest("first break", 15, first),
        _rest("lunch", lunch, middle, paid=False),
        _rest("second break", 15, second),
    ]
    return _shift(name, minutes, breaks, apart)


SHIFT_TYPES = {
    kind.name: kind
    for kind in (
        _full("day", 480, ((90, 150), (210, 285), (360, 420)), lunch=30, apart=60),
        _full("long", 540, ((105, 165), (240, 330), (405, 480)), lunch=45, apart=90),
        _full(
            "short day", 420, ((75, 135), (195, 255), (315, 360)), lunch=30, apart=60
        ),
        _shift(
            "six",
            360,
            [
                _rest("first break", 15, (75, 135)),
                _rest("second break", 15, (210, 285)),
            ],
        ),
        _shift("five", 300, [_rest("break", 15, (105, 195))]),
        _shift("four", 240, [_rest("break", 15, (75, 150))]),
    )
}

_FULL_TIME = (
    Terms("full-time 37.5", ("day",), 5, (37.5, 37.5)),
    Terms("full-time 37.5 to 39", ("day", "long"), 5, (37.5, 39)),
    Terms("full-time 37.5 to 39, overtime 2", ("day", "long"), 5, (37.5, 39), 2),
    Terms("full-time 37.5 to 40, overtime 4", ("day", "long"), 5, (37.5, 40), 4),
    Terms("full-time 35 to 38", ("day", "short day"), 5, (35, 38)),
)
_PART_TIME = (
    Terms("part-time 20, four days", ("five",), 4, (20, 20)),
    Terms("part-time 20 to 24, four days", ("six", "five"), 4, (20, 24)),
    Terms("part-time 20 to 25", ("five", "four"), 5, (20, 25)),
    Terms("part-time 25 to 28, overtime 2", ("five", "six"), 5, (25, 28), 2),
)


def _by_run(each: Sequence[Terms]) -> tuple[Terms, ...]:
    """Return the terms with each longest run of days."""
    return tuple(
        replace(terms, name=f"{terms.name}, {run} days running", run=run)
        for terms in each
        for run in LONGEST_RUNS
    )


FULL_TIME = _by_run(_FULL_TIME)
PART_TIME = _by_run(_PART_TIME)
