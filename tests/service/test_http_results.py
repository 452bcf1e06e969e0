"""What came of a job, over HTTP: tables, explanations, simulations, files."""

import csv
import io
import json
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from scheduler.service.documents import ExportDocument
from tests.service.conftest import Served, files_of
from tests.service.test_http_jobs import submitted

RESULTS = (
    "roster", "activities", "coverage", "backlog", "result", "violations",
    "simulate", "explain?cases=claims", "export.csv", "export.xlsx", "export.ics",
    "export.html", "export.json",
)  # fmt: skip


@pytest.fixture
def done(served: Served, client: httpx.Client, tiny: bytes, rostered: Path) -> str:
    """The path of a job that has ended with a roster."""
    path = submitted(client, tiny)
    served.backend.complete(path.rpartition("/")[2], files_of(rostered))
    return path


@pytest.mark.parametrize("name", RESULTS)
def test_what_is_not_there_yet_is_a_conflict(
    client: httpx.Client, tiny: bytes, name: str
) -> None:
    answer = client.get(f"{submitted(client, tiny)}/{name}")
    assert answer.status_code == 409
    assert "QUEUED" in answer.json()["detail"]
    assert answer.headers["retry-after"]


def test_why_a_cancelled_job_has_no_result_is_told(
    client: httpx.Client, tiny: bytes
) -> None:
    path = submitted(client, tiny)
    client.post(f"{path}/cancel")
    answer = client.get(f"{path}/roster")
    assert answer.status_code == 409
    assert answer.json()["detail"] == "there is no roster.csv: the job is CANCELLED"


@pytest.mark.parametrize("name", ["roster", "activities", "coverage", "backlog"])
def test_tables_are_those_of_the_files(
    client: httpx.Client, done: str, rostered: Path, name: str
) -> None:
    answer = client.get(f"{done}/{name}")
    with (rostered / f"{name}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = answer.json()["rows"]
    assert len(found) == len(rows) > 0
    assert found[0].keys() == rows[0].keys()
    first = next(iter(rows[0]))
    assert [row[first] for row in found] == [row[first] for row in rows]
    etag = {"If-None-Match": answer.headers["etag"]}
    assert client.get(f"{done}/{name}", headers=etag).status_code == 304


def test_result_and_violations(client: httpx.Client, done: str, rostered: Path) -> None:
    told = json.loads((rostered / "result.json").read_text())
    assert client.get(f"{done}/result").json() == told
    whole = client.get(done).json()
    assert whole["result"] == told
    assert {"roster.csv", "plan.json"} <= {file["name"] for file in whole["files"]}
    found = client.get(f"{done}/violations").json()
    assert (found["legal"], found["violations"]) == (True, [])


def test_explanations(client: httpx.Client, done: str) -> None:
    agent = client.get(f"{done}/explain?agent=T1&day=2026-03-02").json()["agent_day"]
    assert (agent["agent"], agent["date"]) == ("T1", "2026-03-02")
    calls = client.get(f"{done}/explain?interval=2026-03-02T10:00").json()
    assert calls["interval"]["covers"]
    cases = client.get(f"{done}/explain?cases=claims").json()
    assert cases["case_type"]["case_type"] == "claims"
    for query in ("", "?agent=T1", "?agent=T1&day=2026-03-02&cases=claims"):
        assert client.get(f"{done}/explain{query}").status_code == 422
    unknown = client.get(f"{done}/explain?agent=nobody&day=2026-03-02")
    assert unknown.status_code == 422
    assert "nobody" in unknown.json()["detail"]


def test_simulation_is_repeatable(client: httpx.Client, done: str) -> None:
    query = "?replications=10&seed=4"
    first, second = (client.get(f"{done}/simulate{query}") for _ in range(2))
    assert first.status_code == 200, first.text
    told = [{**each.json(), "seconds": 0} for each in (first, second)]
    assert told[0] == told[1]
    assert client.get(f"{done}/simulate?replications=100000").status_code == 422
    assert client.get(f"{done}/simulate?reserve=2").status_code == 422


def test_exports_open_in_other_programs(
    client: httpx.Client, done: str, rostered: Path
) -> None:
    table = client.get(f"{done}/export.csv?table=activities")
    assert table.content == (rostered / "activities.csv").read_bytes()
    book = client.get(f"{done}/export.xlsx")
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).sheet_names
    assert {"Shifts", "Activities"} <= set(sheets)
    page = client.get(f"{done}/export.html")
    assert page.content == (rostered / "report.html").read_bytes()
    assert "sandbox" in page.headers["content-security-policy"]
    whole = client.get(f"{done}/export.json")
    assert ExportDocument.model_validate_json(whole.content).roster
    for answer in (table, book, page, whole):
        assert answer.headers["content-disposition"].startswith("attachment;")


def test_calendars_of_one_and_of_all(client: httpx.Client, done: str) -> None:
    everybody = Calendar.from_ical(client.get(f"{done}/export.ics").content)
    one = Calendar.from_ical(client.get(f"{done}/export.ics?agent=T1").content)
    events, own = everybody.walk("VEVENT"), one.walk("VEVENT")
    assert 0 < len(own) < len(events)
    assert {str(e["UID"]) for e in own} < {str(e["UID"]) for e in events}
    assert len({str(e["UID"]) for e in events}) == len(events)
    assert len(everybody.walk("VTIMEZONE")) == len(one.walk("VTIMEZONE"))
    assert client.get(f"{done}/export.ics?agent=nobody").status_code == 404
