"""The first sheet of a roster's workbook: headline figures, and what they mean."""

from collections.abc import Iterable, Iterator, Sequence

from scheduler.domain import Scope
from scheduler.exports.book import GREEN_INK, INK, RED_INK, Book, Column, Page, Value
from scheduler.exports.grid_sheet import shift_colours
from scheduler.exports.rostered import Rostered
from scheduler.report.words import GOAL_WORDS, plural
from scheduler.rosters.figures import PeopleFigures, QueueFigures
from scheduler.rosters.origin import PLAN_HASH, SUMMARY

Headline = tuple[str, Value, str, str]  # name, value, kind, meaning

_QUEUES = (
    Column("calls"),
    Column("needed, h", "tenths"),
    Column("rostered, h", "tenths"),
    Column("short, h", "tenths"),
    Column("covered", "percent"),
    Column("service level", "percent"),
    Column("target", "percent"),
    Column("reached by"),
)
_CASES = (
    Column("cases"),
    Column("backlog first", "whole"),
    Column("new", "whole"),
    Column("done", "whole"),
    Column("backlog last", "whole"),
    Column("due", "whole"),
    Column("breaches", "tenths"),
    Column("in time", "percent"),
    Column("late first", "whole"),
    Column("late last", "whole"),
    Column("hours needed", "tenths"),
    Column("hours in blocks", "tenths"),
)
_DAYS = (
    Column("days", "date"),
    Column("calls", "whole"),
    Column("needed, h", "tenths"),
    Column("on calls, h", "tenths"),
    Column("short, h", "tenths"),
    Column("service level", "percent"),
    Column("case work, h", "tenths"),
    Column("paid, h", "tenths"),
)
_MEANINGS = (
    ("needed, h", "Agent-hours that the calls need, shrinkage included."),
    ("rostered, h", "Agent-hours on calls, by people's speed."),
    (
        "short, h",
        "Missing people, interval by interval; of a target for days or weeks below "
        "the floor of each interval.",
    ),
    (
        "covered",
        "Intervals in which nobody is missing / intervals in which somebody is needed.",
    ),
    (
        "service level",
        "Predicted: calls answered in time / calls offered. Where people of several "
        "queues count in full for each, it is the level at best.",
    ),
    ("reached by", "Over which time the calls are to reach the target together."),
    ("due", "Cases whose deadline lies in these days."),
    ("breaches", "Those not done by their deadline, each counted once."),
    ("in time", "Of the cases due, those done by their deadline."),
    ("late", "Open cases past their deadline, at the start and at the end."),
    ("hours needed", "Of a trained agent, for the cases due."),
    ("hours in blocks", "Ring-fenced, of a trained agent; never counted as cover."),
)
_WIDTHS = (30, 14, 12, 12, 13, 13, 12, 14, 11, 11, 14, 15)


def summary_sheet(book: Book, seen: Rostered) -> None:
    """Add headlines, then a table of queues, of case types and of days."""
    page = book.page(SUMMARY)
    for n, width in enumerate(_WIDTHS):
        page.raw.set_column(n, n, width)
    row = _title(page, seen)
    row = _headlines(page, row, _overall(seen))
    row = _headlines(page, row + 1, _people(seen.summary.people))
    if seen.summary.queues:
        row = _part(page, row + 1, _QUEUES, map(_queue, _told(seen.summary.queues)))
    if seen.summary.cases:
        row = _part(page, row + 1, _CASES, _cases(seen))
    row = _part(page, row + 1, _DAYS, _days(seen))
    row = _legend(page, row + 1, seen)
    row = _headlines(page, row + 1, [("What the columns mean", None, "text", "")])
    look = book.format("text", bold=True)
    for name, meaning in _MEANINGS:
        page.put(row, 0, name, look)
        page.put(row, 1, meaning, book.format())
        row += 1
    page.put(row + 1, 0, PLAN_HASH, book.format("text", font_color="#999999"))
    hash_look = book.format("text", font_color="#999999", font_size=8)
    page.put(row + 1, 1, seen.prepared.plea.plan_hash, hash_look)
    page.raw.print_area(0, 0, row + 1, len(_WIDTHS) - 1)


def _title(page: Page, seen: Rostered) -> int:
    big = page.book.format("text", bold=True, font_size=18, font_color=INK)
    page.put(0, 0, page.book.title, big)
    page.raw.set_row(0, 28)
    first, last = seen.dates[0], seen.dates[-1]
    words = (
        f"{first:%a} {first} to {last:%a} {last}, "
        f"{plural(seen.summary.people.agents, 'agent')}, times in "
        f"{seen.prepared.translation.axis.time_zone}"
    )
    page.put(1, 0, words, page.book.format("text", font_color="#666666"))
    return 3


def _overall(seen: Rostered) -> Iterator[Headline]:
    """Yield whether it is legal, what it costs, and how near the best possible."""
    broken = len(seen.violations)
    yield "The roster", None, "text", ""
    yield (
        "status",
        f"illegal: {plural(broken, 'breach', 'breaches')}" if broken else "legal",
        "text",
        "Judged by a checker that shares no code with the search.",
    )
    dear = sorted(seen.parts.items(), key=lambda part: -part[1])
    goals = ", ".join(
        f"{GOAL_WORDS.get(goal, goal)} {cost:,.1f}"
        for goal, cost in dear
        if cost >= 0.05
    )
    yield "cost", sum(seen.parts.values()), "tenths", f"In paid hours' worth: {goals}."
    if seen.bound is not None:
        yield "bound", seen.bound, "tenths", "No roster of this plan costs less."
    if seen.gap is not None:
        yield "gap", seen.gap, "percent", "(cost - bound) / bound."


def _people(people: PeopleFigures) -> list[Headline]:
    meaning = {
        name: (field.description or "")
        for name, field in PeopleFigures.model_fields.items()
    }
    return [
        ("People", None, "text", ""),
        (
            "agents rostered",
            people.agents_rostered,
            "whole",
            f"Of {plural(people.agents, 'agent')}; {plural(people.shifts, 'shift')}.",
        ),
        (
            "paid hours",
            people.paid_hours,
            "tenths",
            "Shifts without their unpaid breaks.",
        ),
        (
            "overtime hours",
            people.overtime_hours,
            "tenths",
            "Paid hours beyond the contracts' weekly hours.",
        ),
        ("call hours", people.voice_hours, "tenths", "On calls."),
        ("case hours", people.case_hours, "tenths", "In ring-fenced blocks."),
        (
            "breaks and meetings",
            people.break_hours + people.meeting_hours,
            "tenths",
            f"Hours: {people.break_hours:,.1f} of breaks, "
            f"{people.meeting_hours:,.1f} of meetings.",
        ),
        ("idle hours", people.idle_hours, "tenths", meaning["idle_hours"]),
        (
            "unused case hours",
            people.unused_case_hours,
            "tenths",
            meaning["unused_case_hours"],
        ),
        (
            "useful share",
            people.useful_share,
            "percent",
            f"{meaning['useful_share']} {meaning['useful_hours']}",
        ),
        (
            "wishes refused",
            people.wishes_missed,
            "whole",
            f"Of {plural(people.wishes, 'wish', 'wishes')} for days of the horizon.",
        ),
    ]


def _headlines(page: Page, row: int, lines: Iterable[Headline]) -> int:
    """Write names, values and meanings under a heading; return the next row."""
    for name, value, kind, meaning in lines:
        if value is None and not meaning:
            page.put(row, 0, name, page.book.format("text", bold=True, font_size=13))
        else:
            look = page.book.format(kind, bold=True, align="left", **_ink(name, value))
            page.put(row, 0, name, page.book.format())
            page.put(row, 1, value, look)
            shift = 3 if isinstance(value, str) else 2
            page.put(row, shift, meaning, page.book.format(font_color="#666666"))
        row += 1
    return row


def _ink(name: str, value: Value) -> dict[str, str]:
    if name != "status":
        return {}
    return {"font_color": GREEN_INK if value == "legal" else RED_INK}


def _part(
    page: Page, row: int, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> int:
    """Write a table of its own; return the row after it."""
    page.headers(columns, row)
    return page.rows(columns, rows, row + 1)


def _told(queues: Sequence[QueueFigures]) -> list[QueueFigures]:
    """Return the queues themselves, and the widest sets of them."""
    every = [set(queue.queue.split("+")) for queue in queues]
    return [
        queue
        for queue, own in zip(queues, every, strict=True)
        if len(own) == 1 or not any(own < other for other in every)
    ]


def _queue(queue: QueueFigures) -> list[Value]:
    by_interval = queue.service_level_scope is Scope.INTERVAL
    spans = f"{queue.service_level_scope.value}: {queue.spans_reached} of {queue.spans}"
    return [
        queue.queue,
        queue.required_hours,
        queue.rostered_hours,
        queue.short_hours,
        queue.intervals_covered / queue.intervals if queue.intervals else None,
        queue.service_level,
        queue.service_level_target,
        "interval" if by_interval else spans,
    ]


def _cases(seen: Rostered) -> Iterator[list[Value]]:
    for case in seen.summary.cases:
        yield [
            case.case_type,
            case.opening,
            case.inflow,
            case.completed,
            case.closing,
            case.due,
            case.breaches,
            case.sla_compliance,
            case.already_breached,
            case.overdue,
            case.hours_needed,
            case.hours_rostered,
        ]


def _days(seen: Rostered) -> Iterator[list[Value]]:
    for day in seen.summary.days:
        yield [
            day.date,
            day.calls,
            day.required_hours,
            day.rostered_hours,
            day.short_hours,
            day.service_level,
            day.case_hours,
            day.paid_hours,
        ]


def _legend(page: Page, row: int, seen: Rostered) -> int:
    """Show which colour stands for which shift type on the sheet Roster."""
    row = _headlines(page, row, [("Colours of shift types", None, "text", "")])
    kinds = seen.prepared.problem.shift_types
    for kind, colour in shift_colours(seen).items():
        page.put(row, 0, kinds[kind].name, page.book.format("text", bg_color=colour))
        row += 1
    return row
