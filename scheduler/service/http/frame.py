"""Around every request: trace id, hosts, headers, one line in the log, figures."""

import asyncio
import re
import secrets
import time
from collections.abc import Collection, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scheduler.service.http.metrics import Metrics
from scheduler.service.http.problems import MEDIA_TYPE, Refusal, document
from scheduler.service.tracing import span

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
}
SMALL = 65_536  # bytes of a body
_SLOWEST = 20.0  # seconds for all of them
_MOST = f"a body of {SMALL:,} bytes at most"
_SAFE = ("GET", "HEAD", "OPTIONS")
_log = structlog.get_logger("ringfence.http")


class Frame:
    """Middleware around all routes.

    Parameters
    ----------
    hosts
        Names under which the service may be called; empty: any.
    origins
        Pages of other origins that may call it.
    streamed
        Paths whose routes see to the size of bodies themselves.
    """

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        hosts: Collection[str] = (),
        origins: Collection[str] = (),
        streamed: Collection[str] = (),
    ) -> None:
        self._app, self._metrics = app, metrics
        self._streamed = frozenset(streamed)
        self._hosts, self._origins = frozenset(hosts), frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see to what goes with every one."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        trace_id = _trace_id(headers)
        scope.setdefault("state", {})["trace_id"] = trace_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(trace_id=trace_id)
        seen = _Seen(send, trace_id)
        try:
            self._refuse_strangers(scope, headers)
            heard = receive
            if scope["path"] not in self._streamed:
                heard = _Heard(receive, headers)
            parent = headers.get("traceparent", "")
            with span("request", trace_id=trace_id, parent=parent):
                await self._app(scope, heard, seen)
        except Refusal as refusal:
            await _answer(scope, receive, seen, refusal)
        except Exception:
            _log.exception("failed", route=_route(scope))
            if seen.status:
                raise
            failed = Refusal("internal", "the log tells more, under the trace id")
            await _answer(scope, receive, seen, failed)
        finally:
            self._count(scope, seen)

    def _refuse_strangers(self, scope: Scope, headers: Headers) -> None:
        """Refuse other names for this host, and pages of other origins."""
        host = headers.get("host", "")
        name = (urlsplit(f"//{host}").hostname or "") if _is_host(host) else ""
        if self._hosts and name not in self._hosts:
            raise Refusal("malformed", "the service is not called by this name")
        origin = headers.get("origin")
        if origin is None or origin in self._origins or scope["method"] in _SAFE:
            return
        if urlsplit(origin).netloc != host:
            raise Refusal("forbidden", "pages of other origins may not do that")

    def _count(self, scope: Scope, seen: "_Seen") -> None:
        route, status = _route(scope), seen.status or 499
        method = scope["method"] if scope["method"].isalpha() else "OTHER"
        known = method if method in (*_SAFE, "POST", "PUT", "DELETE") else "OTHER"
        self._metrics.requests.labels(known, route, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seen.seconds)
        _log.info(
            "request",
            method=known,
            route=route,
            status=status,
            milliseconds=round(1000 * seen.seconds, 1),
        )


class _Heard:
    """Hands on a body, as long as it is small and does not take long."""

    def __init__(self, receive: Receive, headers: Headers) -> None:
        told = headers.get("content-length", "0")
        self._receive, self._left = receive, SMALL
        self._until: float | None = asyncio.get_running_loop().time() + _SLOWEST
        if told.isdecimal() and int(told) > SMALL:
            raise Refusal("too-large", _MOST)

    async def __call__(self) -> Message:
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(
                400, f"the body took more than {_SLOWEST:g} s"
            ) from None
        if not message.get("more_body"):
            self._until = None  # what is heard next is that the client has gone
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise HTTPException(413, _MOST)
        return message


class _Seen:
    """Sends an answer on with our headers; knows its status and when it began."""

    def __init__(self, send: Send, trace_id: str) -> None:
        self._send, self._trace_id = send, trace_id
        self._began = time.perf_counter()
        self.status = 0
        self.seconds = 0.0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.seconds = time.perf_counter() - self._began
            headers = MutableHeaders(scope=message)
            headers["Trace-Id"] = self._trace_id
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def _is_host(text: str) -> bool:
    return re.fullmatch(r"\[?[A-Za-z0-9:._-]*\]?(:\d{1,5})?", text) is not None


def _trace_id(headers: Headers) -> str:
    """Return the trace id of who calls (W3C Trace Context), or one of our own."""
    match = _TRACEPARENT.fullmatch(headers.get("traceparent", ""))
    return match[1] if match and match[1].strip("0") else secrets.token_hex(16)


def _route(scope: MutableMapping[str, Any]) -> str:
    """Return the template of a route: ids in paths stay out of logs."""
    route = scope.get("route")
    return getattr(route, "path", "unknown")


async def _answer(scope: Scope, receive: Receive, send: Send, refusal: Refusal) -> None:
    problem = document(refusal, scope["path"], scope["state"]["trace_id"])
    response = JSONResponse(
        problem.model_dump(exclude_none=True),
        refusal.status,
        refusal.headers,
        MEDIA_TYPE,
    )
    await response(scope, receive, send)
