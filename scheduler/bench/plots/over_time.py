"""The picture of the gap over time: a panel for each case, a line for each engine."""

from collections.abc import Mapping, Sequence
from math import ceil, log10
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from scheduler.bench.grid import Record
from scheduler.bench.plots.colours import colours
from scheduler.bench.results import Series, engine_of, gaps

COLUMNS = 4
WIDEST, SMALLEST = 10.0, 1e-4  # gaps beyond these are drawn at the edge
FIRST_SECOND = 0.3
STEPS_A_DECADE = 100  # more would not be seen, and the file would be large

Lines = Mapping[str, Mapping[str, Series]]  # by case and engine
Targets = Mapping[str, tuple[float, float]]  # by case: seconds, gap


def drawn(runs: Sequence[Record], targets: Targets | None = None) -> Figure | None:
    """Return the picture; ``None`` where no run has a gap to draw.

    Of runs that differ in seed, load or time only one is drawn: the least seed, the
    most load, the longest time. ``targets`` are drawn as rings.
    """
    lines = _lines(runs)
    if not lines:
        return None
    columns = min(COLUMNS, len(lines))
    rows = ceil(len(lines) / columns)
    figure = Figure(figsize=(2.5 * columns, 2.2 * rows + 0.5), layout="constrained")
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    looks = colours(runs)
    for panel, (case, by_engine) in zip(panels.flat, lines.items(), strict=False):
        _draw(panel, case, by_engine, looks)
        if targets and case in targets:
            ring = {"markersize": 9, "markerfacecolor": "none", "color": "#D55E00"}
            panel.plot(*targets[case], "o", **ring)
    for panel in panels.flat[len(lines) :]:
        panel.remove()
    for panel in panels.flat[max(0, len(lines) - columns) : len(lines)]:
        panel.tick_params(labelbottom=True)
    _scale(panels.flat[0], lines)
    if len(looks) > 1:
        panels.flat[0].legend(frameon=False, fontsize=7)
    figure.supxlabel("seconds of search")
    figure.supylabel("(best - bound) / bound")
    return figure


def _lines(runs: Sequence[Record]) -> Lines:
    ordered = sorted(
        runs,
        key=lambda run: (
            -run["seed"],
            run["asked_load"] or 0,
            run["time_limit"],
        ),
    )
    found: dict[str, dict[str, Series]] = {}
    for run in ordered:  # the last one stays
        line = _thinned(gaps(run))
        if line:
            found.setdefault(run["case"], {})[engine_of(run)] = line
    sizes = {run["case"]: run.get("agents", 0) for run in runs}
    return {case: found[case] for case in sorted(found, key=lambda c: (sizes[c], c))}


def _thinned(line: Series) -> Series:
    """Return the last point of every moment that can be told from the next."""
    last = {
        round(STEPS_A_DECADE * log10(max(seconds, FIRST_SECOND))): (seconds, gap)
        for seconds, gap in line
    }
    return list(last.values())


def _draw(
    panel: Axes, case: str, lines: Mapping[str, Series], looks: Mapping[str, str]
) -> None:
    for engine in looks:
        if engine in lines:
            line = lines[engine]
            seconds = [each for each, _ in line]
            height = [_inside(gap) for _, gap in line]
            look: dict[str, Any] = {
                "color": looks[engine],
                "linewidth": 1.5,
                "label": engine,
            }
            panel.step(seconds, height, where="post", **look)
            panel.plot(seconds[-1], height[-1], "o", color=looks[engine], markersize=4)
    told = [
        f"{engine} {lines[engine][-1][1]:.2%}" for engine in looks if engine in lines
    ]
    panel.set_title("\n".join([case, ", ".join(told)]), fontsize=8)


def _inside(gap: float) -> float:
    return min(max(gap, SMALLEST), WIDEST)


def _scale(panel: Axes, lines: Lines) -> None:
    """Give all panels the axes that hold every line."""
    points = [
        p for by_engine in lines.values() for line in by_engine.values() for p in line
    ]
    last = max(seconds for seconds, _ in points)
    least = min(_inside(gap) for _, gap in points)
    panel.set(xscale="log", yscale="log")
    panel.set(xlim=(FIRST_SECOND, 1.6 * last), ylim=(0.6 * least, WIDEST))
    panel.xaxis.set_minor_formatter(NullFormatter())
    panel.yaxis.set_minor_formatter(NullFormatter())
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    panel.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{100 * value:,g}%")
    )
