"""OWASP API Security Top 10 (2023), what is given away: API 4, 6, 7 and 8."""

import json
import time
from pathlib import Path

import pytest
from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError

from scheduler.cli import main
from scheduler.service.http.auth.guard import LOOK_SECONDS
from scheduler.service.http.auth.keys import create_key, revoke_key
from scheduler.service.http.desk.pool import Desk
from scheduler.service.http.running import is_loopback
from scheduler.service.store.migrate import upgrade
from tests.service.conftest import JSON, Served, serving
from tests.service.test_http_jobs import submitted


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
    with served.client() as client:
        document = client.get("/openapi.json").json()
        fields = json.dumps(document["components"]["schemas"]["Plan"])
        assert "url" not in fields.lower()
        for value in ("http://127.0.0.1:1/x", "file:///etc/passwd"):
            plan = {**json.loads(tiny), "name": value}
            answer = client.post("/v1/validate", json=plan)
            assert answer.json()["valid"] is True
        parameters = {
            parameter["name"]
            for path in document["paths"].values()
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


@pytest.mark.parametrize("away", [OperationalError, InterfaceError])
def test_api8_a_database_that_does_not_answer_is_waited_for(
    served: Served, monkeypatch: pytest.MonkeyPatch, away: type[DBAPIError]
) -> None:
    def fail(*_: object) -> None:
        raise away("SELECT swordfish", {}, OSError("swordfish"))

    monkeypatch.setattr(served.backend, "get", fail)
    with served.client() as client:
        answer = client.get(f"/v1/rosters/{'0' * 32}/metadata")
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("unavailable")
    assert int(answer.headers["retry-after"]) > 0
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
            time.sleep(LOOK_SECONDS)
            for path in ("/metrics", "/v1/rosters", "/v1/demo-data"):
                refused = client.get(path)
                assert refused.status_code == 401, path
                assert "bearer" in refused.headers["www-authenticate"].lower()
            assert client.get("/livez").status_code == 200
        for bearer, status in ((key, 401), (served.key("acme"), 200)):
            with served.client(bearer) as client:
                assert client.get("/v1/rosters").status_code == status
