"""Changes as words."""

from collections.abc import Iterator
from typing import Any

from scheduler.whatif.changes import Changes

_UNSAID = ("change", "to", "share", "hours", "within")  # the value says it
_LONGEST = 60


def words(changes: Changes) -> str:
    """Return what a scenario changes.

    >>> words(Changes(calls="+10%", overtime=0))
    'calls +10%, overtime 0'
    """
    return ", ".join(entries(changes)) or "as planned"


def entries(changes: Changes, *, only: tuple[str, ...] = ()) -> list[str]:
    """Return each change as words; ``only`` of some keys."""
    told = changes.model_dump(mode="json", exclude_unset=True)
    found = []
    for key in only or Changes.model_fields:
        value = told.get(key)
        if key == "set":
            found += [f"{path} = {_of(one)}" for path, one in leaves(value or {})]
            continue
        for one in value if isinstance(value, list) else [value] if value else []:
            found.append(f"{key.replace('_', ' ')} {_of(one)}")
    return found


def leaves(content: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the dotted path and value of everything that is set.

    >>> list(leaves({"weights": {"change": 2}}))
    [('weights.change', 2)]
    """
    for key, value in content.items():
        own = f"{path}.{key}" if path else key
        if isinstance(value, dict) and value:
            yield from leaves(value, own)
        else:
            yield own, value


def _of(value: Any) -> str:
    """Return a value of a change as words, cut where it is long."""
    if isinstance(value, dict):
        first = sorted(value.items(), key=lambda own: own[0] not in _UNSAID)
        parts = [
            _of(own) if key in _UNSAID else f"{key.replace('_', ' ')} {_of(own)}"
            for key, own in first
        ]
        text = " ".join(parts)
    elif isinstance(value, list):
        text = "/".join(_of(one) for one in value)
    elif isinstance(value, float):
        text = f"{value:g}"
    else:
        text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
