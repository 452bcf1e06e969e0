"""The picture of the blending trap: late cases over service level, a panel a case."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from records import Record

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#777777"
_LABEL = {"fontsize": 8, "textcoords": "offset points", "xytext": (6, 4)}


def drawn(runs: Sequence[Record]) -> Figure | None:
    """Return the picture; ``None`` where nothing was played."""
    cases = list(dict.fromkeys(run["case"] for run in runs))
    if not cases:
        return None
    figure = Figure(figsize=(4.4 * len(cases), 3.8), layout="constrained")
    for panel, case in zip(
        figure.subplots(1, len(cases), squeeze=False).flat, cases, strict=True
    ):
        _draw(panel, [run for run in runs if run["case"] == case])
        panel.set_title(case)
    figure.suptitle("The same people, calls and cases: down and to the right is better")
    figure.supxlabel("calls answered in time")
    figure.supylabel("cases that breach their deadline in the week")
    return figure


def _draw(panel: Axes, runs: Sequence[Record]) -> None:
    thresholds = sorted(
        (run for run in runs if run["blend"] == "threshold"),
        key=lambda run: run["reserve"],
    )
    level = [run["service_level"] for run in thresholds]
    late = [run["late_cases"] for run in thresholds]
    panel.plot(level, late, "o-", color=ORANGE, markersize=4, linewidth=1)
    for n, run in enumerate(thresholds):
        if n in (0, len(thresholds) - 1) or run["reserve"] in (2, 4):
            panel.annotate(
                f"{run['reserve']} stay free",
                (level[n], late[n]),
                color=ORANGE,
                **_LABEL,
            )
    for blend, words, color, mark in (
        ("between-calls", "between calls", GREY, "s"),
        ("ring-fenced", "ring-fenced blocks", BLUE, "D"),
    ):
        for run in runs:
            if run["blend"] == blend:
                place = run["service_level"], run["late_cases"]
                panel.plot(*place, mark, color=color, markersize=7)
                panel.annotate(words, place, color=color, weight="bold", **_LABEL)
    panel.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    panel.set_ylim(bottom=0)
    panel.margins(x=0.18)
