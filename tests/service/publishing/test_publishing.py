"""Publishing over HTTP: versions, what they change, whose they are."""

import datetime as dt

import httpx
from sqlalchemy import select

from scheduler.service.http.auth.keys import list_keys
from scheduler.service.jobs.retention import erase_agent
from scheduler.service.store.tables import audit
from tests.service.conftest import Served
from tests.service.drafting import change, day_off, drafted, etag, rows


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


def test_before_publishing_it_says_what_that_would_change(
    client: httpx.Client, job: str
) -> None:
    none = {"number": 1, "before": None, "agents": []}
    assert client.get(f"/v1/rosters/{job}/changes").json() == none
    client.post(f"/v1/rosters/{job}/publish")
    same = {"number": 2, "before": 1, "agents": []}
    assert client.get(f"/v1/rosters/{job}/changes").json() == same
    draft = drafted(client, job)
    assert client.get(f"/v1/drafts/{draft}/changes").json() == same
    row = rows(client, draft)[0]
    move = {"op": "work", "agent_id": row["agent_id"], "activity": ""}
    for edit in (
        day_off(next(r for r in rows(client, draft) if r["date"] != row["date"])),
        {**move, "start": row["start"], "end": row["end"]},
    ):
        assert change(client, draft, edit).status_code == 200
    before = client.get(f"/v1/drafts/{draft}/changes")
    assert before.status_code == 200, before.text
    told = before.json()
    days = [day["change"] for agent in told["agents"] for day in agent["days"]]
    assert sorted(days) == ["removed", "within"]
    made = client.post(
        f"/v1/drafts/{draft}/publish", headers=etag(client, draft), json={"reason": "x"}
    )
    assert client.get(f"{made.headers['Location']}/changes").json() == told


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
        ("GET", f"/v1/drafts/{draft}/changes", None),
        ("GET", f"/v1/rosters/{job}/changes", None),
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
        for path, methods in client.get("/openapi.json").json()["paths"].items()
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
