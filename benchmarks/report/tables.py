"""The tables of RESULTS.md."""

from collections.abc import Sequence

from benchmarks.report.verdicts import catches_up
from scheduler.bench import Record, markdown
from scheduler.bench.table import figure, lined


def engines(runs: Sequence[Record]) -> str:
    """Return the table of runs of our engines."""
    return markdown(runs)


def solvers(runs: Sequence[Record], first: Sequence[str]) -> str:
    """Return a row for each solver on each problem; ``first`` says which problem."""
    head = (*first, "solver", "status", "cost", "bound", "rules broken")
    rows = [
        [
            *(
                f"{run[name]:,g}" if _is_number(run[name]) else run[name]
                for name in first
            ),
            run["solver"],
            run["status"] if not run.get("error") else "failed",
            figure(run.get("cost"), ",.10g"),
            figure(run.get("bound"), ",.1f"),
            str(run.get("breaches", "-")) if run.get("cost") is not None else "-",
            figure(run["seconds"], ",.2f"),
            figure(run["wall_seconds"], ",.1f"),
            figure(run["peak_mb"], ",.0f"),
        ]
        for run in runs
    ]
    return lined((*head, "seconds", "whole process", "peak MB"), rows)


def as_good_after(runs: Sequence[Record]) -> str:
    """Return after how long ours was as good as the end of each other one."""
    rows = []
    for people in dict.fromkeys(run["people"] for run in runs):
        group = {run["solver"]: run for run in runs if run["people"] == people}
        for name, theirs in group.items():
            if name == "ours" or theirs["cost"] is None or "ours" not in group:
                continue
            after = catches_up(group["ours"], theirs["cost"])
            times = None if not after else theirs["seconds"] / after
            cells = (figure(theirs["seconds"]), figure(after), figure(times))
            rows.append([f"{people:,}", name, *cells])
    head = ("people", "solver", "its seconds", "ours as good after, s", "times as fast")
    return lined(head, rows)


def quality(runs: Sequence[Record]) -> str:
    """Return what the usual heuristic and ours make of the same weeks."""
    head = ("week", "roster", "cost", "bound", "agent-hours short", "breaches", "due")
    rows = [
        [
            run["case"],
            run["who"],
            figure(run["objective"]),
            figure(run["bound"]),
            figure(run["short_hours"]),
            figure(run["breaches"]),
            figure(run["due"], ",.0f"),
            figure(run["paid_hours"]),
            figure(run["useful_hours"]),
            f"{run['wishes_missed']} of {run['wishes']}",
            "yes" if run["legal"] else _broken(run["violations"]),
        ]
        for run in runs
    ]
    more = ("paid hours", "useful hours", "wishes missed", "legal")
    return lined((*head, *more), rows)


def _broken(violations: dict[str, int]) -> str:
    return "no: " + ", ".join(f"{rule} {n}" for rule, n in violations.items())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
