"""The picture of time and memory over the head count, a line for each engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from scheduler.bench.grid import Record
from scheduler.bench.plots.colours import colours
from scheduler.bench.results import engine_of, gaps

NEAR = 0.01  # the gap to which times are told
ROOM = 2.0  # a factor around the points, for their labels
_LABELLED = 8  # points: labels of more would hide each other


@dataclass(frozen=True)
class Point:
    """A measured figure; open if the true one is larger."""

    agents: int
    figure: float
    label: str
    is_open: bool = False


def drawn(runs: Sequence[Record], near: float = NEAR) -> Figure | None:
    """Return the picture; ``None`` where runs are not of several head counts.

    Time is to a gap of ``near``; open points did not get there.
    """
    found = sorted((run for run in runs if gaps(run)), key=lambda run: run["agents"])
    if len({run["agents"] for run in found}) < 2:
        return None
    figure = Figure(figsize=(8.4, 3.6), layout="constrained")
    time, memory = figure.subplots(1, 2)
    time.set_title(f"Seconds to a gap of {near:.1%} (open: the gap that was left)")
    memory.set_title("Peak memory (MB)")
    for n, (engine, colour) in enumerate(colours(found).items()):
        own = [run for run in found if engine_of(run) == engine]
        above = n % 2 == 0  # so that labels of points alike do not hide each other
        _draw(time, [_time(run, near) for run in own], colour, engine, above=above)
        _draw(memory, [_memory(run) for run in own], colour, engine, above=above)
    heads = sorted({run["agents"] for run in found})
    for panel in (time, memory):
        _scale(panel, heads)
        panel.legend(frameon=False, loc="lower right")
    return figure


def _time(run: Record, near: float) -> Point:
    for seconds, gap in gaps(run):
        if gap <= near:
            return Point(run["agents"], seconds, f"{seconds:.3g} s")
    seconds, gap = gaps(run)[-1]
    left = f"{gap:.1%}" if gap < 0.1 else f"{gap:.0%}"
    return Point(run["agents"], seconds, left, is_open=True)


def _memory(run: Record) -> Point:
    return Point(run["agents"], run["peak_mb"], f"{run['peak_mb']:,.0f}")


def _draw(
    panel: Axes, points: Sequence[Point], colour: str, engine: str, *, above: bool
) -> None:
    closed = [each for each in points if not each.is_open]
    heads = [each.agents for each in closed]
    panel.plot(heads, [each.figure for each in closed], color=colour, label=engine)
    for each in points:
        place = each.agents, each.figure
        fill = "w" if each.is_open else colour
        panel.plot(*place, "o", color=colour, markerfacecolor=fill)
        if len(points) <= _LABELLED:
            manner: dict[str, Any] = {
                "textcoords": "offset points",
                "ha": "center",
                "va": "bottom" if above else "top",
            }
            apart = (0, 5 if above else -5)
            panel.annotate(each.label, place, apart, fontsize=7, color=colour, **manner)


def _scale(panel: Axes, heads: Sequence[int]) -> None:
    """Set the axes so that they hold the points and their labels."""
    panel.set(xscale="log", yscale="log", xlabel="agents")
    panel.set_xlim(heads[0] / ROOM, heads[-1] * ROOM)
    low, high = panel.get_ylim()
    panel.set_ylim(low / ROOM, high * ROOM)
    panel.set_xticks(list(heads))
    panel.xaxis.set_minor_locator(NullLocator())
    panel.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    panel.yaxis.set_minor_locator(NullLocator())
    for axis in (panel.xaxis, panel.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
