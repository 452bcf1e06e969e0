"""The picture of the gap over time: one panel a case, the others behind it in grey."""

from collections.abc import Mapping, Sequence
from math import ceil, log10

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from records import Record, Series, gaps
from suite import TARGETS

LOAD, SEED = 0.95, 0
COLUMNS = 4
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#d5d5d5"
WIDEST, SMALLEST = 10.0, 1e-4  # gaps beyond these are drawn at the edge
FIRST_SECOND = 0.3
STEPS_A_DECADE = 100  # more would not be seen, and the file would be large


def drawn(runs: Sequence[Record]) -> Figure | None:
    """Return the picture; ``None`` where no run has a gap to draw."""
    lines = _lines(runs)
    if not lines:
        return None
    columns = min(COLUMNS, len(lines))
    rows = ceil(len(lines) / columns)
    figure = Figure(figsize=(2.5 * columns, 2.2 * rows + 0.5), layout="constrained")
    panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
    for panel, case in zip(panels.flat, lines, strict=False):
        _draw(panel, case, lines)
    for panel in panels.flat[len(lines) :]:
        panel.remove()
    for panel in panels.flat[max(0, len(lines) - columns) : len(lines)]:
        panel.tick_params(labelbottom=True)
    _scale(panels.flat[0], lines)
    figure.suptitle(
        f"The gap over time, load {LOAD}, seed {SEED} (ring: target; grey: other cases)"
    )
    figure.supxlabel("seconds of search")
    figure.supylabel("(best - bound) / bound")
    return figure


def _lines(runs: Sequence[Record]) -> Mapping[str, Series]:
    """Return the line of every case, in the order of the targets.

    Of runs that differ only in their time the longest is drawn.
    """
    shown = {
        each["case"]: _thinned(gaps(each))
        for each in sorted(runs, key=lambda run: run["time_limit"])
        if each["asked_load"] in (LOAD, None) and each["seed"] == SEED
        if each["asked_engine"] == "auto"
    }
    order = [case for case in TARGETS if case in shown]
    order += [case for case in shown if case not in TARGETS]
    return {case: shown[case] for case in order if shown[case]}


def _thinned(line: Series) -> Series:
    """Return the last point of every moment that can be told from the next."""
    last = {
        round(STEPS_A_DECADE * log10(max(seconds, FIRST_SECOND))): (seconds, gap)
        for seconds, gap in line
    }
    return list(last.values())


def _draw(panel: Axes, case: str, lines: Mapping[str, Series]) -> None:
    for other, line in lines.items():
        if other != case:
            _step(panel, line, color=GREY, linewidth=0.8)
    _step(panel, lines[case], color=BLUE, linewidth=1.8)
    seconds, gap = lines[case][-1]
    panel.plot(seconds, _inside(gap), "o", color=BLUE, markersize=4)
    told = f"{gap:.2%} after {seconds:.0f} s"
    if target := TARGETS.get(case):
        ring = {"markersize": 9, "markerfacecolor": "none", "color": ORANGE}
        panel.plot(target.seconds, target.gap, "o", **ring)
        told += f", target {target.gap:.1%}"
    panel.set_title(f"{case}\n{told}")


def _step(panel: Axes, line: Series, color: str, linewidth: float) -> None:
    seconds = [each for each, _ in line]
    height = [_inside(gap) for _, gap in line]
    panel.step(seconds, height, where="post", color=color, linewidth=linewidth)


def _inside(gap: float) -> float:
    return min(max(gap, SMALLEST), WIDEST)


def _scale(panel: Axes, lines: Mapping[str, Series]) -> None:
    """Give all panels the axes that hold every line and target."""
    targets = [TARGETS[case] for case in lines if case in TARGETS]
    last = max(seconds for line in lines.values() for seconds, _ in line)
    last = max([last, *(each.seconds for each in targets)])
    least = min(_inside(gap) for line in lines.values() for _, gap in line)
    least = min([least, *(each.gap for each in targets)])
    panel.set(xscale="log", yscale="log")
    panel.set(xlim=(FIRST_SECOND, 1.6 * last), ylim=(0.6 * least, WIDEST))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    panel.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: f"{100 * value:,g}%")
    )
