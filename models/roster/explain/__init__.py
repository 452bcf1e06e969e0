"""Explanations of a roster: why this shift, what else would cost, who could step in."""

from models.roster.explain.day import DayExplained, Instead, Week, explain_day
from models.roster.explain.days import day_of
from models.roster.explain.interval import CoverAt, explain_interval
from models.roster.explain.replacing import (
    Replacement,
    Unable,
    Vacancy,
    replacements,
)

__all__ = [
    "CoverAt",
    "DayExplained",
    "Instead",
    "Replacement",
    "Unable",
    "Vacancy",
    "Week",
    "day_of",
    "explain_day",
    "explain_interval",
    "replacements",
]
