"""Durations, targets and shares, as people type them."""

import re

import typer

_PARTS = re.compile(r"(\d+(?:\.\d+)?)(h|min|m|s)")
_SECONDS = {"h": 3600.0, "min": 60.0, "m": 60.0, "s": 1.0}


def duration(text: str, option: str) -> float:
    """Return the seconds of a duration such as ``180s``, ``3m``, ``1h30m`` or ``2 h``.

    A bare number is refused: it could be minutes or seconds.

    >>> duration("1h30m", "--per"), duration("180 s", "--aht")
    (5400.0, 180.0)
    """
    compact = text.replace(" ", "").lower()
    parts = _PARTS.findall(compact)
    if not parts or "".join(number + unit for number, unit in parts) != compact:
        hint = " without a unit" if _is_number(compact) else ""
        raise _refused(option, "a duration such as 180s, 3m or 1h30m", text, hint)
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


def target(text: str, option: str) -> tuple[float, float]:
    """Return share and seconds of a service level such as ``80/20``.

    >>> target("80/20", "--target")
    (0.8, 20.0)
    """
    percent, _, seconds = text.replace(" ", "").removesuffix("s").partition("/")
    if _is_number(percent) and _is_number(seconds) and 1 <= float(percent) < 100:
        return float(percent) / 100, float(seconds)
    expected = "percent/seconds such as 80/20, with 1 <= percent < 100"
    raise _refused(option, expected, text)


def share(text: str, option: str) -> float:
    """Return a share such as ``0.3`` or ``30%``.

    >>> share("0.85", "--max-occupancy"), share("30 %", "--shrinkage")
    (0.85, 0.3)
    """
    compact = text.replace(" ", "")
    number = compact.removesuffix("%")
    if _is_number(number):
        value = float(number) / (100 if compact.endswith("%") else 1)
        if value <= 1:
            return value
    raise _refused(option, "a share such as 0.3 or 30%", text)


def _is_number(text: str) -> bool:
    """Whether a text is a plain decimal number, ``>= 0``."""
    return re.fullmatch(r"\d+(\.\d+)?", text) is not None


def _refused(
    option: str, expected: str, text: str, hint: str = ""
) -> typer.BadParameter:
    message = f"expected {expected}, got {text!r}{hint}"
    return typer.BadParameter(message, param_hint=option)
