"""How a client speaks with the service: requests, tries, refusals, event streams."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from models.errors import RingfenceError
from scheduler.service.http.problems import Problem
from scheduler.service.jobs.records import JobKind, route_of

Body = Mapping[str, Any] | bytes | Path

_TYPES = {
    ".json": "application/json",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TRIES = 5
AGAIN = (429, 502, 503)  # statuses that ask for another try
_PAUSE = 1.0  # seconds until a service that was not there is asked again
_LONGEST_WAIT = 60.0  # seconds between two tries


class ServiceError(RingfenceError):
    """What the service refused, with every error that it told."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.title}: {problem.detail}")
        self.problem = problem


@dataclass(frozen=True)
class Heard:
    """An event of a job."""

    id: int
    kind: str
    data: Mapping[str, Any]


class Transport:
    """Requests to one service; asks again by itself where it is told to wait."""

    def __init__(self, url: str, key: str | None, timeout: float) -> None:
        headers = {} if key is None else {"Authorization": f"Bearer {key}"}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def get(self, path: str, query: Mapping[str, Any] | None = None) -> httpx.Response:
        """Return the answer to a question."""
        return self.sent("GET", path, params=dict(query or {}))

    def post(
        self, path: str, body: Body, key: str | None, query: Mapping[str, Any]
    ) -> httpx.Response:
        """Return the answer to a plan or a question that is sent."""
        content, form = _content(body)
        headers = {"Content-Type": form}
        if key is not None:
            headers["Idempotency-Key"] = key
        return self.sent(
            "POST", path, params=dict(query), content=content, headers=headers
        )

    def sent(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Return an answer; ask again where the service says so, or is not there."""
        for left in reversed(range(_TRIES)):
            try:
                answer = self._http.request(method, path, **more)
            except httpx.TransportError as error:
                if not left or not _may_be_repeated(method, error):
                    raise
                time.sleep(_PAUSE)
                continue
            if answer.status_code not in AGAIN or not left:
                break
            told = answer.headers.get("retry-after", "1")
            time.sleep(min(_LONGEST_WAIT, float(told) if told.isdecimal() else 1.0))
        if answer.is_error:
            raise _refused(answer)
        return answer

    def stream(
        self, job_id: str, after: int, kind: JobKind = "roster"
    ) -> Iterator[Heard]:
        """Yield what happens to a job after an event, until the stream ends."""
        headers = {"Last-Event-ID": str(after)}
        path = f"{place_of(job_id, kind)}/events"
        with self._http.stream("GET", path, headers=headers) as answer:
            if answer.is_error:
                answer.read()
                raise _refused(answer)
            told: dict[str, str] = {}
            for line in answer.iter_lines():
                name, _, value = line.partition(": ")
                if name:
                    told[name] = value
                    continue
                if "data" in told and "id" in told:
                    data = json.loads(told["data"])
                    yield Heard(int(told["id"]), told.get("event", ""), data)
                told = {}


def _may_be_repeated(method: str, error: httpx.TransportError) -> bool:
    """Whether nothing can have come of a request that had no answer."""
    if isinstance(error, httpx.TimeoutException):
        return False
    return method == "GET" or isinstance(error, httpx.ConnectError)


def place_of(job_id: str, kind: JobKind) -> str:
    """Return the path of a job; one of another kind is not found there."""
    return f"{route_of(kind)}/{job_id}"


def _content(body: Body) -> tuple[bytes, str]:
    """Return a plan as it is sent: JSON, or a file by its name."""
    if isinstance(body, Path):
        return body.read_bytes(), _TYPES[body.suffix.lower()]
    if isinstance(body, bytes):
        return body, _TYPES[".zip" if body.startswith(b"PK") else ".json"]
    return json.dumps(body, default=str).encode(), _TYPES[".json"]


def _refused(answer: httpx.Response) -> ServiceError:
    """Return the error of an answer."""
    try:
        return ServiceError(Problem.model_validate_json(answer.content))
    except ValueError:
        problem = Problem(
            type="about:blank",
            title=answer.reason_phrase,
            status=answer.status_code,
            detail="",
            instance=answer.url.path,
            trace_id=answer.headers.get("trace-id", ""),
        )
        return ServiceError(problem)
