"""Engine ``columns``: two-level column generation, and search on whole rosters."""

from models.roster.columns.solve import solve
from models.roster.columns.warm import COMPILING, ready

__all__ = ["COMPILING", "ready", "solve"]
