"""What got slower or worse from one results file to another, noise told apart.

Runs of the same case, engine and limits are paired by seed. Of each pair there is a
ratio, new over old; of several the geometric mean, with an interval of confidence from
how much they differ. Where a case was run once the noise of the others is taken. Times
are in terms of a fixed piece of work that was timed in the same run (``yardstick``), so
that a machine that was busy, or is another, is not taken for a slower program.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import exp, inf, log, sqrt
from statistics import fmean, median

from scipy.special import stdtrit

from scheduler.bench.grid import Record, Wanted, wanted_of
from scheduler.bench.results import engine_of

CONFIDENCE = 0.95
_TINY = 1e-9  # in place of nothing, so that there is a ratio

Key = tuple[object, ...]


@dataclass(frozen=True)
class Measure:
    """A figure that is compared; ``slack`` is a ratio that nobody minds."""

    name: str
    slack: float
    more_is_better: bool = False


MEASURES = (
    Measure("objective", 1.001),
    Measure("bound", 1.001, more_is_better=True),
    Measure("seconds", 1.05),
    Measure("peak_mb", 1.05),
)


@dataclass(frozen=True)
class Change:
    """How one figure of a case changed.

    Attributes
    ----------
    ratio
        New over old, geometric mean over the pairs.
    low, high
        Its interval; as wide as can be where nothing tells the noise.
    verdict
        ``worse``, ``better`` or ``same``; ``unclear`` where the interval has room
        for both.
    """

    case: str
    load: float | None
    engine: str
    time_limit: float
    measure: str
    pairs: int
    ratio: float
    low: float | None
    high: float | None
    verdict: str


@dataclass(frozen=True)
class Comparison:
    """What changed; ``lost`` are runs that had a legal roster and have none now.

    ``machine`` is how much longer the yardstick took; ``None`` where it is not known.
    """

    changes: list[Change]
    lost: list[str]
    machine: float | None

    @property
    def is_worse(self) -> bool:
        """Whether anything got worse."""
        return bool(self.lost) or any(x.verdict == "worse" for x in self.changes)

    def as_document(self) -> dict[str, object]:
        """Return it for programs."""
        return {**asdict(self), "worse": self.is_worse}


def compare(old: Sequence[Record], new: Sequence[Record]) -> Comparison:
    """Return what changed from old runs to new ones that were asked for the same."""
    before = {wanted_of(run): run for run in old}
    pairs: dict[Key, list[tuple[Record, Record]]] = defaultdict(list)
    lost = []
    for run in new:
        earlier = before.get(wanted_of(run))
        if earlier is None:
            continue
        pairs[_key(run)].append((earlier, run))
        if earlier.get("legal") and not run.get("legal"):
            lost.append(_named(wanted_of(run)))
    changes = [change for measure in MEASURES for change in _changes(measure, pairs)]
    return Comparison(changes, lost, _machine(old, new))


def _key(run: Record) -> Key:
    """Return what runs have in common that differ only in seed and repeat."""
    asked = wanted_of(run)
    return (
        *(asked.case, asked.asked_load, engine_of(run), asked.time_limit),
        *(asked.stop_gap, asked.workers, asked.rules),
    )


def _named(asked: Wanted) -> str:
    load = "" if asked.asked_load is None else f" load {asked.asked_load:g}"
    return (
        f"{asked.case}{load} {asked.asked_engine} {asked.time_limit:g} s "
        f"seed {asked.seed}"
    )


def _machine(old: Sequence[Record], new: Sequence[Record]) -> float | None:
    """Return how much longer the yardstick took."""
    both = [
        [run["yardstick"] for run in runs if "yardstick" in run] for runs in (old, new)
    ]
    return median(both[1]) / median(both[0]) if all(both) else None


def _changes(
    measure: Measure, pairs: Mapping[Key, Sequence[tuple[Record, Record]]]
) -> list[Change]:
    """Return how a figure changed, in each case where it can be told."""
    logs = {
        key: found
        for key, both in pairs.items()
        if (found := [x for pair in both if (x := _log(measure, *pair)) is not None])
    }
    pooled = _noise(list(logs.values()))
    return [_change(measure, key, found, pooled) for key, found in logs.items()]


def _log(measure: Measure, old: Record, new: Record) -> float | None:
    """Return the logarithm of new over old; ``None`` where there is none to be told."""
    first, second = (run.get(measure.name) for run in (old, new))
    if first is None or second is None or min(first, second) < 0:
        return None
    if measure.name == "seconds":
        if _cut_off(old) and _cut_off(new):
            return None  # both took what they were given
        first, second = (
            first / old.get("yardstick", 1),
            second / new.get("yardstick", 1),
        )
    return log(max(second, _TINY) / max(first, _TINY))


def _cut_off(run: Record) -> bool:
    return run.get("stop_reason") == "time_limit"


def _noise(samples: Sequence[Sequence[float]]) -> tuple[float, int]:
    """Return the standard deviation of a pair's logarithm, and its degrees of freedom.

    Pooled over the cases that were run several times.
    """
    squares, freedom = 0.0, 0
    for found in samples:
        mean = fmean(found)
        squares += sum((x - mean) ** 2 for x in found)
        freedom += len(found) - 1
    return (sqrt(squares / freedom) if freedom else inf), freedom


def _change(
    measure: Measure, key: Key, found: Sequence[float], pooled: tuple[float, int]
) -> Change:
    case, load, engine, limit, *_ = key
    mean, (spread, freedom) = fmean(found), pooled
    half = inf
    if freedom:
        quantile = float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
        half = quantile * spread / sqrt(len(found))
    known = half < inf
    return Change(
        case=str(case),
        load=load if isinstance(load, float) else None,
        engine=str(engine),
        time_limit=limit if isinstance(limit, float) else 0.0,
        measure=measure.name,
        pairs=len(found),
        ratio=exp(mean),
        low=exp(mean - half) if known else None,
        high=exp(mean + half) if known else None,
        verdict=_verdict(measure, mean, half),
    )


def _verdict(measure: Measure, mean: float, half: float) -> str:
    """Return what the interval of a ratio's logarithm says."""
    mean = -mean if measure.more_is_better else mean
    slack = log(measure.slack)
    if mean - half > slack:
        return "worse"
    if mean + half < -slack:
        return "better"
    inside = mean + half <= slack and mean - half >= -slack
    return "same" if inside or mean == 0 else "unclear"
