"""What the planner's page is made of, and what it asks the service."""

import json
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from scheduler.samples import SAMPLES
from scheduler.writing import write_plan
from tests.service.conftest import Served
from tests.service.visiting import done

_LIGHT = 2_000_000  # bytes


def test_files_come_with_a_policy_and_are_light(served: Served) -> None:
    with served.client() as client:
        page = client.get("/")
        names = [
            part.split('"')[0]
            for mark in ('src="', 'href="')
            for part in page.text.split(mark)[1:]
        ]
        files = {name: client.get(f"/{name}") for name in names if "#" not in name}
        again = client.get("/", headers={"If-None-Match": page.headers["etag"]})
        absent = client.get("/web/../pyproject.toml"), client.get("/web/none.js")
    assert all(answer.status_code == 200 for answer in files.values())
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert again.status_code == 304
    assert [answer.status_code for answer in absent] == [404, 404]
    assert sum(len(answer.content) for answer in files.values()) < _LIGHT


def test_a_roster_tells_what_its_report_shows(
    served: Served, tiny: bytes, rostered: Path
) -> None:
    job = done(served, tiny, rostered)
    bare = done(served, tiny, rostered)
    del served.backend.kept[bare].files["report.html"]
    with served.client() as client:
        told = client.get(f"/v1/rosters/{job}/page")
        worked_out = client.get(f"/v1/rosters/{bare}/page")
        plan = client.get(f"/v1/rosters/{job}/plan").json()
        etag = {"If-None-Match": told.headers["etag"]}
        assert client.get(f"/v1/rosters/{job}/page", headers=etag).status_code == 304
    assert told.json()["people"] == worked_out.json()["people"]
    assert plan == json.loads(tiny)


def test_two_rosters_are_compared_by_their_ids(
    served: Served, tiny: bytes, rostered: Path
) -> None:
    one, other = (done(served, tiny, rostered) for _ in range(2))
    with served.client() as client:
        path = f"/v1/rosters/{one}/compare"
        found = client.get(path, params={"other": other})
        absent = client.get(path, params={"other": "0" * 32})
        bad = client.get(path, params={"other": "../x"})
    assert found.json()["changes"] == []
    assert [found.json()[side]["folder"] for side in "ab"] == [one, other]
    assert "/tmp" not in found.text
    assert (absent.status_code, bad.status_code) == (404, 422)


def folder_zip(folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, file.name)
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    """A zipped folder whose first agent has a contract that there is not."""
    folder = tmp_path / "plan"
    write_plan(SAMPLES["tiny"](), folder)
    agents = folder / "agents.csv"
    head, first, *rest = agents.read_text().splitlines()
    column = head.split(",").index("contract")
    cells = first.split(",")
    cells[column] = cells[column] + "x"
    agents.write_text("\n".join([head, ",".join(cells), *rest]) + "\n")
    return folder_zip(folder, tmp_path)


def document_of(client: httpx.Client, path: Path) -> Any:
    kind = {"Content-Type": "application/zip"}
    return client.post("/v1/document", content=path.read_bytes(), headers=kind).json()


def test_a_plan_comes_back_as_it_was_typed(served: Served, wrong: Path) -> None:
    with served.client() as client:
        found = document_of(client, wrong)
    (problem,) = found["findings"]
    assert problem["pointer"] == "/agents/0/contract"
    assert found["plan"]["agents"][0]["contract"] == problem["value"]
    assert not found["valid"] and found["lost"] == []


def test_what_has_no_cell_is_told_apart(served: Served, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    write_plan(SAMPLES["tiny"](), folder)
    with (folder / "agents.csv").open("a") as file:
        file.write("A9,too,many,cells,in,this,row,,x,y,z,u,v,w\n")
    with served.client() as client:
        found = document_of(client, folder_zip(folder, tmp_path))
        nothing = tmp_path / "nothing.zip"
        with zipfile.ZipFile(nothing, "w") as packed:
            packed.writestr("agents.csv", "agent_id\n")
        none = document_of(client, nothing)
    assert not found["valid"]
    assert [one["file"] for one in found["lost"]] == ["agents.csv"]
    assert none["plan"] is None and none["lost"]
