"""Drafts over HTTP: edited, undone, locked, never lost to somebody else."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from models.roster.problem import Kind, Task
from models.roster.result import Activity, Roster, Worked
from scheduler.pipeline import prepare
from scheduler.reading import read_plan_text
from scheduler.rosters.reading import read_roster
from scheduler.rosters.writing import activities_text, roster_text
from scheduler.samples import SAMPLES
from scheduler.service.http.desk.given import Given
from scheduler.service.http.desk.resolving import resolving
from scheduler.writing import json_text
from tests.service.conftest import Served, files_of
from tests.service.test_http_jobs import submitted


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client


@pytest.fixture
def job(served: Served, client: httpx.Client, tiny: bytes, rostered: Path) -> str:
    job = submitted(client, tiny).rpartition("/")[2]
    served.backend.complete(job, files_of(rostered))
    return job


@pytest.fixture
def draft(client: httpx.Client, job: str) -> str:
    made = client.post(f"/v1/rosters/{job}/drafts")
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == f"/v1/drafts/{made.json()['id']}"
    return str(made.json()["id"])


def etag(client: httpx.Client, draft: str) -> dict[str, str]:
    return {"If-Match": client.get(f"/v1/drafts/{draft}").headers["ETag"]}


def rows(client: httpx.Client, draft: str, table: str = "roster") -> list[Any]:
    found = client.get(f"/v1/drafts/{draft}/{table}")
    assert found.status_code == 200, found.text
    return list(found.json()["rows"])


def change(
    client: httpx.Client, draft: str, *edits: dict[str, Any], **query: object
) -> httpx.Response:
    return client.post(
        f"/v1/drafts/{draft}/edits",
        json={"edits": list(edits)},
        headers=etag(client, draft),
        params=query,
    )


def day_off(row: dict[str, Any]) -> dict[str, Any]:
    return {"op": "day_off", "agent_id": row["agent_id"], "date": row["date"]}


def test_a_draft_begins_as_the_roster(
    client: httpx.Client, job: str, draft: str
) -> None:
    for table in ("roster", "activities"):
        own = client.get(f"/v1/rosters/{job}/{table}").json()["rows"]
        assert rows(client, draft, table) == own
    listed = client.get("/v1/drafts", params={"roster": job}).json()["items"]
    assert [each["id"] for each in listed] == [draft]


def test_a_draft_is_shown_as_a_roster_is(client: httpx.Client, draft: str) -> None:
    row = rows(client, draft)[0]
    before = client.get(f"/v1/drafts/{draft}/page").json()
    change(client, draft, day_off(row))
    then = client.get(f"/v1/drafts/{draft}/page").json()
    own = [
        next(p for p in page["people"] if p["agent"] == row["agent_id"])["shifts"]
        for page in (before, then)
    ]
    assert len(own[1]) == len(own[0]) - 5
    assert before["days"] == then["days"]


def test_an_edit_is_answered_with_rules_goals_and_the_week(
    client: httpx.Client, draft: str
) -> None:
    row = rows(client, draft)[0]
    found = change(client, draft, day_off(row))
    assert found.status_code == 200, found.text
    told = found.json()
    assert told["draft"]["version"] == 2
    assert told["draft"]["edits"] == 1
    (week,) = told["agents"]
    assert week["agent_id"] == row["agent_id"]
    assert row["date"] not in [each["date"] for each in week["roster"]]
    assert told["change"]["paid_hours"] < 0
    assert told["violations"] == len(told["new"]) + len(told["kept"])
    assert row["date"] not in [
        each["date"]
        for each in rows(client, draft)
        if each["agent_id"] == row["agent_id"]
    ]


def test_weeks_are_those_that_edits_have_touched(
    client: httpx.Client, draft: str
) -> None:
    assert client.get(f"/v1/drafts/{draft}/weeks").json()["items"] == []
    row = rows(client, draft)[0]
    told = change(client, draft, day_off(row)).json()
    assert client.get(f"/v1/drafts/{draft}/weeks").json()["items"] == told["agents"]


def flat(queue: str, starts: Any, one: dict[str, Any]) -> dict[Any, float]:
    return {
        (queue, kind, start): value
        for kind in ("rostered", "short")
        for start, value in zip(starts, one[kind], strict=True)
    }


def shown_calls(page: dict[str, Any]) -> dict[Any, float]:
    found: dict[Any, float] = {}
    for queue in page["queues"]:
        found |= flat(queue["name"], queue["starts"], queue)
    return found


def told_calls(page: dict[str, Any], items: Any) -> dict[Any, float]:
    found: dict[Any, float] = {}
    for one in items:
        moments = [dt.datetime.fromisoformat(text) for text in one["starts"]]
        starts = [round(m.timestamp() - page["origin"] / 1000) // 60 for m in moments]
        found |= flat(one["queue"], starts, one)
    return found


def test_people_on_calls_follow_edits(client: httpx.Client, draft: str) -> None:
    before = client.get(f"/v1/drafts/{draft}/page").json()
    assert client.get(f"/v1/drafts/{draft}/calls").json()["items"] == []
    told: dict[Any, float] = {}
    for row in rows(client, draft)[:2]:
        answer = change(client, draft, day_off(row)).json()
        told |= told_calls(before, answer["calls"])
    shown = shown_calls(before)
    after = shown_calls(client.get(f"/v1/drafts/{draft}/page").json())
    known = {place: there for place, there in told.items() if place in shown}
    assert known
    assert shown | known == pytest.approx(after, abs=0.002)
    whole = client.get(f"/v1/drafts/{draft}/calls").json()
    assert told_calls(before, whole["items"]) == told
    assert whole["violations"] == answer["violations"]


def test_the_word_is_that_of_check(client: httpx.Client, job: str, draft: str) -> None:
    row = rows(client, draft)[0]
    told = change(client, draft, day_off(row)).json()
    body = {
        "plan": client.get("/v1/demo-data/tiny").json(),
        "roster": rows(client, draft),
        "activities": rows(client, draft, "activities"),
    }
    checked = client.post("/v1/check", json=body).json()
    assert checked["legal"] == told["legal"]
    assert checked["objective_parts"] == told["objective_parts"]
    words = [each["message"] for each in (*told["new"], *told["kept"])]
    assert sorted(words) == sorted(v["message"] for v in checked["violations"])


def test_undo_and_redo_go_all_the_way(client: httpx.Client, draft: str) -> None:
    first = rows(client, draft)
    change(client, draft, day_off(first[0]))
    second = rows(client, draft)
    change(client, draft, day_off(second[-1]))
    third = rows(client, draft)
    for verb, then in (("undo", second), ("undo", first), ("redo", second)):
        found = client.post(f"/v1/drafts/{draft}/{verb}", headers=etag(client, draft))
        assert found.status_code == 200, found.text
        assert rows(client, draft) == then
    client.post(f"/v1/drafts/{draft}/redo", headers=etag(client, draft))
    assert rows(client, draft) == third
    again = client.post(f"/v1/drafts/{draft}/redo", headers=etag(client, draft))
    assert again.status_code == 409


def test_an_edit_after_undo_loses_what_was_undone(
    client: httpx.Client, draft: str
) -> None:
    first = rows(client, draft)
    change(client, draft, day_off(first[0]))
    client.post(f"/v1/drafts/{draft}/undo", headers=etag(client, draft))
    change(client, draft, day_off(first[-1]))
    assert client.get(f"/v1/drafts/{draft}").json()["undone"] == 0
    again = client.post(f"/v1/drafts/{draft}/redo", headers=etag(client, draft))
    assert again.status_code == 409


def test_several_edits_are_made_together_or_not_at_all(
    client: httpx.Client, draft: str
) -> None:
    before = rows(client, draft)
    wrong = {**day_off(before[1]), "agent_id": "nobody"}
    far = {**day_off(before[1]), "date": "2031-01-01"}
    found = change(client, draft, day_off(before[0]), wrong, far)
    assert found.status_code == 422
    pointers = [each["pointer"] for each in found.json()["errors"]]
    assert pointers == ["/edits/1/agent_id", "/edits/2/date"]
    assert rows(client, draft) == before
    assert client.get(f"/v1/drafts/{draft}").json()["version"] == 1
    both = change(client, draft, day_off(before[0]), day_off(before[-1]))
    assert both.json()["draft"]["edits"] == 1
    client.post(f"/v1/drafts/{draft}/undo", headers=etag(client, draft))
    assert rows(client, draft) == before


def test_a_dry_run_changes_nothing(client: httpx.Client, draft: str) -> None:
    before = rows(client, draft)
    told = change(client, draft, day_off(before[0]), dry_run=True).json()
    assert told["change"]["paid_hours"] < 0
    assert told["draft"]["version"] == 1
    assert rows(client, draft) == before


def test_who_comes_second_is_refused(client: httpx.Client, draft: str) -> None:
    row, old = rows(client, draft)[0], etag(client, draft)
    body = {"edits": [day_off(row)]}
    place = f"/v1/drafts/{draft}/edits"
    assert client.post(place, json=body).status_code == 428
    assert client.post(place, json=body, headers=old).status_code == 200
    assert client.post(place, json=body, headers=old).status_code == 412
    for verb in ("undo", "redo"):
        url = f"/v1/drafts/{draft}/{verb}"
        assert client.post(url, headers=old).status_code == 412
    locks = {"locks": []}
    found = client.put(f"/v1/drafts/{draft}/locks", json=locks, headers=old)
    assert found.status_code == 412


def test_a_draft_survives_the_process_that_holds_it(
    served: Served, client: httpx.Client, draft: str
) -> None:
    row = rows(client, draft)[0]
    change(client, draft, day_off(row))
    then = rows(client, draft)
    state = served.service.drafts.get("local", draft)
    with served.engine.begin() as connection:  # as if it had been forgotten
        from scheduler.service.store.tables import drafts

        connection.execute(
            drafts.update().where(drafts.c.id == draft).values(state="0" * 32)
        )
    assert state.state != "0" * 32
    assert rows(client, draft) == then


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


def test_a_draft_solved_again_keeps_its_locks(
    served: Served, client: httpx.Client, draft: str, tmp_path: Path
) -> None:
    from models.roster.result import Limits
    from scheduler.pipeline import Asked, build

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
    starts = [dt_of(moment) for pair in kept for moment in pair]
    assert starts == [dt_of(row["start"]), dt_of(row["end"])]


def dt_of(words: str) -> Any:
    import datetime as dt

    return dt.datetime.fromisoformat(words)


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


def test_what_cannot_be_meant_is_told_at_its_place(
    client: httpx.Client, draft: str
) -> None:
    row = rows(client, draft)[0]
    move = {"op": "move", "agent_id": row["agent_id"]}
    found = change(client, draft, {**move, "start": row["start"], "to": row["end"]})
    assert found.status_code == 422
    assert found.json()["errors"][0]["pointer"] == "/edits/0"
    assert change(client, draft, {"op": "burn"}).status_code == 422
    naive = {**move, "start": "2026-03-02T09:00", "to": "2026-03-02T09:15"}
    assert change(client, draft, naive).status_code == 422


def test_an_erased_draft_is_gone(client: httpx.Client, draft: str) -> None:
    assert client.delete(f"/v1/drafts/{draft}").status_code == 204
    assert client.get(f"/v1/drafts/{draft}").status_code == 404
    assert client.delete(f"/v1/drafts/{draft}").status_code == 404


def test_a_job_without_a_roster_has_no_drafts(
    client: httpx.Client, tiny: bytes
) -> None:
    job = submitted(client, tiny).rpartition("/")[2]
    assert client.post(f"/v1/rosters/{job}/drafts").status_code == 409


def test_a_draft_file_reads_as_a_roster(
    client: httpx.Client, draft: str, rostered: Path
) -> None:
    prepared = prepare(rostered / "plan.json")
    read = read_roster(rostered, prepared.problem, prepared.translation.axis)
    assert len(rows(client, draft)) == len(read.roster.worked)
    assert json.dumps(rows(client, draft))


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
    known = {"base": "together", "state": "", "weeks": {}, "locks": locks}
    told = json.loads(resolving(Given(str(tmp_path), options=known)).body)
    (tmp_path / "plan.json").write_text(json.dumps(told))
    tasks = prepare(tmp_path / "plan.json").problem.agents[a].tasks
    assert Task(work, shift.start, shift.end) in tasks
