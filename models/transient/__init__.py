"""What becomes of calls hour by hour while people come and go: a Markov chain.

Stationary formulas see each interval on its own, with everybody who is there in it. But
people who are to leave finish their calls first, and calls of one interval wait into
the next.
"""

from models.transient.level import Callers, service_level
from models.transient.presence import Presence

__all__ = ["Callers", "Presence", "service_level"]
