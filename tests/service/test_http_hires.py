"""Hiring plans over HTTP: submitted, what came of them, and where they end."""

import json
import threading

import httpx
import pytest

from scheduler.client import Client, ServiceError
from scheduler.hiring.document import DOCUMENT_FILE, PAGE_FILE, TABLE_FILE, HireDocument
from scheduler.service.documents import HireSubmission
from scheduler.service.jobs.children import Gone
from scheduler.service.jobs.running import ending_of
from scheduler.service.settings import Settings
from tests.service.conftest import JSON, Served
from tests.service.hired import HIRES, NAME, hired
from tests.service.supposed import Heard


@pytest.fixture
def client(served: Served):
    served.backend.kept.clear()
    with served.client() as client:
        yield client


def sent(
    client: httpx.Client, tiny: bytes, hires: object = HIRES, query: str = ""
) -> httpx.Response:
    content = json.dumps({"plan": json.loads(tiny), "hires": hires}).encode()
    return client.post(f"/v1/hires{query}", content=content, headers=JSON)


def test_a_submission_tells_weeks_and_mixes(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    answer = sent(client, tiny, query="?time_limit=5&total=70&mixes=3&tag=a")
    assert answer.status_code == 202, answer.text
    told = HireSubmission.model_validate(answer.json())
    assert (told.weeks, told.mixes) == (["base"], 2)
    assert told.options.time_limit == 70
    job = served.backend.kept[told.id].job
    assert (job.kind, job.options.each, job.options.mixes) == ("hire", 5, 3)
    path = answer.headers["location"]
    assert path == f"/v1/hires/{told.id}"
    assert client.get(f"{path}/hires").json()["hires"][0]["name"] == NAME
    assert client.get(f"{path}/result").status_code == 409
    assert [one["id"] for one in client.get("/v1/hires").json()["items"]] == [told.id]
    assert client.get("/v1/whatifs").json()["items"] == []


@pytest.mark.parametrize(
    ("hires", "query", "words"),
    [
        ({"hires": [{"name": "a", "like": "T99", "at_most": 1}]}, "", "hires.a.like"),
        ({"hires": [{"nam": "a"}]}, "", "hires.1.nam"),
        ({**HIRES, "weeks": [{"name": f"w{n}"} for n in range(51)]}, "", "at most 50"),
        (HIRES, "?total=4000", "total"),
        (HIRES, "?time_limt=4", "time_limt"),
    ],
)
def test_what_is_wrong_is_told(
    served: Served,
    client: httpx.Client,
    tiny: bytes,
    hires: object,
    query: str,
    words: str,
) -> None:
    answer = sent(client, tiny, hires, query)
    assert answer.status_code == 422 and words in answer.text
    assert not served.backend.kept


def test_what_came_of_it(
    served: Served, client: httpx.Client, tiny: bytes, heard_hiring: Heard
) -> None:
    path = sent(client, tiny).headers["location"]
    served.backend.complete(path.rpartition("/")[2], heard_hiring.files)
    found = HireDocument.model_validate_json(client.get(f"{path}/result").content)
    assert found.status in ("optimal", "feasible") and found.kinds[0].name == NAME
    assert found.weeks and all(one.folder is None for one in found.weeks)
    table = client.get(f"{path}/export.csv")
    assert "hire-" in table.headers["content-disposition"]
    assert table.text.startswith("hired ")
    page = client.get(f"{path}/export.html")
    assert "<b>agent" not in page.text
    assert page.headers["content-security-policy"].startswith("sandbox")


def test_a_child_tells_how_far_it_is(heard_hiring: Heard) -> None:
    assert set(heard_hiring.files) == {DOCUMENT_FILE, TABLE_FILE, PAGE_FILE}
    lines = [one["line"] for one in heard_hiring.told if one["kind"] == "log"]
    assert lines[0].startswith("priced") and "of 2 mixes" in lines[-1]
    found = [one for one in heard_hiring.told if one["kind"] == "incumbent"]
    last = heard_hiring.told[-1]
    assert found and last["bound"] <= last["objective"] <= found[-1]["objective"]
    ending = ending_of(Gone(last, {}, 0, "", None), Settings())
    assert ending.status == "COMPLETED" and ending.stop_reason in ("gap", "optimal")


@pytest.mark.parametrize(
    ("stopped", "reason"), [(True, "stopped"), (False, "time_limit")]
)
def test_a_child_that_is_ended_says_why(
    tiny: bytes, stopped: bool, reason: str
) -> None:
    stop = threading.Event()
    if stopped:
        stop.set()
    found = hired(tiny, stop, seconds=60 if stopped else 1e-3)
    document = HireDocument.model_validate_json(found.files[DOCUMENT_FILE])
    assert document.interrupted and not document.tried
    assert (found.told[-1]["status"], found.told[-1]["stop_reason"]) == (
        "unknown",
        reason,
    )


def test_the_client(served: Served, tiny: bytes, heard_hiring: Heard) -> None:
    with Client(served.url) as client:
        job = client.hire(json.loads(tiny), HIRES, total=60)
        assert job.mixes == 2
        served.backend.complete(job.id, heard_hiring.files)
        assert client.wait(job.id, kind="hire").status == "COMPLETED"
        assert client.hired(job.id).kinds[0].name == NAME
        with pytest.raises(ServiceError):
            client.hire(json.loads(tiny), {"hires": [{"name": 3}]})
