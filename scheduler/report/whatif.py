"""What `ringfence whatif` shows: a line for each scenario, and what it differs by."""

from collections.abc import Callable, Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.report.words import count, entry, grid, hours, percent, plural, shown
from scheduler.whatif.document import (
    SampledEntry,
    ScenarioEntry,
    Spread,
    WhatIfDocument,
)

_SIGN = "≈"
_LINES = 60
_WHOLE = 1000  # from here on a difference is told without decimals
_STATUS = {
    "infeasible": "no legal roster",
    "unknown": "none found in time",
    "illegal": "illegal",
    "failed": "failed",
    "not_solved": "not solved",
}


def whatif_parts(
    found: WhatIfDocument, files: Sequence[str]
) -> Iterator[RenderableType]:
    """Yield the scenarios and their differences; samples only as means."""
    single = [one for one in found.scenarios if one.samples is None]
    yield _figures(single[:_LINES])
    if len(single) > 1:
        yield ""
        yield _differences(single[:_LINES])
        yield Text(
            f"{_SIGN} too small to tell: the two rosters' gaps leave more open; "
            f"* nothing else in\nthe same circumstances is as good in hours, level, "
            f"breaches, and better in one",
            style="dim",
        )
    if len(single) > _LINES:
        yield f"and {plural(len(single) - _LINES, 'scenario')} more: see the files"
    if found.sampled:
        yield ""
        yield _samples(found.sampled)
        yield Text(
            "means; a tenth of the samples is below low, a tenth above high; more: "
            "cost above\nthat of the base in the same samples, 95 % confidence",
            style="dim",
        )
    yield ""
    for one in found.scenarios:
        if one.error or one.why:
            why = one.error or "; ".join(one.why)
            yield entry("", f"{shown(one.name)}: {shown(why)}")
    yield entry("files", ", ".join(files))


def _figures(entries: Sequence[ScenarioEntry]) -> Table:
    table = grid()
    table.add_column("scenario", overflow="fold", min_width=16)
    for name in ("level", "short, h", "breaches", "paid, h", "overtime", "cost", "gap"):
        table.add_column(name, justify="right", no_wrap=True)
    for one in entries:
        f = one.figures
        label = Text(shown(one.name) + (" *" if one.on_frontier else ""))
        style = "red" if one.status in _STATUS else ""
        if f.objective is None:
            table.add_row(label, Text(_STATUS.get(one.status, one.status), style))
            continue
        table.add_row(
            label,
            percent(f.service_level, 1),
            _number(f.short_hours, hours),
            _number(f.breaches, count),
            _number(f.paid_hours, hours),
            _number(f.overtime_hours, hours),
            _number(f.objective, hours),
            Text(percent(one.gap, 1), style),
        )
    return table


def _number(value: float | None, words: Callable[[float], str]) -> str:
    return "-" if value is None else words(value)


def _differences(entries: Sequence[ScenarioEntry]) -> Table:
    table = grid()
    table.add_column("against the base", overflow="fold")
    for name in ("level", "breaches", "paid, h", "overtime", "cost"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("best rosters'", justify="right")  # wide ranges take two lines
    for one in entries:
        more = one.difference
        if more is None:
            continue
        points = None if more.service_level is None else 100 * more.service_level
        span = "-"
        if more.cost_least is not None and more.cost_most is not None:
            span = f"{_signed(more.cost_least)} to {_signed(more.cost_most)}"
        cells = (
            ("service_level", points),
            ("breaches", more.breaches),
            ("paid_hours", more.paid_hours),
            ("overtime_hours", more.overtime_hours),
            ("objective", more.objective),
        )
        table.add_row(
            Text(shown(one.name)),
            *(_more(value, small=name in more.too_small) for name, value in cells),
            Text(span, style="dim"),
        )
    return table


def _more(value: float | None, *, small: bool) -> Text:
    if value is None:
        return Text("-")
    text = _signed(value) if abs(value) >= 0.05 else "0"
    return Text(f"{_SIGN} {text}", style="dim") if small else Text(text)


def _signed(value: float) -> str:
    return f"{value:+,.1f}" if abs(value) < _WHOLE else f"{value:+,.0f}"


def _samples(sampled: Sequence[SampledEntry]) -> Table:
    table = grid()
    table.add_column("over samples", overflow="fold")
    names = ("n", "level", "low", "breaches", "high", "paid, h", "cost", "high")
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("more", justify="right")
    for one in sampled:
        level, breaches, paid, cost = (
            one.figures.get(name)
            for name in ("service_level", "breaches", "paid_hours", "objective")
        )
        table.add_row(
            Text(f"{shown(one.of)}, {shown(one.samples)}"),
            f"{one.count}" + (f" of {one.count + one.without}" if one.without else ""),
            percent(level.mean if level else None, 1),
            percent(level.low if level else None, 1),
            _number(breaches.mean if breaches else None, count),
            _number(breaches.high if breaches else None, count),
            _number(paid.mean if paid else None, hours),
            _number(cost.mean if cost else None, hours),
            _number(cost.high if cost else None, hours),
            _paired(cost),
        )
    return table


def _paired(cost: Spread | None) -> str:
    """Return what a scenario costs more than the base in the same samples."""
    if cost is None or cost.more is None:
        return ""
    margin = "" if cost.margin is None else f" ± {cost.margin:,.1f}"
    return f"{cost.more:+,.1f}{margin}"
