"""Public holidays by country, from the library ``holidays``.

It is imported where one is asked for: that takes a tenth of a second, and most plans
are open on holidays.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import holidays


@lru_cache(maxsize=1)
def known_places() -> tuple[str, ...]:
    """Return the names of all places: ``GB``, and ``GB-ENG`` for its parts."""
    import holidays

    every = holidays.list_supported_countries(include_aliases=False)
    return tuple(
        name
        for country, parts in sorted(every.items())
        for name in (country, *(f"{country}-{part}" for part in sorted(parts)))
    )


@lru_cache(maxsize=64)
def holidays_of(place: str) -> holidays.HolidayBase:
    """Return the public holidays of a place, of any year.

    >>> holidays_of("GB-ENG").get(dt.date(2026, 4, 3))
    'Good Friday'
    """
    import holidays

    country, _, part = place.partition("-")
    return holidays.country_holidays(country, subdiv=part or None)


def holiday(place: str | None, date: dt.date) -> str | None:
    """Return what holiday a date is in a place; ``None``: none."""
    return None if place is None else holidays_of(place).get(date)
