"""Blocks settle in: what is left of each of their periods."""

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.books import Runs

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int16]


def settled_shares(runs: Runs, codes: Codes) -> Floats:
    """Return the share of each period in which something gets done, shape of codes.

    ``codes`` has a row for each pattern, as of ``kernels.batch.leg_codes``. Where no
    work is done it is 1.
    """
    rows = np.atleast_2d(codes)
    place = np.arange(rows.shape[1])
    begins = np.ones(rows.shape, dtype=np.bool_)
    begins[:, 1:] = rows[:, 1:] != rows[:, :-1]
    since = np.maximum.accumulate(np.where(begins, place, 0), axis=1)
    if not len(runs.settling):
        return np.ones(codes.shape)
    settling = np.where(rows >= 0, runs.settling[np.maximum(rows, 0)], 0)
    lost = np.clip(settling - (place - since) * runs.minutes, 0, runs.minutes)
    return np.asarray(1 - lost / runs.minutes).reshape(codes.shape)
