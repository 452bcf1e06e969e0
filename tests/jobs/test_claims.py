"""Jobs that workers take up: who may write, who is lost, what is asked of them."""

import threading

import pytest
from sqlalchemy import Engine

from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.ledger import MOST_ATTEMPTS, Ending, Ledger, Superseded
from scheduler.service.jobs.records import (
    Job,
    JobStatus,
    SolverStatus,
    StopReason,
)
from scheduler.service.store.blobs import Blob
from tests.jobs.orders import order

DONE = Ending(JobStatus.COMPLETED, SolverStatus.OPTIMAL, StopReason.OPTIMAL, 2.0, 2.0)


def _claimed(engine: Engine, job: Job, worker: str = "w") -> tuple[Ledger, Job]:
    ledger = Ledger(engine, worker)
    claimed = ledger.claim(job.id)
    assert claimed is not None
    return ledger, claimed


def test_cancelling_ends_a_job_for_good(backend: DbosBackend, engine: Engine) -> None:
    job = backend.submit(order()).job
    ledger, claimed = _claimed(engine, job)
    assert backend.cancel("a", job.id).status is JobStatus.CANCELLED
    assert backend.cancel("a", job.id) == backend.get("a", job.id)
    with pytest.raises(Superseded):
        ledger.end(claimed, DONE, {"roster.csv": Blob.of(b"x")})
    assert set(backend.artifacts("a", job.id)) == {"plan.json"}
    assert ledger.claim(job.id) is None
    assert [e.kind for e in backend.events("a", job.id)] == ["status", "status", "end"]


def test_stopping_what_nobody_has_begun_ends_it(backend: DbosBackend) -> None:
    job = backend.submit(order()).job
    stopped = backend.stop("a", job.id)
    assert (stopped.status, stopped.solver_status) == ("COMPLETED", "UNKNOWN")
    assert stopped.stop_reason is StopReason.STOPPED_BY_USER
    assert backend.cancel("a", job.id) == stopped


def test_stopping_what_runs_is_asked_of_its_worker(
    backend: DbosBackend, engine: Engine
) -> None:
    job = backend.submit(order()).job
    ledger, _ = _claimed(engine, job)
    assert backend.stop("a", job.id).status is JobStatus.VALIDATING
    assert ledger.watch([job.id])[job.id].stop_asked


def test_who_is_not_the_last_to_have_taken_it_up_writes_nothing(
    backend: DbosBackend, engine: Engine
) -> None:
    job = backend.submit(order()).job
    first, as_first = _claimed(engine, job, "first")
    second, as_second = _claimed(engine, job, "second")
    assert (as_first.attempt, as_second.attempt) == (1, 2)
    moment = {"objective": 1.0, "bound": 1.0, "gap": 0.0, "phase": "x", "seconds": 0}
    for write in (
        lambda: first.status(as_first, JobStatus.SOLVING),
        lambda: first.incumbent(as_first, moment),
        lambda: first.log(as_first, "x"),
        lambda: first.end(as_first, DONE, {"roster.csv": Blob.of(b"first")}),
    ):
        with pytest.raises(Superseded):
            write()
    second.end(as_second, DONE, {"roster.csv": Blob.of(b"second")})
    roster = backend.artifact("a", job.id, "roster.csv")
    assert roster is not None
    assert roster.content == b"second"
    ends = [e for e in backend.events("a", job.id) if e.kind == "end"]
    assert len(ends) == 1
    with pytest.raises(Superseded):
        second.end(as_second, DONE, {})


def test_events_are_numbered_without_gaps_whoever_writes(
    backend: DbosBackend, engine: Engine
) -> None:
    job = backend.submit(order()).job
    ledger, claimed = _claimed(engine, job)
    threads = [
        threading.Thread(
            target=lambda: [ledger.log(claimed, str(n)) for n in range(10)]
        )
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [event.id for event in backend.events("a", job.id)]
    assert numbers == list(range(1, 33))
    assert [e.id for e in backend.events("a", job.id, after=30)] == [31, 32]
    assert backend.get("a", job.id).version == 32


def test_jobs_of_a_lost_worker_are_put_back(
    backend: DbosBackend, engine: Engine
) -> None:
    lost, other = (backend.submit(order()).job for _ in range(2))
    _claimed(engine, lost, "lost")
    _claimed(engine, other, "other")
    (back,) = Ledger(engine, "new").requeue(worker="lost", reason="gone")
    assert (back.id, back.status) == (lost.id, "QUEUED")
    assert backend.get("a", other.id).status is JobStatus.VALIDATING
    assert Ledger(engine, "new").requeue(worker="lost", reason="gone") == []


def test_a_job_that_costs_one_worker_after_another_is_given_up(
    backend: DbosBackend, engine: Engine
) -> None:
    job = backend.submit(order()).job
    for _ in range(MOST_ATTEMPTS):
        _claimed(engine, job)
    assert Ledger(engine, "w").claim(job.id) is None
    failed = backend.get("a", job.id)
    assert (failed.status, failed.stop_reason) == ("FAILED", "crash")
    assert "was lost" in failed.reason
