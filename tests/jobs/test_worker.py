"""Workers: jobs from the queue to their end, whatever happens in between."""

import logging
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from scheduler.service.jobs import running
from scheduler.service.jobs.children import Child
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.records import JobStatus, Options, SolverStatus, StopReason
from scheduler.service.jobs.worker import Worker
from scheduler.service.settings import Settings
from tests.jobs.chaos import chaos
from tests.jobs.conftest import quickly_on_one
from tests.jobs.orders import HARD, LONG, SURE, ended, order, until
from tests.jobs.working import process_of, working


def test_a_job_runs_to_its_end(backend: DbosBackend, url: str) -> None:
    job = backend.submit(order(options=SURE)).job
    with working(url):
        done = ended(backend.get, job)
        assert backend.health().workers == 1
        assert logging.getLogger("dbos").propagate, "it prints lines of its own"
    assert backend.health().workers == 0
    assert (done.status, done.attempt) == (JobStatus.COMPLETED, 1)
    assert done.solver_status in (SolverStatus.FEASIBLE, SolverStatus.OPTIMAL)
    assert done.objective is not None
    assert done.bound is not None
    assert done.started_at and done.solving_at and done.solved_at and done.ended_at
    assert (
        done.submitted_at
        <= done.started_at
        <= done.solving_at
        <= done.solved_at
        <= done.ended_at
    )
    told = backend.events("a", job.id)
    statuses = [e.data["status"] for e in told if e.kind == "status"]
    assert statuses == ["QUEUED", "VALIDATING", "BUILDING", "SOLVING", "CHECKING"]
    assert told[-1].kind == "end"
    assert told[-1].data["solver_status"] == done.solver_status
    assert {"plan.json", "result.json", "roster.csv", "log.txt"} <= set(
        backend.artifacts("a", job.id)
    )


@quickly_on_one
def test_a_wrong_plan_ends_invalid(backend: DbosBackend, url: str) -> None:
    asked = order()
    wrong = asked.plan.replace('"minutes": 30', '"minutes": -30')
    job = backend.submit(replace(asked, plan=wrong)).job
    with working(url):
        done = ended(backend.get, job)
    assert (done.status, done.solver_status) == (JobStatus.INVALID, None)
    assert done.problems
    assert "result.json" not in backend.artifacts("a", job.id)


@quickly_on_one
def test_want_of_memory_fails_that_job_alone(backend: DbosBackend, url: str) -> None:
    settings = Settings(
        database_url=url, slots=1, drain_seconds=0, extra_seconds=5, grace_seconds=1
    )
    small = settings.model_copy(update={"memory_mb": 1})
    job = backend.submit(
        order(options=Options(engine="cpsat", seconds=1, workers=4))
    ).job
    worker = Worker(small)
    try:
        failed = ended(backend.get, job)
        assert (failed.status, failed.stop_reason) == ("FAILED", StopReason.MEMORY)
        assert "memory" in failed.reason
        worker._settings = settings
        assert ended(backend.get, backend.submit(order()).job).status == "COMPLETED"
    finally:
        worker.close()


@quickly_on_one
def test_cancelling_ends_the_process(backend: DbosBackend, url: str) -> None:
    job = backend.submit(order(plan=HARD, options=LONG)).job
    with working(url) as worker:
        until(lambda: backend.get("a", job.id).status is JobStatus.SOLVING)
        child = worker._running[job.id].child
        assert child is not None
        assert backend.cancel("a", job.id).status is JobStatus.CANCELLED
        until(lambda: not psutil.pid_exists(child.pid))
        until(lambda: worker.running == 0)
        # The worker goes on with others.
        other = backend.submit(order()).job
        assert ended(backend.get, other).status is JobStatus.COMPLETED
    assert set(backend.artifacts("a", job.id)) == {"plan.json"}
    assert backend.get("a", job.id).status is JobStatus.CANCELLED


@quickly_on_one
def test_stopping_keeps_the_best(backend: DbosBackend, url: str) -> None:
    job = backend.submit(order(plan=HARD, options=LONG)).job
    with working(url):
        until(lambda: backend.get("a", job.id).objective is not None)
        backend.stop("a", job.id)
        done = ended(backend.get, job)
    assert (done.status, done.stop_reason) == ("COMPLETED", StopReason.STOPPED_BY_USER)
    assert "roster.csv" in backend.artifacts("a", job.id)


def test_a_worker_that_is_closed_puts_its_jobs_back(
    backend: DbosBackend, url: str
) -> None:
    job = backend.submit(order(plan=HARD, options=LONG)).job
    with working(url) as worker:
        until(lambda: backend.get("a", job.id).status is JobStatus.SOLVING)
        child = worker._running[job.id].child
    assert child is not None
    assert not psutil.pid_exists(child.pid)
    assert backend.get("a", job.id).status is JobStatus.QUEUED
    with working(url):
        until(lambda: backend.get("a", job.id).attempt == 2)
        backend.stop("a", job.id)
        assert ended(backend.get, job).status is JobStatus.COMPLETED


@quickly_on_one
def test_a_job_that_begins_while_its_worker_is_closed_is_put_back(
    backend: DbosBackend, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, closing = threading.Event(), threading.Event()
    begin, children = running.start, []

    def late(*asked: Any) -> Child:
        begun.set()
        closing.wait()
        children.append(begin(*asked))
        return children[0]

    monkeypatch.setattr(running, "start", late)
    job = backend.submit(order(plan=HARD, options=LONG)).job
    with working(url) as worker:
        until(begun.is_set)
        worker.take_no_more()
        threading.Timer(0.5, closing.set).start()  # close() waits for it by then
    assert not psutil.pid_exists(children[0].pid)
    assert backend.get("a", job.id).status is JobStatus.QUEUED


@quickly_on_one
def test_a_job_of_a_killed_worker_is_another_workers(
    backend: DbosBackend, url: str, tmp_path: Path
) -> None:
    job = backend.submit(order(plan=HARD, options=LONG)).job
    with process_of(url, tmp_path / "one") as first:
        until(lambda: backend.get("a", job.id).status is JobStatus.SOLVING)
        family = first.children(recursive=True)
        assert family
        first.kill()
        until(lambda: not any(each.is_running() for each in family))
    with working(url):
        until(lambda: backend.get("a", job.id).attempt == 2)
        backend.stop("a", job.id)
        done = ended(backend.get, job)
    assert (done.status, done.attempt) == (JobStatus.COMPLETED, 2)
    told = backend.events("a", job.id)
    assert [e.data.get("reason") for e in told].count("its worker was lost") == 1
    assert [e.kind for e in told].count("end") == 1


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_workers_of_two_folders_share_one_postgresql(
    backend: DbosBackend, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "two").mkdir()
    monkeypatch.chdir(tmp_path / "two")
    solving = {JobStatus.SOLVING}
    with process_of(url, tmp_path / "one"), working(url):
        until(lambda: backend.health().workers == 2)  # until then nobody need solve
        made = [backend.submit(order(plan=HARD, options=LONG)).job for _ in range(2)]
        # Each has one slot: of two jobs that are solved at a time, it has one.
        until(lambda: {backend.get("a", job.id).status for job in made} == solving)
        for job in made:
            backend.cancel("a", job.id)
    taken = [event for job in made for event in backend.events("a", job.id)]
    workers = {event.data["worker"] for event in taken if "worker" in event.data}
    assert len(workers) == 2


@pytest.mark.full
@pytest.mark.parametrize("kills", [6])
def test_jobs_survive_kills(url: str, tmp_path: Path, kills: int) -> None:
    figures = chaos("", url, tmp_path, count=20, kills=kills, most=600)
    assert figures.sound, figures
    assert figures.kills == kills
