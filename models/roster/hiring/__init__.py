"""How many of whom to hire: bounds of every mix from the prices of a few."""

from models.roster.hiring.cuts import Cut, alike, cut_of, no_less, no_prices, only_more
from models.roster.hiring.mixes import Kind, Mix, Mixes

__all__ = [
    "Cut",
    "Kind",
    "Mix",
    "Mixes",
    "alike",
    "cut_of",
    "no_less",
    "no_prices",
    "only_more",
]
