"""Jobs over HTTP: submitted, listed, looked at, stopped, erased."""

import json
import threading

import httpx
import pytest

from scheduler.service.documents import JobMetadata, Submission
from scheduler.service.http.auth.principal import Scope
from scheduler.service.http.desk.pool import Desk
from scheduler.service.jobs.records import JobStatus
from tests.service.conftest import JSON, Served, serving


def submitted(
    client: httpx.Client, plan: bytes, query: str = "", **headers: str
) -> str:
    answer = client.post(
        f"/v1/rosters{query}", content=plan, headers={**JSON, **headers}
    )
    assert answer.status_code == 202, answer.text
    return answer.headers["location"]


def test_a_submission_says_where_its_job_is(client: httpx.Client, tiny: bytes) -> None:
    query = "?time_limit=5&gap=0.02&seed=3&tag=a&tag=b&name=my%20week"
    answer = client.post(f"/v1/rosters{query}", content=tiny, headers=JSON)
    assert answer.status_code == 202
    assert int(answer.headers["retry-after"]) > 0
    told = Submission.model_validate(answer.json())
    assert answer.headers["location"] == f"/v1/rosters/{told.id}"
    assert (told.options.time_limit, told.options.seed) == (5, 3)
    assert (told.name, told.tags) == ("my week", ["a", "b"])
    found = client.get(f"{answer.headers['location']}/metadata").json()
    job = JobMetadata.model_validate(found)
    assert (job.status, job.solver_status) == (JobStatus.QUEUED, None)
    assert job.trace_id == answer.headers["trace-id"]


def test_a_wrong_plan_is_refused_before_it_is_a_job(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    plan = {**json.loads(tiny), "horizon": {}}
    assert client.post("/v1/rosters", json=plan).status_code == 422
    assert not served.backend.kept


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("?time_limit=0", "time_limit"),
        ("?time_limit=inf", "time_limit"),
        ("?time_limit=1e9", "time_limit"),
        ("?workers=1000", "workers"),
        ("?gap=-1", "gap"),
        ("?engine=magic", "engine"),
        ("?seed=99999999999999999999", "seed"),
        ("?timelimit=3", "timelimit"),
        ("?name=a%00b", "name"),
    ],
)
def test_options_out_of_bounds_are_refused(
    client: httpx.Client, tiny: bytes, query: str, parameter: str
) -> None:
    answer = client.post(f"/v1/rosters{query}", content=tiny, headers=JSON)
    assert answer.status_code == 422
    assert [e["parameter"] for e in answer.json()["errors"]] == [parameter]


def test_a_repeated_submission_gets_the_first_answer(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    headers = {**JSON, "Idempotency-Key": "monday-1"}
    first = client.post("/v1/rosters", content=tiny, headers=headers)
    served.backend.tell(first.json()["id"], "status", status="SOLVING")
    again = client.post("/v1/rosters", content=tiny, headers=headers)
    spaced = json.dumps(json.loads(tiny), indent=8).encode()
    same = client.post("/v1/rosters", content=spaced, headers=headers)
    assert [each.status_code for each in (first, again, same)] == [202] * 3
    assert again.json() == same.json() == first.json()
    assert again.headers["location"] == first.headers["location"]
    assert again.headers["idempotent-replayed"] == "true"
    assert len(served.backend.kept) == 1


def test_a_key_for_another_request_is_refused(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    headers = {**JSON, "Idempotency-Key": "monday-2"}
    client.post("/v1/rosters", content=tiny, headers=headers)
    other = client.post("/v1/rosters?seed=1", content=tiny, headers=headers)
    assert other.status_code == 422
    assert other.json()["type"].endswith("idempotency-key-reused")
    assert len(served.backend.kept) == 1


def test_a_key_whose_first_request_is_under_way_is_refused(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    served.service.in_flight.add(("local", "busy"))
    headers = {**JSON, "Idempotency-Key": "busy"}
    answer = client.post("/v1/rosters", content=tiny, headers=headers)
    served.service.in_flight.clear()
    assert answer.status_code == 409
    assert answer.headers["retry-after"]


def test_many_at_once_with_one_key_are_one_job(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    headers = {**JSON, "Idempotency-Key": "at-once"}
    codes = []

    def submit() -> None:
        with served.client() as own:
            answer = own.post("/v1/rosters", content=tiny, headers=headers)
            codes.append(answer.status_code)

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {202, 409}
    assert len(served.backend.kept) == 1


def test_a_dry_run_measures_and_submits_nothing(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    answer = client.post("/v1/rosters?dry_run=true", content=tiny, headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["size"]["agents"] == 6
    assert answer.json()["size"]["days"] == 3
    assert not served.backend.kept


def test_a_list_is_read_page_by_page(client: httpx.Client, tiny: bytes) -> None:
    for n in range(5):
        submitted(client, tiny, f"?name=job{n}&tag={'even' if n % 2 == 0 else 'odd'}")
    names, path = [], "/v1/rosters?limit=2"
    while path:
        answer = client.get(path)
        names += [item["name"] for item in answer.json()["items"]]
        link = answer.links.get("next")
        path = link and link["url"]
    assert names == ["job4", "job3", "job2", "job1", "job0"]
    even = client.get("/v1/rosters?tag=even").json()["items"]
    assert [item["name"] for item in even] == ["job4", "job2", "job0"]
    assert not client.get("/v1/rosters?status=FAILED").json()["items"]
    moment = {"created_after": even[1]["submitted_at"]}
    later = client.get("/v1/rosters", params=moment).json()["items"]
    assert [item["name"] for item in later] == ["job4", "job3"]
    assert client.get("/v1/rosters?cursor=nonsense").status_code == 422
    assert client.get("/v1/rosters?limit=101").status_code == 422


def test_polls_cost_nothing_while_nothing_changes(
    served: Served, client: httpx.Client, tiny: bytes
) -> None:
    path = submitted(client, tiny)
    first = client.get(f"{path}/metadata")
    headers = {"If-None-Match": f'"other", W/{first.headers["etag"]}'}
    same = client.get(f"{path}/metadata", headers=headers)
    assert (same.status_code, same.content) == (304, b"")
    assert same.headers["etag"] == first.headers["etag"]
    served.backend.tell(path.rpartition("/")[2], "status", status="SOLVING")
    news = client.get(f"{path}/metadata", headers=headers)
    assert news.status_code == 200
    assert news.headers["etag"] != first.headers["etag"]


def test_stop_and_cancel_can_be_said_twice(client: httpx.Client, tiny: bytes) -> None:
    path = submitted(client, tiny)
    for _ in range(2):
        answer = client.post(f"{path}/stop")
        assert (answer.status_code, answer.json()["stop_asked"]) == (202, True)
    for _ in range(2):
        answer = client.post(f"{path}/cancel")
        assert (answer.status_code, answer.json()["status"]) == (202, "CANCELLED")


def test_only_what_has_ended_is_erased(client: httpx.Client, tiny: bytes) -> None:
    path = submitted(client, tiny)
    refused = client.delete(path)
    assert refused.status_code == 409
    assert client.get(path).status_code == 200
    client.post(f"{path}/cancel")
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404
    assert client.delete(path).status_code == 404


def test_a_tenant_has_only_so_much_under_way(
    desk: Desk, database: str, tiny: bytes
) -> None:
    caps = {"tenant_jobs": 2, "tenant_seconds": 100}
    with (
        serving(desk, database, is_open=True, **caps) as served,
        served.client() as client,
    ):
        path = submitted(client, tiny, "?time_limit=40")
        long = client.post("/v1/rosters?time_limit=61", content=tiny, headers=JSON)
        headers = {**JSON, "Idempotency-Key": "second"}
        query = "/v1/rosters?time_limit=40"
        second = client.post(query, content=tiny, headers=headers)
        again = client.post(query, content=tiny, headers=headers)
        third = client.post("/v1/rosters?time_limit=1", content=tiny, headers=JSON)
        client.post(f"{path}/cancel")
        submitted(client, tiny, "?time_limit=40")
    assert (second.status_code, again.status_code) == (202, 202)
    assert again.headers["idempotent-replayed"] == "true"
    for answer, code in ((long, "seconds"), (third, "jobs")):
        assert answer.status_code == 429
        assert answer.headers["retry-after"]
        assert [error["code"] for error in answer.json()["errors"]] == [code]


def test_who_did_what_is_written_down(guarded: Served, tiny: bytes) -> None:
    from sqlalchemy import select

    from scheduler.service.store.tables import audit

    key = guarded.key("audited", tuple(Scope))
    with guarded.client(key) as client:
        path = submitted(client, tiny)
        client.post(f"{path}/cancel")
        client.delete(path)
    with guarded.engine.connect() as connection:
        query = select(audit).where(audit.c.tenant == "audited").order_by(audit.c.id)
        rows = connection.execute(query).all()
    assert [row.action for row in rows] == ["submit", "cancel", "erase"]
    assert {row.subject for row in rows} == {path.rpartition("/")[2]}
    assert {row.actor for row in rows} == {key.split("_")[1]}
