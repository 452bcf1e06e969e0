"""What agents see by a link: the own week, of the last version, and nobody else."""

import datetime as dt
import json
import re

import httpx
from icalendar import Calendar
from sqlalchemy import select

from scheduler.exports import own_week
from scheduler.service.store.tables import agent_links
from tests.service.conftest import Served
from tests.service.drafting import change, day_off, drafted, etag, rows


def test_an_agent_sees_the_own_week_and_nobody_else(
    guarded: Served, client: httpx.Client, job: str, link: dict[str, str]
) -> None:
    every = client.get(f"/v1/rosters/{job}/roster").json()["rows"]
    own = [row for row in every if row["agent_id"] == link["agent_id"]]
    others = {row["agent_id"] for row in every} - {link["agent_id"]}
    plan = client.get("/v1/demo-data/tiny").json()
    names = {a["name"] for a in plan["agents"] if a["agent_id"] in others}
    called = {a["agent_id"]: a["name"] for a in plan["agents"]}[link["agent_id"]]
    with guarded.client() as stranger:
        page = stranger.get(link["path"])
        calendar = stranger.get(link["calendar_path"])
    assert page.status_code == calendar.status_code == 200
    for answer in (page, calendar):
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        told = answer.text.replace(link["path"].rpartition("/")[2], "")
        for other in (others | names) - {""}:
            assert not re.search(rf"\b{re.escape(other)}\b", told), other
    assert 'name="robots" content="noindex' in page.text
    assert f"<h1>{called}: my shifts</h1>" in page.text
    assert f"X-WR-CALNAME:{called}" in calendar.text
    assert "script" not in page.text
    for row in own:
        assert row["start"][11:16] in page.text
    events = list(Calendar.from_ical(calendar.text).events)
    shifts = [e for e in events if "RELATED-TO" not in e]
    assert len(shifts) == len(own)
    exported = client.get(
        f"/v1/rosters/{job}/export.ics", params={"agent": link["agent_id"]}
    )
    known = {str(e["UID"]) for e in Calendar.from_ical(exported.text).events}
    assert {str(e["UID"]) for e in events} == known


def test_a_link_shows_the_last_version(
    guarded: Served, client: httpx.Client, job: str, link: dict[str, str]
) -> None:
    draft = drafted(client, job)
    own = [r for r in rows(client, draft) if r["agent_id"] == link["agent_id"]]
    change(client, draft, *(day_off(row) for row in own))
    with guarded.client() as stranger:
        before = stranger.get(link["calendar_path"]).text
        assert before.count("BEGIN:VEVENT")  # a draft is not published
        client.post(
            f"/v1/drafts/{draft}/publish",
            headers=etag(client, draft),
            json={"reason": "leave"},
        )
        assert "BEGIN:VEVENT" not in stranger.get(link["calendar_path"]).text


def test_a_revoked_link_opens_nothing(
    guarded: Served, client: httpx.Client, link: dict[str, str]
) -> None:
    assert client.delete(f"/v1/agent-links/{link['id']}").status_code == 204
    assert client.delete(f"/v1/agent-links/{link['id']}").status_code == 404
    with guarded.client() as stranger:
        assert stranger.get(link["path"]).status_code == 404
        assert stranger.get(link["calendar_path"]).status_code == 404
    (listed,) = client.get("/v1/agent-links").json()["items"]
    assert listed["revoked_at"]


def test_only_a_hash_of_a_token_is_kept(
    guarded: Served, client: httpx.Client, link: dict[str, str]
) -> None:
    token = link["path"].rpartition("/")[2]
    assert len(token) >= 43
    with guarded.engine.connect() as connection:
        kept = str(connection.execute(select(agent_links)).all())
    assert token not in kept
    assert token not in client.get("/v1/agent-links").text


def test_guessing_is_refused_after_a_while(guarded: Served) -> None:
    with guarded.client() as stranger:
        found = {stranger.get(f"/a/{n:043}").status_code for n in range(25)}
        odd = [
            stranger.get(p).status_code for p in ("/a/", "/a/x/y", "/a/" + "x" * 999)
        ]
    guarded.service.rates = type(guarded.service.rates)("10000/second", "10000/second")
    assert found == {404, 429}
    assert set(odd) <= {404, 429}


def test_nobody_of_the_plan_has_a_link_before_it_is_published(
    client: httpx.Client,
) -> None:
    made = client.post("/v1/agent-links", json={"agent_id": "A1"})
    assert made.status_code == 404


def test_a_page_escapes_and_begins_with_today() -> None:
    start = "2026-03-03T09:00+00:00"
    week = own_week.OwnWeek(
        plan="<b>plan</b>",
        time_zone="Europe/London",
        first_day=dt.date(2026, 3, 2),
        days=3,
        number=1,
        published=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
        rows={
            "roster": [
                {
                    "date": "2026-03-03",
                    "shift_type": "<script>alert(1)</script>",
                    "start": start,
                    "end": "2026-03-03T17:00+00:00",
                    "paid_minutes": 450,
                }
            ],
            "activities": [
                {
                    "start": start,
                    "end": "2026-03-03T17:00+00:00",
                    "kind": "case",
                    "activity": "a\r\nEND:VEVENT",
                }
            ],
        },
    )
    now = dt.datetime(2026, 3, 3, 8, tzinfo=dt.UTC)
    html = own_week.page([week], '"><img src=x>', now, "/a/x.ics")
    assert "<script" not in html
    assert "<img" not in html
    assert html.index('href="/a/x.ics"') < html.index("Today")
    assert html.index("Today, Tuesday 3 March") < html.index("Tomorrow, Wednesday")
    assert html.index("Tomorrow") < html.index("Monday 2 March")
    text = own_week.calendar([week], "Ann\r\nBEGIN:VALARM")
    assert text.count("END:VEVENT") == 2 + text.count("\\nEND:VEVENT")
    assert "\nBEGIN:VALARM" not in text
    assert json.dumps(text)
