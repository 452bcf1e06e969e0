"""Engine ``milp``: the problem written out for named agents, in PuLP."""

from models.roster.milp.model import RosterModel
from models.roster.milp.solve import refuse_unknown, solve

__all__ = ["RosterModel", "refuse_unknown", "solve"]
