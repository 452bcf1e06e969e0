"""What `ringfence simulate` tells people: promise and what was kept, side by side."""

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from scheduler.report.words import grid
from scheduler.rosters.simulated import Mean, QueueEntry, SimulatedCalls, SimulatedCases
from scheduler.simulating import SimulateDocument

_MOST_FLAGS = 12
_NAMES = 13  # characters
_WEEK = 7
_MANY = 10  # breaches of which no tenths are told
_SHORT = 0.02  # of service level
_BLENDS = {
    "ring-fenced": "cases in their ring-fenced blocks",
    "between-calls": "no blocks: cases when nobody calls, calls interrupt them, and "
    "it takes {1:g} s to find back",
    "threshold": "no blocks: cases while more than {0} people are free, {1:g} s to "
    "find back to them after a call",
}


def simulated_parts(found: SimulateDocument) -> Iterator[RenderableType]:
    """Yield how it was played, calls by day, cases by day, and what falls short."""
    manner = _BLENDS[found.blend].format(found.reserve, found.resume_seconds)
    yield (
        f"{found.replications} replications of {found.name or 'the plan'} "
        f"(seed {found.seed}, {found.calls:,} calls, {found.seconds:.1f} s): {manner}."
    )
    yield (
        "Simulated, below it in brackets what the plan promises"
        + "; of queues that share people, what all of them together could give"
        * (len(found.queues) > 1)
        + "."
    )
    if any(queue.total.offered for queue in found.queues):
        yield from _calls(found.queues)
        busy = ", ".join(
            f"{day.date:%a} {day.occupancy.mean:.0%}"
            for day in found.occupancy
            if day.occupancy.mean
        )
        yield f"occupancy: {busy}"
    if found.case_types:
        yield from _cases(found.case_types)
        yield ""
        yield (
            f"No case was late in {found.kept:.0%} of replications: "
            + ", ".join(f"{k.case_type} {k.kept:.0%}" for k in found.case_types)
            + "."
        )
    yield ""
    if not found.flags:
        yield "The roster keeps what the plan promises."
        return
    yield "The plan promises more than the roster keeps:"
    yield from (Text(f"  {flag}") for flag in found.flags[:_MOST_FLAGS])
    if len(found.flags) > _MOST_FLAGS:
        yield f"  and {len(found.flags) - _MOST_FLAGS} more, see --json"


def _calls(queues: Sequence[QueueEntry]) -> Iterator[RenderableType]:
    """Yield service levels, a week a table, then who gives up and waits."""
    rows = [
        (queue.queue, [_level(day) for day in queue.days], _level(queue.total))
        for queue in queues
    ]
    yield from _weeks("service level", [day.date for day in queues[0].days], rows)
    for queue in queues:
        total = queue.total
        half = 100 * (total.service_level.half or 0.0)
        if total.wait_seconds.mean is not None:
            yield (
                f"{queue.queue}: the level of all is known to {half:.1f} points; "
                f"{_share(total.abandonment)} give up, the mean wait is "
                f"{total.wait_seconds.mean:.0f} s"
            )


def _weeks(
    title: str, dates: Sequence[dt.date], rows: Sequence[tuple[str, list[Text], Text]]
) -> Iterator[RenderableType]:
    """Yield a table for each seven days, the last one with the whole."""
    for first in range(0, len(dates), _WEEK):
        week = slice(first, first + _WEEK)
        is_last = first + _WEEK >= len(dates)
        table = grid()
        table.add_column(title, overflow="fold", min_width=_NAMES)
        for date in dates[week]:
            table.add_column(f"{date:%a} {date.day}", justify="right")
        if is_last:
            table.add_column("all", justify="right")
        for name, days, whole in rows:
            table.add_row(name, *days[week], *([whole] if is_last else []))
        yield ""
        yield table


def _level(calls: SimulatedCalls) -> Text:
    """Return simulated and promised level; red where it falls short."""
    level, promised = calls.service_level, calls.promised
    if level.mean is None:
        return Text("-")
    words = f"{level.mean:.0%}"
    if promised is None:
        return Text(words)
    short = level.mean + (level.half or 0) < promised - _SHORT
    return Text(f"{words}\n({promised:.0%})", style="red" if short else "")


def _share(found: Mean) -> str:
    return "-" if found.mean is None else f"{found.mean:.1%}"


def _cases(kinds: Sequence[SimulatedCases]) -> Iterator[RenderableType]:
    """Yield breaches, a week a table, then what is done and left."""
    rows = [
        (
            kind.case_type,
            [_breaches(day.breaches, day.promised_breaches) for day in kind.days],
            _breaches(kind.breaches, kind.promised_breaches),
        )
        for kind in kinds
    ]
    yield from _weeks("breaches", [day.date for day in kinds[0].days], rows)
    for kind in kinds:
        done = sum(day.completed.mean or 0.0 for day in kind.days)
        last = kind.days[-1]
        age = last.age_days.mean
        due = sum(day.due for day in kind.days)
        yield (
            f"{kind.case_type}: {due:,.0f} due, {done:,.0f} done, "
            f"{last.open.mean or 0:,.0f} open in the end"
            + ("" if age is None else f", {age:.1f} days old on average")
        )


def _breaches(found: Mean, promised: float) -> Text:
    late = found.mean or 0.0
    if not late and not promised:
        return Text("·")
    short = late - (found.half or 0) > promised + 0.5
    return Text(
        f"{_rounded(late)}\n({_rounded(promised)})", style="red" if short else ""
    )


def _rounded(number: float) -> str:
    return f"{number:,.0f}" if number >= _MANY or not number else f"{number:.1f}"
