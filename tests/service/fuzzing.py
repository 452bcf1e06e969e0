"""Requests that the OpenAPI document allows, and ones that it does not."""

import copy
import json
from importlib.resources import files
from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    positive_data_acceptance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from scheduler.service.jobs.records import Order
from tests.service.conftest import Served, files_of

COMMITTED = files("scheduler.service") / "openapi.json"
DOCUMENT = json.loads(COMMITTED.read_text(encoding="utf-8"))
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
)
#: A plan may fit its schema and still be wrong; a job may have nothing to show.
JUDGED = ("/v1/burndown", "/v1/demo-data", "/livez", "/readyz")
TIMEOUT = 120  # seconds
SHORT_PLAN = {"$ref": "#/components/schemas/ShortPlan"}


def document_for(*, whole: bool) -> dict:
    """Return what is sent from: plans as JSON, by whoever may do everything.

    To make up a whole plan takes a second; else it has a name and a horizon.
    """
    document = copy.deepcopy(DOCUMENT)
    schemas = document["components"]["schemas"]
    few = ("name", "horizon")
    short = copy.deepcopy(schemas["Plan"])
    short["properties"] = {name: short["properties"][name] for name in few}
    short["required"] = [name for name in short["required"] if name in few]
    schemas["ShortPlan"] = short
    if not whole:
        schemas["CheckBody"]["properties"]["plan"] = SHORT_PLAN
        schemas["WhatIfBody"]["properties"]["plan"] = SHORT_PLAN
        schemas["HireBody"]["properties"]["plan"] = SHORT_PLAN
    for methods in document["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
            content = operation.get("requestBody", {}).get("content", {})
            for form in set(content) - {"application/json"}:
                del content[form]
            if not whole and "schemas/Plan" in str(content):
                content["application/json"]["schema"] = SHORT_PLAN
    return document


def checks_of(case: schemathesis.Case) -> list:
    """Return what an answer has to stand up to."""
    checks = [*CHECKS]
    if case.path.startswith(JUDGED):
        checks.append(positive_data_acceptance)
    if case.path in ("/v1/validate", "/v1/document"):  # wrong plans are answers
        checks.remove(negative_data_rejection)
    return checks


def fuzzed(cases: int, *, whole: bool):
    """Return a test that sends so many cases to each operation.

    With whole plans every edge of every schema is gone through, too: to make these up
    takes half a minute before the first test begins.
    """
    schema = schemathesis.openapi.from_dict(document_for(whole=whole))
    schema.config.phases.coverage.enabled = whole

    @schema.parametrize()
    @settings(
        max_examples=cases,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def test(case: schemathesis.Case, served: Served, rostered: Path) -> None:
        place = case.path_parameters or {}
        if len(str(place.get("job_id", "xx"))) % 2 and not path_is_wrong(case):
            place["job_id"] = a_job(served, rostered)
        checks = checks_of(case)
        case.call_and_validate(base_url=served.url, checks=checks, timeout=TIMEOUT)

    return test


def path_is_wrong(case: schemathesis.Case) -> bool:
    """Return whether the path is what the document does not allow.

    With another id in it there might be nothing wrong with the request.
    """
    made = case.meta and case.meta.components.get(ParameterLocation.PATH)
    return bool(made and made.mode.is_negative)


def a_job(served: Served, rostered: Path) -> str:
    """Return the id of a job that has ended with a roster."""
    for job_id, kept in served.backend.kept.items():
        if "roster.csv" in kept.files:
            return job_id
    files = files_of(rostered)
    order = Order("local", "local", files["plan.json"].decode(), "0" * 64)
    job_id = served.backend.submit(order).job.id
    served.backend.complete(job_id, files)
    return job_id
