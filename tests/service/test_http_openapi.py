"""The OpenAPI document: current, only added to, and kept by the service."""

import copy
import json
import re
from pathlib import Path

import pytest

from scheduler.cli import main
from scheduler.meanings import MEANINGS
from scheduler.service.http.additive import breaking
from scheduler.service.http.openapi import document
from tests.service.conftest import Served
from tests.service.fuzzing import COMMITTED, DOCUMENT, fuzzed


def schema_of(document: dict, name: str) -> dict:
    return document["components"]["schemas"][name]


def test_the_committed_document_is_current(served: Served) -> None:
    now = json.loads(json.dumps(document(served.service_app)))
    assert now == DOCUMENT, "run: make openapi"


def test_the_committed_document_is_served_and_known_by_its_etag(
    served: Served,
) -> None:
    with served.client() as client:
        first = client.get("/openapi.json")
        known = {"If-None-Match": first.headers["ETag"]}
        again = client.get("/openapi.json", headers=known)
    assert first.headers["Content-Type"] == "application/json"
    assert first.content == COMMITTED.read_bytes()
    assert (again.status_code, again.content) == (304, b"")


def operations() -> dict[str, tuple[str, str, dict]]:
    return {
        operation["operationId"]: (method, path, operation)
        for path, methods in DOCUMENT["paths"].items()
        for method, operation in methods.items()
    }


def test_every_parameter_is_described() -> None:
    for name, (_, _, operation) in operations().items():
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (name, parameter["name"])


def test_every_property_is_described() -> None:
    bare = [
        f"{name}.{one}"
        for name, schema in DOCUMENT["components"]["schemas"].items()
        for one, told in schema.get("properties", {}).items()
        if not told.get("description")
    ]
    assert bare == []


def test_every_meaning_that_is_told_once_is_that_of_some_property() -> None:
    told = {
        (name, one.get("description"))
        for schema in DOCUMENT["components"]["schemas"].values()
        for name, one in schema.get("properties", {}).items()
    }
    assert set(MEANINGS.items()) <= told


def test_every_name_of_a_schema_is_one_that_generators_take() -> None:
    for name in DOCUMENT["components"]["schemas"]:
        assert re.fullmatch(r"[A-Z][A-Za-z]+", name)


@pytest.mark.parametrize(
    ("name", "under"),
    [
        ("submit", "/v1/rosters/"),
        ("solve", "/v1/rosters/"),
        ("suppose", "/v1/whatifs/"),
        ("submit_hire", "/v1/hires/"),
    ],
)
def test_a_job_is_linked_to_what_can_be_asked_of_its_kind(
    name: str, under: str
) -> None:
    known = operations()
    links = known[name][2]["responses"]["202"]["links"]
    paths = {known[link["operationId"]][1] for link in links.values()}
    assert all(path.startswith(under) for path in paths)
    assert {f"{under}{{job_id}}", f"{under}{{job_id}}/events"} <= paths


@pytest.mark.parametrize(
    "name",
    [
        "submit",
        "validate",
        "requirements",
        "throughput",
        "document",
        "check",
        "suppose",
        "submit_hire",
        "erlang",
        "burndown",
    ],
)
def test_the_example_of_a_body_is_taken(served: Served, name: str) -> None:
    method, path, operation = operations()[name]
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    (at,) = (example["$ref"].rsplit("/", 1)[1] for example in examples.values())
    body = DOCUMENT["components"]["examples"][at]["value"]
    with served.client() as client:
        answer = client.request(method, path, json=body)
    assert answer.status_code in (200, 202), answer.text
    assert answer.json().get("valid", True)


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


def test_methods_that_are_not_in_the_document_are_refused(served: Served) -> None:
    known = {"get", "post", "put", "patch", "delete"}
    with served.client() as client:
        for path, methods in DOCUMENT["paths"].items():
            for method in sorted(known - set(methods)):
                answer = client.request(method, re.sub(r"{\w+}", "x", path))
                assert answer.status_code == 405, (method, path)
                told = {each.lower() for each in answer.headers["Allow"].split(", ")}
                assert told == set(methods), path


test_the_service_keeps_its_document = fuzzed(10, whole=False)
