"""The commands about plans: validate, requirements, throughput, schema."""

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import main
from scheduler.domain import Stage
from scheduler.samples import SAMPLES, write_samples
from scheduler.writing import write_plan

Capture = pytest.CaptureFixture[str]
SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
DOCUMENTS = {
    "plan",
    "result",
    "score",
    "compare",
    "explain",
    "worth",
    "simulate",
    "genesys",
    "scenarios",
    "whatif",
    "robust",
    "sites",
    "hires",
    "hire",
}


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder)
    return str(folder / "tiny")


def document(capsys: Capture) -> dict[str, Any]:
    (line,) = capsys.readouterr().out.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_validate(tiny: str, capsys: Capture) -> None:
    assert main(["validate", tiny]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("the plan is right: Tiny")
    assert "note: case type 'claims': 4 open cases" in said.err
    assert main(["validate", tiny, "--json"]) == 0
    told = document(capsys)
    assert told["valid"] is True
    assert len(told["plan_hash"]) == 64
    assert any("4 open cases" in note for note in told["notes"])


def test_requirements(tiny: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["requirements", tiny, "--out", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    rows = table(tmp_path / "requirements.csv")
    assert list(rows[0]) == [
        *(
            "queue",
            "start",
            "calls",
            "handle_seconds",
            "offered_erlangs",
            "required",
            "least",
        )
    ]
    assert len(rows) == 3 * 12  # three days of twelve half-hours
    # 32 calls of 200 s in half an hour are 3.56 erlangs: 6 agents for 80/20.
    (peak,) = [row for row in rows if row["start"] == "2026-03-02T10:00+00:00"]
    assert (peak["offered_erlangs"], peak["required"]) == ("3.5556", "6")
    assert "10:00            6      4      4" in shown
    monday = sum(float(r["required"]) / 2 for r in rows if "-02T" in r["start"])
    assert f"agent-hours   {monday:.1f}" in shown


def test_requirements_json_is_the_same_table(
    tiny: str, tmp_path: Path, capsys: Capture
) -> None:
    assert main(["requirements", tiny, "--out", str(tmp_path), "--json"]) == 0
    rows = document(capsys)["requirements"]
    written = table(tmp_path / "requirements.csv")
    assert [row["start"] for row in rows] == [row["start"] for row in written]
    assert [row["required"] for row in rows] == [float(r["required"]) for r in written]


def test_throughput(tiny: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["throughput", tiny, "--out", str(tmp_path), "--json"]) == 0
    told = document(capsys)
    rows = table(tmp_path / "throughput.csv")
    assert [row["date"] for row in rows] == ["2026-03-02", "2026-03-03", "2026-03-04"]
    assert {row["week"] for row in rows} == {"2026-W10"}
    # 44 open cases and 14 a day, half an hour each; 4 are late and due on Monday,
    # 18 received on Thursday are due on Monday, 22 of Friday on Tuesday, then 14.
    assert [float(row["available_hours"]) for row in rows] == [29, 7, 7]
    assert [float(row["due_hours"]) for row in rows] == [11, 11, 7]
    assert [float(row["due_hours_so_far"]) for row in rows] == [11, 22, 29]
    assert [float(row["items_due"]) for row in rows] == [22, 22, 14]
    # To the letter: today's 14, and everything there whose deadline is to come.
    asked = [float(row["required_daily_completions"]) for row in rows]
    assert asked == [14 + 40, 14 + 22 + 14, 14 + 14 + 14]
    # 6 people with 16.5 h each, a day of leave and a meeting; 53 h go to the calls.
    capacity = told["capacity_hours"]
    assert (capacity["contract"], capacity["leave"]) == (99, 5.5)
    assert (capacity["meetings"], capacity["voice"]) == (0.5, 53)
    assert capacity["cases"] == pytest.approx(40)
    assert told["structural_check"]["ok"] is True
    assert told["inflow_hours"] == pytest.approx(21)
    assert told["backlog_hours"] == pytest.approx(22)
    # When Monday begins there are the 44, none of them due before its evening.
    there = {"case_type": "claims", "available_hours": 22, "due_hours": 0}
    assert told["opening"] == [there]


@pytest.mark.parametrize(
    ("overtime", "says"),
    [
        (0, "contracts allow no overtime: temporary or borrowed people"),
        (20, "overtime that contracts allow is enough"),
        (0.5, "overtime that contracts allow gives 3.0 h, 2.5 h are left to temporary"),
    ],
)
def test_throughput_says_who_could_clear_the_backlog(
    overtime: float, says: str, tmp_path: Path, capsys: Capture
) -> None:
    plan = SAMPLES["tiny"]()
    contracts = [
        contract.model_copy(update={"max_overtime_hours_per_week": overtime})
        for contract in plan.contracts
    ]
    write_plan(plan.model_copy(update={"contracts": contracts}), tmp_path)
    assert main(["throughput", str(tmp_path), "--json"]) == 0
    told = document(capsys)["burn_down"]
    # 22 h of backlog in four weeks, whoever does it.
    assert told["extra_hours_per_week"] == pytest.approx(5.5)
    assert main(["throughput", str(tmp_path)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"5.5 h a week, stand down on Mon 30 Mar; {says}" in shown


def test_throughput_counts_the_work_of_later_stages(
    tmp_path: Path, capsys: Capture
) -> None:
    plan = SAMPLES["tiny"]()
    (claims,) = plan.case_types
    payment = claims.model_copy(update={"name": "payment", "skill": claims.name})
    first = claims.model_copy(update={"feeds": [Stage(case_type="payment", share=0.5)]})
    write_plan(plan.model_copy(update={"case_types": [first, payment]}), tmp_path)
    assert main(["throughput", str(tmp_path), "--json"]) == 0
    # 42 claims of half an hour, and half as many payments.
    assert document(capsys)["inflow_hours"] == pytest.approx(21 * 1.5)


def test_throughput_says_when_breaches_are_certain(
    tmp_path: Path, capsys: Capture
) -> None:
    plan = SAMPLES["tiny"]()
    flood = [row.model_copy(update={"cases": 40}) for row in plan.inflow]
    write_plan(plan.model_copy(update={"inflow": flood}), tmp_path)
    assert main(["throughput", str(tmp_path)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith(
        "if calls are covered first, breaches are certain whatever the priorities: "
        "20.0 h short (capacity 40.0 h, inflow 60.0 h)"
    )
    assert "never cleared" in shown
    assert main(["throughput", str(tmp_path), "--json"]) == 0
    told = document(capsys)
    assert told["structural_check"]["shortfall_hours"] == pytest.approx(20)
    assert told["burn_down"]["weeks_to_clear"] is None


def test_throughput_where_contracts_do_not_cover_the_calls(
    tmp_path: Path, capsys: Capture
) -> None:
    plan = SAMPLES["tiny"]()
    few = {"agents": plan.agents[:3], "open_cases": []}
    keep = {agent.agent_id for agent in plan.agents[:3]}
    for name in ("skills", "leave", "meetings", "preferences", "availability"):
        few[name] = [row for row in getattr(plan, name) if row.agent_id in keep]
    write_plan(plan.model_copy(update=few), tmp_path)
    assert main(["throughput", str(tmp_path)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert main(["throughput", str(tmp_path), "--json"]) == 0
    told = document(capsys)
    left = told["capacity_hours"]["cases"]
    assert left < 0
    assert f"= {left:.1f} h for cases: contracts do not even cover the calls" in shown
    assert "no hour is left for 21.0 h of inflow" in shown
    assert told["structural_check"]["sentence"] in shown
    assert "never cleared" in shown
    assert told["burn_down"]["weeks_to_clear"] is None


def test_throughput_counts_the_inflow_of_the_plan(
    tmp_path: Path, capsys: Capture
) -> None:
    # The last day is closed: its cases come at its end, when the horizon is over.
    plan = SAMPLES["tiny"]()
    (name,) = {kind.calendar for kind in plan.case_types}
    last = plan.inflow[-1].date
    shut = plan.calendars[name].model_copy(update={"closed": [last]})
    calendars = {**plan.calendars, "cases": shut}
    kinds = [k.model_copy(update={"calendar": "cases"}) for k in plan.case_types]
    changed = {"calendars": calendars, "case_types": kinds, "public_holidays": [last]}
    contracts = [
        one.model_copy(update={"public_holiday_hours": 2.0}) for one in plan.contracts
    ]
    changed["contracts"] = contracts
    write_plan(plan.model_copy(update=changed), tmp_path)
    assert main(["throughput", str(tmp_path), "--json"]) == 0
    told = document(capsys)
    assert told["inflow_hours"] == pytest.approx(21)
    assert told["capacity_hours"]["holidays"] == pytest.approx(6 * 2)
    assert told["capacity_hours"]["leave"] == pytest.approx(5.5)
    assert main(["throughput", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    (claims, _) = [line for line in shown.splitlines() if line.startswith("claims")]
    assert claims.split()[4] == f"{21 * 7 / 3:.1f}"
    words = " ".join(shown.split())
    assert "leave 5.5 - public holidays 12.0 - meetings 0.5" in words
    assert "(over 3 days;" in words


def test_quiet_hides_the_notes(tiny: str, capsys: Capture) -> None:
    for command in ("validate", "requirements", "throughput"):
        assert main([command, tiny]) == 0
        said = capsys.readouterr()
        assert "note: " in said.err
        assert main([command, tiny, "--quiet"]) == 0
        assert capsys.readouterr() == (said.out, "")


def test_throughput_of_all_types_adds_up(tmp_path: Path, capsys: Capture) -> None:
    write_plan(SAMPLES["retail-bank"](), tmp_path)
    assert main(["throughput", str(tmp_path), "--json"]) == 0
    so_far: dict[str, float] = defaultdict(float)
    told = document(capsys)
    opening = {row["case_type"]: row["available_hours"] for row in told["opening"]}
    assert sum(opening.values()) == pytest.approx(told["backlog_hours"], abs=1e-3)
    rows = told["throughput"]
    for row in rows:
        assert opening[row["case_type"]] <= row["available_hours_so_far"] + 1e-6
        so_far[row["case_type"]] += row["due_hours"]
        assert row["due_hours_so_far"] == pytest.approx(
            so_far[row["case_type"]], abs=1e-3
        )
        assert row["due_hours_so_far"] <= row["available_hours_so_far"] + 1e-6
    assert len(so_far) == 4
    assert main(["throughput", str(tmp_path)]) == 0
    assert all(len(line) <= 80 for line in capsys.readouterr().out.splitlines())


def test_schema_is_what_is_committed(tmp_path: Path, capsys: Capture) -> None:
    assert main(["schema", "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().out == ""
    names = {f"{name}.schema.json" for name in DOCUMENTS}
    assert {path.name for path in tmp_path.iterdir()} == names
    for name in names:
        assert (tmp_path / name).read_text() == (SCHEMAS / name).read_text(), name


def test_schema_json(capsys: Capture) -> None:
    assert main(["schema", "--json"]) == 0
    told = document(capsys)
    assert set(told) == DOCUMENTS
    assert told["result"]["title"] == "Ringfence result"
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == told
