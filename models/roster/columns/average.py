"""What the master's fractional plan gives, class by class."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from models.roster.columns.master import Master, Solution
from models.roster.columns.units import HOUR
from models.roster.problem import FULL_SPEED

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Average:
    """What one agent of each class gives on average, whole hundredths and units.

    ``cover[kind, c, p]``, ``room[kind, k, i]``, ``heads[kind, r]``; rows that the
    master has only.
    """

    cover: Ints
    room: Ints
    heads: Ints


def average(master: Master, solution: Solution) -> Average:
    """Return what a fractional plan gives; a class's patterns are its legs' mixture."""
    given = solution.shares
    if given is None:
        given = _given(master, solution)
    return Average(
        cover=_unfolded(given, master.rows.cover_row, FULL_SPEED),
        room=_unfolded(given, master.rows.room_row, HOUR),
        heads=_unfolded(given, master.rows.head_row, FULL_SPEED),
    )


def _given(master: Master, solution: Solution) -> Floats:
    """Return what one agent of each class gives to each row, by tours and patterns."""
    tours = master.tours[: len(solution.tours)]
    patterns = master.patterns[: len(solution.patterns)]
    legs = len(master.legs)
    used = np.maximum(solution.patterns, 0)
    leg_of = np.array([pattern.leg for pattern in patterns], dtype=np.int64)
    total = np.bincount(leg_of, weights=used, minlength=legs)
    share = used / np.maximum(total[leg_of], 1e-12)
    gives = sparse.csr_matrix(
        (
            _joined([p.values * s for p, s in zip(patterns, share, strict=True)]),
            (
                np.repeat(leg_of, [len(p.rows) for p in patterns]),
                _joined([p.rows for p in patterns]),
            ),
        ),
        shape=(legs, master.shared_rows),
    )
    amounts = np.maximum(solution.tours, 0)
    kinds = np.array([tour.kind for tour in tours], dtype=np.int64)
    people = np.bincount(kinds, weights=amounts, minlength=master.classes)
    weight = amounts / np.maximum(people[kinds], 1e-12)
    counts = [len(tour.legs) for tour in tours]
    works = sparse.csr_matrix(
        (
            np.repeat(weight, counts),
            (
                np.repeat(kinds, counts),
                np.array([leg for tour in tours for leg in tour.legs], dtype=np.int64),
            ),
        ),
        shape=(master.classes, legs),
    )
    counts = [len(tour.heads) for tour in tours]
    signs = [np.array([n for _, n in tour.heads], dtype=float) for tour in tours]
    heads = sparse.csr_matrix(
        (
            np.repeat(weight, counts) * np.concatenate([np.zeros(0), *signs]),
            (
                np.repeat(kinds, counts),
                master.rows.head_row[
                    _joined([np.array([r for r, _ in t.heads], int) for t in tours])
                ],
            ),
        ),
        shape=(master.classes, master.shared_rows),
    )
    return np.asarray((works @ gives + heads).toarray())


def _joined(parts: list[npt.NDArray[Any]]) -> npt.NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _unfolded(given: Floats, rows: Ints, scale: int) -> Ints:
    """Return the columns of some rows in the rows' own shape, whole."""
    found = np.zeros((len(given), *rows.shape), dtype=np.int64)
    there = rows >= 0
    found[:, there] = np.rint(given[:, rows[there]] * scale)
    return found
