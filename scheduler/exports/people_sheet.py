"""The sheet of the people: what the roster asks of each, and what it grants."""

from collections import Counter

from models.roster.problem import Kind
from scheduler.exports.book import RED, RED_INK, Book, Column, Value
from scheduler.exports.rostered import Rostered
from scheduler.rosters.fair import portions
from scheduler.rosters.turns import EARLY_BEFORE, LATE_AFTER, turns
from scheduler.rosters.wishes import asked_wishes

_EARLY, _LATE = (f"{m // 60:02}:{m % 60:02}" for m in (EARLY_BEFORE, LATE_AFTER))
_COLUMNS = (
    Column("agent_id", width=10),
    Column("name", width=22),
    Column("team", width=12),
    Column("contract", width=17),
    Column("hours", "some", 9, "Paid hours over the horizon."),
    Column("days", "few", 8, "Days with a shift."),
    Column("weekend days", "few", 10, "Shifts that start on a Saturday or Sunday."),
    Column("early", "few", 8, f"Shifts that start before {_EARLY}."),
    Column("late", "few", 8, f"Shifts that end after {_LATE}."),
    Column("call hours", "some", 9, "Hours on calls."),
    Column("case hours", "some", 9, "Hours in ring-fenced blocks."),
    Column("case share", "percent", 9, "Case hours / hours on calls and cases."),
    Column("idle hours", "some", 9, "Hours with nothing to do."),
    Column("wishes", "few", 8, "Wishes for days of the horizon."),
    Column("refused", "few", 9, "Those that are not granted."),
)
_IDLE, _REFUSED = 12, 14


def people_sheet(book: Book, seen: Rostered) -> None:
    """Add hours, days, weekends, early and late shifts, cases and wishes."""
    page = book.page("People", tab="#6D597A")
    shares = list(portions(seen.prepared.translation, seen.roster))
    columns = [
        *_COLUMNS,
        *(
            Column(
                f"{shared.name}, off",
                "signed",
                11,
                f"{shared.name}: how much more than a fair share, history included.",
            )
            for shared, _ in shares
        ),
    ]
    off = [{one.agent: one.off for one in own} for _, own in shares]
    rows = [[*row, *(each.get(str(row[0])) for each in off)] for row in _people(seen)]
    count = page.table(columns, rows, fixed=2)
    bad = {"bg_color": RED, "font_color": RED_INK}
    page.coloured(count, _REFUSED, ">", 0, bad)
    page.coloured(count, _IDLE, ">=", 0.05, bad)
    bars = {
        "type": "data_bar",
        "bar_color": "#9CC5A1",
        "bar_solid": True,
        "min_value": 0,
    }
    page.raw.conditional_format(1, 11, max(1, count), 11, bars)


def _people(seen: Rostered) -> list[list[Value]]:
    axis = seen.prepared.translation.axis
    calls, cases, idle = (seen.minutes(k) for k in (Kind.VOICE, Kind.CASE, Kind.IDLE))
    wishes = asked_wishes(seen.prepared.problem, seen.roster)
    asked = Counter(wish.agent for wish in wishes)
    refused = Counter(wish.agent for wish in wishes if not wish.is_granted)
    found = list[list[Value]]()
    for a, (agent, own) in enumerate(zip(seen.people, seen.shifts, strict=True)):
        had = turns(axis, own)
        busy = calls[a] + cases[a]
        found.append(
            [
                agent.agent_id,
                agent.name,
                agent.team,
                agent.contract,
                sum(w.paid_minutes for w in own) / 60,
                len({w.day for w in own}),
                had.weekends,
                had.earlies,
                had.lates,
                calls[a] / 60,
                cases[a] / 60,
                cases[a] / busy if busy else None,
                idle[a] / 60,
                asked[a],
                refused[a],
            ]
        )
    return found
