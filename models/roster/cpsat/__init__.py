"""Engine ``cpsat``: the problem written out for named agents, in CP-SAT."""

from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.solve import solve

__all__ = ["RosterModel", "solve"]
