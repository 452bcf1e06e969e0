"""Engine ``columns``: two-level column generation, and search on whole rosters."""

from models.roster.columns.solve import solve

__all__ = ["solve"]
