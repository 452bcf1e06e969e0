"""Names that were probably meant."""

import difflib
from collections.abc import Iterable


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like this one, if any does.

    >>> closest("Cals", ["calls", "chats"])
    'calls'
    """
    lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.6)
    return lower[found[0]] if found and lower[found[0]] != name else None
