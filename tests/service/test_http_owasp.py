"""A test for each of the OWASP API Security Top 10 (2023), and around them."""

import datetime as dt
import http.server
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi.routing import APIRoute
from sqlalchemy.exc import DataError

from scheduler.cli import main
from scheduler.service.http.auth.keys import create_key, list_keys, revoke_key
from scheduler.service.http.auth.principal import Scope
from scheduler.service.http.desk.pool import Desk
from scheduler.service.http.running import is_loopback
from scheduler.service.store.migrate import upgrade
from tests.service.conftest import JSON, Served, files_of, serving
from tests.service.test_http_jobs import submitted
from tests.service.test_http_whatifs import body as of_scenarios

OPEN = {"/livez", "/readyz", "/metrics"}
ISSUER, AUDIENCE = "https://issuer.example", "ringfence"


def routes(served: Served) -> list[tuple[str, str]]:
    """Return method and path of every route."""
    paths = served.service_app.openapi()["paths"]
    return [(method.upper(), path) for path, found in paths.items() for method in found]


def asked(client: httpx.Client, method: str, path: str, plan: bytes) -> httpx.Response:
    """Send something that would do on a route that takes it."""
    body = {"content": plan, "headers": JSON} if method == "POST" else {}
    return client.request(method, path, **body)


@pytest.fixture(scope="module")
def pair(guarded: Served, tiny: bytes, rostered: Path) -> Iterator[tuple]:
    """Keys of two tenants, and ids of jobs of the first.

    One has a roster, the other, of scenarios, has not begun.
    """
    mine, theirs = guarded.key("mine"), guarded.key("theirs")
    with guarded.client(mine) as client:
        job = submitted(client, tiny).rpartition("/")[2]
        answer = client.post("/v1/whatifs", content=of_scenarios(tiny), headers=JSON)
    guarded.backend.complete(job, files_of(rostered))
    yield mine, theirs, job, answer.json()["id"]


def test_no_route_is_unknown_to_the_tests(guarded: Served) -> None:
    found = {route.path for route in guarded.app_routes if isinstance(route, APIRoute)}
    assert {path for _, path in routes(guarded)} == found
    assert len(found) >= 25


def test_api1_broken_object_level_authorization(
    guarded: Served, pair: tuple, tiny: bytes
) -> None:
    """On every route with an id another tenant hears that there is no such job."""
    mine, theirs, rostered, waiting = pair
    seen = 0
    for method, path in routes(guarded):
        if "{job_id}" not in path:
            continue
        seen += 1
        job = waiting if "whatifs" in path else rostered
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
            if job == waiting and not path.endswith(("{job_id}", "/scenarios")):
                wanted = 409
            assert own.status_code == wanted, (place, own.text)
    assert seen >= 28
    with guarded.client(theirs) as client:
        assert client.get("/v1/rosters").json()["items"] == []


def test_api1_a_job_of_one_kind_is_none_of_the_other(
    guarded: Served, pair: tuple, tiny: bytes
) -> None:
    """On every route with an id a job of the other kind is not there, nor erased."""
    mine, _, roster, whatif = pair
    before = {job: guarded.backend.kept[job].job for job in (roster, whatif)}
    seen = set()
    with guarded.client(mine) as client:
        for method, path in routes(guarded):
            if "{job_id}" not in path:
                continue
            wrong = roster if "whatifs" in path else whatif
            place = path.replace("{job_id}", wrong)
            if path.endswith("/explain"):
                place += "?cases=claims"
            if path.endswith("/compare"):
                place += f"?other={roster}"
                other = client.get(f"/v1/rosters/{roster}/compare?other={whatif}")
                assert other.status_code == 404
            answer = asked(client, method, place, tiny)
            assert answer.status_code == 404, (method, place, answer.text)
            seen.add(path.split("/")[2])
    assert seen == {"rosters", "whatifs"}
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
    mine, _, job, _ = pair
    prefix, secret = mine.split("_", 2)[1:]
    now = dt.datetime.now(dt.UTC)
    revoked = guarded.key("gone")
    revoke_key(guarded.engine, revoked.split("_")[1])
    short = create_key(
        guarded.engine, "late", expires_at=now + dt.timedelta(milliseconds=50)
    )
    time.sleep(0.1)
    wrong = (
        None, "rf_", mine[:-1], mine + "x", mine.upper(), f"rf_{prefix}_",
        f"rf_{'0' * 12}_{secret}", f"rf_{prefix}_{'0' * 43}", revoked, short,
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


def test_api3_broken_object_property_level_authorization(
    guarded: Served, pair: tuple, tiny: bytes
) -> None:
    """Nobody sets what is not theirs to set, nor reads what is not said of a job."""
    mine, _, job, _ = pair
    with guarded.client(mine) as client:
        for query in ("?tenant=theirs", "?status=COMPLETED", "?actor=x", "?kind=x"):
            answer = client.post(f"/v1/rosters{query}", content=tiny, headers=JSON)
            assert answer.status_code == 422
        plan = {**json.loads(tiny), "tenant": "theirs"}
        assert client.post("/v1/rosters", json=plan).status_code == 422
        said = client.get(f"/v1/rosters/{job}/metadata").json()
    assert said.keys().isdisjoint({"tenant", "actor", "idempotency_key", "worker"})


def test_api4_unrestricted_resource_consumption(
    desk: Desk, database: str, tiny: bytes
) -> None:
    """Requests, work and jobs are capped (bodies: see the tests of uploads)."""
    rates = {"rate": "5/minute", "heavy_rate": "2/minute"}
    with (
        serving(desk, database, is_open=True, **rates) as served,
        served.client() as client,
    ):
        heavy = [
            client.post("/v1/validate", content=tiny, headers=JSON) for _ in range(3)
        ]
        usual = [client.get("/v1/rosters") for _ in range(3)]
    assert [answer.status_code for answer in heavy] == [200, 200, 429]
    assert [answer.status_code for answer in usual] == [200, 200, 429]
    assert heavy[2].headers["retry-after"] and usual[2].headers["retry-after"]
    assert usual[1].headers["ratelimit"].startswith('"usual";r=0')


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


def test_api6_unrestricted_access_to_sensitive_flows(
    desk: Desk, keyed: str, tiny: bytes
) -> None:
    """One tenant that submits again and again leaves room for others."""
    with serving(desk, keyed, is_open=False, tenant_jobs=3) as served:
        with served.client(served.key("greedy")) as client:
            codes = [
                client.post("/v1/rosters", content=tiny, headers=JSON).status_code
                for _ in range(5)
            ]
        with served.client(served.key("modest")) as client:
            submitted(client, tiny)
    assert codes == [202, 202, 202, 429, 429]


def test_api7_server_side_request_forgery(
    served: Served, tiny: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No part of a request names something that the service would fetch."""
    fields = json.dumps(served.service_app.openapi()["components"]["schemas"]["Plan"])
    assert "url" not in fields.lower()
    with served.client() as client:
        for value in ("http://127.0.0.1:1/x", "file:///etc/passwd"):
            plan = {**json.loads(tiny), "name": value}
            answer = client.post("/v1/validate", json=plan)
            assert answer.json()["valid"] is True
        parameters = {
            parameter["name"]
            for path in served.service_app.openapi()["paths"].values()
            for operation in path.values()
            for parameter in operation.get("parameters", [])
        }
    assert not {name for name in parameters if "url" in name or "webhook" in name}


def test_api8_security_misconfiguration(served: Served, guarded: Served) -> None:
    """Headers on every answer, no pages of other origins, no stack traces."""
    strange = {"Origin": "https://evil.example"}
    with served.client() as client:
        answers = [
            client.get("/livez"),
            client.get("/nothing"),
            client.get("/v1/rosters"),
            client.put("/v1/rosters"),
            client.request("TRACE", "/livez"),
        ]
        for answer in answers:
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cache-control"]
            assert answer.headers["trace-id"]
            assert "server" not in answer.headers
            assert "access-control-allow-origin" not in answer.headers
        assert [answer.status_code for answer in answers[1:]] == [404, 200, 405, 405]
        assert answers[3].headers["allow"]
        preflight = client.options(
            "/v1/rosters", headers={**strange, "Access-Control-Request-Method": "POST"}
        )
        assert preflight.status_code == 405
        simple = client.post(f"/v1/rosters/{'0' * 32}/cancel", headers=strange)
        assert simple.status_code == 403
        rebound = client.get("/v1/rosters", headers={"Host": "evil.example"})
        assert rebound.status_code == 400
    with guarded.client() as client:
        assert client.get("/metrics").status_code == 401


def test_api8_failures_tell_no_secrets(
    served: Served, tiny: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr(served.backend, "list", fail)
    with served.client() as client:
        answer = client.get("/v1/rosters")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "swordfish" not in answer.text
    assert answer.json()["trace_id"] == answer.headers["trace-id"]


def test_api8_a_text_that_the_database_cannot_keep_is_refused(
    served: Served, tiny: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DataError("INSERT swordfish", {}, ValueError("NUL"))

    monkeypatch.setattr(served.backend, "submit", fail)
    with served.client() as client:
        answer = client.post("/v1/rosters", content=tiny, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("invalid-request")
    assert "swordfish" not in answer.text


def test_api8_refuses_to_listen_beyond_loopback_without_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    for host in ("0.0.0.0", "::", "192.0.2.1"):
        assert not is_loopback(host)
        arguments = ["serve", "--host", host, "--port", "0", "--database-url", url]
        assert main(arguments) == 3
        assert "refuses to listen" in capsys.readouterr().err


def test_api8_the_first_key_closes_a_service_that_was_open(
    desk: Desk, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/open.db"
    upgrade(url)
    with serving(desk, url, is_open=True) as served:
        with served.client() as client:
            assert client.get("/v1/rosters").status_code == 200
            assert client.get("/metrics").status_code == 200
            key = create_key(served.engine, "acme")
            revoke_key(served.engine, key.split("_")[1])
            for path in ("/metrics", "/v1/rosters", "/v1/demo-data"):
                refused = client.get(path)
                assert refused.status_code == 401, path
                assert "bearer" in refused.headers["www-authenticate"].lower()
            assert client.get("/livez").status_code == 200
        for bearer, status in ((key, 401), (served.key("acme"), 200)):
            with served.client(bearer) as client:
                assert client.get("/v1/rosters").status_code == status


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


def test_api10_unsafe_consumption_of_apis(
    desk: Desk, keyed: str, issuer: "Issuer"
) -> None:
    """Tokens of the issuer are taken for what they prove, and nothing else."""
    told = {
        "oidc_issuer": ISSUER,
        "oidc_audience": AUDIENCE,
        "oidc_jwks_url": issuer.url,
    }
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    right = issuer.token()
    head, body, sign = right.split(".")
    hours_ago = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    wrong = {
        "expired": issuer.token(exp=hours_ago),
        "for others": issuer.token(aud="someone"),
        "of others": issuer.token(iss="https://evil.example"),
        "without an end": issuer.token(exp=None),
        "without a tenant": issuer.token(tenant=None),
        "with a strange tenant": issuer.token(tenant="../x"),
        "signed by others": issuer.token(key=other),
        "unsigned": jwt.encode(issuer.claims(), None, algorithm="none"),
        "cut": f"{head}.{body}.",
        "changed": f"{head}.{body[:-2]}AA.{sign}",
    }
    with serving(desk, keyed, is_open=False, **told) as served:
        with served.client(right) as client:
            assert client.get("/v1/rosters").status_code == 200
            refused = client.post("/v1/erlang", json={})
            assert refused.status_code == 403
        for name, token in wrong.items():
            with served.client(token) as client:
                assert client.get("/v1/rosters").status_code == 401, name


class Issuer:
    """Who gives out tokens, and tells its keys on loopback."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key(), True)
        content = json.dumps({"keys": [{**public, "kid": "1", "use": "sig"}]}).encode()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/keys"

    def claims(self, **changes: object) -> dict[str, object]:
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "user-1",
            "tenant": "acme",
            "scope": "openid rosters:read",
            "exp": dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5),
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, key: rsa.RSAPrivateKey | None = None, **changes: object) -> str:
        return jwt.encode(
            self.claims(**changes), key or self._key, "RS256", headers={"kid": "1"}
        )


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    thread = threading.Thread(target=issuer.server.serve_forever)
    thread.start()
    yield issuer
    issuer.server.shutdown()
    issuer.server.server_close()
    thread.join()
