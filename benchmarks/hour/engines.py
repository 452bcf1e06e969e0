"""Our engines: samples and drawn cases, and centres of ever more people."""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.hour.scale import Scale
from scheduler.bench import Grid, Record, case_named, run_all

ENGINES = ("columns", "cpsat", "milp")
MEGABYTES = 12_000.0  # that a run may need


def cases(scale: Scale, into: Path) -> Iterator[Record]:
    """Yield runs of the engine columns on small cases, several seeds each."""
    grid = Grid(
        [case_named(name) for name in scale.cases],
        engines=["columns", "cpsat"],
        seeds=scale.seeds,
        time_limits=(scale.case_seconds,),
        workers=2,
    )
    yield from run_all(list(grid.runs()), into, MEGABYTES, tell=_say)


def sizes(scale: Scale, into: Path) -> Iterator[Record]:
    """Yield runs of every engine on ever larger centres.

    An engine that ends without a legal roster is not asked for a larger one.
    """
    able = list(ENGINES)
    for agents in scale.engines:
        grid = Grid(
            [case_named(f"centre-{agents}-different")],
            engines=able,
            time_limits=(scale.engine_seconds,),
            workers=2,
        )
        for run in run_all(list(grid.runs()), into, MEGABYTES, tell=_say):
            yield run
            if not run.get("legal"):
                able.remove(run["asked_engine"])


def _say(line: str) -> None:
    print(f"  {line}", flush=True)
