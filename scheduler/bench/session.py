"""Runs one after the other, added to a results file as they come."""

from collections.abc import Callable, Sequence
from pathlib import Path

from scheduler.bench.alone import measured
from scheduler.bench.grid import Record, Wanted, wanted_of
from scheduler.bench.results import append, read


def run_all(
    runs: Sequence[Wanted],
    into: Path | None = None,
    megabytes: float | None = None,
    *,
    again: bool = False,
    tell: Callable[[str], None],
) -> list[Record]:
    """Measure runs, each in a process of its own; return all of their records.

    Parameters
    ----------
    into
        A results file: what it has is not run again, so that what was interrupted goes
        on where it was.
    megabytes
        Runs that need more memory are ended.
    again
        Run all of it anew.
    tell
        Given a line before the first run and after each.
    """
    known = {} if into is None else {wanted_of(run): run for run in read(into)}
    found = {} if again else {run: known[run] for run in runs if run in known}
    left = [run for run in runs if run not in found]
    minutes = sum(run.time_limit for run in left) / 60
    tell(f"{len(left)} of {len(runs)} runs to go, {minutes:,.1f} min at most")
    for number, asked in enumerate(left, 1):
        record = measured(asked, megabytes)
        if into is not None:
            append(into, record)
        found[asked] = record
        tell(f"{number}/{len(left)} {told(record)}")
    return [found[run] for run in runs]


def told(record: Record) -> str:
    """Return a run in a line."""
    load = "" if record["asked_load"] is None else f" load {record['asked_load']:g}"
    run = f"{record['case']}{load} {record['asked_engine']} seed {record['seed']}"
    if "error" in record:
        last = record["error"].strip().rpartition("\n")[2]
        return f"{run}: failed, {last}"
    gap = "no gap" if record["gap"] is None else f"gap {record['gap']:.2%}"
    return (
        f"{run}: {record['status']}, {gap}, {record['seconds']:.1f} s, "
        f"{record['peak_mb']:,.0f} MB"
    )
