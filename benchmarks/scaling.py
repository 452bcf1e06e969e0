"""The picture of time and memory over the head count."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator
from records import Record, gaps
from suite import SCALING_GAP

BLUE, GREY = "#0072B2", "#8c8c8c"
ROOM = 2.0  # a factor around the points, for their labels


@dataclass(frozen=True)
class Point:
    """A measured figure; open if the true one is larger."""

    agents: int
    figure: float
    label: str
    is_open: bool = False


def drawn(runs: Sequence[Record]) -> Figure | None:
    """Return the picture; ``None`` where no run found a roster."""
    found = [each for each in runs if gaps(each)]
    found.sort(key=lambda run: run["agents"])
    if not found:
        return None
    figure = Figure(figsize=(8.4, 3.6), layout="constrained")
    time, memory = figure.subplots(1, 2)
    time.set_title(f"Seconds to a gap of {SCALING_GAP:.1%}")
    _draw(time, [_time(each) for each in found])
    memory.set_title("Peak memory (MB)")
    _draw(memory, [_memory(each) for each in found])
    return figure


def _time(run: Record) -> Point:
    for seconds, gap in gaps(run):
        if gap <= SCALING_GAP:
            return Point(run["agents"], seconds, f"{seconds:.3g} s")
    seconds, gap = gaps(run)[-1]
    left = f"{gap:.2%} left at {seconds:.0f} s"
    return Point(run["agents"], seconds, left, is_open=True)


def _memory(run: Record) -> Point:
    return Point(run["agents"], run["peak_mb"], f"{run['peak_mb']:,.0f} MB")


def _draw(panel: Axes, points: Sequence[Point]) -> None:
    closed = [each for each in points if not each.is_open]
    panel.set(xscale="log", yscale="log", xlabel="agents")
    panel.plot(
        [each.agents for each in closed],
        [each.figure for each in closed],
        color=BLUE,
    )
    for each in points:
        _mark(panel, each)
    _compare(panel, (closed or points)[-1])
    _scale(panel, points)


def _mark(panel: Axes, point: Point) -> None:
    place = point.agents, point.figure
    panel.plot(*place, "o", color=BLUE, markerfacecolor="w" if point.is_open else BLUE)
    above = {"textcoords": "offset points", "ha": "center", "va": "bottom"}
    ground = {"facecolor": "w", "edgecolor": "none", "pad": 1}
    panel.annotate(point.label, place, (0, 7), bbox=ground, **above)


def _compare(panel: Axes, point: Point) -> None:
    """Draw how growth in proportion to the agents would look."""
    lower = point.agents / 10, point.figure / 10
    look = {"color": GREY, "linestyle": ":", "linewidth": 1, "zorder": 0}
    name = "in proportion to the agents"
    panel.axline(lower, (point.agents, point.figure), label=name, **look)
    panel.legend(loc="lower right", frameon=False)


def _scale(panel: Axes, points: Sequence[Point]) -> None:
    """Set the axes so that they hold the points and their labels."""
    heads = [each.agents for each in points]
    figures = [each.figure for each in points]
    panel.set_xlim(heads[0] / ROOM**1.5, heads[-1] * ROOM)
    panel.set_ylim(min(figures) / ROOM, max(figures) * ROOM)
    panel.set_xticks(heads)
    panel.xaxis.set_minor_locator(NullLocator())
    panel.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    panel.yaxis.set_minor_locator(NullLocator())
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
