"""Rosters for demand that is not known: shifts first, breaks and blocks when it is.

``expected`` makes of a problem and samples of it one whose cost is the mean over the
samples; ``holding`` holds everybody's hours; ``Refilling`` is the second stage: shifts
stay, breaks, calls and blocks are chosen anew for what has come.
"""

from models.roster.robust.expected import expected
from models.roster.robust.hours import holding
from models.roster.robust.refilling import Refilling

__all__ = ["Refilling", "expected", "holding"]
