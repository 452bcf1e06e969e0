"""Estimates as entries of a document."""

import numpy as np

from models.simulation.confidence import Estimate
from models.simulation.world import Floats
from scheduler.rosters.simulated import Mean


def as_entry(found: Estimate) -> Mean:
    """Return an estimate of one number."""
    return Mean(mean=_known(found.mean), half=_known(found.half))


def as_entries(found: Estimate) -> list[Mean]:
    """Return an estimate of each of several numbers."""
    each = zip(found.mean, found.half, strict=True)
    return [as_entry(Estimate(mean, half)) for mean, half in each]


def _known(value: Floats) -> float | None:
    return None if np.isnan(value) else float(value)
