"""The Markdown table of a results file: the median over the seeds."""

from collections.abc import Sequence
from itertools import groupby
from statistics import median

from scheduler.bench.grid import Record
from scheduler.bench.results import engine_of

HEAD = (
    *("case", "load", "engine", "limit (s)", "runs", "legal"),
    *("objective", "bound", "gap", "worst gap", "seconds", "peak MB", "remark"),
)
NONE = "-"
_LONGEST = 60  # of a remark


def markdown(runs: Sequence[Record]) -> str:
    """Return a table with a row for each case, load, time limit and engine."""
    sizes = {run["case"]: run["agents"] for run in runs if "agents" in run}

    def place(run: Record) -> tuple[object, ...]:
        return sizes.get(run["case"], 0), *_place(run)

    ordered = sorted(runs, key=place)
    rows = [_cells(list(group)) for _, group in groupby(ordered, key=place)]
    return lined(HEAD, rows)


def lined(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; what stands in a cell cannot leave it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_tame, line))} |" for line in lines)


def figure(value: float | None, form: str = ",.1f") -> str:
    """Return a number as it is printed."""
    return NONE if value is None else format(value, form)


def _tame(cell: str) -> str:
    return " ".join(cell.replace("|", "\\|").replace("<", "&lt;").split())


def _place(record: Record) -> tuple[object, ...]:
    """Return where a run goes; runs that differ only in seed and repeat go together."""
    load = record["asked_load"]
    return (
        *(record["case"], record.get("rules") or ""),
        *(0.0 if load is None else load, record["time_limit"]),
        *(record["asked_engine"], record["stop_gap"], record.get("workers", 0)),
    )


def _cells(runs: Sequence[Record]) -> list[str]:
    first = runs[0]
    gaps = _all(runs, "gap")
    rules = f"+{first['rules']}" if first.get("rules") else ""
    return [
        first["case"] + rules,
        figure(first["asked_load"], ".2f"),
        engine_of(first),
        figure(first["time_limit"], ",g"),
        str(len(runs)),
        legal(runs),
        *(figure(_middle(runs, name)) for name in ("objective", "bound")),
        figure(median(gaps) if gaps else None, ".2%"),
        figure(max(gaps) if len(gaps) == len(runs) else None, ".2%"),
        figure(_middle(runs, "seconds")),
        figure(_middle(runs, "peak_mb"), ",.0f"),
        _remark(runs),
    ]


def legal(runs: Sequence[Record]) -> str:
    """Return how many runs ended with a roster that the checker finds legal."""
    found = sum(run.get("legal") is True for run in runs)
    return "yes" if found == len(runs) else f"**{found} of {len(runs)}**"


def _remark(runs: Sequence[Record]) -> str:
    """Return why a run has no roster, else how the searches ended."""
    for run in runs:
        if "error" in run:
            last: str = run["error"].strip().rpartition("\n")[2]
            return last[:_LONGEST]
    ends = dict.fromkeys(
        "proof" if run["status"] == "optimal" else run["stop_reason"] for run in runs
    )
    return ", ".join(ends).replace("_", " ")


def _middle(runs: Sequence[Record], name: str) -> float | None:
    found = _all(runs, name)
    return median(found) if found else None


def _all(runs: Sequence[Record], name: str) -> list[float]:
    return [run[name] for run in runs if run.get(name) is not None]
