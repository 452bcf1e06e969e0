"""Named formats of ``[[imports]]``: files that look the same everywhere, as data."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

NESTED = ("columns", "constants", "names", "only", "without", "zero_fill", "series")


@cache
def formats() -> dict[str, dict[str, Any]]:
    """Return the keys of each format by its name."""
    text = files("scheduler.reading").joinpath("formats.toml").read_text("utf-8")
    return tomllib.loads(text)


def in_format(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an import with what its format says, which its own keys override.

    >>> in_format({"format": "eleveo", "time_zone": "Asia/Tokyo"})["time_zone"]
    'Asia/Tokyo'
    """
    preset = formats().get(str(entry.get("format")), {})
    full = {**preset, **entry}
    for key in NESTED:
        told, own = preset.get(key, {}), entry.get(key, {})
        if isinstance(own, dict) and (told or own):
            full[key] = {**told, **own}
    constants, columns = entry.get("constants"), full.get("columns")
    if isinstance(constants, dict) and isinstance(columns, dict):
        own = entry.get("columns", {})
        full["columns"] = {
            name: told
            for name, told in columns.items()
            if name not in constants or name in own
        }
    return full
