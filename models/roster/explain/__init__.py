"""Explanations of a roster: why this shift, what else would cost, who could step in."""

from models.roster.explain.day import DayExplained, Instead, Week, explain_day
from models.roster.explain.replacing import (
    Replacement,
    Unable,
    Vacancy,
    replacements,
)

__all__ = [
    "DayExplained",
    "Instead",
    "Replacement",
    "Unable",
    "Vacancy",
    "Week",
    "explain_day",
    "replacements",
]
