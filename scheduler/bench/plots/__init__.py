"""Pictures of a results file; matplotlib comes with the optional extra ``bench``."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from scheduler.bench.grid import Record
from scheduler.bench.plots import over_time, profile, scaling

__all__ = ["PICTURES", "STYLE", "draw", "save"]

STYLE: dict[Any, Any] = {
    "svg.hashsalt": "ringfence",
    "font.size": 9,
    "figure.titlesize": 10,
    "figure.labelsize": 9,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9,
    "axes.titlelocation": "left",
    "axes.grid": True,
    "grid.color": "#e5e5e5",
    "grid.linewidth": 0.6,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
}

PICTURES: dict[str, Callable[[Sequence[Record]], Figure | None]] = {
    "profile": profile.drawn,
    "gap-over-time": over_time.drawn,
    "scaling": scaling.drawn,
}


def draw(runs: Sequence[Record], folder: Path, form: str = "svg") -> list[Path]:
    """Draw every picture for which there are runs; return their paths."""
    found = []
    with mpl.rc_context(STYLE):
        for name, drawn in PICTURES.items():
            figure = drawn(runs)
            if figure is not None:
                found.append(save(figure, folder / f"{name}.{form}"))
    return found


def save(figure: Figure, path: Path) -> Path:
    """Write a picture, the same every time: a date would make each a new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    metadata = {"Date": None} if path.suffix == ".svg" else None
    with mpl.rc_context(STYLE):
        figure.savefig(path, metadata=metadata, dpi=150)
    return path
