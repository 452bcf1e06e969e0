"""Publishing over HTTP: versions, what they change, what agents see by a link."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from sqlalchemy import select

from scheduler.exports import own_week
from scheduler.service.http.auth.keys import list_keys
from scheduler.service.jobs.retention import erase_agent
from scheduler.service.store.tables import agent_links, audit
from tests.service.conftest import Served, files_of
from tests.service.test_drafts import change, day_off, etag, rows
from tests.service.test_http_jobs import submitted


@pytest.fixture
def key(guarded: Served, request: pytest.FixtureRequest) -> str:
    return guarded.key(f"t{abs(hash(request.node.name)) % 10**9}")


@pytest.fixture
def client(guarded: Served, key: str) -> Iterator[httpx.Client]:
    with guarded.client(key) as client:
        yield client


@pytest.fixture
def job(guarded: Served, client: httpx.Client, tiny: bytes, rostered: Path) -> str:
    job = submitted(client, tiny).rpartition("/")[2]
    guarded.backend.complete(job, files_of(rostered))
    return job


def drafted(client: httpx.Client, job: str) -> str:
    return str(client.post(f"/v1/rosters/{job}/drafts").json()["id"])


def test_versions_are_numbered_and_say_what_they_change(
    client: httpx.Client, job: str
) -> None:
    first = client.post(f"/v1/rosters/{job}/publish")
    assert first.status_code == 201, first.text
    assert first.json()["number"] == 1
    assert first.json()["legal"]
    none = client.get(f"{first.headers['Location']}/changes").json()
    assert (none["before"], none["agents"]) == (None, [])
    draft = drafted(client, job)
    row = rows(client, draft)[0]
    change(client, draft, day_off(row))
    second = client.post(
        f"/v1/drafts/{draft}/publish",
        headers=etag(client, draft),
        json={"reason": "fell ill"},
    )
    assert second.status_code == 201, second.text
    assert second.json()["number"] == 2
    told = client.get(f"{second.headers['Location']}/changes").json()
    (agent,) = told["agents"]
    assert agent["agent_id"] == row["agent_id"]
    (day,) = agent["days"]
    assert (day["change"], day["date"], day["after"]) == ("removed", row["date"], None)
    listed = client.get("/v1/versions").json()["items"]
    assert [each["number"] for each in listed] == [2, 1]
    assert client.get(first.headers["Location"]).json() == first.json()
    was = client.get(f"{first.headers['Location']}/roster").json()["rows"]
    assert row in was


def test_an_illegal_roster_takes_a_reason_that_is_kept(
    guarded: Served, client: httpx.Client, job: str
) -> None:
    draft = drafted(client, job)
    row = rows(client, draft)[0]
    odd = {"op": "shift", "date": row["date"], "shift_type": row["shift_type"]}
    odd |= {"agent_id": row["agent_id"], "start": row["start"]}
    end = dt.datetime.fromisoformat(row["end"]) + dt.timedelta(minutes=30)
    told = change(client, draft, {**odd, "end": end.isoformat()}).json()
    assert not told["legal"]
    place, match = f"/v1/drafts/{draft}/publish", etag(client, draft)
    for body in (None, {}, {"reason": "  "}):
        refused = client.post(place, headers=match, json=body)
        assert refused.status_code == 409, refused.text
        assert refused.json()["errors"][0]["code"] == told["new"][0]["rule"]
    assert client.get("/v1/versions").json()["items"] == []
    forced = client.post(place, headers=match, json={"reason": "she fell ill"})
    assert forced.status_code == 201
    assert forced.json()["reason"] == "she fell ill"
    assert not forced.json()["legal"]
    with guarded.engine.connect() as connection:
        query = select(audit.c.outcome).where(
            audit.c.action == "publish",
            audit.c.subject.in_((draft, forced.json()["id"])),
        )
        outcomes = connection.execute(query).scalars().all()
    assert outcomes == ["refused"] * 3 + ["forced"]


def test_publishing_an_old_state_of_a_draft_is_refused(
    client: httpx.Client, job: str
) -> None:
    draft = drafted(client, job)
    old = etag(client, draft)
    change(client, draft, day_off(rows(client, draft)[0]))
    place = f"/v1/drafts/{draft}/publish"
    assert client.post(place, json={"reason": "x"}).status_code == 428
    assert client.post(place, json={"reason": "x"}, headers=old).status_code == 412


def test_a_published_version_outlives_job_and_draft(
    client: httpx.Client, job: str
) -> None:
    draft = drafted(client, job)
    made = client.post(f"/v1/drafts/{draft}/publish", headers=etag(client, draft))
    assert client.delete(f"/v1/drafts/{draft}").status_code == 204
    assert client.delete(f"/v1/rosters/{job}").status_code == 204
    place = made.headers["Location"]
    assert client.get(f"{place}/roster").json()["rows"]
    for verb in ("put", "patch", "delete"):
        assert client.request(verb, place).status_code == 405


@pytest.fixture
def link(client: httpx.Client, job: str) -> dict[str, str]:
    client.post(f"/v1/rosters/{job}/publish")
    found = client.get(f"/v1/rosters/{job}/roster").json()["rows"]
    made = client.post("/v1/agent-links", json={"agent_id": found[0]["agent_id"]})
    assert made.status_code == 201, made.text
    return dict(made.json())


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
            assert other not in told
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


def test_an_agents_name_is_erased_from_drafts_and_versions(
    guarded: Served, client: httpx.Client, job: str, key: str
) -> None:
    draft = drafted(client, job)
    made = client.post(f"/v1/rosters/{job}/publish").json()
    plan = client.get("/v1/demo-data/tiny").json()
    agent = next(a for a in plan["agents"] if a["name"] not in ("", a["agent_id"]))
    tenant = list_keys(guarded.engine)[-1].tenant
    name = agent["name"].encode()
    service = guarded.service
    assert name in service.published.file(tenant, made["id"], "plan")
    asked = {"agent_id": agent["agent_id"]}
    path = client.post("/v1/agent-links", json=asked).json()["path"]
    assert agent["name"] in client.get(path).text
    erase_agent(guarded.engine, tenant, agent["agent_id"])
    assert f"<h1>{agent['agent_id']}: my shifts" in client.get(path).text
    assert name not in service.published.file(tenant, made["id"], "plan")
    assert name not in service.drafts.files(tenant, draft)["plan"]
    row = rows(client, draft)[0]
    assert change(client, draft, day_off(row)).status_code == 200


def test_tenants_do_not_see_each_others_drafts_and_versions(
    guarded: Served, client: httpx.Client, job: str, link: dict[str, str]
) -> None:
    draft = drafted(client, job)
    version = client.get("/v1/versions").json()["items"][0]["id"]
    match = etag(client, draft)
    row = rows(client, draft)[0]
    asks = [
        ("GET", f"/v1/drafts/{draft}", None),
        ("GET", f"/v1/drafts/{draft}/roster", None),
        ("GET", f"/v1/drafts/{draft}/activities", None),
        ("GET", f"/v1/drafts/{draft}/page", None),
        ("GET", f"/v1/drafts/{draft}/weeks", None),
        ("GET", f"/v1/drafts/{draft}/calls", None),
        ("POST", f"/v1/drafts/{draft}/edits", {"edits": [day_off(row)]}),
        ("POST", f"/v1/drafts/{draft}/undo", None),
        ("POST", f"/v1/drafts/{draft}/redo", None),
        ("PUT", f"/v1/drafts/{draft}/locks", {"locks": []}),
        ("POST", f"/v1/drafts/{draft}/solve", None),
        ("POST", f"/v1/drafts/{draft}/publish", {"reason": "x"}),
        ("DELETE", f"/v1/drafts/{draft}", None),
        ("POST", f"/v1/rosters/{job}/drafts", None),
        ("POST", f"/v1/rosters/{job}/publish", {"reason": "x"}),
        ("GET", f"/v1/versions/{version}", None),
        ("GET", f"/v1/versions/{version}/changes", None),
        ("GET", f"/v1/versions/{version}/roster", None),
        ("GET", f"/v1/versions/{version}/compare?other={version}", None),
        ("DELETE", f"/v1/agent-links/{link['id']}", None),
        ("POST", "/v1/agent-links", {"agent_id": link["agent_id"]}),
    ]
    told = {
        path
        for path, methods in guarded.service_app.openapi()["paths"].items()
        for _ in methods
        if "{draft_id}" in path or "{version_id}" in path or "{link_id}" in path
    }
    seen = {
        path.partition("?")[0]
        .replace(draft, "{draft_id}")
        .replace(version, "{version_id}")
        .replace(link["id"], "{link_id}")
        for _, path, _ in asks
    }
    assert told <= seen, "a route that no test asks for"
    with guarded.client(guarded.key("others")) as other:
        for method, path, body in asks:
            found = other.request(method, path, json=body, headers=match)
            assert found.status_code == 404, (method, path, found.text)
        for place in ("drafts", "versions", "agent-links"):
            assert other.get(f"/v1/{place}").json()["items"] == []
    assert client.get(f"/v1/drafts/{draft}").json()["version"] == 1


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
    assert html.index("Today, Tuesday 3 March") < html.index("Tomorrow, Wednesday")
    assert html.index("Tomorrow") < html.index("Monday 2 March")
    text = own_week.calendar([week], "Ann\r\nBEGIN:VALARM")
    assert text.count("END:VEVENT") == 2 + text.count("\\nEND:VEVENT")
    assert "\nBEGIN:VALARM" not in text
    assert json.dumps(text)
