"""Draw the results: gap over time, time and memory over the head count, blending."""

import argparse
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

import matplotlib as mpl
import over_time
import records
import scaling
import trade_off
from matplotlib.figure import Figure
from records import Record

STYLE = {
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

Drawn = Callable[[Sequence[Record]], Figure | None]
Asked = Callable[[Record], Hashable]
PICTURES: dict[str, tuple[Drawn, str, Asked]] = {
    "gap-over-time": (over_time.drawn, records.ACCEPTANCE.name, records.asked_of),
    "scaling": (scaling.drawn, records.SCALING.name, records.asked_of),
    "blending": (trade_off.drawn, records.BLENDING.name, records.manner),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, default=records.HERE / "results")
    parser.add_argument("--to", type=Path, default=records.HERE / "plots")
    parser.add_argument("--format", default="svg", choices=("svg", "png"))
    options = parser.parse_args()
    mpl.rcParams.update(STYLE)
    for name, (drawn, source, asked) in PICTURES.items():
        figure = drawn(records.read(options.results / source, asked))
        if figure is None:
            print(f"{name}: nothing to draw in {options.results / source}")
            continue
        path = options.to / f"{name}.{options.format}"
        _save(figure, path)
        print(path)


def _save(figure: Figure, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A date would make every picture a new one.
    metadata = {"Date": None} if path.suffix == ".svg" else None
    figure.savefig(path, metadata=metadata, dpi=150)


if __name__ == "__main__":
    main()
