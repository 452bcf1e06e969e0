"""A part of a large problem by itself: what is asked, and what comes of it.

Both hold all that there is to know, so it does not matter where a part is solved.
"""

import time
from dataclasses import dataclass, replace

from models.roster.cpsat.hint import add_hint
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.part import Own
from models.roster.cpsat.search import complete_hint, run
from models.roster.problem import TOUR_GOALS, RosterProblem
from models.roster.result import Limits, Roster
from models.roster.track import Flag

_LEAST_SECONDS = 0.1


@dataclass(frozen=True)
class Question:
    """What the agents of a part had best do.

    Attributes
    ----------
    part
        A roster problem like any other.
    now
        What they do now, a legal roster of it; ``None``: nothing is known.
    limits
        Of the search.
    left
        Seconds there are in all, to set up the model, too.
    """

    part: RosterProblem
    now: Roster | None
    limits: Limits
    left: float


def answered(question: Question, stop: Flag | None = None) -> list[Own]:
    """Return what each agent of a part had best do; empty where nothing was found."""
    since, limits = time.monotonic(), question.limits
    made = RosterModel(question.part)
    if question.now is not None:
        add_hint(made, question.now)
        complete_hint(made.model)
    left = max(_LEAST_SECONDS, question.left - (time.monotonic() - since))
    limits = replace(limits, seconds=min(limits.seconds, left))
    value = run(made.model, limits, stop=stop).value
    if value is None:
        return []
    found = made.roster(value)
    return [
        Own(
            tuple(w for w in found.worked if w.agent == n),
            tuple(x for x in found.activities or () if x.agent == n),
            sum(value(term) for goal in TOUR_GOALS for term in own[goal]),
        )
        for n, own in enumerate(made.own)
    ]
