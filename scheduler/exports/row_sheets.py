"""Sheets of a roster that are read back: its shifts, and what fills them."""

from collections.abc import Sequence

from models.roster.problem import Kind
from scheduler.exports.book import Book, Column, Page
from scheduler.exports.rostered import Rostered
from scheduler.rosters.book_grid import (
    FIRST_DAY,
    LISTS,
    MARKS,
    grid_mark,
    shifts_mark,
)
from scheduler.rosters.writing import ACTIVITIES, SHIFTS

_SPARE = 200  # rows below the last that also offer their lists
_SHIFTS = (
    Column("agent_id", width=12),
    Column("name", width=22, note="For the reader; it is not read back."),
    Column("date", "date", 16, "The day on which the shift starts."),
    Column("shift_type", width=16),
    Column("start", "moment", 22, "Local time."),
    Column("end", "moment", 22, "Local time."),
    Column(
        "paid_minutes", "whole", 14, "Left empty: as the shift's type and length say."
    ),
)
_ACTIVITIES = (
    Column("agent_id", width=12),
    Column("name", width=22, note="For the reader; it is not read back."),
    Column("start", "moment", 22, "Local time."),
    Column("end", "moment", 22, "Local time."),
    Column("kind", width=11, note="voice, case, idle, break, meeting or other."),
    Column(
        "activity",
        width=34,
        note="Its queue (or queues, with a +), case type, break or meeting.",
    ),
)
_KIND_COLOURS = {
    Kind.VOICE: "#DCEBF7",
    Kind.CASE: "#DDF0E0",
    Kind.BREAK: "#F3F3F3",
    Kind.MEETING: "#EFE3F5",
    Kind.IDLE: "#FBE9D0",
}


def shifts_sheet(book: Book, seen: Rostered) -> None:
    """Add the rows of roster.csv, with real dates and times."""
    page = book.page(SHIFTS)
    problem, axis = seen.prepared.problem, seen.prepared.translation.axis
    rows = page.table(
        _SHIFTS,
        (
            (
                agent.agent_id,
                agent.name,
                axis.date(w.day),
                problem.shift_types[w.shift_type].name,
                seen.moment(w.start),
                seen.moment(w.end),
                w.paid_minutes,
            )
            for agent, own in zip(seen.people, seen.shifts, strict=True)
            for w in own
        ),
        fixed=2,
    )
    _offer(page, rows, {0: 0, 3: 1})


def activities_sheet(book: Book, seen: Rostered) -> None:
    """Add the rows of activities.csv, with real dates and times."""
    page = book.page(ACTIVITIES)
    rows = page.table(
        _ACTIVITIES,
        (
            (
                seen.people[x.agent].agent_id,
                seen.people[x.agent].name,
                seen.moment(x.start),
                seen.moment(x.end),
                x.kind.value,
                x.name,
            )
            for x in seen.activities
        ),
        fixed=2,
    )
    for kind, colour in _KIND_COLOURS.items():
        page.coloured(rows, 4, "==", f'"{kind.value}"', {"bg_color": colour})
    _offer(page, rows, {0: 0, 4: 2, 5: 3})


def lists_sheet(book: Book, seen: Rostered, grid: Sequence[Sequence[str]]) -> None:
    """Add what cells of the two offer to choose from, out of sight.

    And what shifts and grid are, so that a grid that is changed later is found out.
    """
    page = book.page(LISTS)
    page.raw.hide()
    days = [[row[0], *row[FIRST_DAY : FIRST_DAY + len(seen.dates)]] for row in grid]
    marks = shifts_mark(seen.roster.worked), grid_mark(days)
    for row, mark in enumerate(marks):
        page.put(row, MARKS, mark, book.format())
    for n, words in enumerate(_lists(seen)):
        for row, word in enumerate(words):
            page.put(row, n, word, book.format())
        last = max(1, len(words))
        letter = "ABCD"[n]
        book.raw.define_name(
            f"offered_{letter}", f"='{LISTS}'!${letter}$1:${letter}${last}"
        )


def _lists(seen: Rostered) -> list[Sequence[str]]:
    """Return agents, shift types, kinds and activities, each once."""
    problem = seen.prepared.problem
    pauses = [b.name for kind in problem.shift_types for b in kind.breaks]
    meetings = [m.name for agent in problem.agents for m in agent.meetings]
    used = [x.name for x in seen.activities if x.name]
    works = [work.name for work in problem.works]
    return [
        [row.agent_id for row in seen.people],
        [kind.name for kind in problem.shift_types],
        [kind.value for kind in Kind],
        list(dict.fromkeys([*works, *used, *pauses, *meetings])),
    ]


def _offer(page: Page, rows: int, lists: dict[int, int]) -> None:
    """Let the cells of columns offer lists, by position; other words stay allowed."""
    for column, n in lists.items():
        page.raw.data_validation(
            1,
            column,
            rows + _SPARE,
            column,
            {
                "validate": "list",
                "source": f"=offered_{'ABCD'[n]}",
                "error_type": "warning",
                "error_title": "Not of the plan",
                "error_message": "The plan has no such name. Keep it all the same?",
            },
        )
