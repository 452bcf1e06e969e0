"""Names that were probably meant."""

import difflib
from collections.abc import Collection, Iterable

# What other tools call the columns of the tables.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "agent_id": ("id", "agent", "employee", "employee_id", "staff_id", "user"),
    "agents": ("required", "staff", "headcount", "fte"),
    "calls": ("volume", "offered", "calls_offered", "contacts", "count", "forecast"),
    "case_type": ("type", "category", "work_type"),
    "cases": ("volume", "count", "items", "new_cases", "inflow", "quantity"),
    "date": ("day",),
    "day": ("date", "weekday"),
    "due": ("deadline", "due_date"),
    "handle_seconds": ("aht", "handle_time", "aht_seconds", "aht_s", "aht_sec"),
    "minutes": ("duration", "length"),
    "name": ("full_name", "employee_name"),
    "queue": ("skill", "line", "channel"),
    "received": ("received_date", "created", "created_at", "opened", "arrived"),
    "skill": ("queue", "case_type"),
    "speed": ("efficiency", "proficiency", "level"),
    "start": ("time", "interval", "timestamp", "datetime", "from", "begin"),
    "end": ("until", "to", "finish"),
    "team": ("group", "department"),
}


def closest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like this one, if any does.

    >>> closest("Cals", ["calls", "chats"])
    'calls'
    """
    lower = {each.lower(): each for each in known}
    found = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.6)
    return lower[found[0]] if found and lower[found[0]] != name else None


def stand_in(column: str, spare: Collection[str]) -> str | None:
    """Return the spare column that was probably meant to be this one, if any was.

    >>> stand_in("handle_seconds", ["aht", "wave"]), stand_in("calls", ["cals"])
    ('aht', 'cals')
    """
    known = (name for name in SYNONYMS.get(column, ()) if name in spare)
    return next(known, None) or closest(column, spare)


def meant_by(name: str, absent: Collection[str]) -> str | None:
    """Return the absent column that a spare one was probably meant to be, if any.

    >>> meant_by("volume", ["calls"]), meant_by("sped", ["name", "speed"])
    ('calls', 'speed')
    """
    known = (column for column in absent if name in SYNONYMS.get(column, ()))
    return next(known, None) or closest(name, absent)


def missing_column(column: str, meant: str | None) -> str:
    """Return what was expected where a column is missing.

    >>> missing_column("calls", "volume")
    "a column 'calls' (rename 'volume' if it is that)"
    """
    hint = f" (rename {meant!r} if it is that)" if meant else ""
    return f"a column {column!r}{hint}"
