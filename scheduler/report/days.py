"""Figures of days side by side; of weeks where the days are too many."""

import datetime as dt
import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from rich.table import Table
from rich.text import Text

from scheduler.report.words import cell, day, grid, percent
from scheduler.rosters.figures import DayFigures

MOST_DAYS = 8
MOST_COLUMNS = 6  # of weeks, whose figures are wide
_WEEK = 7

Days = Sequence[DayFigures]
T = TypeVar("T")


def groups(days: Sequence[T]) -> list[Sequence[T]]:
    """Return what shares a column: single days, or whole weeks of a long horizon.

    >>> [len(group) for group in groups(range(28))]
    [7, 7, 7, 7]
    """
    size = 1
    if len(days) > MOST_DAYS:
        size = _WEEK * math.ceil(len(days) / _WEEK / MOST_COLUMNS)
    return [days[first : first + size] for first in range(0, len(days), size)]


def day_table(days: Days) -> Table:
    """Return hours and service level, a column for each day and one for all."""
    columns = groups(days)
    table = grid()
    table.add_column("", no_wrap=True, style="dim")
    for group in columns:
        table.add_column(
            span_name([one.date for one in group]), justify="right", no_wrap=True
        )
    table.add_column("all", justify="right", no_wrap=True, style="bold")
    for name, shown in _ROWS:
        if name == _LEVEL and any(one.at_best for one in days):
            name = "level, at best"
        table.add_row(name, *(shown(group) for group in [*columns, days]))
    return table


def span_name(dates: Sequence[dt.date]) -> str:
    """Return the heading of a column: the day, or the first of several."""
    first = dates[0]
    return day(first) if len(dates) == 1 else f"{first.day} {first:%b}"


def _sum(field: str) -> Callable[[Days], Text]:
    return lambda group: Text(cell(sum(getattr(one, field) for one in group)))


def _short(group: Days) -> Text:
    """Return the hours short, red unless there are none."""
    total = sum(one.short_hours for one in group)
    return Text(cell(total), style="red" if total >= 0.05 else "")


def _level(group: Days) -> Text:
    """Return the service level: the mean over calls."""
    rated = [one for one in group if one.service_level is not None]
    calls = sum(one.calls for one in rated)
    late = sum(one.calls * (1 - (one.service_level or 0)) for one in rated)
    return Text(percent(1 - late / calls if calls else None))


_LEVEL = "service level"
_ROWS: tuple[tuple[str, Callable[[Days], Text]], ...] = (
    ("calls need, h", _sum("required_hours")),
    ("on calls, h", _sum("rostered_hours")),
    ("short, h", _short),
    (_LEVEL, _level),
    ("case work, h", _sum("case_hours")),
    ("paid, h", _sum("paid_hours")),
)
