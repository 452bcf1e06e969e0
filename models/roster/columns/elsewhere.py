"""Replies that are found elsewhere: helpers hold the problem and price parts of it.

Whoever holds the same problem finds the same replies, to the unit. So a part that gets
lost is priced here, and it does not matter to the roster or its bound who did it.
"""

import io
import pickle
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.roster.columns.pricing import Pricer, Prices, pricer
from models.roster.columns.replies import Replies, Reply
from models.roster.halting import Halt, go_on
from models.roster.helpers import Helpers
from models.roster.problem import RosterProblem

Ints = npt.NDArray[np.int64]

HELD = f"{__name__}:held"
_REPLY = f"{__name__}:reply"
_POLL = 0.1  # seconds
_PRICES = ("cover", "heads", "room", "people")


class Elsewhere(Replies):
    """Has helpers find what classes reply, as soon as they are ready."""

    def __init__(self, own: Pricer, helpers: Helpers, halt: Halt) -> None:
        super().__init__(own)
        self.helpers, self.halt = helpers, halt
        nobody = np.zeros(0, dtype=np.int64)
        none = np.zeros((0, own.problem.periods), dtype=np.int64)
        probe = self._packed(nobody, Prices(none, none, none, nobody), filled=False)
        self._first = [helpers.submit(_REPLY, probe) for _ in range(helpers.width)]

    @property
    def is_ready(self) -> bool:
        """Whether all helpers hold the problem, none of them another one."""
        return all(one.done() and one.exception() is None for one in self._first)

    def find(self, which: Ints, prices: Prices, *, filled: bool) -> Reply:
        """Return what some classes reply; ``Halted`` is raised when it is to end."""
        if not self.is_ready or len(which) < self.helpers.width:
            return super().find(which, prices, filled=filled)
        parts = np.array_split(which, self.helpers.width)
        asked = [self._asked(self._packed(x, prices, filled=filled)) for x in parts]
        found = [
            self._got(one) or super(Elsewhere, self).find(part, prices, filled=filled)
            for part, one in zip(parts, asked, strict=True)
        ]
        every = np.concatenate([x.legs for x in found])
        legs, first = np.unique(every, return_index=True)
        return Reply(
            np.concatenate([x.cost for x in found]),
            np.concatenate([x.chosen for x in found]),
            legs,
            np.concatenate([x.codes for x in found])[first],
        )

    def _asked(self, content: bytes) -> "Future[bytes] | None":
        try:
            return self.helpers.submit(_REPLY, content)
        except Exception:  # none is left; whatever the reason, it is priced here
            return None

    def _got(self, asked: "Future[bytes] | None") -> Reply | None:
        """Return a reply; ``None`` where it got lost."""
        if asked is None:
            return None
        while not wait([asked], timeout=_POLL).done:
            go_on(self.halt)
        return None if asked.exception() else Reply(**_unpacked(asked.result()))

    def _packed(self, which: Ints, prices: Prices, *, filled: bool) -> bytes:
        return _packed(
            of=self.fingerprint,
            which=which,
            filled=np.array(filled),
            **{name: getattr(prices, name) for name in _PRICES},
        )


def common(problem: RosterProblem) -> bytes:
    """Return what helpers must hold, for ``held``."""
    return pickle.dumps(problem)


def held(content: bytes) -> Replies:
    """Return what finds replies, of a problem that this program itself has packed."""
    problem: RosterProblem = pickle.loads(content)
    return Replies(pricer(problem, ThreadPoolExecutor(1), 1))


def reply(replies: Replies, content: bytes) -> bytes:
    """Return a packed reply.

    Raises
    ------
    InvalidInput
        Where what is held is not the problem that the prices are of.
    """
    asked = _unpacked(content)
    if not np.array_equal(asked["of"], replies.fingerprint):
        raise InvalidInput("another problem is held than the prices are of")
    prices = Prices(*(asked[name] for name in _PRICES))
    which = asked["which"]
    if not len(which):
        return b""
    found = replies.find(which, prices, filled=bool(asked["filled"]))
    return _packed(**vars(found))


def _packed(**arrays: npt.NDArray[np.generic]) -> bytes:
    with io.BytesIO() as out:
        np.savez(out, allow_pickle=False, **arrays)
        return out.getvalue()


def _unpacked(content: bytes) -> dict[str, Any]:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return dict(arrays)
