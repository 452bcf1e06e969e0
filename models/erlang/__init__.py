"""Voice: how many agents answer the calls in time (Erlang B, C and A).

Service level has one meaning here: calls *answered within the threshold, divided by
calls offered*. A caller who gave up was never answered in time.

Every function takes numbers or arrays that broadcast, and answers with an array of the
broadcast shape. Agents may be fractional, because a roster has people of other speeds:
the gamma function then stands in for the factorial (Jagers and van Doorn, 1986).
"""

from models.erlang.checks import Floats
from models.erlang.queues import (
    Performance,
    erlang_b,
    erlang_c,
    offered_load,
    performance,
)
from models.erlang.staffing import required_agents, scheduled_agents

__all__ = [
    "Floats",
    "Performance",
    "erlang_b",
    "erlang_c",
    "offered_load",
    "performance",
    "required_agents",
    "scheduled_agents",
]
