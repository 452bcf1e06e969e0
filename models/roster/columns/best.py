"""The best roster so far, for several threads that look for better ones."""

import threading
from dataclasses import dataclass, field

from models.roster.columns.kernels.books import State


@dataclass(eq=False)
class Best:
    """The best roster so far and its cost (cost units); ``None`` until there is one.

    A state that is here is never changed, only replaced. One that breaks a required
    rule that joins agents costs so much that any that keeps them replaces it.
    """

    state: State | None = None
    cost: int | None = None
    is_legal: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, state: State, cost: int, *, is_legal: bool) -> bool:
        """Remember a copy of a roster if it is the best; say whether it is."""
        with self._lock:
            if self.cost is not None and cost >= self.cost:
                return False
            self.state, self.cost, self.is_legal = copied(state), cost, is_legal
        return True


def copied(state: State) -> State:
    """Return a state that does not change with another."""
    return State(
        kind=state.kind,
        options=state.options.copy(),
        codes=state.codes.copy(),
        own=state.own.copy(),
        cover=state.cover.copy(),
        room=state.room.copy(),
        heads=state.heads.copy(),
        hands=state.hands.copy(),
        free=state.free.copy(),
        parts=state.parts.copy(),
    )
