"""What is asked of each run of a grid: engines, cases, loads, seeds, time limits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import product
from typing import Any

from scheduler.bench.cases import DEFAULT_LOAD, Case

Record = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """What is asked of a run: two runs that agree in it are the same run.

    Attributes
    ----------
    asked_load
        ``None`` for a case that has its own.
    stop_gap
        Where the search may stop; 0: at a proof.
    workers
        Threads; 0: one per processor.
    rules
        Labour rules that everybody has; ``None``: the case's.
    repeat
        Of runs that are asked for several times: which.
    """

    case: str
    asked_load: float | None
    seed: int
    asked_engine: str
    time_limit: float
    stop_gap: float = 0.0
    workers: int = 0
    rules: str | None = None
    repeat: int = 0


@dataclass(frozen=True)
class Grid:
    """All runs of some engines, cases and so on; see ``Wanted``.

    ``loads`` are for centres, and ``time_limits`` empty are each case's own.
    """

    cases: Sequence[Case]
    engines: Sequence[str] = ("auto",)
    loads: Sequence[float] = ()
    seeds: Sequence[int] = (0,)
    time_limits: Sequence[float] = ()
    gap: float = 0.0
    workers: int = 0
    rules: str | None = None
    repeats: int = 1

    def runs(self) -> Iterator[Wanted]:
        """Yield what is asked of each run.

        Repeats and seeds are outermost, so that a grid that is not finished still
        tells something of every case; engines innermost, so that the machine is in
        the same mood for those that are held against each other.
        """
        outer = product(range(self.repeats), self.seeds, self.cases)
        for repeat, seed, case in outer:
            inner = product(
                self._loads(case), self.time_limits or (case.seconds,), self.engines
            )
            for load, seconds, engine in inner:
                yield Wanted(
                    case=case.name,
                    asked_load=load,
                    seed=seed,
                    asked_engine=engine,
                    time_limit=seconds,
                    stop_gap=self.gap,
                    workers=self.workers,
                    rules=self.rules,
                    repeat=repeat,
                )

    def _loads(self, case: Case) -> Sequence[float | None]:
        if case.centre is None:
            return (None,)
        return self.loads or (DEFAULT_LOAD,)


def wanted_of(record: Record) -> Wanted:
    """Return what was asked of a recorded run."""
    names = {field.name for field in fields(Wanted)}
    return Wanted(**{name: record[name] for name in names & record.keys()})
