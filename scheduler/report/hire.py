"""What `ringfence hire` shows: whom to hire, what it costs, what every week gives."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.hiring.document import BesideEntry, HireDocument, HireWeekEntry
from scheduler.report.words import count, entry, grid, hours, percent, plural, shown

_STATUS = {
    "optimal": "proved: no mix costs less",
    "feasible": "not proved best",
    "infeasible": "proved: no mix meets everything",
    "unknown": "no mix found that meets everything",
    "failed": "a week could not be solved",
}
TARGETS = {
    "short_hours": "hours short",
    "breaches": "breaches",
    "service_level": "service level",
}
#: Weeks without a roster.
_WITHOUT = {
    "infeasible": "no legal roster exists",
    "unknown": "none found in time",
    "failed": "not solved: it failed",
    "not_solved": "not solved",
}
_LINES = 40


def hire_parts(found: HireDocument, files: Sequence[str]) -> Iterator[RenderableType]:
    """Yield the mix and what it costs, one more or fewer of each kind, the weeks."""
    yield entry("hires", _mix(found))
    stopped = "; stopped before it was done" if found.interrupted else ""
    yield entry("status", _STATUS[found.status] + stopped)
    yield entry("cost", _cost(found))
    yield ""
    yield _kinds(found)
    if found.weeks:
        yield ""
        yield _weeks(found.weeks[:_LINES])
        if len(found.weeks) > _LINES:
            yield f"and {plural(len(found.weeks) - _LINES, 'week')} more: see the files"
    yield ""
    for one in found.weeks[:_LINES]:
        if one.missed or one.figures.objective is None:
            yield entry("", f"{shown(one.name)}: {_lacking(one)}")
    yield entry(
        "looked at",
        f"{plural(len(found.tried), 'mix', 'mixes')} of {found.mixes:,} with rosters, "
        f"{found.ruled_out:,} proved not to do",
    )
    yield entry("files", ", ".join(files))


def _lacking(one: HireWeekEntry) -> str:
    """Return why a week does not meet everything."""
    if one.figures.objective is not None:
        return "misses " + ", ".join(TARGETS[name] for name in one.missed)
    why = one.error or "; ".join(one.why)
    words = _WITHOUT.get(one.status, one.status)
    return f"{words}: {shown(why)}" if why else words


def _mix(found: HireDocument) -> str:
    if found.cost is None:
        return "none"
    some = [f"{one.number} {shown(one.name)}" for one in found.kinds if one.number]
    return ", ".join(some) or "nobody"


def _cost(found: HireDocument) -> str:
    """Return the cost and its bound, in words."""
    if found.cost is None or found.hires_cost is None or found.weeks_cost is None:
        if found.bound is None:
            return "-"
        return f"no mix that meets everything costs less than {found.bound:,.1f}"
    told = (
        f"{found.cost:,.1f} paid hours' worth: hires {found.hires_cost:,.1f}, rosters "
        f"{found.weeks_cost:,.1f}"
    )
    if found.bound is not None:
        told += f"; no mix costs less than {found.bound:,.1f}"
    return told if found.gap is None else f"{told}: gap {percent(found.gap, 1)}"


def _kinds(found: HireDocument) -> Table:
    table = grid()
    table.add_column("kind", overflow="fold", min_width=16)
    for name in (
        "hired",
        "limits",
        "each, a week",
        "one fewer",
        "one more",
    ):
        table.add_column(name, justify="right", no_wrap=True)
    for one in found.kinds:
        table.add_row(
            Text(shown(one.name)),
            "-" if one.number is None else str(one.number),
            f"{one.at_least} to {one.at_most}",
            f"{one.cost_per_week:,.1f}",
            _beside(one.one_fewer),
            _beside(one.one_more),
        )
    return table


def _beside(one: BesideEntry | None) -> Text:
    """Return what one more or fewer costs, or why it does not do."""
    if one is None:
        return Text("-")
    if one.more is not None:
        sign = "≈ " if one.too_small else ""
        return Text(f"{sign}{one.more:+,.1f}", style="dim" if one.too_small else "")
    if one.bound is None:
        return Text("does not do", style="red")
    if one.missed:
        return Text("misses a target", style="red")
    return Text("not looked at", style="dim")


def _weeks(weeks: Sequence[HireWeekEntry]) -> Table:
    table = grid()
    table.add_column("week", overflow="fold", min_width=16)
    for name in ("share", "level", "short, h", "breaches", "paid, h", "cost", "gap"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in weeks:
        f = one.figures
        table.add_row(
            Text(shown(one.name)),
            percent(one.share),
            percent(f.service_level, 1),
            "-" if f.short_hours is None else hours(f.short_hours),
            "-" if f.breaches is None else count(f.breaches),
            "-" if f.paid_hours is None else hours(f.paid_hours),
            "-" if f.objective is None else hours(f.objective),
            percent(one.gap, 1),
        )
    return table
