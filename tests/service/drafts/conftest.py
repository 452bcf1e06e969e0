"""A roster on a service, and a draft of it."""

from pathlib import Path

import httpx
import pytest

from tests.service.conftest import Served
from tests.service.drafting import drafted, rostered_job


@pytest.fixture
def job(served: Served, client: httpx.Client, tiny: bytes, rostered: Path) -> str:
    return rostered_job(served, client, tiny, rostered)


@pytest.fixture
def draft(client: httpx.Client, job: str) -> str:
    return drafted(client, job)
