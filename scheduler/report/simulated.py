"""What `ringfence simulate` tells people: promise and what was kept, side by side."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.report.words import grid
from scheduler.simulating import SimulateDocument
from scheduler.simulating.document import Calls, CaseTypeEntry, Mean, QueueEntry

_MOST_FLAGS = 12
_NAMES = 13  # characters
_MANY = 10  # breaches of which no tenths are told
_SHORT = 0.02  # of service level
_BLENDS = {
    "ring-fenced": "cases in their ring-fenced blocks",
    "between-calls": "no blocks: cases when nobody calls, and calls interrupt them",
    "threshold": "no blocks: cases while more than {} people are free",
}


def simulated_parts(found: SimulateDocument) -> Iterator[RenderableType]:
    """Yield how it was played, calls by day, cases by day, and what falls short."""
    manner = _BLENDS[found.blend].format(found.reserve)
    yield (
        f"{found.replications} replications of {found.name or 'the plan'} "
        f"(seed {found.seed}, {found.calls:,} calls, {found.seconds:.1f} s): {manner}."
    )
    yield (
        f"Simulated (all days with the {found.confidence:.0%} interval), below it in "
        "brackets what the plan promises."
    )
    if any(queue.total.offered for queue in found.queues):
        yield ""
        yield _calls(found.queues)
    if found.case_types:
        yield ""
        yield _cases(found.case_types)
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


def _calls(queues: list[QueueEntry]) -> Table:
    table = grid()
    table.add_column("service level", overflow="fold", min_width=_NAMES)
    for day in queues[0].days:
        table.add_column(f"{day.date:%a} {day.date.day}", justify="right")
    table.add_column("all", justify="right")
    table.add_column("lost", justify="right")
    table.add_column("wait", justify="right")
    for queue in queues:
        total = queue.total
        table.add_row(
            queue.queue,
            *(_level(day) for day in queue.days),
            _level(total, told=True),
            _share(total.abandonment),
            "-"
            if total.wait_seconds.mean is None
            else f"{total.wait_seconds.mean:.0f} s",
        )
    return table


def _level(calls: Calls, *, told: bool = False) -> Text:
    """Return simulated and promised level; red where it falls short.

    ``told``: and by how much it may be off.
    """
    level, promised = calls.service_level, calls.promised
    if level.mean is None:
        return Text("-")
    words = f"{level.mean:.0%}"
    if told and level.half is not None:
        words += f"±{100 * level.half:.1f}"
    if promised is None:
        return Text(words)
    short = level.mean + (level.half or 0) < promised - _SHORT
    return Text(f"{words}\n({promised:.0%})", style="red" if short else "")


def _share(found: Mean) -> str:
    return "-" if found.mean is None else f"{found.mean:.1%}"


def _cases(kinds: list[CaseTypeEntry]) -> Table:
    table = grid()
    table.add_column("breaches", overflow="fold", min_width=_NAMES)
    for day in kinds[0].days:
        table.add_column(f"{day.date:%a} {day.date.day}", justify="right")
    table.add_column("all", justify="right")
    table.add_column("done", justify="right")
    table.add_column("open", justify="right")
    for kind in kinds:
        table.add_row(
            kind.case_type,
            *(_breaches(day.breaches, day.promised_breaches) for day in kind.days),
            _breaches(kind.breaches, kind.promised_breaches),
            f"{sum(day.completed for day in kind.days):,.0f}",
            f"{kind.days[-1].open.mean or 0:,.0f}",
        )
    return table


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
