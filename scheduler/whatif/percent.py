"""Changes by so many per cent, as people write them."""

import re
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

_PATTERN = r"[+-]?\d+(\.\d+)?\s*%"
_MOST = 10.0  # times as much


def as_factor(value: Any) -> float:
    """Return the factor of a change.

    >>> as_factor("+10%"), as_factor("-5 %"), as_factor("0%")
    (1.1, 0.95, 1.0)
    """
    if isinstance(value, str) and re.fullmatch(_PATTERN, text := value.strip()):
        factor = round(1 + float(text.rstrip("% \t")) / 100, 12)
        if 0 <= factor <= _MOST:
            return factor
    raise ValueError('expected a change such as "+10%" or "-5%", -100% to +900%')


def as_change(factor: float) -> str:
    """Return a factor as the change that it is.

    >>> as_change(1.1), as_change(0.95), as_change(1.0)
    ('+10%', '-5%', '0%')
    """
    percent = f"{round(100 * (factor - 1), 6):+g}%"
    return "0%" if percent in ("+0%", "-0%") else percent


Percent = Annotated[
    float,
    PlainValidator(as_factor),
    PlainSerializer(as_change, return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": f"^{_PATTERN}$", "examples": ["+10%", "-5%"]}
    ),
]
