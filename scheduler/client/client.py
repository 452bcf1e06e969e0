"""A client of the service, in the documents that the service speaks.

>>> from scheduler.client import Client
>>> with Client("http://127.0.0.1:8000", key="rf_...") as client:  # doctest: +SKIP
...     job = client.submit(client.sample("retail-bank"), time_limit=30)
...     done = client.wait(job.id)
...     book = client.export(job.id, "xlsx")
"""

import time
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Literal, Self, TypeVar

import httpx
from pydantic import BaseModel

from scheduler.client.transport import (
    AGAIN,
    Body,
    Heard,
    ServiceError,
    Transport,
    place_of,
)
from scheduler.documents import (
    BurndownDocument,
    CheckDocument,
    ErlangDocument,
    RequirementsDocument,
    ThroughputDocument,
    ValidateDocument,
)
from scheduler.hiring.document import HireDocument
from scheduler.rosters.explained import ExplainDocument
from scheduler.rosters.simulated import SimulateDocument
from scheduler.service.documents import (
    ActivityTable,
    BacklogTable,
    CoverageTable,
    DryRun,
    ExportDocument,
    HireSubmission,
    JobDocument,
    JobList,
    JobMetadata,
    RosterTable,
    Submission,
    ViolationsDocument,
    WhatIfSubmission,
)
from scheduler.service.jobs.records import JobKind
from scheduler.whatif.document import WhatIfDocument

Form = Literal["csv", "xlsx", "ics", "html", "json"]

_Model = TypeVar("_Model", bound=BaseModel)
_POLL = 2.0


class Client:
    """A client of one service; asks again by itself where it is told to wait.

    Parameters
    ----------
    url
        Such as ``http://127.0.0.1:8000``.
    key
        An API key, or a token of the issuer; none where the service asks for none.
    """

    def __init__(
        self, url: str, key: str | None = None, *, timeout: float = 60.0
    ) -> None:
        self._http = Transport(url, key, timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def sample(self, name: str) -> bytes:
        """Return a sample plan."""
        return self._http.get(f"/v1/demo-data/{name}").content

    def validate(self, plan: Body) -> ValidateDocument:
        """Return every problem of a plan."""
        return self._ask(ValidateDocument, "validate", plan)

    def requirements(self, plan: Body) -> RequirementsDocument:
        """Return the people that a plan's calls need."""
        return self._ask(RequirementsDocument, "requirements", plan)

    def throughput(self, plan: Body) -> ThroughputDocument:
        """Return the hours of a plan's cases by day."""
        return self._ask(ThroughputDocument, "throughput", plan)

    def check(
        self,
        plan: Mapping[str, Any],
        roster: list[Mapping[str, Any]],
        activities: list[Mapping[str, Any]] | None = None,
    ) -> CheckDocument:
        """Return whether a roster is legal, and what it costs."""
        content = {"plan": plan, "roster": roster, "activities": activities}
        body = {name: each for name, each in content.items() if each is not None}
        return self._ask(CheckDocument, "check", body)

    def erlang(self, **question: Any) -> ErlangDocument:
        """Return the agents that calls need."""
        return self._ask(ErlangDocument, "erlang", question)

    def burndown(self, **question: Any) -> BurndownDocument:
        """Return the people who clear a backlog."""
        return self._ask(BurndownDocument, "burndown", question)

    def submit(self, plan: Body, *, key: str | None = None, **asked: Any) -> Submission:
        """Submit a plan; with the same key again, the answer is the first one's.

        ``asked`` is the query: time_limit, gap, seed, workers, engine, name, tag, ...
        """
        answer = self._http.post("/v1/rosters", plan, key or uuid.uuid4().hex, asked)
        return Submission.model_validate_json(answer.content)

    def dry_run(self, plan: Body, **asked: Any) -> DryRun:
        """Return what would be submitted."""
        query = {**asked, "dry_run": True}
        answer = self._http.post("/v1/rosters", plan, None, query)
        return DryRun.model_validate_json(answer.content)

    def suppose(
        self,
        plan: Mapping[str, Any],
        scenarios: Mapping[str, Any],
        *,
        key: str | None = None,
        **asked: Any,
    ) -> WhatIfSubmission:
        """Submit scenarios of a plan: a job of the kind ``whatif``.

        ``asked`` is the query: time_limit (of each), gap, seed, workers, name, tag, ...
        """
        body = {"plan": plan, "scenarios": scenarios}
        answer = self._http.post("/v1/whatifs", body, key or uuid.uuid4().hex, asked)
        return WhatIfSubmission.model_validate_json(answer.content)

    def supposed(self, job_id: str) -> WhatIfDocument:
        """Return scenarios side by side."""
        answer = self._http.get(f"/v1/whatifs/{job_id}/result")
        return WhatIfDocument.model_validate_json(answer.content)

    def hire(
        self,
        plan: Mapping[str, Any],
        hires: Mapping[str, Any],
        *,
        key: str | None = None,
        **asked: Any,
    ) -> HireSubmission:
        """Submit a plan and who can be hired for it: a job of the kind ``hire``.

        ``asked`` is the query: time_limit (of each roster), total, mixes, gap, ...
        """
        body = {"plan": plan, "hires": hires}
        answer = self._http.post("/v1/hires", body, key or uuid.uuid4().hex, asked)
        return HireSubmission.model_validate_json(answer.content)

    def hired(self, job_id: str) -> HireDocument:
        """Return whom to hire."""
        answer = self._http.get(f"/v1/hires/{job_id}/result")
        return HireDocument.model_validate_json(answer.content)

    def jobs(self, **wanted: Any) -> Iterator[JobMetadata]:
        """Yield jobs, the latest first; ``wanted`` is the query: status, tag, ..."""
        cursor: str | None = None
        while True:
            more = {} if cursor is None else {"cursor": cursor}
            answer = self._http.get("/v1/rosters", {**wanted, **more})
            page = JobList.model_validate_json(answer.content)
            yield from page.items
            cursor = page.next
            if cursor is None:
                return

    def job(self, job_id: str) -> JobDocument:
        """Return a job and what came of it."""
        return self._read(JobDocument, job_id, "")

    def metadata(self, job_id: str, kind: JobKind = "roster") -> JobMetadata:
        """Return a job as it stands."""
        path = "/metadata" if kind == "roster" else ""
        answer = self._http.get(f"{place_of(job_id, kind)}{path}")
        return JobMetadata.model_validate_json(answer.content)

    def wait(
        self, job_id: str, seconds: float = float("inf"), *, kind: JobKind = "roster"
    ) -> JobMetadata:
        """Return a job when it has ended; raise ``TimeoutError`` before that."""
        until = time.monotonic() + seconds
        while True:
            job = self.metadata(job_id, kind)
            if job.status.ended:
                return job
            if time.monotonic() > until:
                raise TimeoutError(f"{job_id} is {job.status} after {seconds:g} s")
            time.sleep(min(_POLL, max(0.0, until - time.monotonic())))

    def events(
        self, job_id: str, after: int = 0, *, kind: JobKind = "roster"
    ) -> Iterator[Heard]:
        """Yield what happens to a job, to its end; a break is bridged."""
        while True:
            try:
                for heard in self._http.stream(job_id, after, kind):
                    yield heard
                    after = heard.id
                    if heard.kind == "end":
                        return
                if self.metadata(job_id, kind).status.ended and after:
                    return
            except httpx.TransportError:
                time.sleep(_POLL)
            except ServiceError as error:
                if error.problem.status not in AGAIN:
                    raise
                time.sleep(_POLL)

    def roster(self, job_id: str) -> RosterTable:
        """Return the shifts of a job's roster."""
        return self._read(RosterTable, job_id, "/roster")

    def activities(self, job_id: str) -> ActivityTable:
        """Return what fills the shifts."""
        return self._read(ActivityTable, job_id, "/activities")

    def coverage(self, job_id: str) -> CoverageTable:
        """Return how calls are covered."""
        return self._read(CoverageTable, job_id, "/coverage")

    def backlog(self, job_id: str) -> BacklogTable:
        """Return what becomes of the cases."""
        return self._read(BacklogTable, job_id, "/backlog")

    def violations(self, job_id: str) -> ViolationsDocument:
        """Return the rules that the roster breaks."""
        return self._read(ViolationsDocument, job_id, "/violations")

    def explain(self, job_id: str, **asked: Any) -> ExplainDocument:
        """Return why; ``asked`` is the query: agent and day, interval, cases, ..."""
        return self._read(ExplainDocument, job_id, "/explain", asked)

    def simulate(self, job_id: str, **asked: Any) -> SimulateDocument:
        """Return what playing the roster gives."""
        return self._read(SimulateDocument, job_id, "/simulate", asked)

    def export(self, job_id: str, form: Form, **asked: Any) -> bytes:
        """Return the roster as a file."""
        return self._http.get(f"/v1/rosters/{job_id}/export.{form}", asked).content

    def document(self, job_id: str) -> ExportDocument:
        """Return everything of the roster."""
        return ExportDocument.model_validate_json(self.export(job_id, "json"))

    def stop(self, job_id: str, kind: JobKind = "roster") -> JobMetadata:
        """End the search and keep the best roster, or the scenarios solved so far."""
        return self._tell(job_id, kind, "stop")

    def cancel(self, job_id: str, kind: JobKind = "roster") -> JobMetadata:
        """Discard a job."""
        return self._tell(job_id, kind, "cancel")

    def erase(self, job_id: str, kind: JobKind = "roster") -> None:
        """Erase a job that has ended."""
        self._http.sent("DELETE", place_of(job_id, kind))

    def _tell(self, job_id: str, kind: JobKind, verb: str) -> JobMetadata:
        answer = self._http.sent("POST", f"{place_of(job_id, kind)}/{verb}")
        return JobMetadata.model_validate_json(answer.content)

    def _ask(self, model: type[_Model], route: str, body: Body) -> _Model:
        answer = self._http.post(f"/v1/{route}", body, None, {})
        return model.model_validate_json(answer.content)

    def _read(
        self,
        model: type[_Model],
        job_id: str,
        path: str,
        query: Mapping[str, Any] | None = None,
    ) -> _Model:
        answer = self._http.get(f"/v1/rosters/{job_id}{path}", query)
        return model.model_validate_json(answer.content)
