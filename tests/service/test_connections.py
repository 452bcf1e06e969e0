"""Connections of clients who say nothing, or only half of it."""

import asyncio
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from scheduler.service.http import frame
from scheduler.service.http.connections import Connection, most_connections
from tests.service.conftest import Served, running

HALF = b"GET /livez HTTP/1.1\r\nHost: localhost\r\n"
LONG = 20  # seconds until something is wrong


class Hasty(Connection):
    header_seconds = 0.3


class Strict(Connection):
    refused = 0


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer later than a header may come."""
    if scope["type"] != "http":
        return
    await asyncio.sleep(2 * Hasty.header_seconds)
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


@contextmanager
def connected(url: str) -> Iterator[socket.socket]:
    parts = httpx.URL(url)
    with socket.create_connection((parts.host, parts.port), LONG) as talk:
        yield talk


@pytest.mark.parametrize("said", [b"", HALF])
def test_a_connection_is_closed_when_no_whole_header_comes(said: bytes) -> None:
    with running(slow, Hasty) as url, connected(url) as talk:
        talk.sendall(said)
        assert talk.recv(100) == b""


def test_who_has_asked_is_answered_and_may_ask_again_but_not_by_half() -> None:
    with running(slow, Hasty) as url, connected(url) as talk:
        for _ in range(2):
            talk.sendall(HALF)
            talk.sendall(b"\r\n")
            assert talk.recv(1000).startswith(b"HTTP/1.1 204")
        talk.sendall(HALF)
        assert talk.recv(100) == b""


def test_connections_beyond_all_bounds_are_closed_at_once() -> None:
    with (
        running(slow, Strict, most=2) as url,
        connected(url),
        connected(url),
        connected(url) as third,
    ):
        assert third.recv(100) == b""


def test_there_are_no_more_connections_than_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1024, 4096))
    assert (most_connections(2200), most_connections(100)) == (724, 100)


def test_a_body_that_does_not_come_is_refused(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frame, "_SLOWEST", 0.3)
    host = httpx.URL(served.url).netloc
    head = b"POST /v1/erlang HTTP/1.1\r\nHost: %b\r\nContent-Length: 9\r\n" % host
    with connected(served.url) as talk:
        talk.sendall(head + b"Content-Type: application/json\r\n\r\n{")
        answer = talk.recv(10_000)
    assert answer.startswith(b"HTTP/1.1 400")
    assert b"application/problem+json" in answer
