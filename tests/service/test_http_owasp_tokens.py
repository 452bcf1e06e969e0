"""OWASP API Security Top 10 (2023), what others say: API 10."""

import datetime as dt
import http.server
import json
import threading
from collections.abc import Iterator

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from scheduler.service.http.desk.pool import Desk
from tests.service.conftest import serving

ISSUER, AUDIENCE = "https://issuer.example", "ringfence"


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
