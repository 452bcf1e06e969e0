"""Cost units as people read them."""

from collections.abc import Mapping

from models.roster.problem import UNIT


def in_hours(units: int | None) -> float | None:
    """Return cost units as paid hours."""
    return None if units is None else round(units / UNIT, 6)


def parts_in_hours(parts: Mapping[str, int]) -> dict[str, float]:
    """Return each goal's cost units as paid hours."""
    return {goal: round(units / UNIT, 6) for goal, units in parts.items()}
