"""Exports of tickets: read, refused cell by cell, and rebuilt to a backlog."""

import csv
import json
import os
from pathlib import Path

import pytest

from scheduler.cli import main

EXPORT = """\
no,opened,done,kind
1,2026-03-01T09:00,2026-03-02T10:00,claims
2,2026-03-01 12:00,,claims
3,2026-03-02T08:00,2026-03-02T09:00,letters

4,2026-02-25T08:00,2026-03-09T09:00,claims
"""
COLUMNS = [
    "--received",
    "opened",
    "--completed",
    "done",
    "--type",
    "kind",
    "--id",
    "no",
]


def written(folder: Path, text: str) -> str:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_what_was_open_and_how_the_backlog_came_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = written(tmp_path, EXPORT)
    asked = ["tickets", export, *COLUMNS, "--at", "2026-03-03"]
    assert main([*asked, "--out", str(tmp_path)]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "3 received - 1 completed = 2 open at the start of 2026-03-03" in told
    assert "1 received - 1 completed = 0 open" in told
    assert rows(tmp_path / "open_cases.csv") == [
        {"case_type": "claims", "received": received, "cases": "1", "case_id": number}
        for received, number in (("2026-02-25T08:00", "4"), ("2026-03-01T12:00", "2"))
    ]
    history = rows(tmp_path / "backlog_history.csv")
    assert history[-1]["case_type"] == "letters" and history[-1]["closing"] == "0"
    (last,) = [
        r for r in history if (r["case_type"], r["date"]) == ("claims", "2026-03-02")
    ]
    ages = [last[name] for name in ("age_0_1", "age_1_3", "age_3_5", "age_5_up")]
    assert (last["closing"], ages) == ("2", ["0", "1", "0", "1"])


def test_without_a_date_it_is_all_there_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    semicolons = "opened;done\n2026-03-01T09:00;2026-03-04T10:00\n"
    export = written(tmp_path, semicolons)
    columns = ["--received", "opened", "--completed", "done"]
    assert main(["tickets", export, *columns, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["at"] == "2026-03-05"
    (one,) = told["case_types"]
    assert one["case_type"] == "export" and one["closing"] == [1, 1, 1, 0]


def test_every_wrong_cell_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = (
        "no,opened,done,kind\n1,yesterday,,claims\n"
        "2,2026-03-02T08:00,2026-03-01T08:00,claims\n"
        "3,2026-03-02T08:00Z,,claims\n4,2026-03-02T08:00,,\n5,,,claims\n"
    )
    asked = ["tickets", written(tmp_path, wrong), *COLUMNS, "--out", str(tmp_path)]
    assert main(asked) == 3
    told = capsys.readouterr().err
    for words in (
        "line 2, column opened: 'yesterday'",
        "line 3, column done: '2026-03-01T08:00' - expected a time after it was",
        "line 4, column opened: '2026-03-02T08:00Z' - expected a local time",
        "line 5, column kind",
        "line 6, column opened",
        "5 problems",
    ):
        assert words in told
    assert not (tmp_path / "open_cases.csv").exists()


def test_offsets_go_to_a_time_zone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = written(tmp_path, "opened\n2026-07-01T23:30Z\n")
    asked = ["tickets", export, "--received", "opened", "--at", "2026-07-03"]
    assert main([*asked, "--time-zone", "Europe/London", "--out", str(tmp_path)]) == 0
    (case,) = rows(tmp_path / "open_cases.csv")
    assert case["received"] == "2026-07-02T00:30"
    assert main([*asked, "--time-zone", "Nowhere/At all"]) == 3
    assert "no time zone" in capsys.readouterr().err


def test_columns_and_dates_that_are_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = written(tmp_path, EXPORT)
    assert main(["tickets", export, "--received", "open", "--id", "x"]) == 3
    told = capsys.readouterr().err
    assert (
        "column open:" in told and "column x:" in told and "it has no, opened" in told
    )
    assert main(["tickets", export, "--received", "opened", "--at", "soon"]) == 2
    empty = written(tmp_path, "opened\n")
    assert main(["tickets", empty, "--received", "opened"]) == 0
    assert "no ticket before" in capsys.readouterr().out


@pytest.mark.third_party
def test_a_real_export_reconciles_to_the_ticket(
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = Path(os.environ["RINGFENCE_THIRD_PARTY"]) / "it_incidents"
    columns = [
        "--received",
        "opened_at",
        "--completed",
        "closed_at",
        "--type",
        "priority",
    ]
    export = str(folder / "march_april_2016.csv")
    assert main(["tickets", export, *columns, "--json"]) == 0
    types = json.loads(capsys.readouterr().out)["case_types"]
    assert sum(sum(one["arrived"]) for one in types) == 16_929
    assert sum(sum(one["completed"]) for one in types) == 16_929
    assert all(one["closing"][-1] == 0 for one in types)
