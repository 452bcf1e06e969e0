"""Deferred work by day and week: throughput.csv, the structural check, a forecast."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from models.throughput import Cohort, curves, required_daily_completions
from scheduler.report.capacity import (
    WEEKS_TO_CLEAR,
    Outset,
    inflow_hours,
    inflow_items,
    lost_to_calls,
)
from scheduler.report.words import cell, day, entry, grid, hours, plural
from scheduler.rosters.cells import csv_text, number
from scheduler.tables.guarded import guarded
from scheduler.translate import Translation

COLUMNS = (
    "case_type",
    "date",
    "week",
    "available_hours",
    "due_hours",
    "available_hours_so_far",
    "due_hours_so_far",
    "items_due",
    "required_daily_completions",
)

MOST_DAYS = 8
MOST_WEEKS = 12
_TOLD = 0.0005

Row = dict[str, Any]


def throughput_rows(translation: Translation) -> list[Row]:
    """Return a row for each case type and day.

    Hours that become available and fall due that day, and so far; both count what is
    there at the start on the first day. Cases late on day one are due when the plan
    wants them done.
    """
    return [
        row
        for cases, own in zip(
            translation.problem.cases, translation.cohorts, strict=True
        )
        for row in _rows(translation, translation.problem.works[cases.work].name, own)
    ]


def opening_rows(translation: Translation) -> list[Row]:
    """Return a row for each case type: hours there, and due, when day one begins.

    Available hours of all types are together the backlog of ``outset``.
    """
    found = []
    for cases, own in zip(translation.problem.cases, translation.cohorts, strict=True):
        available, due = curves(own, 0)
        row = {
            "case_type": translation.problem.works[cases.work].name,
            "available_hours": round(float(available) / 60, 4),
            "due_hours": round(float(due) / 60, 4),
        }
        found.append(row)
    return found


def _rows(
    translation: Translation, case_type: str, cohorts: Sequence[Cohort]
) -> Iterator[Row]:
    """Yield the days of one case type."""
    starts = np.asarray(translation.problem.day_starts)
    # What arrives at midnight belongs to the day that begins, what is due to the other.
    available = curves(cohorts, starts[1:] - 0.5)[0] / 60
    due = curves(cohorts, starts[1:])[1] / 60
    new_available = np.diff(available, prepend=0.0)
    new_due = np.diff(due, prepend=0.0)
    counts = _Counts(cohorts)
    for d, start in enumerate(starts[:-1].tolist()):
        end = int(starts[d + 1])
        date = translation.axis.date(d)
        year, week, _ = date.isocalendar()
        asked = required_daily_completions(
            counts.arriving(start, end), counts.expiring(start)
        )
        yield {
            "case_type": case_type,
            "date": date.isoformat(),
            "week": f"{year}-W{week:02}",
            "available_hours": round(float(new_available[d]), 4),
            "due_hours": round(float(new_due[d]), 4),
            "available_hours_so_far": round(float(available[d]), 4),
            "due_hours_so_far": round(float(due[d]), 4),
            "items_due": round(counts.due(start, end), 4),
            "required_daily_completions": round(asked, 4),
        }


class _Counts:
    """Counts the cases of one type by when they come and are due."""

    def __init__(self, cohorts: Sequence[Cohort]) -> None:
        self._items = np.array([c.items for c in cohorts])
        self._arrives = np.array([c.arrives for c in cohorts])
        self._deadline = np.array([c.deadline for c in cohorts])
        self._due = np.array([c.due for c in cohorts])
        self._breached = np.array([c.breached for c in cohorts], dtype=np.bool_)

    def arriving(self, start: int, end: int) -> float:
        """Return the cases that come from a day's start to its end."""
        came = (self._arrives > 0) & (start <= self._arrives) & (self._arrives < end)
        return float(self._items[came].sum())

    def due(self, start: int, end: int) -> float:
        """Return those due in ``(start, end]``; on the first day at minute 0, too."""
        fall = (start < self._due) & (self._due <= end)
        if start == 0:
            fall |= self._due <= 0
        return float(self._items[fall].sum())

    def expiring(self, start: int) -> float:
        """Return the cases there at a day's start whose deadline is still to come.

        Every one of them expires within the SLA counted from that day: this is the
        formula to the letter, which asks again tomorrow for what is not due today.
        """
        there = (self._arrives < start) | (self._arrives <= 0)
        some = there & ~self._breached & (self._deadline > start)
        return float(self._items[some].sum())


def throughput_text(rows: list[Row]) -> str:
    """Return throughput.csv."""
    return csv_text(
        COLUMNS,
        (
            (
                guarded(row["case_type"]),
                row["date"],
                row["week"],
                *(number(row[column]) for column in COLUMNS[3:]),
            )
            for row in rows
        ),
    )


def throughput_parts(
    translation: Translation, found: Outset, rows: list[Row]
) -> Iterator[RenderableType]:
    """Yield the structural check, the forecast, a line per case type, hours by day."""
    if not rows:
        yield "no deferred work in this plan"
        return
    yield from _verdict(translation, found)
    yield ""
    yield _types(translation, rows)
    yield from _lost(translation)
    yield ""
    yield _days(translation, rows)


def _verdict(translation: Translation, found: Outset) -> Iterator[RenderableType]:
    """Yield whether capacity holds, what it is made of, and the burn-down."""
    check, capacity, load = found.structural, found.capacity, found.load

    def exact(value: float) -> str:  # so that the sum can be made by hand
        return f"{value:,.1f}"

    yield Text(check.sentence, style="bold green" if check.ok else "bold red")
    yield entry(
        "capacity",
        f"contracts {exact(capacity.contract)} h - "
        f"{'leave and earlier work' if translation.plan.history else 'leave'} "
        f"{exact(capacity.leave)} - public holidays {exact(capacity.holidays)} - "
        f"meetings {exact(capacity.meetings)} - paid breaks "
        f"{exact(capacity.paid_breaks)} - calls' need {exact(capacity.voice)} = "
        f"{exact(capacity.cases)} h for cases"
        f"{': contracts do not even cover the calls' if capacity.cases < 0 else ''} "
        f"(over {plural(translation.problem.days, 'day')}; skills and opening hours "
        f"left aside)",
    )
    if math.isinf(found.weeks):
        clears = "never cleared in the hours that calls leave"
    elif load.backlog == 0:
        clears = "nothing to clear"
    else:
        clears = f"cleared in {found.weeks:.1f} weeks with the hours that calls leave"
    yield entry("backlog", f"{hours(load.backlog)} h of work, {clears}")
    yield entry(
        "burn-down",
        f"{found.fte:.1f} people on cases only ({found.productive_week:.1f} h a week "
        f"each) clear it in {WEEKS_TO_CLEAR} weeks and keep up with inflow; "
        f"{found.steady_fte:.1f} for good: with fewer it builds up again",
    )
    if load.backlog:
        yield entry("until then", _extra(translation, found))


def _extra(translation: Translation, found: Outset) -> str:
    """Return what the backlog takes for a time, until when, and who could give it."""
    until = translation.axis.date(0) + dt.timedelta(weeks=WEEKS_TO_CLEAR)
    extra = f"{found.fte - found.steady_fte:.1f} people more"
    words = (
        f"{extra}, {hours(found.extra_week)} h a week, stand down on "
        f"{until:%a} {until.day} {until:%b}"
    )
    if not found.overtime_week:
        return f"{words}; contracts allow no overtime: temporary or borrowed people"
    if found.overtime_week >= found.extra_week:
        return f"{words}; overtime that contracts allow is enough"
    left = found.extra_week - found.overtime_week
    return (
        f"{words}; overtime that contracts allow gives {hours(found.overtime_week)} h, "
        f"{hours(left)} h are left to temporary or borrowed people"
    )


def _types(translation: Translation, rows: list[Row]) -> Table:
    """Return a line for each case type."""
    table = grid()
    table.add_column("case type")
    for name in ("open", "late", "new/week", "h/week", "h due"):
        table.add_column(name, justify="right", no_wrap=True)
    weeks = translation.problem.days / 7
    cohorts = {own[0].case_type: own for own in translation.cohorts if own}
    for kind in translation.plan.case_types:
        own, new = cohorts.get(kind.name, ()), inflow_items(translation, kind)
        if not own and not new:
            continue
        there = [cohort for cohort in own if cohort.start == 0]
        due = sum(row["due_hours"] for row in rows if row["case_type"] == kind.name)
        table.add_row(
            Text(kind.name),
            f"{sum(c.items for c in there):,.0f}",
            f"{sum(c.items for c in there if c.breached):,.0f}",
            f"{new / weeks:,.0f}",
            hours(inflow_hours(translation, kind, new) / weeks),
            hours(due),
        )
    return table


def _lost(translation: Translation) -> Iterator[Text]:
    """Yield by how much the hours are more than handle time."""
    told = [
        f"{kind.name} {lost:.1%}"
        for kind in translation.plan.case_types
        if (lost := lost_to_calls(translation, kind)) >= _TOLD
    ]
    if told:
        words = "hours beyond handle time, as calls go on when a block begins: "
        yield Text(words + ", ".join(told), style="dim")


def _days(translation: Translation, rows: list[Row]) -> Table:
    """Return the hours due by day, or by week where the days are too many."""
    by = "date" if translation.problem.days <= MOST_DAYS else "week"
    columns = list(dict.fromkeys(row[by] for row in rows))[:MOST_WEEKS]
    table = grid()
    table.add_column("hours due")
    for column in columns:
        name = day(dt.date.fromisoformat(column)) if by == "date" else column[5:]
        table.add_column(name, justify="right", no_wrap=True)
    for case_type in dict.fromkeys(row["case_type"] for row in rows):
        own = [row for row in rows if row["case_type"] == case_type]
        cells = (sum(r["due_hours"] for r in own if r[by] == c) for c in columns)
        table.add_row(Text(case_type), *(cell(one) for one in cells))
    return table
