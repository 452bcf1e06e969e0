"""Drafts solved again: their locks are pins, the rest is what people know."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import httpx
import pytest

from models.roster.problem import Kind, Task
from models.roster.result import Activity, Limits, Roster, Worked
from models.roster.solve import STAYING
from scheduler.pipeline import Asked, build, prepare
from scheduler.reading import read_plan_text
from scheduler.rosters.writing import activities_text, roster_text
from scheduler.samples import SAMPLES
from scheduler.service.http import asked
from scheduler.service.http.desk.given import Given
from scheduler.service.http.desk.resolving import resolving
from scheduler.writing import json_text
from tests.service.conftest import Served
from tests.service.drafting import change, day_off, etag, rows


def test_locks_become_pins_and_the_draft_is_what_people_know(
    served: Served, client: httpx.Client, draft: str
) -> None:
    row = rows(client, draft)[0]
    lock = {"agent_id": row["agent_id"], "date": row["date"]}
    off = day_off(rows(client, draft)[-1])
    change(client, draft, off)
    put = client.put(
        f"/v1/drafts/{draft}/locks",
        json={"locks": [lock, {k: off[k] for k in ("agent_id", "date")}]},
        headers=etag(client, draft),
    )
    assert put.status_code == 200, put.text
    assert lock in put.json()["locks"]
    done = client.post(f"/v1/drafts/{draft}/solve", params={"time_limit": 5})
    assert done.status_code == 202, done.text
    job = served.backend.get("local", done.json()["id"])
    plan = served.backend.artifact("local", job.id, "plan.json")
    assert plan is not None
    read = read_plan_text(plan.content.decode()).plan
    mine = [p for p in read.pins if p.agent_id == lock["agent_id"]]
    assert ("shift", row["shift_type"]) in [(p.pin, p.shift_type) for p in mine]
    assert any(p.pin == "off" and p.agent_id == off["agent_id"] for p in read.pins)
    known = [(p.agent_id, p.date.isoformat()) for p in read.published]
    assert known == [(r["agent_id"], r["date"]) for r in rows(client, draft)]


def test_the_draft_is_what_the_search_starts_from_and_stays_near(
    served: Served, client: httpx.Client, draft: str
) -> None:
    change(client, draft, day_off(rows(client, draft)[0]))
    near = client.post(f"/v1/drafts/{draft}/solve")
    free = client.post(
        f"/v1/drafts/{draft}/solve", params={"near": False, "engine": "cpsat"}
    )
    for done, stays in ((near, True), (free, False)):
        assert done.status_code == 202, done.text
        job = served.backend.get("local", done.json()["id"])
        assert job.options.near is stays
        kept = served.backend.artifact("local", job.id, "start.json")
        assert kept is not None
        tables = json.loads(kept.content)
        assert set(tables) == {"roster.csv", "activities.csv"}
        for table, text in tables.items():
            found = list(csv.DictReader(io.StringIO(text)))
            assert len(found) == len(rows(client, draft, table.removesuffix(".csv")))
    told = client.get(f"/v1/rosters/{near.json()['id']}/metadata").json()
    assert told["options"]["near"] is True


def test_an_engine_that_cannot_stay_near_a_draft_is_refused(
    client: httpx.Client, draft: str
) -> None:
    # The server's own process loads no engine, so that it has their names itself.
    assert set(asked.STAYING) == {"auto", *STAYING}
    found = client.post(f"/v1/drafts/{draft}/solve", params={"engine": "cpsat"})
    assert found.status_code == 422, found.text
    assert "near=false" in found.text


def test_a_draft_solved_again_keeps_its_locks(
    served: Served, client: httpx.Client, draft: str, tmp_path: Path
) -> None:
    row = rows(client, draft)[0]
    lock = {"agent_id": row["agent_id"], "date": row["date"]}
    client.put(
        f"/v1/drafts/{draft}/locks",
        json={"locks": [lock]},
        headers=etag(client, draft),
    )
    done = client.post(f"/v1/drafts/{draft}/solve").json()["id"]
    plan = served.backend.artifact("local", done, "plan.json")
    assert plan is not None
    (tmp_path / "plan.json").write_bytes(plan.content)
    prepared = prepare(tmp_path / "plan.json")
    outcome = build(prepared, Asked("cpsat", Limits(20, 0.05, 0, 1)))
    axis, roster = prepared.translation.axis, outcome.result.roster
    assert roster is not None
    assert outcome.document.legal
    kept = [
        (
            axis.moment(w.start).isoformat(timespec="minutes"),
            axis.moment(w.end).isoformat(timespec="minutes"),
        )
        for w in roster.worked
        if prepared.problem.agents[w.agent].name == row["agent_id"]
        and axis.date(w.day).isoformat() == row["date"]
    ]
    starts = [dt.datetime.fromisoformat(moment) for pair in kept for moment in pair]
    assert starts == [
        dt.datetime.fromisoformat(row["start"]),
        dt.datetime.fromisoformat(row["end"]),
    ]


def test_what_takes_long_leaves_alone_who_answers_edits(
    served: Served, client: httpx.Client, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(client, draft, day_off(rows(client, draft)[0]))
    match = etag(client, draft)

    async def asked(task: str, given: Given) -> None:
        raise AssertionError(f"edits of others wait for {task}")

    monkeypatch.setattr(served.service.editing, "run", asked)
    place, why = f"/v1/drafts/{draft}", {"reason": "fell ill"}
    for done in (
        client.post(f"{place}/solve"),
        client.post(f"{place}/publish", json=why, headers=match),
        client.get(f"{place}/page"),
    ):
        assert done.is_success, done.text


def test_a_lock_of_what_the_plan_does_not_have_is_refused(
    client: httpx.Client, draft: str
) -> None:
    locks = [
        {"agent_id": "nobody", "date": "2026-03-02"},
        {"agent_id": rows(client, draft)[0]["agent_id"], "date": "2031-01-01"},
    ]
    found = client.put(
        f"/v1/drafts/{draft}/locks",
        json={"locks": locks},
        headers=etag(client, draft),
    )
    assert found.status_code == 422
    assert len(found.json()["errors"]) == 2


def test_calls_of_queues_taken_together_are_pinned_by_one_of_them(
    tmp_path: Path,
) -> None:
    plan = SAMPLES["retail-bank"]()
    (tmp_path / "plan.json").write_text(json_text(plan))
    prepared = prepare(tmp_path / "plan.json")
    problem, axis = prepared.problem, prepared.translation.axis
    a, work = next(
        (a, w)
        for a, agent in enumerate(problem.agents)
        for w, speed in enumerate(agent.speeds)
        if speed and problem.works[w].kind is Kind.VOICE
        if "+" in problem.works[w].name
    )
    shift = next(s for s in problem.shifts if s.day == 1)
    worked = Worked(a, 1, shift.shift_type, shift.start, shift.end, shift.paid_minutes)
    on_calls = Activity(a, shift.start, shift.end, Kind.VOICE, problem.works[work].name)
    roster = Roster((worked,), (on_calls,))
    (tmp_path / "roster.csv").write_text(roster_text(problem, axis, roster))
    (tmp_path / "activities.csv").write_text(activities_text(problem, axis, roster))
    day = axis.date(1).isoformat()
    locks = [[problem.agents[a].name, day]]
    known = {"weeks": {}, "locks": locks}
    told = json.loads(resolving(Given(str(tmp_path), options=known)).body)
    (tmp_path / "plan.json").write_text(json.dumps(told))
    tasks = prepare(tmp_path / "plan.json").problem.agents[a].tasks
    assert Task(work, shift.start, shift.end) in tasks
