"""Drafts over HTTP: edited, undone, erased, never lost to somebody else."""

import json
from pathlib import Path

import httpx

from scheduler.pipeline import prepare
from scheduler.rosters.reading import read_roster
from tests.service.conftest import Served
from tests.service.drafting import change, day_off, etag, rows
from tests.service.test_http_jobs import submitted


def test_a_draft_begins_as_the_roster(
    client: httpx.Client, job: str, draft: str
) -> None:
    for table in ("roster", "activities"):
        own = client.get(f"/v1/rosters/{job}/{table}").json()["rows"]
        assert rows(client, draft, table) == own
    listed = client.get("/v1/drafts", params={"roster": job}).json()["items"]
    assert [each["id"] for each in listed] == [draft]


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
