"""Sample plans, made by us: who they are and what is hard, see data/README.md."""

from collections.abc import Callable
from pathlib import Path

from scheduler.domain import Plan
from scheduler.samples.bank import retail_bank
from scheduler.samples.tiny import tiny
from scheduler.writing import write_plan

__all__ = ["SAMPLES", "write_samples"]

SAMPLES: dict[str, Callable[[], Plan]] = {"retail-bank": retail_bank, "tiny": tiny}


def write_samples(folder: Path) -> None:
    """Write every sample to a folder of its own name in ``folder``."""
    for name, build in SAMPLES.items():
        write_plan(build(), folder / name)
