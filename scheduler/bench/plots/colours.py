"""One colour for each engine, in all pictures."""

from collections.abc import Sequence

from scheduler.bench.grid import Record
from scheduler.bench.results import engine_of

_KNOWN = {"columns": "#0072B2", "cpsat": "#D55E00", "milp": "#009E73"}
_OTHERS = ("#CC79A7", "#8c8c8c", "#56B4E9", "#E69F00", "#000000")


def colours(runs: Sequence[Record]) -> dict[str, str]:
    """Return the engines of some runs, in order, each with its colour."""
    engines = sorted(
        {engine_of(run) for run in runs}, key=lambda e: (e not in _KNOWN, e)
    )
    others = [engine for engine in engines if engine not in _KNOWN]
    spare = {e: _OTHERS[i % len(_OTHERS)] for i, e in enumerate(others)}
    return {engine: _KNOWN.get(engine) or spare[engine] for engine in engines}
