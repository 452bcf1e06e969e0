"""OWASP API Security Top 10 (2023), who may do what: API 1, 2, 3, 5 and 9."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import update

from scheduler.service.http.auth.keys import list_keys, revoke_key
from scheduler.service.http.auth.principal import Scope
from scheduler.service.store.tables import api_keys
from tests.service.conftest import JSON, Served, files_of
from tests.service.test_http_hires import sent as of_hires
from tests.service.test_http_jobs import submitted
from tests.service.test_http_whatifs import body as of_scenarios

OPEN = {"/livez", "/readyz", "/metrics"}


def routes(served: Served) -> list[tuple[str, str]]:
    """Return method and path of every route."""
    with served.client() as client:
        paths = client.get("/openapi.json").json()["paths"]
    return [(method.upper(), path) for path, found in paths.items() for method in found]


def asked(client: httpx.Client, method: str, path: str, plan: bytes) -> httpx.Response:
    """Send something that would do on a route that takes it."""
    body = {"content": plan, "headers": JSON} if method == "POST" else {}
    return client.request(method, path, **body)


@pytest.fixture(scope="module")
def pair(guarded: Served, tiny: bytes, rostered: Path) -> Iterator[tuple]:
    """Keys of two tenants, and ids of jobs of the first, by their route.

    One has a roster, the others, of scenarios and hires, have not begun.
    """
    mine, theirs = guarded.key("mine"), guarded.key("theirs")
    with guarded.client(mine) as client:
        job = submitted(client, tiny).rpartition("/")[2]
        whatif = client.post("/v1/whatifs", content=of_scenarios(tiny), headers=JSON)
        hire = of_hires(client, tiny)
    guarded.backend.complete(job, files_of(rostered))
    ids = {"whatifs": whatif.json()["id"], "hires": hire.json()["id"]}
    yield mine, theirs, {"rosters": job, **ids}


def kind_of(path: str) -> str:
    return path.split("/")[2]


def test_no_route_is_unknown_to_the_tests(guarded: Served) -> None:
    found = {route.path for route in guarded.app_routes if isinstance(route, APIRoute)}
    assert {path for _, path in routes(guarded)} == found
    assert len(found) >= 25


def test_api1_broken_object_level_authorization(
    guarded: Served, pair: tuple, tiny: bytes
) -> None:
    """On every route with an id another tenant hears that there is no such job."""
    mine, theirs, jobs = pair
    seen = 0
    for method, path in routes(guarded):
        if "{job_id}" not in path:
            continue
        seen += 1
        job = jobs[kind_of(path)]
        place = path.replace("{job_id}", job)
        if path.endswith("/explain"):
            place += "?cases=claims"
        if path.endswith("/compare"):
            place += f"?other={job}"
        with guarded.client(theirs) as client:
            refused = asked(client, method, place, tiny)
            absent = asked(client, method, place.replace(job, "0" * 32), tiny)
        assert refused.status_code == absent.status_code == 404, place
        assert refused.json()["detail"] == absent.json()["detail"]
        if method == "GET" and not path.endswith(("/events", "/simulate")):
            with guarded.client(mine) as client:
                own = client.get(place)
            wanted = 409 if path.endswith("fairness") else 200
            known = ("{job_id}", "/scenarios", "/hires")
            if job != jobs["rosters"] and not path.endswith(known):
                wanted = 409
            assert own.status_code == wanted, (place, own.text)
    assert seen >= 28
    with guarded.client(theirs) as client:
        assert client.get("/v1/rosters").json()["items"] == []


def test_api1_a_job_of_one_kind_is_none_of_the_other(
    guarded: Served, pair: tuple, tiny: bytes
) -> None:
    """On every route with an id a job of the other kind is not there, nor erased."""
    mine, _, jobs = pair
    before = {job: guarded.backend.kept[job].job for job in jobs.values()}
    after = dict(zip(jobs, [*list(jobs)[1:], *jobs], strict=False))
    roster, whatif = jobs["rosters"], jobs["whatifs"]
    seen = set()
    with guarded.client(mine) as client:
        for method, path in routes(guarded):
            if "{job_id}" not in path:
                continue
            place = path.replace("{job_id}", jobs[after[kind_of(path)]])
            if path.endswith("/explain"):
                place += "?cases=claims"
            if path.endswith("/compare"):
                place += f"?other={roster}"
                other = client.get(f"/v1/rosters/{roster}/compare?other={whatif}")
                assert other.status_code == 404
            answer = asked(client, method, place, tiny)
            assert answer.status_code == 404, (method, place, answer.text)
            seen.add(kind_of(path))
    assert seen == jobs.keys()
    assert {job: guarded.backend.kept[job].job for job in before} == before


def test_api1_keys_for_the_same_request_do_not_meet(
    guarded: Served, tiny: bytes
) -> None:
    headers = {**JSON, "Idempotency-Key": "same"}
    ids = set()
    for tenant in ("key-a", "key-b"):
        with guarded.client(guarded.key(tenant)) as client:
            answer = client.post("/v1/rosters", content=tiny, headers=headers)
            assert "idempotent-replayed" not in answer.headers
            ids.add(answer.json()["id"])
    assert len(ids) == 2


def test_api2_broken_authentication(guarded: Served, pair: tuple, tiny: bytes) -> None:
    """Nothing but a whole, open key opens a route; hashes alone are kept."""
    mine, _, jobs = pair
    job = jobs["rosters"]
    prefix, secret = mine.split("_", 2)[1:]
    revoked = guarded.key("gone")
    revoke_key(guarded.engine, revoked.split("_")[1])
    late = guarded.key("late")
    with guarded.engine.begin() as connection:  # nobody can make one that is over
        before = {"expires_at": dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)}
        own = api_keys.c.tenant == "late"
        assert connection.execute(update(api_keys).where(own).values(before)).rowcount
    wrong = (
        None, "rf_", mine[:-1], mine + "x", mine.upper(), f"rf_{prefix}_",
        f"rf_{'0' * 12}_{secret}", f"rf_{prefix}_{'0' * 43}", revoked, late,
        "' OR 1=1 --", "a.b.c", "x" * 9000,
    )  # fmt: skip
    guarded.service.rates._limiter.storage.reset()
    for key in wrong:
        with guarded.client(key) as client:
            answer = client.get(f"/v1/rosters/{job}")
        assert answer.status_code == 401, key
        assert answer.headers["www-authenticate"].startswith("Bearer")
        guarded.service.rates._limiter.storage.reset()
    for method, path in routes(guarded):
        if path not in OPEN:
            with guarded.client() as client:
                place = path.replace("{job_id}", job).replace("{sample}", "tiny")
                assert asked(client, method, place, tiny).status_code == 401, place
            guarded.service.rates._limiter.storage.reset()
    kept = Path(guarded.engine.url.database or "").read_bytes()
    assert secret.encode() not in kept
    assert all(key.prefix != secret for key in list_keys(guarded.engine))


def test_api2_guessing_is_slowed_down(guarded: Served) -> None:
    guarded.service.rates._limiter.storage.reset()
    with guarded.client("rf_guess") as client:
        codes = [client.get("/v1/rosters").status_code for _ in range(25)]
        last = client.get("/v1/rosters")
    guarded.service.rates._limiter.storage.reset()
    assert codes[0] == 401
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) > 0


def test_who_guesses_keeps_nobody_out_who_has_a_key(
    guarded: Served, pair: tuple
) -> None:
    guarded.service.rates._limiter.storage.reset()
    with guarded.client("rf_guess") as guessing, guarded.client(pair[0]) as client:
        guessed = [guessing.get("/v1/rosters").status_code for _ in range(25)]
        answer = client.get("/v1/rosters")
    guarded.service.rates._limiter.storage.reset()
    assert guessed[-1] == 429
    assert answer.status_code == 200


def test_api3_broken_object_property_level_authorization(
    guarded: Served, pair: tuple, tiny: bytes
) -> None:
    """Nobody sets what is not theirs to set, nor reads what is not said of a job."""
    mine, _, jobs = pair
    job = jobs["rosters"]
    with guarded.client(mine) as client:
        for query in ("?tenant=theirs", "?status=COMPLETED", "?actor=x", "?kind=x"):
            answer = client.post(f"/v1/rosters{query}", content=tiny, headers=JSON)
            assert answer.status_code == 422
        plan = {**json.loads(tiny), "tenant": "theirs"}
        assert client.post("/v1/rosters", json=plan).status_code == 422
        said = client.get(f"/v1/rosters/{job}/metadata").json()
    assert said.keys().isdisjoint({"tenant", "actor", "idempotency_key", "worker"})


def test_api5_broken_function_level_authorization(guarded: Served, tiny: bytes) -> None:
    """On every route a key with all other scopes is refused."""
    wanted = {
        (method, route.path): scope
        for route in guarded.app_routes
        if isinstance(route, APIRoute)
        for method in route.methods
        for scope in scopes_of(route)
    }
    for method, path in routes(guarded):
        assert path in OPEN or (method, path) in wanted, path
    for (method, path), scope in wanted.items():
        others = tuple(each for each in Scope if each is not scope)
        place = path.replace("{job_id}", "0" * 32).replace("{sample}", "tiny")
        with guarded.client(guarded.key("narrow", others)) as client:
            answer = asked(client, method, place, tiny)
        assert answer.status_code == 403, place
        assert scope.value in answer.json()["detail"]
    assert wanted["DELETE", "/v1/rosters/{job_id}"] is Scope.WRITE
    assert wanted["POST", "/v1/rosters"] is Scope.WRITE


def scopes_of(route: APIRoute) -> list[Scope]:
    calls = [each.call for each in route.dependant.dependencies]
    return [call.scope for call in calls if hasattr(call, "scope")]


def test_api9_improper_inventory_management(served: Served) -> None:
    """Every route is in the document, under /v1 but for operations."""
    assert {path for _, path in routes(served)} == {
        route.path for route in served.app_routes if isinstance(route, APIRoute)
    }
    for _, path in routes(served):
        assert path.startswith("/v1/") or path in OPEN
    with served.client() as client:
        assert client.get("/openapi.json").json()["info"]["version"]
        for path in ("/docs", "/redoc", "/admin", "/v0/rosters", "/v2/rosters"):
            assert client.get(path).status_code == 404
