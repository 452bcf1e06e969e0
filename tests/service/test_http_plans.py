"""Plans and questions that are answered at once."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from scheduler.cli import main
from scheduler.samples import SAMPLES
from scheduler.writing import write_plan
from tests.service.conftest import JSON, Served

ZIP = {"Content-Type": "application/zip"}
XLSX = {
    "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}


def zipped(folder: Path, prefix: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parts:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                parts.write(path, prefix + str(path.relative_to(folder)))
    return buffer.getvalue()


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory, tiny: bytes):
    folder = tmp_path_factory.mktemp("forms")
    write_plan(SAMPLES["tiny"](), folder / "plan")
    assert main(["convert", str(folder / "plan"), str(folder / "plan.xlsx"), "-q"]) == 0
    book = (folder / "plan.xlsx").read_bytes()
    plan = folder / "plan"
    return {
        "json": (tiny, JSON),
        "zip": (zipped(plan), ZIP),
        "zip of a folder": (zipped(plan, "my plan/"), ZIP),
        "workbook": (book, XLSX),
    }


def test_every_form_of_a_plan_says_the_same(served: Served, forms) -> None:
    with served.client() as client:
        found = {
            name: client.post("/v1/validate", content=content, headers=headers).json()
            for name, (content, headers) in forms.items()
        }
    assert all(answer["valid"] for answer in found.values()), found
    assert len({answer["plan_hash"] for answer in found.values()}) == 1


def test_a_plan_comes_back_as_a_workbook(served: Served, forms) -> None:
    with served.client() as client:
        for content, headers in (forms["json"], forms["zip"]):
            made = client.post("/v1/workbook", content=content, headers=headers)
            assert made.headers["content-type"] == XLSX["Content-Type"]
            told = client.post("/v1/validate", content=made.content, headers=XLSX)
            told_first = client.post("/v1/validate", content=content, headers=headers)
            assert told.json()["plan_hash"] == told_first.json()["plan_hash"]
        wrong = client.post("/v1/workbook", content=b"{}", headers=JSON)
    assert wrong.status_code == 422


@pytest.mark.parametrize("command", ["requirements", "throughput"])
def test_answers_are_those_of_the_command_line(
    served: Served, forms, tmp_path: Path, capsys, command: str
) -> None:
    write_plan(SAMPLES["tiny"](), tmp_path / "plan")
    main([command, str(tmp_path / "plan"), "--json"])
    told = json.loads(capsys.readouterr().out)
    content, headers = forms["zip"]
    with served.client() as client:
        found = client.post(f"/v1/{command}", content=content, headers=headers).json()
    for name, value in told.items():
        if name == "requirements":
            pairs = zip(found[name], value, strict=True)
            assert all(a["required"] == b["required"] for a, b in pairs)
        else:
            assert found[name] == value


def test_a_wrong_plan_is_told_everything_at_once(served: Served, tiny: bytes) -> None:
    plan = json.loads(tiny)
    plan["calls"][0]["calls"] = -3
    plan["agents"][1]["contract"] = "standrad"
    plan["horizon"]["days"] = "many"
    with served.client() as client:
        refused = client.post("/v1/requirements", json=plan)
        valid = client.post("/v1/validate", json=plan).json()
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json()
    assert problem["type"] == "urn:ringfence:problem:invalid-plan"
    assert problem["trace_id"] == refused.headers["trace-id"]
    pointers = {entry["pointer"] for entry in problem["errors"]}
    assert {"/calls/0/calls", "/horizon/days"} <= pointers
    assert valid["valid"] is False
    assert {entry["pointer"] for entry in valid["findings"]} == pointers


def test_a_wrong_cell_of_a_table_is_named(served: Served, tmp_path: Path) -> None:
    write_plan(SAMPLES["tiny"](), tmp_path)
    agents = tmp_path / "agents.csv"
    agents.write_text(agents.read_text().replace("standard", "none", 1))
    with served.client() as client:
        answer = client.post("/v1/throughput", content=zipped(tmp_path), headers=ZIP)
    (entry,) = answer.json()["errors"]
    assert (entry["file"], entry["row"], entry["column"]) == (
        "agents.csv",
        2,
        "contract",
    )
    assert entry["value"] == "none"


def test_a_roster_is_checked_in_json_and_zipped(served: Served, rostered: Path) -> None:
    plan = json.loads((rostered / "plan.json").read_text())
    with served.client() as client:
        whole = client.post("/v1/check", content=zipped(rostered), headers=ZIP).json()
        rows = _rows(rostered / "roster.csv")
        shifts = client.post("/v1/check", json={"plan": plan, "roster": rows}).json()
        rows[0]["agent_id"] = "nobody"
        wrong = client.post("/v1/check", json={"plan": plan, "roster": rows})
    assert whole["legal"] is True
    assert whole["objective"] is not None
    assert shifts["objective"] is None
    assert shifts["not_judged"]
    assert wrong.status_code == 422
    assert wrong.json()["errors"][0]["pointer"] == "/roster/0/agent_id"


def _rows(path: Path) -> list[dict[str, str]]:
    import csv

    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_erlang_is_that_of_the_command_line(served: Served, capsys) -> None:
    main(["erlang", "--calls", "100", "--aht", "180s", "--json"])
    told = json.loads(capsys.readouterr().out)
    with served.client() as client:
        question = {"calls": 100, "handle_seconds": 180}
        assert client.post("/v1/erlang", json=question).json() == told


def test_what_cannot_bind_is_refused(served: Served) -> None:
    question = {"calls": 10, "handle_seconds": 180, "max_abandonment": 0.1}
    with served.client() as client:
        answer = client.post("/v1/erlang", json=question)
    assert answer.status_code == 422
    assert "patience" in answer.json()["errors"][0]["expected"]


def test_burndown(served: Served) -> None:
    question = {
        "inflow_per_week": 540,
        "backlog": 2000,
        "weeks": 4,
        "handle_minutes": 30,
        "productive_hours_per_week": 30,
    }
    with served.client() as client:
        found = client.post("/v1/burndown", json=question).json()
    assert round(found["fte"], 2) == 17.33


def test_sample_plans_are_ready_to_post(served: Served) -> None:
    with served.client() as client:
        for entry in client.get("/v1/demo-data").json()["items"]:
            plan = client.get(f"/v1/demo-data/{entry['id']}")
            answer = client.post(
                "/v1/rosters?dry_run=true", content=plan.content, headers=JSON
            )
            assert answer.status_code == 200
            assert answer.json()["size"]["agents"] > 0
        assert client.get("/v1/demo-data/none").status_code == 422
    assert not served.backend.kept


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "text/csv"}, 415),
        ({}, 415),
        ({**JSON, "Content-Encoding": "gzip"}, 415),
    ],
)
def test_other_kinds_of_content_are_refused(
    served: Served, tiny: bytes, headers: dict[str, str], status: int
) -> None:
    with served.client() as client:
        answer = client.post("/v1/validate", content=tiny, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
