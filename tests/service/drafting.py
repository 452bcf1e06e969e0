"""Drafts over HTTP as tests begin, read and change them."""

from pathlib import Path
from typing import Any

import httpx

from tests.service.conftest import Served, files_of
from tests.service.test_http_jobs import submitted


def rostered_job(
    served: Served, client: httpx.Client, tiny: bytes, rostered: Path
) -> str:
    """Return the id of a job that has a roster."""
    job = submitted(client, tiny).rpartition("/")[2]
    served.backend.complete(job, files_of(rostered))
    return job


def drafted(client: httpx.Client, job: str) -> str:
    """Return the id of a new draft."""
    made = client.post(f"/v1/rosters/{job}/drafts")
    assert made.status_code == 201, made.text
    assert made.headers["Location"] == f"/v1/drafts/{made.json()['id']}"
    return str(made.json()["id"])


def etag(client: httpx.Client, draft: str) -> dict[str, str]:
    return {"If-Match": client.get(f"/v1/drafts/{draft}").headers["ETag"]}


def rows(client: httpx.Client, draft: str, table: str = "roster") -> list[Any]:
    found = client.get(f"/v1/drafts/{draft}/{table}")
    assert found.status_code == 200, found.text
    return list(found.json()["rows"])


def change(
    client: httpx.Client, draft: str, *edits: dict[str, Any], **query: object
) -> httpx.Response:
    return client.post(
        f"/v1/drafts/{draft}/edits",
        json={"edits": list(edits)},
        headers=etag(client, draft),
        params=query,
    )


def day_off(row: dict[str, Any]) -> dict[str, Any]:
    return {"op": "day_off", "agent_id": row["agent_id"], "date": row["date"]}
