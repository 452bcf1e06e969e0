"""Links of the OpenAPI document, followed: what one answer names, another one takes."""

import copy
import json
from collections import Counter
from contextlib import suppress
from functools import partialmethod
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, seed, settings
from hypothesis.errors import FlakyStrategyDefinition
from schemathesis.specs.openapi.checks import negative_data_rejection
from sqlalchemy import delete

from scheduler.service.store.tables import (
    agent_links,
    draft_edits,
    drafts,
    version_weeks,
    versions,
)
from tests.service.conftest import Served, files_of
from tests.service.fuzzing import (
    DOCUMENT,
    TIMEOUT,
    a_job,
    checks_of,
    document_for,
)
from tests.service.test_http_jobs import submitted

SCENARIOS = 8  # of a run
SHORT, LONG = 1, 31  # runs
STEPS = 12  # calls of a scenario, at most
SUBMIT = ("POST", "/v1/rosters")
PUBLISH = ("POST", "/v1/rosters/{job_id}/publish")
SUBMITTING = ("/v1/rosters", "/v1/drafts/{draft_id}/solve")


def begun_anew(_: object, served: Served, rostered: Path) -> None:
    """Have one job with a roster, and no drafts, versions and links."""
    served.backend.kept.clear()
    with served.engine.begin() as connection:
        for table in (agent_links, version_weeks, versions, draft_edits, drafts):
            connection.execute(delete(table))
    a_job(served, rostered)


def judged(response: object, case: schemathesis.Case) -> None:
    """Refuse an answer that is not as the document says."""
    checks = checks_of(case)
    if (case.method, case.path) in (SUBMIT, PUBLISH):  # they were made right
        checks.remove(negative_data_rejection)
    if (case.method, case.path) == SUBMIT:
        assert response.status_code == 202, response.text
    case.validate_response(response, checks=checks)


def machine_of(
    served: Served, rostered: Path, calls: Counter, wrong: list[str]
) -> type:
    """Return what follows links; a job has a roster as soon as it is submitted.

    Each scenario finds the same: what can be drawn depends on what there is. What is
    wrong with an answer is added.
    """
    schema = schemathesis.openapi.from_dict(document_for(whole=False))
    files = files_of(rostered)

    plan = json.loads(files["plan.json"])
    right = {SUBMIT: plan, PUBLISH: {"reason": "as it is"}}

    class Machine(schema.as_state_machine()):
        setup = partialmethod(begun_anew, served, rostered)

        def get_call_kwargs(self, case: schemathesis.Case) -> dict:
            return {"base_url": served.url, "timeout": TIMEOUT}

        def before_call(self, case: schemathesis.Case) -> None:
            if (case.method, case.path) in right:
                case.body = copy.deepcopy(right[case.method, case.path])
                case.query, case.headers = {}, {}

        def after_call(self, response, case: schemathesis.Case) -> None:
            calls[case.method, case.path] += response.status_code < 300
            if response.status_code == 202 and case.path in SUBMITTING:
                served.backend.complete(response.json()["id"], files)

        def validate_response(self, response, case, **_: object) -> None:
            try:
                judged(response, case)
            except BaseException as error:
                wrong.append(f"{case.method} {case.path}: {error}")
                raise

    return Machine


def followed(served: Served, rostered: Path, runs: int) -> Counter:
    """Return how often each operation was asked with success, besides a first job.

    Ids and moments that a server gives are other ones each time, and so is what is
    drawn from its answers: a run in which Hypothesis finds that flaky is over.
    """
    calls, wrong = Counter(), []
    with served.client() as client:  # the desk has begun its work
        submitted(client, (rostered / "plan.json").read_bytes())
    how = settings(
        max_examples=SCENARIOS,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    machine = machine_of(served, rostered, calls, wrong)
    for n in range(runs):
        with suppress(FlakyStrategyDefinition):
            seed(n)(machine).run(settings=how)
    assert not wrong, wrong[0]
    return calls


def test_links_name_operations_and_their_parameters() -> None:
    operations = {
        operation["operationId"]: operation
        for methods in DOCUMENT["paths"].values()
        for operation in methods.values()
    }
    linked = set()
    for operation in operations.values():
        for answer in operation["responses"].values():
            for link in answer.get("links", {}).values():
                target = operations[link["operationId"]]
                names = {one["name"] for one in target["parameters"]}
                assert link["parameters"].keys() <= names
                linked.add(link["operationId"])
    needs = {
        name
        for name, operation in operations.items()
        if any(one["in"] == "path" for one in operation.get("parameters", ()))
    }
    assert needs - linked == {"sample"}


def test_links_lead_where_the_document_says(served: Served, rostered: Path) -> None:
    calls = followed(served, rostered, SHORT)
    assert sum(count for (_, path), count in calls.items() if "{" in path)


@pytest.mark.full
def test_links_lead_where_the_document_says_at_length(
    served: Served, rostered: Path
) -> None:
    calls = followed(served, rostered, LONG)
    # To a version it is far, by chance; tests of publishing go there.
    for what in ("rosters/{job_id}", "drafts/{draft_id}"):
        assert calls["GET", f"/v1/{what}"], what
