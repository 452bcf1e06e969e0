"""The picture of the blending trap: calls against cases, and more calls."""

from collections.abc import Sequence

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator, PercentFormatter

from benchmarks.studies import records
from benchmarks.studies.records import Record
from scheduler.bench.plots import STYLE, save

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#555555"
LATE = "cases that breach in the week"


def main() -> None:
    """Draw ``blending.jsonl``."""
    with mpl.rc_context(STYLE):
        figure = drawn(records.newest(records.BLENDING))
        if figure is not None:
            print(save(figure, records.PLOTS / "blending.svg"))


def drawn(runs: Sequence[Record]) -> Figure | None:
    """Return the picture, a row a case; ``None`` where nothing was played."""
    cases = list(dict.fromkeys(run["case"] for run in runs))
    if not cases:
        return None
    figure = Figure(figsize=(9.2, 3.5 * len(cases)), layout="constrained")
    panels = figure.subplots(len(cases), 2, squeeze=False)
    for (left, right), case in zip(panels, cases, strict=True):
        own = [run for run in runs if run["case"] == case]
        _trade(left, own)
        _stress(right, own)
        left.set_title(f"{case}: as many calls as forecast")
        right.set_title(f"{case}: more calls than forecast")
    figure.suptitle("The same people, calls and cases: how cases get their time")
    return figure


def _trade(panel: Axes, runs: Sequence[Record]) -> None:
    """Draw late cases over service level; down and to the right is better."""
    now = [run for run in runs if run["calls"] == 1.0]
    for blend, color, mark, words in (
        ("threshold", ORANGE, "o", "while so many others stay free"),
        (
            "between-calls",
            GREY,
            "s",
            "between calls: 0, 60, 120 s to find back, upwards",
        ),
    ):
        own = [run for run in now if run["blend"] == blend]
        by = "reserve" if blend == "threshold" else "resume"
        own.sort(key=lambda run, by=by: run[by])  # type: ignore[misc]
        level = [run["service_level"] for run in own]
        late = [run["late_cases"] for run in own]
        panel.plot(
            level, late, mark + "-", color=color, markersize=4, linewidth=1, label=words
        )
        if blend == "between-calls":
            continue
        for run, x, y in zip(own, level, late, strict=True):
            panel.annotate(
                f"{run[by]:g}",
                (x, y),
                color=color,
                fontsize=7,
                textcoords="offset points",
                xytext=(-10, 1),
            )
    for run in (run for run in now if run["blend"] == "ring-fenced"):
        sure = run["confidence"] is not None
        panel.plot(
            run["service_level"],
            run["late_cases"],
            "D",
            color=BLUE,
            markersize=7,
            markerfacecolor=BLUE if sure else "white",
            label=_blocks(run["confidence"]),
        )
    panel.xaxis.set_major_locator(MultipleLocator(0.05))
    panel.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    panel.set_xlabel("calls answered in time")
    panel.set_ylabel(LATE)
    panel.set_ylim(bottom=0)
    panel.legend(fontsize=7, frameon=False, loc="upper left")


def _blocks(confidence: float | None) -> str:
    if confidence is None:
        return "ring-fenced, planned for the work expected"
    return f"ring-fenced, planned with {confidence:.0%} confidence"


def _stress(panel: Axes, runs: Sequence[Record]) -> None:
    """Draw late cases over how many more call than was forecast."""
    lines: dict[tuple[str, float | None, float], list[Record]] = {}
    for run in runs:
        if run["blend"] != "threshold":
            key = run["blend"], run["confidence"], run["resume"]
            lines.setdefault(key, []).append(run)
    for (blend, confidence, resume), own in lines.items():
        own.sort(key=lambda run: run["calls"])
        fenced = blend == "ring-fenced"
        panel.plot(
            [run["calls"] - 1 for run in own],
            [run["late_cases"] for run in own],
            ("D" if fenced else "s") + "-",
            color=BLUE if fenced else GREY,
            alpha=1.0 if fenced else 0.4 + 0.3 * (resume > 0) + 0.3 * (resume > 60),
            markersize=4,
            linewidth=1,
            markerfacecolor="white" if fenced and confidence is None else None,
            label=_blocks(confidence)
            if fenced
            else f"between calls, {resume:g} s to find back",
        )
    panel.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    panel.set_xlabel("calls above forecast")
    panel.set_ylabel(LATE)
    panel.set_ylim(bottom=0)
    panel.legend(fontsize=7, frameon=False, loc="upper left")


if __name__ == "__main__":
    main()
