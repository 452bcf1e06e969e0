"""Why no legal roster exists, and what would make one possible."""

from models.roster.why.conflict import conflict_of, conflict_together, conflicts

__all__ = ["conflict_of", "conflict_together", "conflicts"]
