"""Erasing an agent: the name is gone from all that is kept, the roster stays."""

import datetime as dt
import json
import time

import pytest
from sqlalchemy import Engine, select, update

from scheduler.reading import plan_hash, read_plan_text
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.ledger import Ending, Ledger
from scheduler.service.jobs.records import Job, JobStatus
from scheduler.service.jobs.retention import Erased, erase_agent
from scheduler.service.store.blobs import Blob
from scheduler.service.store.drafts import Drafts, NoSuchDraft
from scheduler.service.store.tables import blobs, jobs
from tests.jobs.orders import order, until
from tests.jobs.working import working

NAME, ID = "Ana Silva", "T1"  # of the sample


def _done(backend: DbosBackend, engine: Engine, tenant: str = "a") -> Job:
    """Return a job that has ended, with the agent's name in some of its files."""
    job = backend.submit(order(tenant)).job
    ledger = Ledger(engine, "w")
    claimed = ledger.claim(job.id)
    assert claimed is not None
    ledger.log(claimed, f"{NAME} is away")
    ledger.log(claimed, "nobody is away")
    files = {
        "roster.csv": Blob.of(b"agent_id,date\nT1,2026-03-02\n"),
        "report.html": Blob.of(b"<td>Ana Silva</td>"),
        "simulation.json": Blob.of(json.dumps({"who": "An\u00e1"}).encode()),
    }
    ledger.end(claimed, Ending(JobStatus.COMPLETED), files)
    return backend.get(tenant, job.id)


def test_a_name_is_erased_and_the_roster_stays(
    backend: DbosBackend, engine: Engine
) -> None:
    job = _done(backend, engine)
    assert erase_agent(engine, "a", ID) == Erased(1, 0)
    after = backend.get("a", job.id)
    for name in backend.artifacts("a", job.id):
        kept = backend.artifact("a", job.id, name)
        assert kept is not None
        assert NAME.encode() not in kept.content, name
    assert set(backend.artifacts("a", job.id)) == {
        "plan.json",
        "roster.csv",
        "simulation.json",
    }
    lines = [e.data["line"] for e in backend.events("a", job.id) if e.kind == "log"]
    assert lines == ["", "nobody is away"]
    plan = backend.artifact("a", job.id, "plan.json")
    assert plan is not None
    read = read_plan_text(plan.content.decode()).plan
    assert [a.name for a in read.agents if a.agent_id == ID] == [ID]
    assert "Bo Larsen" in {agent.name for agent in read.agents}
    assert after.plan_hash == plan_hash(read) != job.plan_hash
    assert erase_agent(engine, "a", ID) == Erased(0, 0)


def test_other_tenants_and_agents_keep_their_names(
    backend: DbosBackend, engine: Engine
) -> None:
    job = _done(backend, engine, "b")
    assert erase_agent(engine, "a", ID) == Erased(0, 0)
    assert erase_agent(engine, "b", "T2") == Erased(1, 0)
    assert erase_agent(engine, "b", "nobody") == Erased(0, 0)
    plan = backend.artifact("b", job.id, "plan.json")
    assert plan is not None
    assert NAME in plan.content.decode()
    assert "report.html" in backend.artifacts("b", job.id)


def test_what_is_under_way_is_told(backend: DbosBackend, engine: Engine) -> None:
    job = backend.submit(order()).job
    assert erase_agent(engine, "a", ID) == Erased(0, 1)
    backend.cancel("a", job.id)
    assert erase_agent(engine, "a", ID) == Erased(1, 0)


def test_problems_with_the_name_in_them_go(
    backend: DbosBackend, engine: Engine
) -> None:
    job = _done(backend, engine)
    with engine.begin() as connection:
        found = [{"value": NAME}, {"value": "T4"}]
        connection.execute(update(jobs).values(problems=found))
    erase_agent(engine, "a", ID)
    assert backend.get("a", job.id).problems == ({"value": "T4"},)


def test_purge_erases_drafts_that_nobody_has_changed_since(
    backend: DbosBackend, engine: Engine
) -> None:
    drafts, moment = Drafts(engine), dt.datetime.now(dt.UTC)
    files = dict.fromkeys(("plan", "roster", "activities"), b"same")
    draft = drafts.create("a", "who", "job", "name", "hash", files)
    backend.purge(moment)
    assert drafts.get("a", draft.id) == draft
    assert drafts.files("a", draft.id) == files  # no sweep takes what it has
    backend.purge(draft.changed_at + dt.timedelta(seconds=1))
    with pytest.raises(NoSuchDraft):
        drafts.get("a", draft.id)
    with engine.connect() as connection:
        assert connection.execute(select(blobs.c.hash)).all() == []


def test_workers_erase_what_is_old_by_themselves(
    backend: DbosBackend, engine: Engine, url: str
) -> None:
    old, new = _done(backend, engine), _done(backend, engine)
    with engine.begin() as connection:
        long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=40)
        own = update(jobs).where(jobs.c.id == old.id)
        connection.execute(own.values(ended_at=long_ago))

    def kept() -> set[str]:
        return {job.id for job in backend.list("a").jobs}

    with working(url, retention_days=30, purge_hours=0):
        time.sleep(0.3)
        assert kept() == {old.id, new.id}
    with working(url, retention_days=30, purge_hours=1e-5):
        until(lambda: kept() == {new.id})
