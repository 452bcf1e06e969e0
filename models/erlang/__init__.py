"""Voice: how many agents answer the calls in time (Erlang B, C and A).

Service level means calls *answered within the threshold, divided by calls offered*
unless another :class:`Definition` is chosen by name. A caller who gave up was never
answered in time.

Every function takes numbers or arrays that broadcast, and answers with an array of the
broadcast shape. Agents may be fractional, because a roster has people of other speeds:
the gamma function then stands in for the factorial (Jagers and van Doorn, 1986).
"""

from models.erlang.chats import chat_performance, required_chat_agents
from models.erlang.checks import Floats
from models.erlang.day import day_agents
from models.erlang.definitions import Definition
from models.erlang.establishment import establishment, scheduled_agents
from models.erlang.loads import erlang_b, erlang_c, offered_load
from models.erlang.moving import modified_offered_load
from models.erlang.queues import Performance, performance
from models.erlang.spans import NEARLY_ALL, LateCurves, Vertices, late_curves
from models.erlang.staffing import fractional_agents, largest_load, required_agents
from models.erlang.targets import More

__all__ = [
    "NEARLY_ALL",
    "Definition",
    "Floats",
    "LateCurves",
    "More",
    "Performance",
    "Vertices",
    "chat_performance",
    "day_agents",
    "erlang_b",
    "erlang_c",
    "establishment",
    "fractional_agents",
    "largest_load",
    "late_curves",
    "modified_offered_load",
    "offered_load",
    "performance",
    "required_agents",
    "required_chat_agents",
    "scheduled_agents",
]
