"""A tenant of each test's own, with a roster, and an agent's link to it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.service.conftest import Served
from tests.service.drafting import rostered_job


@pytest.fixture
def key(guarded: Served, request: pytest.FixtureRequest) -> str:
    return guarded.key(f"t{abs(hash(request.node.name)) % 10**9}")


@pytest.fixture
def client(guarded: Served, key: str) -> Iterator[httpx.Client]:
    with guarded.client(key) as client:
        yield client


@pytest.fixture
def job(guarded: Served, client: httpx.Client, tiny: bytes, rostered: Path) -> str:
    return rostered_job(guarded, client, tiny, rostered)


@pytest.fixture
def link(client: httpx.Client, job: str) -> dict[str, str]:
    client.post(f"/v1/rosters/{job}/publish")
    found = client.get(f"/v1/rosters/{job}/roster").json()["rows"]
    made = client.post("/v1/agent-links", json={"agent_id": found[0]["agent_id"]})
    assert made.status_code == 201, made.text
    return dict(made.json())
