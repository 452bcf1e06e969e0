"""What a draft shows, people on calls and the checker's word, edit by edit."""

import datetime as dt
from typing import Any

import httpx
import pytest

from tests.service.drafting import change, day_off, rows


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
