"""What pydantic found wrong, in a planner's words."""

import re
from collections.abc import Mapping
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from scheduler.domain import Plan
from scheduler.validation import Path, PlanIssue

NUMBER, WHOLE, DATE = "a number", "a whole number", "a date such as 2026-03-02"
MOMENT, TRUTH, TEXT = "a moment such as 2026-03-02T08:30", "yes or no", "text"
TABLE, LIST = "a table of keys and values", "a list in [ ]"

WORDS = {
    "missing": "a value",
    "greater_than": "a number > {gt:g}",
    "greater_than_equal": "a number >= {ge:g}",
    "less_than": "a number < {lt:g}",
    "less_than_equal": "a number <= {le:g}",
    "finite_number": NUMBER,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "int_from_float": WHOLE,
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "string_type": TEXT,
    "string_too_short": "text that is not empty",
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "enum": "one of {expected}",
    "literal_error": "{expected}",
    "list_type": LIST,
    "dict_type": TABLE,
    "model_type": TABLE,
    "too_short": "at least {min_length} entries",
    "extra_forbidden": "a key of this format",
}
#: A number with three digits after its mark, from a cell of text; told by a ``?``.
AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}\?")
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")
_OWN = re.compile(r"^(?:Value error, )?(?:expected )?(.*?)(?:, got .*)?$", re.S)


def issue_of(error: ErrorDetails, at: Path = ()) -> PlanIssue:
    """Return what pydantic found, for a value at ``at``."""
    path = (*at, *(part for part in error["loc"] if part != "[key]"))
    kind, context = error["type"], error.get("ctx", {})
    if kind in WORDS:
        expected = WORDS[kind].format(**context)
        if expected in (NUMBER, WHOLE):
            expected = _number_words(expected, path, error.get("input"))
    else:
        own = _OWN.match(error["msg"])
        expected = own[1] if own else error["msg"]
    return PlanIssue(path, expected, _known(kind, context, path), rule=kind)


def _number_words(expected: str, path: Path, given: object) -> str:
    """Return a number's words, with its unit where a time of day was given.

    >>> _number_words(NUMBER, ("calls", 0, "handle_seconds"), "04:30")
    'a number of seconds, not a time of day'
    >>> _number_words(NUMBER, ("calls", 0, "calls"), "1.200?")
    'a number that reads one way, with decimals or without'
    """
    text = str(given)
    if AMBIGUOUS.fullmatch(text):
        return f"{expected} that reads one way, with decimals or without"
    if not _CLOCK.fullmatch(text):
        return expected
    unit = str(path[-1]).rpartition("_")[2]
    of = f" of {unit}" if unit in ("seconds", "minutes", "hours") else ""
    return f"{expected}{of}, not a time of day"


def _known(kind: str, context: Mapping[str, Any], path: Path) -> list[str]:
    """Return the names that would have been right."""
    if kind in ("enum", "literal_error"):
        return re.findall(r"'([^']*)'", str(context["expected"]))
    return keys_at(path[:-1]) if kind == "extra_forbidden" else []


def keys_at(path: Path) -> list[str]:
    """Return the keys that the format has at a path.

    >>> keys_at(("case_types", 0, "sla", "rest"))
    ['within', 'unit', 'calendar']
    """
    model: type[BaseModel] = Plan
    for part in path:
        field = model.model_fields.get(str(part))
        if field is not None:
            model = _model_in(field.annotation) or model
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation such as ``list[Queue]`` holds."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(part) for part in get_args(annotation))
    return next((model for model in found if model is not None), None)
