"""The columns of a plan's tables, for who fills them in on the page."""

import json
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from scheduler.domain import Plan
from scheduler.meanings import described

_KINDS = {
    "number": "number",
    "integer": "number",
    "boolean": "truth",
    "array": "inline",
    "object": "inline",
}


def columns_text() -> str:
    """Return the columns of every list of a plan, by its name, as JSON.

    A column has a name, a kind (text, number, truth, or inline: JSON), whether it is
    needed, its choices, what it means, and its default unless that is nothing.
    """
    schema = described(Plan.model_json_schema())
    tables = {
        name: _columns(model, schema["$defs"])
        for name, field in Plan.model_fields.items()
        if (model := _row(field.annotation)) is not None
    }
    return json.dumps(tables)


def _row(annotation: Any) -> type[BaseModel] | None:
    """Return what the entries of a list are, if they have columns."""
    if get_origin(annotation) is not list:
        return None
    (entry,) = get_args(annotation)
    return entry if issubclass(entry, BaseModel) else None


def _columns(model: type[BaseModel], shared: dict[str, Any]) -> list[dict[str, Any]]:
    schema = shared[model.__name__]
    needed = schema.get("required", ())
    # A row of which nothing is known has its defaults, as they are written.
    usual = model.model_construct().model_dump(mode="json")
    found = []
    for name, told in schema["properties"].items():
        value = _value(told, shared)
        column = {
            "name": name,
            "kind": _KINDS.get(value["type"], "text"),
            "needed": name in needed,
            "choices": value.get("enum", []),
            "words": told.get("description", ""),
        }
        if value["type"] == "boolean":
            column["choices"] = ["true", "false"]
        if usual.get(name) not in (None, "", []):
            column["default"] = usual[name]
        found.append(column)
    return found


def _value(told: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    """Return what the schema says of a value that is given."""
    kinds = told.get("anyOf", [told])
    given: dict[str, Any] = next(kind for kind in kinds if kind.get("type") != "null")
    named: str = given.get("$ref", "").rpartition("/")[2]
    return {**given, **shared.get(named, {})}
