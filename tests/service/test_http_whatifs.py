"""Scenarios over HTTP: submitted, followed, what stands side by side, whose it is."""

import io
import json
import threading
import zipfile
from collections.abc import Callable

import httpx
import pytest

from scheduler.client import Client, ServiceError
from scheduler.domain import Plan
from scheduler.executing import here
from scheduler.service.documents import WhatIfSubmission
from scheduler.service.jobs.children import Gone
from scheduler.service.jobs.records import JobStatus, Options, StopReason
from scheduler.service.jobs.running import ending_of
from scheduler.service.jobs.supposing import suppose
from scheduler.service.jobs.work import Work
from scheduler.service.settings import Settings
from scheduler.whatif.document import (
    DOCUMENT_FILE,
    PAGE_FILE,
    TABLE_FILE,
    WhatIfDocument,
)
from scheduler.writing import settings_text, table_text
from tests.service.conftest import JSON, Served
from tests.service.supposed import NAME, SCENARIOS, Heard, supposed

ROUTES = ("", "/events", "/result", "/scenarios", "/export.csv", "/export.html")


@pytest.fixture
def client(served: Served):
    served.backend.kept.clear()
    with served.client() as client:
        yield client


def body(tiny: bytes, scenarios: object = SCENARIOS) -> bytes:
    return json.dumps({"plan": json.loads(tiny), "scenarios": scenarios}).encode()


def sent(
    client: httpx.Client, content: bytes, query: str = "", **headers: str
) -> httpx.Response:
    return client.post(
        f"/v1/whatifs{query}", content=content, headers={**JSON, **headers}
    )


def test_a_submission_names_the_scenarios(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    answer = sent(client, body(tiny), "?time_limit=5&name=june&tag=a")
    assert answer.status_code == 202, answer.text
    told = WhatIfSubmission.model_validate(answer.json())
    assert answer.headers["location"] == f"/v1/whatifs/{told.id}"
    assert told.scenarios == ["base", NAME, "less"]
    assert told.options.time_limit == 15  # five seconds for each of three
    assert told.name == "june"
    assert served.backend.kept[told.id].job.kind == "whatif"
    found = client.get(answer.headers["location"])
    assert found.json()["status"] == "QUEUED" and found.headers["etag"]
    asked = client.get(f"{answer.headers['location']}/scenarios").json()
    assert [one["name"] for one in asked["scenarios"]] == [NAME, "less"]


def test_the_same_key_is_the_same_job(client: httpx.Client, tiny: bytes) -> None:
    key = {"Idempotency-Key": "once"}
    first, again = (sent(client, body(tiny), **key) for _ in range(2))
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    other = {"scenarios": SCENARIOS["scenarios"][:1]}
    assert sent(client, body(tiny, other), **key).status_code == 422


def test_rosters_and_scenarios_are_listed_apart(
    client: httpx.Client, tiny: bytes
) -> None:
    whatif = sent(client, body(tiny)).json()["id"]
    roster = client.post("/v1/rosters", content=tiny, headers=JSON).json()["id"]
    for route, own in (("whatifs", whatif), ("rosters", roster)):
        items = client.get(f"/v1/{route}").json()["items"]
        assert [one["id"] for one in items] == [own]
    for route in ROUTES:
        assert client.get(f"/v1/whatifs/{roster}{route}").status_code == 404
    assert client.post(f"/v1/whatifs/{roster}/cancel").status_code == 404


def test_a_zipped_folder_does_as_well(client: httpx.Client, tiny: bytes) -> None:
    plan = Plan.of(json.loads(tiny))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("plan/plan.toml", settings_text(plan))
        for name in ("agents", "skills", "calls"):
            file.writestr(f"plan/{name}.csv", table_text(getattr(plan, name)))
        file.writestr("scenarios.toml", '[[scenarios]]\nname = "x"\ncalls = "+5%"')
    headers = {"Content-Type": "application/zip"}
    answer = sent(client, packed.getvalue(), **headers)
    assert answer.status_code == 202, answer.text
    assert answer.json()["scenarios"] == ["base", "x"]


@pytest.mark.parametrize(
    ("scenarios", "columns"),
    [
        (
            {"scenarios": [{"name": "a", "calls": "10 more"}, {"agentz": 3}]},
            {"scenarios.a.calls.1.change", "scenarios.2.name", "scenarios.2.agentz"},
        ),
        (
            {"scenarios": [{"name": "a", "calls": {"change": "+1%", "queue": "x"}}]},
            {"scenarios.a.calls.1.queue"},
        ),
    ],
)
def test_every_error_of_scenarios_is_told(
    served: Served,
    client: httpx.Client,
    tiny: bytes,
    scenarios: object,
    columns: set[str],
) -> None:
    answer = sent(client, body(tiny, scenarios))
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert {one["file"] for one in errors} == {"scenarios.json"}
    assert columns <= {one["column"] for one in errors}
    assert all(one["expected"] for one in errors)
    assert not served.backend.kept


def test_every_error_of_the_plan_is_told_with_those_of_the_scenarios(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    plan = json.loads(tiny)
    plan["agents"][0]["contract"] = "none"
    plan["horizon"]["days"] = 0
    wrong = {"scenarios": [{"name": "a", "calls": "10 more", "agentz": 3}]}
    answer = sent(client, json.dumps({"plan": plan, "scenarios": wrong}).encode())
    errors = answer.json()["errors"]
    assert answer.status_code == 422
    assert "/plan/horizon/days" in {one.get("pointer") for one in errors}
    assert {one["column"] for one in errors if one.get("file")} == {
        "scenarios.a.calls.1.change",
        "scenarios.a.agentz",
    }
    assert not served.backend.kept


def test_a_zipped_folder_without_scenarios_and_with_a_wrong_plan(
    served: Served, client: httpx.Client
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("plan/plan.toml", "name = 3")
    headers = {"Content-Type": "application/zip"}
    answer = sent(client, packed.getvalue(), **headers)
    files = {one.get("file") for one in answer.json()["errors"]}
    assert answer.status_code == 422 and {"plan.toml", "scenarios.toml"} <= files


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"[]", 422),
        (b"{", 400),
        (b'{"plan": 1, "scenarios": [], "more": 2}', 422),
    ],
)
def test_what_is_no_plan_with_scenarios(
    client: httpx.Client, content: bytes, status: int
) -> None:
    answer = sent(client, content)
    assert answer.status_code == status
    if b"more" in content:
        pointers = {one["pointer"] for one in answer.json()["errors"]}
        assert pointers == {"/plan", "/scenarios", "/more"}


def test_limits(served: Served, client: httpx.Client, tiny: bytes) -> None:
    many = {"grids": [{"name": "g", "calls": [f"+{n}%" for n in range(1, 60)]}]}
    answer = sent(client, body(tiny, many))
    assert answer.status_code == 422 and "at most 50" in answer.text
    answer = sent(client, body(tiny), "?time_limit=2000")
    assert answer.status_code == 422 and "time_limit" in answer.text
    assert not served.backend.kept


def test_what_came_of_them(
    served: Served, client: httpx.Client, tiny: bytes, heard: Heard
) -> None:
    path = sent(client, body(tiny)).headers["location"]
    assert client.get(f"{path}/result").status_code == 409
    served.backend.complete(path.rpartition("/")[2], heard.files)
    found = WhatIfDocument.model_validate_json(client.get(f"{path}/result").content)
    assert [one.name for one in found.scenarios] == ["base", NAME, "less"]
    assert all(one.folder is None for one in found.scenarios)
    assert all(one.figures.objective for one in found.scenarios)
    table = client.get(f"{path}/export.csv")
    assert (
        f"'{NAME}" in table.text
        and "attachment" in table.headers["content-disposition"]
    )
    page = client.get(f"{path}/export.html")
    assert "<b>more" not in page.text
    assert page.headers["content-security-policy"].startswith("sandbox")
    events = client.get(f"{path}/events").text
    assert "event: end" in events
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_a_child_tells_how_far_it_is(heard: Heard) -> None:
    assert set(heard.files) == {DOCUMENT_FILE, TABLE_FILE, PAGE_FILE}
    lines = [one["line"] for one in heard.told if one["kind"] == "log"]
    assert lines[-1] == "solved 3 of 3"
    last = heard.told[-1]
    assert last["kind"] == "end" and last["status"] in ("optimal", "feasible")
    assert last["bound"] <= last["objective"]


def test_a_child_that_is_stopped_keeps_what_there_is(tiny: bytes) -> None:
    stop = threading.Event()
    stop.set()
    found = supposed(tiny, stop)
    document = WhatIfDocument.model_validate_json(found.files[DOCUMENT_FILE])
    assert document.interrupted
    assert {one.status for one in document.scenarios} == {"not_solved"}
    assert found.told[-1]["stop_reason"] == "stopped"


def test_a_job_whose_plan_as_it_is_fails_says_so_and_keeps_the_others(
    tiny: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    work, calls = here.perform, list[str]()

    def fails_once(name: str, content: bytes, stop: threading.Event) -> bytes:
        calls.append(name)
        if len(calls) == 1:
            raise ValueError("no luck")
        return work(name, content, stop)

    monkeypatch.setattr(here, "perform", fails_once)
    found = Heard()
    options = Options("columns", seconds=30, gap=5, scenarios=2)
    less = json.dumps({"scenarios": SCENARIOS["scenarios"][1:]}).encode()
    suppose(Work(tiny, options, 3000, "whatif", less), found, threading.Event())  # type: ignore[arg-type]
    document = WhatIfDocument.model_validate_json(found.files[DOCUMENT_FILE])
    assert [one.error for one in document.scenarios] == ["ValueError: no luck", None]
    assert document.scenarios[1].figures.objective
    gone = Gone(found.told[-1], {}, 0, "", None)
    ending = ending_of(gone, Settings())
    assert (ending.status, ending.solver_status) == ("COMPLETED", "UNKNOWN")
    assert ending.stop_reason is StopReason.CRASH


def test_another_tenant_sees_nothing(guarded: Served, tiny: bytes) -> None:
    with guarded.client(guarded.key("mine")) as mine:
        path = sent(mine, body(tiny)).headers["location"]
        assert mine.get(path).status_code == 200
    with guarded.client(guarded.key("theirs")) as theirs:
        for route in ROUTES:
            assert theirs.get(f"{path}{route}").status_code == 404
        ways: tuple[Callable[[], httpx.Response], ...] = (
            lambda: theirs.post(f"{path}/stop"),
            lambda: theirs.post(f"{path}/cancel"),
            lambda: theirs.delete(path),
        )
        assert [way().status_code for way in ways] == [404, 404, 404]
        assert theirs.get("/v1/whatifs").json()["items"] == []
    with guarded.client() as nobody:
        assert sent(nobody, body(tiny)).status_code == 401


def test_the_client(served: Served, tiny: bytes, heard: Heard) -> None:
    with Client(served.url) as client:
        job = client.suppose(json.loads(tiny), SCENARIOS, time_limit=5)
        assert len(job.scenarios) == 3
        served.backend.complete(job.id, heard.files)
        assert client.wait(job.id, kind="whatif").status is JobStatus.COMPLETED
        heard_of = client.events(job.id, kind="whatif")
        assert [each.kind for each in heard_of] == ["status", "end"]
        assert len(client.supposed(job.id).scenarios) == 3
        with pytest.raises(ServiceError):
            client.suppose(json.loads(tiny), {"scenarios": [{"name": 3}]})
