"""What is measured, and what is promised of it."""

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parents[1]
RESULTS = _HERE / "results" / "acceptance" / "targets.jsonl"
RESULTS_OF_SCALING = _HERE / "results" / "acceptance" / "scaling.jsonl"
PLOTS = _HERE / "plots" / "acceptance"

LOADS = (0.85, 0.95)
SEEDS = (0, 1, 2)

SCALING = tuple(f"centre-{n}-classes" for n in (100, 300, 1_000, 3_000, 10_000))
SCALING_LOADS = (0.95,)
SCALING_SEEDS = (0,)
SCALING_SECONDS = 60.0
SCALING_GAP = 0.005


@dataclass(frozen=True)
class Target:
    """The most that a case may need, of any seed and of ``LOADS``.

    Attributes
    ----------
    gap
        ``(objective - bound) / bound``.
    megabytes
        Million bytes.
    """

    gap: float
    seconds: float
    megabytes: float


TARGETS = {
    "centre-24-different": Target(0.10, 60, 1_000),
    "centre-50-different": Target(0.06, 60, 1_000),
    "centre-200-different": Target(0.02, 60, 1_000),
    "centre-1000-different": Target(0.003, 60, 2_000),
    "centre-1000-hard": Target(0.01, 180, 4_000),
    "centre-1000-classes": Target(0.003, 30, 2_000),
    "centre-5000-different": Target(0.005, 240, 6_000),
    "centre-1000-different-28d": Target(0.02, 900, 8_000),
}
