"""What a roster under way gives, as others read it."""

from models.roster.columns.kernels.books import State, WorkTable
from models.roster.result import Gives


def gives_of(works: WorkTable, state: State) -> Gives:
    """Return what the agents of a state give together."""
    room, fills = state.room.copy(), works.fills
    for f, k in enumerate(fills.cases):
        room[k] += state.parts[f] // fills.whole_parts
    return Gives(cover=state.cover.copy(), room=room)
