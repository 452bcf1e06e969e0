"""What agents may still work in each week of the horizon."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from models.roster.problem import Stretch, WeekLimits
from scheduler.domain import Contract
from scheduler.tables import History, Leave
from scheduler.translate.frame import Frame

_DAY = dt.timedelta(days=1)
_WEEK = 7
_SATURDAY = 5
_EPSILON = 1e-6  # hours are decimal fractions


@dataclass(frozen=True)
class Credit:
    """Minutes and (or) a day that count as worked on a date.

    A public holiday counts toward the fewest days only: who has the day off may still
    work as many other days as ever.
    """

    date: dt.date
    minutes: float
    is_day: bool
    is_holiday: bool = False


@dataclass(frozen=True)
class Hours:
    """A contract's numbers for a week or a part of one, in minutes and days."""

    least: float
    most: float
    overtime: float
    min_days: int
    max_days: int


def week_limits(
    frame: Frame, contract: Contract, history: Sequence[History], leave: Sequence[Leave]
) -> tuple[WeekLimits, ...]:
    """Return an agent's limits for each week of the horizon.

    A week cut by the horizon's start has the whole contract, less what was worked and
    credited in it before day one, if the agent has any history; without, and for a week
    cut by the horizon's end, its share of the days.
    """
    credited = all_credits(frame, contract, history, leave)
    return tuple(
        _limits(contract, counted(frame, week, bool(history)), credited)
        for week in frame.weeks
    )


def weeks_without(
    frame: Frame,
    contract: Contract,
    history: Sequence[History],
    leave: Sequence[Leave],
    stretches: Sequence[Stretch],
) -> tuple[tuple[WeekLimits, ...], ...]:
    """Return the limits of all weeks without the leave of each of some stretches."""

    def lies_in(row: Leave, stretch: Stretch) -> bool:
        return frame.begins(row.start) < stretch[1] and stretch[0] < frame.ends(row.end)

    return tuple(
        week_limits(
            frame, contract, history, [x for x in leave if not lies_in(x, stretch)]
        )
        for stretch in stretches
    )


def all_credits(
    frame: Frame, contract: Contract, history: Sequence[History], leave: Sequence[Leave]
) -> tuple[Credit, ...]:
    """Return all that counts as worked, in the horizon and before."""
    return (
        *_worked(frame, history),
        *_leave(frame, leave),
        *_holidays(frame, contract),
    )


def counted(
    frame: Frame, week: Sequence[int], has_history: bool
) -> tuple[dt.date, dt.date]:
    """Return the first and last date of a week that its limits speak of."""
    first, last = frame.axis.date(week[0]), frame.axis.date(week[-1])
    return (frame.week_start(first) if has_history else first), last


def _limits(
    contract: Contract, counted: tuple[dt.date, dt.date], credited: Sequence[Credit]
) -> WeekLimits:
    first, last = counted
    own = [credit for credit in credited if first <= credit.date <= last]
    minutes = sum(credit.minutes for credit in own)
    days = {credit.date for credit in own if credit.is_day}
    away = {credit.date for credit in own if credit.is_day and not credit.is_holiday}
    part = part_of(contract, (last - first).days + 1)
    room = part.most - minutes
    return WeekLimits(
        min_minutes=floor(max(0.0, part.least - minutes) + _EPSILON),
        max_minutes=ceil(max(0.0, room) - _EPSILON),
        overtime_minutes=ceil(max(0.0, part.overtime + min(0.0, room)) - _EPSILON),
        min_days=max(0, part.min_days - len(days)),
        max_days=max(0, part.max_days - len(away)),
        credited_minutes=round(minutes),
        credited_days=len(away),
    )


def part_of(contract: Contract, days: int) -> Hours:
    """Return the contract's numbers for so many days of a week.

    Days in proportion, the least rounded down and the most rounded up; hours in
    proportion to the days that leaves of the most days per week.
    """
    full = contract.max_days_per_week or _WEEK
    fewest, most = floor(days * full / _WEEK) / full, ceil(days * full / _WEEK) / full
    return Hours(
        least=60 * contract.min_hours_per_week * fewest,
        most=60 * contract.max_hours_per_week * most,
        overtime=60 * contract.max_overtime_hours_per_week * most,
        min_days=floor(days * contract.min_days_per_week / _WEEK),
        max_days=ceil(days * contract.max_days_per_week / _WEEK),
    )


def _worked(frame: Frame, history: Sequence[History]) -> Iterator[Credit]:
    """Yield the shifts worked before day one, each on the date on which it starts."""
    for row in history:
        start, end = frame.axis.minute(row.start), frame.axis.minute(row.end)
        paid = end - start if row.paid_minutes is None else row.paid_minutes
        yield Credit(frame.axis.date_of(start), paid, is_day=True)


def _leave(frame: Frame, leave: Sequence[Leave]) -> Iterator[Credit]:
    """Yield the hours that leave credits, spread over its Mondays to Fridays.

    A date that is leave from midnight to midnight also counts as a day.
    """
    for row in leave:
        start, end = frame.begins(row.start), frame.ends(row.end)
        first, last = frame.axis.date_of(start), frame.axis.date_of(end - 1)
        dates = [first + n * _DAY for n in range((last - first).days + 1)]
        dates = [date for date in dates if date.weekday() < _SATURDAY] or dates
        minutes = 60 * row.credited_hours / len(dates)
        for date in dates:
            is_whole = start <= frame.begins(date) and frame.ends(date) <= end
            yield Credit(date, minutes, is_day=is_whole and minutes > 0)


def _holidays(frame: Frame, contract: Contract) -> Iterator[Credit]:
    minutes = 60 * contract.public_holiday_hours
    for date in frame.plan.public_holidays:
        yield Credit(date, minutes, is_day=minutes > 0, is_holiday=True)


def cut_week_notes(frame: Frame) -> list[str]:
    """Return who works by a share of the days in a first week that is cut."""
    first = frame.axis.first_day
    before = (first - frame.week_start(first)).days
    known = {row.agent_id for row in frame.plan.history}
    without = [a.agent_id for a in frame.plan.agents if a.agent_id not in known]
    if not before or not without:
        return []
    some = f"{len(without)} agents (such as {without[0]})"
    cut = f"the first week began {before} days before {first}"
    return [f"{cut} and history.csv lacks {some}: they get its share of the days"]
