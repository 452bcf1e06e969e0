"""The command that tells why: for people, and as JSON of its schema."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.cli import ExitCode, main
from scheduler.cli.output import give
from scheduler.report.worth import worth_parts
from scheduler.rosters.explained import ExplainDocument
from scheduler.rosters.worth import WorthDocument
from tests.test_cli_roster import Capture, document, table


def explained(plan: Path, made: Path, capsys: Capture, *words: str) -> dict[str, Any]:
    """Return an explanation, right by its schema, and print it for people too."""
    assert main(["explain", str(plan), str(made), *words, "-q"]) == 0
    assert capsys.readouterr().out.strip()
    assert main(["explain", str(plan), str(made), *words, "--json"]) == 0
    told = document(capsys)
    assert ExplainDocument.model_validate(told).model_dump(mode="json") == told
    return told


def test_a_day_of_an_agent(plan: Path, made: Path, capsys: Capture) -> None:
    row = table(made / "roster.csv")[0]
    words = ("--agent", row["agent_id"], "--day", row["date"])
    found = explained(plan, made, capsys, *words)["agent_day"]
    assert [x["shift_type"] for x in found["shifts"]] == [row["shift_type"]]
    assert found["instead"]
    (off,) = (x for x in found["instead"] if not x["shifts"])
    assert off["cost"] == pytest.approx(sum(off["goals"].values()))
    for each in found["instead"]:
        assert each["breaks"] or each["cost"] is not None


def test_people_and_days_by_name(plan: Path, made: Path, capsys: Capture) -> None:
    one = explained(plan, made, capsys, "--agent", "T1", "--day", "2026-03-03")
    other = explained(plan, made, capsys, "--agent", "Ana  Silva", "--day", "Tue")
    assert one == other
    for words in ("2026-03-03T08:30", "2026-03-03 8:30", "tuesday 08:30"):
        found = explained(plan, made, capsys, "--interval", words)["interval"]
        assert found["moment"].startswith("2026-03-03T08:30")


def test_a_day_off(plan: Path, made: Path, capsys: Capture) -> None:
    rows = table(made / "roster.csv")
    working = {(row["agent_id"], row["date"]) for row in rows}
    days = sorted({day for _, day in working})
    agent, free = next(
        (agent, day)
        for agent in sorted({agent for agent, _ in working})
        for day in days
        if (agent, day) not in working
    )
    words = ("--agent", agent, "--day", free)
    found = explained(plan, made, capsys, *words)["agent_day"]
    assert found["shifts"] == []
    assert all(each["shifts"] for each in found["instead"])
    assert main(["explain", str(plan), str(made), "--replace", *words[1:]]) == 3
    assert "does not work" in capsys.readouterr().err


def test_who_could_step_in(plan: Path, made: Path, capsys: Capture) -> None:
    row = table(made / "roster.csv")[0]
    words = ("--replace", row["agent_id"], "--day", row["date"])
    found = explained(plan, made, capsys, *words)["missing_agent"]
    costs = [each["cost"] for each in found["replacements"]]
    assert costs == sorted(costs)
    assert all(cost < 0 for cost in costs)
    assert row["agent_id"] not in {each["agent"] for each in found["replacements"]}
    for each in found["unable"]:
        assert each["breaks"]


def test_a_moment_and_everybody_who_could_be_there(
    plan: Path, made: Path, capsys: Capture
) -> None:
    rows = table(made / "coverage.csv")
    row = max(rows, key=lambda row: int(row["required"]) - int(row["rostered"]))
    moment = dt.datetime.fromisoformat(row["start"]).strftime("%Y-%m-%dT%H:%M")
    found = explained(plan, made, capsys, "--interval", moment)["interval"]
    for cover in found["covers"]:
        assert cover["short"] == pytest.approx(
            max(0, cover["needed"] - cover["planned"])
        )
        agents = [agent for each in cover["doing"] for agent in each["agents"]]
        assert len(agents) == len(set(agents))


def test_a_case_type(plan: Path, made: Path, capsys: Capture) -> None:
    kinds = json.loads((made / "result.json").read_text(encoding="utf-8"))
    (first, *_) = kinds["summary"]["cases"]
    words = ("--cases", first["case_type"])
    found = explained(plan, made, capsys, *words)["case_type"]
    assert found["breaches"] == pytest.approx(first["breaches"])
    assert sum(day["needed_hours"] for day in found["days"]) == pytest.approx(
        sum(x["hours"] for x in found["rescues"] if x["latest"] is not None)
    )


def test_what_hours_are_worth(plan: Path, made: Path, capsys: Capture) -> None:
    words = ["worth", str(plan), str(made)]
    assert main([*words, "-q"]) == 0
    assert "solved again with" not in capsys.readouterr().out
    assert main([*words, "--check", "1", "--time-limit", "1", "--json"]) == 0
    told = document(capsys)
    found = WorthDocument.model_validate(told)
    assert found.model_dump(mode="json") == told
    give(told, as_json=False, shown=lambda: worth_parts(found))
    assert "solved again with" in capsys.readouterr().out
    worths = [hour["worth"] for hour in told["hours"]]
    assert worths and worths == sorted(worths, reverse=True)
    assert {hire["contract"] for hire in told["hires"]}
    (checked,) = told["checked"]
    assert checked["worth"] == worths[0]
    assert checked["agrees"] == (
        abs(checked["saved"] - checked["worth"]) <= checked["tolerance"] + 1e-6
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), ExitCode.USAGE, "give one of"),
        (("--agent", "T1"), ExitCode.USAGE, "give one of"),
        (("--cases", "x", "--day", "2026-03-02"), ExitCode.USAGE, "give one of"),
        (("--cases", "x"), ExitCode.BAD_INPUT, "case type must be"),
        (("--agent", "x", "--day", "2026-03-02"), ExitCode.BAD_INPUT, "agent must be"),
        (("--agent", "T1", "--day", "2025-03-02"), ExitCode.BAD_INPUT, "day must be"),
        (("--interval", "2025-03-02T10:00"), ExitCode.BAD_INPUT, "moment must be"),
        (("--interval", "monday noon"), ExitCode.USAGE, "expected a moment such as"),
        (("--interval", "noday 10:00"), ExitCode.USAGE, "expected a date such as"),
        (
            ("--agent", "T1", "--day", "2.3."),
            ExitCode.USAGE,
            "or a weekday, got '2.3.'",
        ),
    ],
)
def test_what_cannot_be_explained(
    plan: Path,
    made: Path,
    capsys: Capture,
    words: tuple[str, ...],
    code: ExitCode,
    said: str,
) -> None:
    assert main(["explain", str(plan), str(made), *words]) == code
    assert said in capsys.readouterr().err
