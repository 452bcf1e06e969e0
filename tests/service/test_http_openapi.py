"""The OpenAPI document: current, only added to, and kept by the service."""

import copy
import json
from pathlib import Path

import pytest
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

from scheduler.cli import main
from scheduler.service.http.additive import breaking
from scheduler.service.jobs.records import Order
from tests.service.conftest import Served, files_of

COMMITTED = Path(__file__).parents[2] / "data" / "openapi.json"
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
SHORT_PLAN = {"$ref": "#/components/schemas/ShortPlan"}
SHORT, LONG = 5, 90  # cases for an operation
TIMEOUT = 120  # seconds


def schema_of(document: dict, name: str) -> dict:
    return document["components"]["schemas"][name]


def test_the_committed_document_is_current(served: Served) -> None:
    now = json.loads(json.dumps(served.service_app.openapi()))
    assert now == DOCUMENT, "run: make openapi"


def test_every_answer_that_is_no_success_is_a_problem_document() -> None:
    for path, methods in DOCUMENT["paths"].items():
        for method, operation in methods.items():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    media = answer["content"]
                    assert list(media) == ["application/problem+json"], (path, method)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["paths"].pop("/v1/rosters/{job_id}/stop"), "stop is gone"),
        (lambda d: d["paths"]["/v1/rosters"].pop("get"), "GET /v1/rosters is gone"),
        (
            lambda d: d["components"]["schemas"]["JobMetadata"]["properties"].pop(
                "gap"
            ),
            "JobMetadata: gap is gone",
        ),
        (
            lambda d: schema_of(d, "Plan")["required"].append("name"),
            "Plan: name must be given",
        ),
        (
            lambda d: d["paths"]["/v1/rosters"]["post"]["responses"].pop("202"),
            "answer 202 is gone",
        ),
    ],
)
def test_what_clients_would_miss_is_told(change, told: str) -> None:
    after = copy.deepcopy(DOCUMENT)
    change(after)
    assert any(told in each for each in breaking(DOCUMENT, after))
    assert breaking(after, DOCUMENT) == [] or "must" in told


def test_a_document_that_would_break_clients_is_not_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "openapi.json"
    before = copy.deepcopy(DOCUMENT)
    before["paths"]["/v1/old"] = {"get": {"responses": {}}}
    path.write_text(json.dumps(before))
    assert main(["openapi", "--out", str(path)]) == 3
    assert "GET /v1/old is gone" in capsys.readouterr().err
    assert json.loads(path.read_text()) == before
    assert main(["openapi", "--out", str(path), "--force"]) == 0


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
    """Return a test that sends so many cases to each operation."""
    schema = schemathesis.openapi.from_dict(document_for(whole=whole))

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


test_the_service_keeps_its_document = fuzzed(SHORT, whole=False)
test_the_service_keeps_its_document_5000_times = pytest.mark.full(
    fuzzed(LONG, whole=True)
)
