"""The OpenAPI document: what FastAPI knows, and the plans that the desk reads."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from scheduler.domain import Plan
from scheduler.meanings import described
from scheduler.service.documents import Incumbent
from scheduler.service.http.additive import reached
from scheduler.service.http.examples import add_examples
from scheduler.service.http.linked import add_links
from scheduler.service.http.problems import Problem, declared
from scheduler.service.http.routes.hires import HireBody
from scheduler.service.http.routes.plans import CheckBody
from scheduler.service.http.routes.whatifs import WhatIfBody
from scheduler.version import VERSION

_REF = "#/components/schemas/{model}"
_WORDS = """Rosters over HTTP: submit a plan, follow its job, fetch the roster.

Errors are problem documents (RFC 9457) with everything that is wrong at once. Times
are RFC 3339 with offset, intervals half-open, durations in the unit that their names
say. Within /v1 things are only added: readers should ignore what they do not know.
"""


def document(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document of an application."""
    found = get_openapi(
        title="Ringfence",
        version=VERSION,
        summary="Weekly rosters that cover the calls and clear the cases in time.",
        description=_WORDS,
        routes=app.routes,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schemas = found.setdefault("components", {}).setdefault("schemas", {})
    modes: Any = [
        (Plan, "validation"),
        (CheckBody, "validation"),
        (WhatIfBody, "validation"),
        (HireBody, "validation"),
        (Problem, "serialization"),
        (Incumbent, "serialization"),
    ]
    _, more = models_json_schema(modes, ref_template=_REF)
    for name, schema in more["$defs"].items():
        schemas.setdefault(name, schema)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for operation in _operations(found):
        _drop_own_errors(operation)
        _declare_unavailable(operation)
    add_links(found)
    add_examples(found)
    for name in reached([{"$ref": "Plan"}], schemas):
        _make_local(schemas[name])
    used = reached([found["paths"]], schemas)
    kept = {name: schemas[name] for name in sorted(used)}
    found["components"]["schemas"] = kept
    described(found["components"])
    return found


def _make_local(schema: Any) -> None:
    """Say no format of times in a plan: they are local, and may lack seconds."""
    if isinstance(schema, dict):
        if schema.get("format") in ("date-time", "time"):
            del schema["format"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for one in schema:
            _make_local(one)


def _operations(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        operation
        for path in found["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
    ]


def _drop_own_errors(operation: dict[str, Any]) -> None:
    """Leave out what FastAPI would answer where we answer with a problem document."""
    told = operation["responses"].get("422", {}).get("content", {})
    if any("HTTPValidationError" in str(each) for each in told.values()):
        del operation["responses"]["422"]


def _declare_unavailable(operation: dict[str, Any]) -> None:
    """Say that the database may not answer, of all that ask it."""
    if operation["operationId"] != "livez":
        for status, told in declared(503).items():
            operation["responses"].setdefault(str(status), told)
