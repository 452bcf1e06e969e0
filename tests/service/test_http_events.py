"""Event streams: everything once, in order, to the end, also after a break."""

import json
import threading
import time
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from scheduler.service.http import feeds
from scheduler.service.http.desk.pool import Desk
from scheduler.service.http.routes import events as routes
from tests.service.conftest import Served, serving
from tests.service.test_http_jobs import submitted


@pytest.fixture
def job(served: Served, tiny: bytes) -> str:
    with served.client() as client:
        return submitted(client, tiny).rpartition("/")[2]


def heard(client: httpx.Client, job: str, last: int = 0, most: int = 0) -> list[dict]:
    """Return the events of a stream, to its end, or so many."""
    found: list[dict] = []
    headers = {"Last-Event-ID": str(last)} if last else {}
    with client.stream("GET", f"/v1/rosters/{job}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        event: dict = {}
        for line in answer.iter_lines():
            name, _, value = line.partition(": ")
            if name:
                event[name] = value
            elif "data" in event:
                found.append({**event, "data": json.loads(event["data"])})
                event = {}
                if len(found) == most:
                    break
            else:
                event = {}
    return found


def test_a_stream_ends_with_the_job(served: Served, job: str) -> None:
    backend = served.backend

    def go_on() -> None:
        backend.tell(job, "incumbent", seconds=1.0, objective=10.0, bound=9.0, gap=0.1)
        time.sleep(0.4)
        backend.complete(job, {})

    thread = threading.Thread(target=go_on)
    with served.client() as client:
        thread.start()
        found = heard(client, job)
    thread.join()
    assert [event["event"] for event in found] == ["status", "incumbent", "end"]
    assert [int(event["id"]) for event in found] == [1, 2, 3]
    assert found[1]["data"]["objective"] == 10.0


def test_a_stream_goes_on_where_it_broke_off(served: Served, job: str) -> None:
    for n in range(10):
        served.backend.tell(job, "log", line=f"line {n}")
    with served.client() as client:
        first = heard(client, job, most=4)
        served.backend.complete(job, {})
        rest = heard(client, job, last=int(first[-1]["id"]))
    ids = [int(event["id"]) for event in (*first, *rest)]
    assert ids == list(range(1, 13))
    assert rest[-1]["event"] == "end"


def test_of_what_has_ended_all_is_told(served: Served, job: str) -> None:
    served.backend.complete(job, {})
    with served.client() as client:
        assert [event["event"] for event in heard(client, job)] == ["status", "end"]
        assert heard(client, job, last=2) == []


def test_nothing_in_an_event_can_look_like_another(served: Served, job: str) -> None:
    line = "a\n\nevent: end\ndata: {}\n\n"
    served.backend.tell(job, "log", line=line)
    served.backend.complete(job, {})
    with served.client() as client:
        found = heard(client, job)
    assert [event["event"] for event in found] == ["status", "log", "end"]
    assert found[1]["data"]["line"] == line


def test_who_waits_hears_a_heartbeat(
    served: Served, job: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "_HEARTBEAT", 0.1)
    with (
        served.client() as client,
        client.stream("GET", f"/v1/rosters/{job}/events") as answer,
    ):
        lines = (line for line in answer.iter_lines() if line.startswith(":"))
        assert next(lines) == next(lines) == ": ping"


def test_a_stream_outlives_a_database_that_is_away(
    served: Served, job: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, failed = served.backend.events, []

    def events(*asked: object, **more: object) -> object:
        if len(failed) < 2:
            failed.append(asked)
            raise OperationalError("SELECT", {}, OSError("gone"))
        return looks(*asked, **more)

    monkeypatch.setattr(feeds, "_AWAY", 0.01)
    monkeypatch.setattr(served.backend, "events", events)
    served.backend.complete(job, {})
    with served.client() as client:
        assert [event["event"] for event in heard(client, job)] == ["status", "end"]
    assert len(failed) == 2


def test_a_wrong_last_id_is_refused(served: Served, job: str) -> None:
    with served.client() as client:
        for last in ("x", "-1"):
            answer = client.get(
                f"/v1/rosters/{job}/events", headers={"Last-Event-ID": last}
            )
            assert answer.status_code == 422


def test_many_listen_and_one_looks(served: Served, job: str) -> None:
    """100 listeners on one job all hear its end, from one look at a time."""
    ends: list[str] = []

    def listen() -> None:
        with served.client() as client:
            ends.append(heard(client, job)[-1]["event"])

    threads = [threading.Thread(target=listen) for _ in range(100)]
    before = served.backend.looks
    for thread in threads:
        thread.start()
    began = time.monotonic()
    until(lambda: served.service.feeds.listeners == 100)
    served.backend.complete(job, {})
    for thread in threads:
        thread.join(30)
    assert ends == ["end"] * 100
    looks = served.backend.looks - before
    assert looks <= (time.monotonic() - began) / feeds._EVERY + 20
    until(lambda: served.service.feeds.listeners == 0)


def test_more_than_may_listen_are_told_to_come_back(
    desk: Desk, database: str, tiny: bytes
) -> None:
    with (
        serving(desk, database, is_open=True, listeners=1) as served,
        served.client() as client,
        served.client() as other,
    ):
        path = f"{submitted(client, tiny)}/events"
        with client.stream("GET", path) as answer:
            lines = answer.iter_lines()
            next(lines)
            until(lambda: served.service.feeds.listeners)
            refused = other.get(path)
    assert refused.status_code == 503
    assert refused.headers["retry-after"]


def test_when_the_service_stops_streams_end(
    desk: Desk, database: str, tiny: bytes
) -> None:
    with (
        serving(desk, database, is_open=True) as served,
        served.client() as client,
    ):
        path = f"{submitted(client, tiny)}/events"
        with client.stream("GET", path) as answer:
            lines = answer.iter_lines()
            next(lines)
            until(lambda: served.service.feeds.listeners)
            served.service.feeds.close()
            assert "event: end" not in list(lines)


def until(condition: Callable[[], object]) -> None:
    """Wait until something is so; fail where it never is."""
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.01)
    raise AssertionError("waited in vain")
