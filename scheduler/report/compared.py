"""What `ringfence compare` tells people: from roster A to roster B."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from models.roster.problem import Kind
from scheduler.report.days import groups, span_name
from scheduler.report.score import Sides, side_parts, verdict
from scheduler.report.summary import told_queues
from scheduler.report.words import count, day, grid, hours, percent, plural, shown
from scheduler.rosters.changes import (
    Change,
    DayChange,
    DoingChange,
    Stretch,
    TimedShift,
)
from scheduler.rosters.compared import (
    CaseSide,
    CaseSides,
    CompareDocument,
    DayCounts,
    QueueSide,
    QueueSides,
)

_NAMES = ("A", "B")
_SAME = 0.05  # hours or cases that are no difference
_INSIDE = {
    kind: n
    for n, kind in enumerate(
        (Kind.MEETING, Kind.BREAK, Kind.CASE, Kind.VOICE, Kind.OTHER, Kind.IDLE)
    )
}


_FILLING = (Kind.VOICE, Kind.IDLE)  # what other things leave


def compared_parts(found: CompareDocument, most: int) -> Iterator[RenderableType]:
    """Yield how much has changed, what for whom, and what comes of it."""
    for name, each in zip(_NAMES, (found.a, found.b), strict=True):
        yield verdict(each, f"{name}  {each.folder}")
    if found.shifts_only:
        yield "only shifts are compared, not what fills them"
    yield _touched(found)
    if found.changes:
        yield ""
        yield _by_day(found.days)
        yield from _changes(found.changes, most)
    if found.queues:
        yield ""
        yield from _calls(found.queues)
    if found.cases:
        yield ""
        yield _cases(found.cases)
    both = [found.a, found.b]
    yield from side_parts(Sides(both, _NAMES, last="B - A", base=0))


def _touched(found: CompareDocument) -> str:
    totals = found.totals
    if not found.changes:
        return f"nobody's days differ: {plural(totals.same, 'shift')} the same"
    return (
        f"{totals.agents_touched} of {plural(totals.agents, 'agent')} touched; "
        f"{totals.same:,} of {plural(totals.worked, 'day')} of agents with a shift "
        f"are the same"
    )


_COUNTS: tuple[tuple[str, Callable[[DayCounts], int | None]], ...] = (
    ("the same", lambda one: one.same),
    ("shifts added", lambda one: one.added),
    ("shifts removed", lambda one: one.removed),
    ("shifts changed", lambda one: one.changed),
    ("changed within", lambda one: one.within),
)


def _by_day(days: Sequence[DayCounts]) -> Table:
    """Return how many days of agents have changed how, a column for each day."""
    columns = groups(days)
    table = grid()
    table.add_column("days of agents", no_wrap=True, style="dim")
    for group in columns:
        heading = span_name([one.date for one in group])
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("all", justify="right", no_wrap=True, style="bold")
    for name, read in _COUNTS:
        if read(days[0]) is not None:
            sums = [sum(read(one) or 0 for one in group) for group in [*columns, days]]
            table.add_row(name, *(f"{n:,}" if n else "·" for n in sums))
    return table


def _changes(changes: Sequence[DayChange], most: int) -> Iterator[RenderableType]:
    """Yield the changes, agent by agent."""
    for _, own in groupby(changes[:most], lambda change: change.agent):
        days = list(own)
        yield ""
        title = Text(shown(days[0].agent), style="bold")
        title.append(f"  {shown(days[0].agent_name)}" if days[0].agent_name else "")
        yield title
        yield _agent(days)
    rest = changes[most:]
    if rest:
        others = len({change.agent for change in rest})
        yield ""
        yield (
            f"and {plural(len(rest), 'more change', 'more changes')}, of "
            f"{plural(others, 'agent')}: --limit {len(changes)} shows all"
        )


_MARKS = {
    Change.ADDED: Text("added", style="green"),
    Change.REMOVED: Text("removed", style="red"),
    Change.CHANGED: Text("changed"),
    Change.WITHIN: Text("within", style="dim"),
}


def _agent(days: Sequence[DayChange]) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=8, no_wrap=True)
    table.add_column(width=8, no_wrap=True)
    table.add_column(overflow="fold")
    for change in days:
        table.add_row(f"  {day(change.date)}", _MARKS[change.change], _words(change))
    return table


def _words(change: DayChange) -> Text:
    """Return a change of a day as words."""
    before, after = change.before, change.after
    if change.change is Change.WITHIN:
        return Text("; ".join(_inside(change.activities)))
    if before is None or after is None:
        (shift,) = (one for one in (before, after) if one is not None)
        return Text(_shift(shift))
    if _times(before) == _times(after) and before.shift_type == after.shift_type:
        paid = (_span(one.paid_minutes) for one in (before, after))
        return Text(f"{_shift(before)}, paid {' > '.join(paid)}")
    kind = after.shift_type != before.shift_type
    return Text(f"{_shift(before)} > {_shift(after) if kind else _times(after)}")


def _shift(shift: TimedShift) -> str:
    return f"{shown(shift.shift_type)} {_times(shift)}"


def _times(span: TimedShift | Stretch) -> str:
    return f"{span.start:%H:%M}-{span.end:%H:%M}"


def _inside(changes: Sequence[DoingChange]) -> list[str]:
    """Return what has other times in a shift: breaks and meetings, then the work.

    What only makes room for the rest is left out.
    """
    ordered = sorted(changes, key=lambda one: _INSIDE[one.kind])
    queues = {one.activity for one in changes if one.kind is Kind.VOICE}
    words = [
        _doing(one, "calls" if len(queues) == 1 else "")
        for one in ordered
        if _more(one) or one.kind not in _FILLING
    ]
    return words or ["calls and idle time at other times"]


def _doing(one: DoingChange, calls: str) -> str:
    """Return what has become of a thing that is done in a shift."""
    name = shown(one.activity)
    if one.kind is Kind.VOICE:
        name = calls or f"calls ({name.replace('+', ', ')})"
    label = name or one.kind.value
    if one.kind in _FILLING or (one.kind is Kind.CASE and _more(one)):
        sign = "+" if _more(one) > 0 else "-"
        return f"{label} {sign}{_span(abs(_more(one)))}"
    then, now = (", ".join(map(_times, x)) or "none" for x in (one.before, one.after))
    if len(one.before) == len(one.after) == 1 and not _more(one):
        then, now = (f"{x[0].start:%H:%M}" for x in (one.before, one.after))
    return f"{label} at {then} > {now}"


def _more(one: DoingChange) -> int:
    """Return how many minutes more of it there are after than before."""
    then, now = (
        sum((each.end - each.start).total_seconds() for each in stretches)
        for stretches in (one.before, one.after)
    )
    return round((now - then) / 60)


def _span(minutes: int) -> str:
    """Return a span of time as people say it.

    >>> _span(75), _span(45), _span(120), _span(0)
    ('1 h 15 min', '45 min', '2 h', '0 min')
    """
    whole, rest = divmod(minutes, 60)
    if whole and rest:
        return f"{whole} h {rest} min"
    return f"{whole} h" if whole else f"{rest} min"


def _calls(queues: Sequence[QueueSides]) -> Iterator[RenderableType]:
    """Yield cover and service level of each queue, side by side."""
    short = [max(one.a.short_hours, one.b.short_hours) for one in queues]
    told = [queues[q] for q in told_queues([one.queue for one in queues], short)]
    table = _sides("calls", "need, h", ("short, h", "level", "worst day"))
    for one in told:
        a, b = one.a, one.b
        more = b.short_hours - a.short_hours
        table.add_row(
            Text(shown(", ".join(one.queue.split("+")))),
            hours(one.required_hours),
            *_marked(hours(a.short_hours), hours(b.short_hours), more),
            percent(a.service_level, 1),
            percent(b.service_level, 1),
            _worst(a),
            _worst(b),
        )
    yield table
    if any(one.at_best for one in told):
        yield Text("levels as if those who share queues did nothing else", style="dim")


def _sides(label: str, first: str, headings: Sequence[str]) -> Table:
    """Return an empty table with columns for both rosters under each heading."""
    table = grid()
    table.add_column(label, overflow="fold", min_width=10)
    table.add_column(first, justify="right", no_wrap=True)
    for heading in headings:
        for side in _NAMES:
            table.add_column(f"{heading}\n{side}", justify="right", no_wrap=True)
    return table


def _worst(side: QueueSide) -> str:
    if side.worst_day is None:
        return "-"
    return f"{day(side.worst_day)} {percent(side.worst_level)}"


def _marked(a: str, b: str, more: float) -> tuple[Text, Text]:
    """Return two cells, the second red where it is worse, green where it is better."""
    colour = "red" if more >= _SAME else "green" if more <= -_SAME else ""
    return Text(a), Text(b, style=colour)


def _cases(cases: Sequence[CaseSides]) -> Table:
    """Return hours and breaches of each case type, side by side."""
    table = _sides("cases", "due, h", ("hours", "breaches", "late"))
    for one in cases:
        a, b = one.a, one.b
        table.add_row(
            Text(shown(one.case_type)),
            hours(one.hours_needed),
            *(_case_hours(side) for side in (a, b)),
            *_marked(count(a.breaches), count(b.breaches), b.breaches - a.breaches),
            *_marked(count(a.overdue), count(b.overdue), b.overdue - a.overdue),
        )
    return table


def _case_hours(side: CaseSide) -> str:
    """Return the hours in blocks, and those between calls."""
    fill = f" + {hours(side.hours_fill)}" if side.hours_fill else ""
    return hours(side.hours) + fill
