"""Print the Markdown table of a results file: the worst over the seeds."""

import argparse
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.acceptance.suite import LOADS, RESULTS, TARGETS
from scheduler.bench import Record, read, wanted_of

HEAD = (
    *("case", "load", "engine", "limit (s)", "seeds", "legal"),
    *("gap", "target", "influenced gap"),
    *("seconds", "target", "peak MB", "target", "short (h)"),
)
LEGEND = "The worst over the seeds. Bold: not within the target, or not legal."
NONE = "-"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=RESULTS)
    runs = sorted(read(parser.parse_args().file), key=_place)
    print(_line(HEAD))
    print("|" + " --- |" * len(HEAD))
    for _, group in groupby(runs, key=_place):
        print(_line(_cells(list(group))))
    print(f"\n{LEGEND}")


def _place(record: Record) -> tuple[object, ...]:
    """Return where a run goes; runs that differ only in the seed go together."""
    asked = wanted_of(record)
    cases = list(TARGETS)
    known = cases.index(asked.case) if asked.case in cases else len(cases)
    load = asked.asked_load or 0.0
    return (
        *(known, asked.case, load),
        *(asked.asked_engine, asked.time_limit, asked.stop_gap),
    )


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(runs: Sequence[Record]) -> list[str]:
    """Return the row of runs that differ only in the seed."""
    first = runs[0]
    load = first["asked_load"]
    target = TARGETS.get(first["case"]) if load in LOADS else None
    gap, seconds, megabytes = (
        (target.gap, target.seconds, target.megabytes) if target else (None,) * 3
    )
    return [
        first["case"],
        NONE if load is None else f"{load:.2f}",
        next((run["engine"] for run in runs if "engine" in run), first["asked_engine"]),
        _figure(first["time_limit"]),
        str(len(runs)),
        _legal(runs),
        *_against(_worst(runs, "gap"), gap, ".2%"),
        _figure(_worst(runs, "influenced_gap"), ".2%"),
        *_against(_worst(runs, "seconds"), seconds, ",.0f"),
        *_against(_worst(runs, "peak_mb"), megabytes, ",.0f"),
        _figure(_worst(runs, "shortfall_agent_hours"), ",.1f"),
    ]


def _legal(runs: Sequence[Record]) -> str:
    legal = sum(each.get("legal") is True for each in runs)
    return "yes" if legal == len(runs) else f"**{legal} of {len(runs)}**"


def _worst(runs: Sequence[Record], name: str) -> float | None:
    """Return the largest figure; ``None`` if a run has none: that is the worst."""
    figures = [each[name] for each in runs if each.get(name) is not None]
    return max(figures) if len(figures) == len(runs) else None


def _against(figure: float | None, target: float | None, form: str) -> tuple[str, str]:
    """Return a figure and its target as they are printed."""
    shown = _figure(figure, form)
    if target is not None and not _within(figure, target, form):
        shown = f"**{shown}**"
    return shown, _figure(target, ".1%" if form.endswith("%") else form)


def _within(figure: float | None, target: float, form: str) -> bool:
    # Compared as printed: a clock that stops at 60 s is read a moment later.
    return figure is not None and (
        figure <= target or format(figure, form) == format(target, form)
    )


def _figure(value: float | None, form: str = ",.0f") -> str:
    return NONE if value is None else format(value, form)


if __name__ == "__main__":
    main()
