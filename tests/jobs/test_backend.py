"""The job backend without a worker: what is taken in, told and erased."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text, update
from sqlalchemy.exc import DataError

from scheduler.service.jobs.backend import (
    BeyondCaps,
    JobNotEnded,
    KeyReused,
    NoSuchCursor,
    NoSuchJob,
)
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.ledger import Ledger
from scheduler.service.jobs.records import (
    JobFilter,
    JobStatus,
    Options,
    Usage,
)
from scheduler.service.jobs.rows import now
from scheduler.service.store.tables import jobs
from tests.jobs.orders import order


def test_what_is_ordered_is_what_is_kept(backend: DbosBackend) -> None:
    asked = order(name="May", tags=("x", "y"), trace_id="t1")
    job = backend.submit(asked).job
    assert backend.get("a", job.id) == job
    assert (job.status, job.options, job.attempt) == ("QUEUED", asked.options, 0)
    assert (job.name, job.tags, job.trace_id) == ("May", ("x", "y"), "t1")
    assert job.submitted_at.tzinfo is not None
    plan = backend.artifact("a", job.id, "plan.json")
    assert plan is not None
    assert plan.content.decode() == asked.plan
    assert backend.artifact("a", job.id, "roster.csv") is None
    (event,) = backend.events("a", job.id)
    assert (event.id, event.kind, event.data) == (1, "status", {"status": "QUEUED"})


def test_the_same_request_is_one_job(backend: DbosBackend) -> None:
    asked = order(idempotency_key="k", request_hash="h")
    first = backend.submit(asked)
    again = backend.submit(asked)
    assert (first.replayed, again.replayed) == (False, True)
    assert first.job == again.job
    other = backend.submit(order("b", idempotency_key="k", request_hash="h"))
    assert other.job.id != first.job.id


def test_however_many_come_at_once_a_tenant_has_no_more_than_it_may(
    backend: DbosBackend,
) -> None:
    most = Usage(jobs=3, seconds=100, workers=100)
    backend.submit(order("b"), most)
    backend.submit(order(), most)
    at_once = threading.Barrier(20)

    def submitted(_: int) -> bool:
        at_once.wait()
        try:
            backend.submit(order(), most)
        except BeyondCaps as error:
            assert error.then.jobs == 4
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(submitted, range(20))) == 2
    assert backend.usage("a").jobs == len(backend.list("a").jobs) == 3
    assert backend.health().queued == 4


@pytest.mark.parametrize(
    "most", [Usage(9, 1.5, 9), Usage(9, 9, 1), Usage(1, 9, 9)], ids=str
)
def test_of_an_order_beyond_the_caps_nothing_is_kept(
    backend: DbosBackend, engine: Engine, most: Usage
) -> None:
    first = backend.submit(order(idempotency_key="k"), most)
    with pytest.raises(BeyondCaps) as refused:
        backend.submit(order(), most)
    assert refused.value.then == Usage(2, 2.0, 2)
    assert backend.submit(order(idempotency_key="k"), most).job == first.job
    with engine.connect() as connection:
        queued = text("SELECT count(*) FROM workflow_status")
        if engine.dialect.name == "postgresql":
            queued = text("SELECT count(*) FROM dbos.workflow_status")
        assert connection.execute(queued).scalar_one() == 1


def test_a_nul_is_kept_or_refused_as_data_that_is_wrong(
    backend: DbosBackend, engine: Engine
) -> None:
    if engine.dialect.name == "sqlite":  # keeps it
        assert backend.submit(order(name="a\0b")).job.name == "a\0b"
        return
    with pytest.raises(DataError):
        backend.submit(order(name="a\0b"))
    assert backend.usage("a").jobs == 0


def test_a_key_of_another_request_is_refused(backend: DbosBackend) -> None:
    backend.submit(order(idempotency_key="k", request_hash="h"))
    with pytest.raises(KeyReused, match="'k'"):
        backend.submit(order(idempotency_key="k", request_hash="other"))


def test_a_key_is_forgotten_after_a_day(backend: DbosBackend, engine: Engine) -> None:
    first = backend.submit(order(idempotency_key="k", request_hash="h")).job
    with engine.begin() as connection:
        old = now() - dt.timedelta(hours=24, seconds=1)
        connection.execute(update(jobs).values(submitted_at=old))
    again = backend.submit(order(idempotency_key="k", request_hash="other"))
    assert not again.replayed
    assert again.job.id != first.id


def test_a_key_that_comes_many_times_at_once_is_one_job(backend: DbosBackend) -> None:
    found: list[str] = []

    def submit() -> None:
        asked = order(idempotency_key="k", request_hash="h")
        found.append(backend.submit(asked).job.id)

    threads = [threading.Thread(target=submit) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert len(backend.list("a").jobs) == 1


def test_lists_go_on_where_they_ended(backend: DbosBackend) -> None:
    made = [backend.submit(order(tags=(f"n{n}", "x"))).job.id for n in range(5)]
    first = backend.list("a", limit=2)
    backend.submit(order())  # what comes later moves nothing
    assert first.next is not None
    second = backend.list("a", cursor=first.next, limit=2)
    third = backend.list("a", cursor=second.next, limit=2)
    seen = [job.id for page in (first, second, third) for job in page.jobs]
    assert seen == made[::-1]
    assert third.next is None


@pytest.mark.parametrize("wrong", ["", "x", "é", "bnVsbA==", "WzEsMl0=", "W10="])
def test_cursors_of_nobody_are_refused(backend: DbosBackend, wrong: str) -> None:
    with pytest.raises(NoSuchCursor):
        backend.list("a", cursor=wrong)


def test_lists_are_filtered(backend: DbosBackend) -> None:
    old = backend.submit(order(tags=("x",))).job
    new = backend.submit(order(tags=("x", "y"))).job
    backend.cancel("a", old.id)

    def listed(wanted: JobFilter) -> list[str]:
        return [job.id for job in backend.list("a", wanted).jobs]

    assert listed(JobFilter(statuses=(JobStatus.CANCELLED,))) == [old.id]
    assert listed(JobFilter(tag="y")) == [new.id]
    assert listed(JobFilter(tag="x")) == [new.id, old.id]
    assert listed(JobFilter(created_after=old.submitted_at)) == [new.id]
    assert listed(JobFilter(tag="' OR 1=1")) == []


def test_another_tenants_jobs_do_not_exist(backend: DbosBackend) -> None:
    job = backend.submit(order("a")).job
    for call in (
        lambda: backend.get("b", job.id),
        lambda: backend.stop("b", job.id),
        lambda: backend.cancel("b", job.id),
        lambda: backend.delete("b", job.id),
        lambda: backend.events("b", job.id),
        lambda: backend.artifact("b", job.id, "plan.json"),
        lambda: backend.artifacts("b", job.id),
    ):
        with pytest.raises(NoSuchJob):
            call()
    assert backend.list("b").jobs == []
    assert backend.usage("b") == Usage()
    assert backend.get("a", job.id) == job


def test_usage_is_of_what_has_not_ended(backend: DbosBackend) -> None:
    options = Options(seconds=30, workers=2)
    first = backend.submit(order(options=options)).job
    backend.submit(order(options=options))
    assert backend.usage("a") == Usage(2, 60, 4)
    backend.cancel("a", first.id)
    assert backend.usage("a") == Usage(1, 30, 2)


def test_only_what_has_ended_is_erased(backend: DbosBackend, engine: Engine) -> None:
    job = backend.submit(order()).job
    with pytest.raises(JobNotEnded, match="QUEUED"):
        backend.delete("a", job.id)
    backend.cancel("a", job.id)
    backend.delete("a", job.id)
    with pytest.raises(NoSuchJob):
        backend.get("a", job.id)
    with engine.connect() as connection:
        for table in ("jobs", "events", "artifacts", "blobs", "job_tags"):
            count = connection.execute(text(f"SELECT count(*) FROM {table}"))
            assert count.scalar_one() == 0, table


def test_purge_erases_what_is_old_and_has_ended(
    backend: DbosBackend, engine: Engine
) -> None:
    old, new, running = (backend.submit(order()).job for _ in range(3))
    for job in (old, new):
        backend.cancel("a", job.id)
    with engine.begin() as connection:
        long_ago = now() - dt.timedelta(days=40)
        for job in (old, running):
            connection.execute(
                update(jobs)
                .where(jobs.c.id == job.id)
                .values(ended_at=long_ago if job is old else None)
            )
    assert backend.purge(now() - dt.timedelta(days=30)) == 1
    assert {job.id for job in backend.list("a").jobs} == {new.id, running.id}


def test_health_tells_whether_anybody_runs_jobs(backend: DbosBackend) -> None:
    backend.submit(order())
    health = backend.health()
    assert (health.workers, health.queued) == (0, 1)
    assert health.problems == ("no worker runs jobs",)


def test_scenarios_are_kept_and_listed_apart(
    backend: DbosBackend, engine: Engine
) -> None:
    text = '{"scenarios": []}'
    whatif = backend.submit(order(kind="whatif", beside=text)).job
    roster = backend.submit(order()).job
    kept = backend.artifact("a", whatif.id, "scenarios.json")
    assert kept is not None and kept.content.decode() == text
    assert backend.artifact("a", roster.id, "scenarios.json") is None
    ledger = Ledger(engine, "w")
    assert ledger.beside(whatif) == text.encode()
    assert ledger.beside(roster) == b""
    listed = {
        kind: [job.id for job in backend.list("a", JobFilter(kind=kind)).jobs]
        for kind in ("roster", "whatif")
    }
    assert listed == {"roster": [roster.id], "whatif": [whatif.id]}
    assert len(backend.list("a").jobs) == 2
