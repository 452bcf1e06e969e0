"""Rosters in the formats of other programs."""
