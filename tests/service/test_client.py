"""The Python client against a service."""

import json
import threading
from pathlib import Path

import httpx
import pytest

from scheduler.client import Client, ServiceError, transport
from scheduler.client import client as module
from scheduler.service.http.problems import Refusal
from scheduler.service.jobs.records import JobStatus
from tests.service.conftest import Served, files_of


@pytest.fixture
def client(served: Served):
    with Client(served.url) as client:
        yield client


def test_from_a_sample_to_a_roster(
    served: Served, client: Client, rostered: Path
) -> None:
    plan = client.sample("tiny")
    assert client.validate(plan).valid
    assert client.dry_run(plan).size.agents == 6
    job = client.submit(plan, time_limit=5, tag=["a", "b"])
    served.backend.complete(job.id, files_of(rostered))
    assert client.wait(job.id).status is JobStatus.COMPLETED
    assert [heard.kind for heard in client.events(job.id)] == ["status", "end"]
    roster = client.roster(job.id).rows
    assert roster and roster[0].start.tzinfo is not None
    assert client.document(job.id).roster == roster
    assert client.violations(job.id).legal
    assert client.export(job.id, "xlsx").startswith(b"PK")
    rows = [row.model_dump(mode="json") for row in roster]
    assert client.check(json.loads(plan), rows).legal
    assert any(found.id == job.id for found in client.jobs(limit=1))
    client.erase(job.id)
    with pytest.raises(ServiceError) as caught:
        client.metadata(job.id)
    assert caught.value.problem.status == 404


def test_a_refusal_has_every_error(client: Client) -> None:
    with pytest.raises(ServiceError, match="plan is not right") as caught:
        client.requirements({"name": 3, "horizon": {"days": -1}})
    pointers = {error.pointer for error in caught.value.problem.errors}
    assert {"/name", "/horizon/days"} <= pointers


def test_the_same_key_is_the_same_job(served: Served, client: Client) -> None:
    plan = client.sample("tiny")
    first, second = (client.submit(plan, key="once") for _ in range(2))
    assert first == second


def test_events_are_followed_while_they_happen(
    served: Served, client: Client, rostered: Path
) -> None:
    job = client.submit(client.sample("tiny"))
    later = threading.Timer(0.5, served.backend.complete, (job.id, {}))
    later.start()
    kinds = [heard.kind for heard in client.events(job.id)]
    later.join()
    assert kinds == ["status", "end"]


@pytest.fixture
def broken(client: Client, monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What requests end with, one after the other, before they are answered again."""
    errors: list[Exception] = []
    http = client._http._http
    ask = http.request

    def request(*asked: object, **more: object) -> httpx.Response:
        if errors:
            raise errors.pop(0)
        return ask(*asked, **more)

    monkeypatch.setattr(http, "request", request)
    monkeypatch.setattr(transport, "_PAUSE", 0.0)
    monkeypatch.setattr(module, "_POLL", 0.0)
    return errors


def test_a_service_that_is_started_anew_is_asked_again(
    served: Served,
    client: Client,
    broken: list[Exception],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken += [httpx.ConnectError("refused"), httpx.RemoteProtocolError("cut off")]
    plan = client.sample("tiny")
    broken += [httpx.ConnectError("refused")]
    job = client.submit(plan)
    served.backend.complete(job.id, {})
    stream, cut = client._http.stream, [iter(())]  # as of a service that was ended
    again = lambda *asked: cut.pop() if cut else stream(*asked)  # noqa: E731
    monkeypatch.setattr(client._http, "stream", again)
    broken += [httpx.ConnectError("refused")] * 5  # when a question is given up
    assert [heard.kind for heard in client.events(job.id)] == ["status", "end"]
    assert broken == cut == []


@pytest.mark.parametrize("error", [httpx.ReadError, httpx.ReadTimeout])
def test_what_may_have_come_of_a_request_is_not_asked_for_again(
    client: Client, broken: list[Exception], error: type[httpx.TransportError]
) -> None:
    broken.append(error("nobody knows"))
    with pytest.raises(error):
        client.erase("0" * 32)


def test_a_stream_that_is_refused_for_now_is_asked_for_again(
    client: Client, monkeypatch: pytest.MonkeyPatch, served: Served
) -> None:
    monkeypatch.setattr(module, "_POLL", 0.0)
    job = client.submit(client.sample("tiny"))
    served.backend.complete(job.id, {})
    refusals = [Refusal("unavailable", "no more"), Refusal("forbidden", "no more")]

    def refuse() -> None:
        if refusals:
            raise refusals.pop(0)

    monkeypatch.setattr(served.service.feeds, "refuse_more", refuse)
    with pytest.raises(ServiceError, match="may not"):
        list(client.events(job.id))
    assert [heard.kind for heard in client.events(job.id)] == ["status", "end"]


def test_a_wait_ends(served: Served, client: Client) -> None:
    job = client.submit(client.sample("tiny"))
    with pytest.raises(TimeoutError, match="QUEUED"):
        client.wait(job.id, seconds=0)


def test_questions(client: Client) -> None:
    assert client.erlang(calls=100, handle_seconds=180).agents_required == 14
