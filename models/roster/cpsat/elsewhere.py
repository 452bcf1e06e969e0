"""Parts that are solved elsewhere: helpers are sent whole questions.

What they answer is judged here, so it does no harm if it is lost or comes too late:
other parts follow.
"""

import pickle
import time
from collections.abc import Sequence
from concurrent.futures import Future, wait

from models.roster.cpsat.part import Own
from models.roster.cpsat.question import Question, answered
from models.roster.halting import Halt
from models.roster.helpers import Helpers

HELD = f"{__name__}:held"
_ANSWER = f"{__name__}:answer"
_POLL = 0.05  # seconds
_LATE = 5.0  # seconds after which an answer that should be there is not waited for


class Elsewhere:
    """Has helpers solve parts, as soon as they are ready."""

    def __init__(self, helpers: Helpers, halt: Halt) -> None:
        self._helpers, self._halt = helpers, halt
        self._first = [helpers.submit(_ANSWER, b"") for _ in range(helpers.width)]
        self._missed: list[Future[bytes] | None] = []

    @property
    def width(self) -> int:
        """How many parts are for helpers: none before all of them are ready.

        Whoever lost a part is asked no more, who is late not before it is done.
        """
        if not all(_is_well(one) for one in self._first):
            return 0
        missing = sum(one is None or not _is_well(one) for one in self._missed)
        return max(0, len(self._first) - missing)

    def answered(self, question: Question) -> Sequence[Own] | None:
        """Return what comes of a part, as ``question.answered``; ``None`` if nothing.

        That is where it got lost, is late, or all is to end.
        """
        try:
            asked = self._helpers.submit(_ANSWER, pickle.dumps(question))
        except Exception:  # none is left, whatever the reason
            self._missed.append(None)
            return None
        until = time.monotonic() + question.limits.seconds + _LATE
        while not wait([asked], timeout=_POLL).done:
            if self._halt() or time.monotonic() > until:
                break
        if not _is_well(asked):
            self._missed.append(asked)
            return None
        own: Sequence[Own] = pickle.loads(asked.result())
        return own


def held(content: bytes) -> None:
    """Hold nothing: a question has all that there is to know."""


def answer(nothing: None, content: bytes) -> bytes:
    """Return the packed answer to a question that this program itself has packed."""
    if not content:
        return b""
    question: Question = pickle.loads(content)
    return pickle.dumps(answered(question))


def _is_well(asked: "Future[bytes]") -> bool:
    """Whether there is an answer."""
    return asked.done() and not asked.cancelled() and asked.exception() is None
