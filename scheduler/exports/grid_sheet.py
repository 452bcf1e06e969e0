"""The sheet that shows a roster at a glance: a row an agent, a column a day."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from models.roster.result import Worked
from scheduler.exports.book import LINE, PALE, Book, Column, Page, Value
from scheduler.exports.rostered import Rostered
from scheduler.rosters.book_grid import GRID

COLOURS = (
    "#CFE2F3", "#FCE5CD", "#D9EAD3", "#EAD1DC", "#FFF2CC", "#D0E0E3", "#D9D2E9",
    "#F4CCCC", "#C9E4DE", "#E6E2D3", "#DBE7B0", "#F5D5B8",
)  # fmt: skip
_AWAY = "#EEEEEE"
_NOTE = (
    "May be changed: a shift such as day 09:00-17:00, or OFF. What fills the shifts is "
    "then not known; ringfence roster --from this workbook fills them. Or change "
    "Shifts and Activities, and nothing here."
)
_DAYS_A_PAGE = 14
_WHO = (
    Column("agent_id", width=10),
    Column("name", width=21),
    Column("team", width=11),
    Column("contract", width=16),
)


def grid_sheet(book: Book, seen: Rostered) -> None:
    """Add the grid, with hours and days of everybody and people of every day."""
    page = book.page(GRID, tab="#2E86AB")
    cells = grid_rows(seen)
    longest = max(
        (len(str(x)) for row in cells for x in row[len(_WHO) : -2]), default=0
    )
    width = max(11, 0.9 * longest + 2)
    columns = [
        *_WHO,
        *(
            Column(f"{date:%a} {date.day} {date:%b}", width=width, note=_NOTE)
            for date in seen.dates
        ),
        Column("hours", "tenths", 9, "Paid hours."),
        Column("days", "whole", 7, "Days with a shift."),
    ]
    rows = page.table(columns, cells, fixed=2)
    _colour(page, seen)
    _totals(page, seen, rows + 1, len(columns))
    page.raw.repeat_columns(0, 1)
    page.raw.fit_to_pages(-(-len(seen.dates) // _DAYS_A_PAGE), 0)


def shift_colours(seen: Rostered) -> dict[int, str]:
    """Return a colour for each shift type that is worked, most frequent first."""
    counts = Counter(w.shift_type for w in seen.roster.worked)
    ranked = sorted(counts, key=lambda kind: (-counts[kind], kind))
    return {kind: COLOURS[n % len(COLOURS)] for n, kind in enumerate(ranked)}


def grid_rows(seen: Rostered) -> list[list[Value]]:
    """Return a row for each agent: who, the days as words, hours and days."""
    away = _away(seen)
    found = list[list[Value]]()
    for agent, own in zip(seen.people, seen.shifts, strict=True):
        cells = [
            _cell(seen, [w for w in own if w.day == day])
            or ("leave" if (agent.agent_id, date) in away else "")
            for day, date in enumerate(seen.dates)
        ]
        hours = sum(w.paid_minutes for w in own) / 60
        days = len({w.day for w in own})
        who = [agent.agent_id, agent.name, agent.team, agent.contract]
        found.append([*who, *cells, hours, days])
    return found


def _cell(seen: Rostered, shifts: Sequence[Worked]) -> str:
    """Return a day of an agent as words, empty where nothing is worked."""
    kinds = seen.prepared.problem.shift_types
    return " + ".join(
        f"{kinds[w.shift_type].name} {seen.clock(w.start)}-{seen.clock(w.end)}"
        for w in shifts
    )


def _away(seen: Rostered) -> set[tuple[str, dt.date]]:
    """Return the days on which agents have leave, as a whole or in part."""
    found = set()
    for row in seen.prepared.translation.plan.leave:
        first, last = (
            moment.date() if isinstance(moment, dt.datetime) else moment
            for moment in (row.start, row.end)
        )
        found |= {(row.agent_id, date) for date in seen.dates if first <= date <= last}
    return found


def _colour(page: Page, seen: Rostered) -> None:
    """Write the days again in the colours of their shift types."""
    colours, away = shift_colours(seen), _away(seen)
    look = {"bottom": 4, "bottom_color": LINE}
    for n, (agent, own) in enumerate(zip(seen.people, seen.shifts, strict=True)):
        for day, date in enumerate(seen.dates):
            shifts = [w for w in own if w.day == day]
            if shifts:
                colour = colours[shifts[0].shift_type]
                text = _cell(seen, shifts)
                shown = page.book.format("text", bg_color=colour, **look)
            elif (agent.agent_id, date) in away:
                text = "leave"
                shown = page.book.format(
                    "text", bg_color=_AWAY, font_color="#777777", italic=True, **look
                )
            else:
                continue
            page.put(1 + n, len(_WHO) + day, text, shown)


def _totals(page: Page, seen: Rostered, row: int, width: int) -> None:
    """Write how many people work on each day, and for how long."""
    looks = {"bold": True, "bg_color": PALE, "align": "left"}
    worked = seen.roster.worked
    heads: list[float] = [
        len({w.agent for w in worked if w.day == d}) for d in _days(seen)
    ]
    hours: list[float] = [
        sum(w.paid_minutes for w in worked if w.day == d) / 60 for d in _days(seen)
    ]
    for line, (name, kind, cells) in enumerate(
        [("people", "whole", heads), ("paid hours", "tenths", hours)], start=row
    ):
        for column in range(width):
            page.put(line, column, None, page.book.format(kind, **looks))
        page.put(line, 0, name, page.book.format("text", **looks))
        for day, value in enumerate(cells):
            page.put(line, len(_WHO) + day, value, page.book.format(kind, **looks))
    look = page.book.format("tenths", bold=True, bg_color=PALE)
    page.put(row + 1, width - 2, sum(hours), look)


def _days(seen: Rostered) -> range:
    return range(len(seen.dates))
