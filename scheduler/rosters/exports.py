"""From an export of tickets to a backlog: day by day, and the cases open at a date."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models.throughput import History, history
from scheduler.reading.tickets import Ticket
from scheduler.rosters.cells import AGE_COLUMNS, csv_text
from scheduler.tables.guarded import guarded

_DAY = dt.timedelta(days=1)
_MINUTE = dt.timedelta(minutes=1)
HISTORY_COLUMNS = (
    "case_type", "date", "opening", "arrived", "completed", "closing",
    *AGE_COLUMNS, "oldest_days",
)  # fmt: skip
OPEN_COLUMNS = ("case_type", "received", "cases", "case_id")


@dataclass(frozen=True, eq=False)
class TypeHistory:
    """The backlog of one case type on each of some dates."""

    case_type: str
    dates: tuple[dt.date, ...]
    seen: History


def day_after(tickets: Sequence[Ticket]) -> dt.date:
    """Return the date after the last thing that happened."""
    return max(t.completed or t.received for t in tickets).date() + _DAY


def histories(tickets: Sequence[Ticket], at: dt.date) -> list[TypeHistory]:
    """Return the backlog of each case type, day by day, up to the start of a date."""
    if not tickets:
        return []
    first = min(t.received for t in tickets).date()
    days = max(0, (at - first).days)
    origin = dt.datetime.combine(first, dt.time())
    if not days:
        return []
    dates = tuple(first + n * _DAY for n in range(days))
    by_type: dict[str, list[Ticket]] = {}
    for ticket in tickets:
        by_type.setdefault(ticket.case_type, []).append(ticket)
    return [
        TypeHistory(
            name,
            dates,
            history(
                [(t.received - origin) / _MINUTE for t in own],
                [
                    np.inf if t.completed is None else (t.completed - origin) / _MINUTE
                    for t in own
                ],
                1440.0 * np.arange(days + 1),
            ),
        )
        for name, own in sorted(by_type.items())
    ]


def history_text(found: Sequence[TypeHistory]) -> str:
    """Return backlog_history.csv."""
    return csv_text(HISTORY_COLUMNS, _rows(found))


def _rows(found: Sequence[TypeHistory]) -> Iterator[tuple[str, ...]]:
    for one in found:
        for day, date in enumerate(one.dates):
            seen = one.seen
            counts = (
                seen.opening[day], seen.arrived[day], seen.completed[day],
                seen.closing[day], *seen.ages[day],
            )  # fmt: skip
            oldest = f"{seen.oldest_days[day]:.2f}"
            yield (
                guarded(one.case_type), date.isoformat(),
                *(str(int(n)) for n in counts), oldest,
            )  # fmt: skip


def open_text(tickets: Sequence[Ticket], at: dt.date) -> str:
    """Return open_cases.csv: what was open when a date began, item by item."""
    start = dt.datetime.combine(at, dt.time())
    there = [
        t
        for t in sorted(tickets, key=lambda t: (t.case_type, t.received, t.case_id))
        if t.received < start and (t.completed is None or t.completed >= start)
    ]
    return csv_text(
        OPEN_COLUMNS,
        (
            (
                guarded(t.case_type),
                t.received.isoformat(timespec="minutes"),
                "1",
                guarded(t.case_id),
            )
            for t in there
        ),
    )
