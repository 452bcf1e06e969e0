"""Changing a finished roster by hand: edits, the refilling of a shift, the answer.

An edit touches one agent's shift, or what is done in it. The rest of that shift is
filled again as it was, as far as the rules of the day allow; whatever the planner asked
for stays, and the checker tells what it breaks.
"""

from models.roster.editing.apply import edited
from models.roster.editing.edits import DayOff, Edit, Move, PutShift, PutWork
from models.roster.editing.standing import Answer, Standing, answer

__all__ = [
    "Answer",
    "DayOff",
    "Edit",
    "Move",
    "PutShift",
    "PutWork",
    "Standing",
    "answer",
    "edited",
]
