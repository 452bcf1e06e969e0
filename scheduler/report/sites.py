"""What `ringfence sites` shows: a line for each site, and all together."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.report.words import count, entry, grid, hours, percent, plural, shown
from scheduler.sites.document import SharedEntry, SiteEntry, SitesDocument, SitesTotal

_STATUS = {
    "optimal": "proved best",
    "feasible": "legal",
    "infeasible": "no legal roster",
    "unknown": "none found in time",
    "illegal": "illegal",
    "failed": "failed",
    "not_solved": "not solved",
}
_LINES = 60


def sites_parts(found: SitesDocument, files: Sequence[str]) -> Iterator[RenderableType]:
    """Yield the sites, what they share, and the totals."""
    yield _sites(found.sites[:_LINES], found.total)
    if len(found.sites) > _LINES:
        yield f"and {plural(len(found.sites) - _LINES, 'site')} more: see the files"
    if found.shared:
        yield ""
        yield _shared(found.shared)
        yield Text(
            "bound: of all ways to divide the people that shared queues need",
            style="dim",
        )
    yield ""
    for one in found.sites:
        if one.error or one.why:
            why = one.error or "; ".join(one.why)
            yield entry("", f"{shown(one.name)}: {shown(why)}")
    yield entry("files", ", ".join(files))


def _sites(entries: Sequence[SiteEntry], total: SitesTotal) -> Table:
    table = grid()
    table.add_column("site", overflow="fold", min_width=10)
    table.add_column("agents", justify="right", no_wrap=True)
    table.add_column("status", overflow="fold", min_width=11)
    for name in ("cost", "bound", "gap", "short, h", "breaches"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in entries:
        good = one.status in ("optimal", "feasible")
        table.add_row(
            Text(shown(one.name)),
            count(one.agents),
            Text(_STATUS[one.status], "" if good else "red"),
            _number(one.cost),
            _number(one.bound),
            percent(one.gap, 2),
            _number(one.short_hours),
            "-" if one.breaches is None else count(one.breaches),
        )
    table.add_section()
    table.add_row(
        "all",
        count(total.agents),
        f"{total.solved} of {total.sites}",
        _number(total.cost),
        _number(total.bound),
        percent(total.gap, 2),
        "",
        "-" if total.breaches is None else count(total.breaches),
    )
    return table


def _shared(groups: Sequence[SharedEntry]) -> Table:
    table = grid()
    table.add_column("shared", overflow="fold", min_width=10)
    table.add_column("by", overflow="fold", min_width=10)
    for name in ("cost", "bound", "gap", "divisions"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in groups:
        table.add_row(
            Text(shown(", ".join(one.queues))),
            Text(shown(", ".join(one.sites))),
            _number(one.cost),
            _number(one.bound),
            percent(one.gap, 2),
            str(one.divisions),
        )
    return table


def _number(value: float | None) -> str:
    return "-" if value is None else hours(value)
