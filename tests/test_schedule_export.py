"""Rosters in the shapes of other tools: ids, codes, times, read back."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.cli import ExitCode, main
from scheduler.domain import Exports, Plan
from scheduler.exports.schedule import Schedule, schedule_of
from scheduler.exports.schedule_files import (
    SCHEDULE_COLUMNS,
    Format,
    export_notes,
    schedule_files,
)
from scheduler.exports.schedule_genesys import GenesysSchedule
from scheduler.reading.plan import plan_hash
from scheduler.translate import Translation, translate
from scheduler.writing import write_plan
from tests.test_calendars_export import overnight
from tests.test_rosters import H, busy_monday, folder_with, plan

Rows = list[dict[str, str]]


def made(
    form: str, roster: Roster, own: Plan | None = None, version: int = 1, **told: object
) -> dict[str, str]:
    exports = Exports.model_validate({form.replace("-", "_"): told} if told else {})
    schedule = schedule_of(translate(own or plan()), roster)
    return schedule_files(schedule, Format(form), exports, version)


def table(text: str, separator: str = ",") -> Rows:
    return list(csv.DictReader(io.StringIO(text), delimiter=separator))


def rows(roster: Roster, own: Plan | None = None, **told: object) -> Rows:
    return table(made("schedule", roster, own, **told)["schedule.csv"])


def with_leave() -> Plan:
    content = plan().model_dump(mode="json")
    content["leave"] = [
        {"agent_id": "Ben", "start": "2026-03-01", "end": "2026-03-03",
         "credited_hours": 10},
        {"agent_id": "Ben", "start": "2026-03-03T10:00", "end": "2026-03-03T12:00"},
    ]  # fmt: skip
    return Plan.of(content)


def test_the_columns_of_a_schedule() -> None:
    found = rows(busy_monday())
    assert tuple(found[0]) == SCHEDULE_COLUMNS
    assert {row["activity_type"] for row in found} == {"PRODUCTIVE", "NON_PRODUCTIVE"}
    first = found[0]
    assert first["start"] == "2026-03-02T08:00:00+00:00"
    assert first["start_local"] == "2026-03-02 08:00"


@pytest.mark.parametrize(
    ("day", "roster"), [("2026-03-02", busy_monday()), ("2026-10-24", overnight())]
)
def test_a_schedule_read_back_is_the_roster(day: str, roster: Roster) -> None:
    """Also the night in which the clock is put back."""
    translation = translate(plan(day))
    axis, agents = translation.axis, translation.problem.agents
    found = rows(roster, plan(day))
    names = {agent.name: a for a, agent in enumerate(agents)}

    def minute(text: str) -> int:
        return axis.minute(dt.datetime.fromisoformat(text))

    back = {
        (
            names[row["agent_id"].removeprefix("'")],
            minute(row["start"]),
            minute(row["end"]),
            row["activity_code"].removeprefix("'"),
        )
        for row in found
    }
    assert back == {
        (x.agent, x.start, x.end, x.name or x.kind.value)
        for x in roster.activities or ()
    }
    assert [int(row["length_minutes"]) for row in found] == [
        minute(row["end"]) - minute(row["start"]) for row in found
    ]


def test_ids_stay_when_nothing_changes_and_differ_otherwise() -> None:
    roster = busy_monday()
    one, again = rows(roster), rows(roster)
    assert one == again
    ids = [row["activity_id"] for row in one]
    assert len(set(ids)) == len(ids)
    assert {r["schedule_id"] for r in one} == {
        r["schedule_id"] for r in rows(overnight())
    }


def test_no_cell_is_a_formula() -> None:
    files = [
        *made("schedule", busy_monday()).values(),
        *made("amazon", busy_monday(), codes={"voice": "=cmd|' /C calc'!A0"}).values(),
    ]
    for text in files:
        cells = [cell for row in table(text) for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    (pipe,) = made("iex-pipe", busy_monday(), agents={"-Ann": "@SUM(1)|2"}).values()
    found = table(pipe, "|")
    assert found[0]["agentId"] == "'@SUM(1)|2"
    assert set(found[0]) == {
        "agentId", "scheduleDate", "activityCode", "startTime", "stopTime"
    }  # fmt: skip


def test_codes_by_name_come_before_those_by_kind() -> None:
    told = {"codes": {"tea": "B1", "break": "B", "voice": "V"}, "agents": {"Ben": "7"}}
    found = rows(overnight(), **told)
    assert [row["activity_code"] for row in found] == ["V", "claims", "B1", "V"]
    assert {row["agent_id"] for row in found} == {"7"}


def test_overtime_begins_when_the_weeks_hours_are_used_up() -> None:
    """Ten hours of five days are four in the two that are rostered."""
    content = plan().model_dump(mode="json")
    content["contracts"][0]["max_hours_per_week"] = 10
    longer = Roster(
        (Worked(1, 0, 1, 22 * H, 26 * H, 240), Worked(1, 1, 1, 46 * H, 50 * H, 240)),
        (
            Activity(1, 22 * H, 25 * H, Kind.VOICE, "=calls"),
            Activity(1, 25 * H, 26 * H, Kind.CASE, "claims"),
            Activity(1, 46 * H, 50 * H, Kind.VOICE, "=calls"),
        ),
    )
    found = rows(longer, Plan.of(content))
    assert [row["is_overtime"] for row in found] == ["no", "no", "yes"]


def test_unpaid_breaks_are_told() -> None:
    paid = {row["activity_code"]: row["paid"] for row in rows(busy_monday())}
    assert paid == {"'=calls": "yes", "tea": "no", "claims": "yes", "idle": "yes"}


def test_what_is_pinned_or_has_begun_is_locked() -> None:
    content = plan().model_dump(mode="json")
    content["pins"] = [
        {"agent_id": "Ben", "date": "2026-03-02", "pin": "shift",
         "shift_type": "night", "start": "22:00"}
    ]  # fmt: skip
    assert {row["locked"] for row in rows(overnight(), Plan.of(content))} == {"yes"}
    assert {row["locked"] for row in rows(overnight())} == {"no"}


def test_leave_stands_in_the_schedule() -> None:
    found = rows(Roster((), ()), with_leave())
    assert [(r["activity_type"], r["start_local"], r["end_local"]) for r in found] == [
        ("LEAVE", "2026-03-02 00:00", "2026-03-04 00:00"),
        ("LEAVE", "2026-03-03 10:00", "2026-03-03 12:00"),
    ]
    assert [r["paid"] for r in found] == ["yes", "no"]


def test_amazon_tables() -> None:
    """Work on calls has no activity; times in UTC, also when the clock is put back."""
    files = made("amazon", overnight(), plan("2026-10-24"), version=3)
    (shift,) = table(files["staff_shifts.csv"])
    activities = table(files["staff_shift_activities.csv"])
    assert shift["shift_start_timestamp"] == "2026-10-24T21:00:00Z"
    assert shift["shift_end_timestamp"] == "2026-10-25T01:00:00Z"
    assert [a["shift_activity_arn"] for a in activities] == ["", "claims", "tea", ""]
    assert {a["shift_id"] for a in activities} == {shift["shift_id"]}
    assert {a["shift_version"] for a in activities} == {"3"}
    stops = [a["activity_end_timestamp"] for a in activities]
    assert [a["activity_start_timestamp"] for a in activities][1:] == stops[:-1]


def genesys(text: str) -> GenesysSchedule:
    return GenesysSchedule.model_validate_json(text)


def test_genesys_import() -> None:
    told = {
        "codes": {"voice": "0", "break": "1", "leave": "5"},
        "agents": {"Ben": "u-2"},
        "work_plans": {"any": "w-1"},
    }
    files = made("genesys", overnight(), with_leave(), **told)
    assert list(files) == ["genesys_2026-03-02.json"]
    (text,) = files.values()
    document = genesys(text)
    assert document.weekCount == 1 and not document.published
    ann, ben = document.agentSchedules
    assert ben.userId == "u-2" and ben.workPlanId and ben.workPlanId.value == "w-1"
    (shift,) = ben.shifts
    assert shift.startDate == "2026-03-02T22:00:00Z" and shift.lengthMinutes == 240
    assert sum(a.lengthMinutes for a in shift.activities) == 240
    assert [a.activityCodeId for a in shift.activities] == ["0", "claims", "1", "0"]
    days = [(str(d.businessUnitDate), d.activityCodeId, d.lengthMinutes, d.paid)
            for d in ben.fullDayTimeOffMarkers]  # fmt: skip
    assert days == [("2026-03-02", "5", 300, True), ("2026-03-03", "5", 300, True)]
    assert ann.shifts == [] and "workPlanId" in json.loads(text)["agentSchedules"][0]


def test_pipes_belong_to_the_date_of_the_shift() -> None:
    (text,) = made("iex-pipe", overnight()).values()
    found = table(text, "|")
    assert {row["scheduleDate"] for row in found} == {"03022026"}
    assert (found[1]["startTime"], found[1]["stopTime"]) == ("23:00", "01:00")


def schedule(roster: Roster, day: str = "2026-03-02") -> Schedule:
    translation: Translation = translate(plan(day))
    return schedule_of(translation, roster)


def with_codes(**told: object) -> Plan:
    return plan().model_copy(update={"exports": Exports.model_validate(told)})


def test_what_is_not_named_is_told() -> None:
    own = with_codes(amazon={"agents": {"Ben": "arn"}})
    notes = export_notes(schedule(overnight()), Format.AMAZON, own)
    assert notes == [
        "claims, tea: no code in exports.amazon.codes, so they stay as they are"
    ]
    twice = export_notes(schedule(overnight(), "2026-10-24"), Format.IEX_PIPE, plan())
    assert any("shows twice" in note for note in twice)


def test_names_that_the_plan_does_not_have_are_told() -> None:
    own = with_codes(
        genesys={
            "codes": {"teas": "1", "voice": "0", "claims+=calls": "2", "claims": "3"},
            "agents": {"Ben": "u", "Zoe": "z"},
            "work_plans": {"full time": "w"},
        }
    )
    notes = export_notes(schedule(overnight()), Format.GENESYS, own)
    assert notes[:3] == [
        "exports.genesys.codes: the plan does not have teas",
        "exports.genesys.agents: the plan does not have Zoe",
        "exports.genesys.work_plans: the plan does not have full time",
    ]


def test_only_shifts_are_one_activity_each() -> None:
    roster = Roster(overnight().worked, None)
    (row,) = rows(roster)
    assert row["activity_code"] == "night" and row["length_minutes"] == "240"
    assert row["activity_type"] == "PRODUCTIVE"
    files = made("amazon", roster)
    (activity,) = table(files["staff_shift_activities.csv"])
    assert activity["shift_activity_arn"] == ""


def test_codes_make_no_other_plan() -> None:
    told = plan().model_copy(
        update={
            "exports": Exports.model_validate({"genesys": {"agents": {"Ben": "u"}}})
        }
    )
    assert plan_hash(told) == plan_hash(plan())


@pytest.mark.parametrize("form", list(Format))
def test_the_command(
    tmp_path: Path, form: Format, capsys: pytest.CaptureFixture[str]
) -> None:
    own = plan().model_copy(
        update={"exports": Exports.model_validate({"amazon": {"codes": {"tea": "T"}}})}
    )
    write_plan(own, tmp_path / "plan")
    folder = folder_with(tmp_path / "roster", translate(own), overnight())
    out = tmp_path / "out"
    asked = ["export", str(tmp_path / "plan"), str(folder), "--format", form.value]
    assert main([*asked, "--out", str(out), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert sorted(told["files"]) == sorted(map(str, out.iterdir()))
    if form is Format.AMAZON:
        assert ",T," in (out / "staff_shift_activities.csv").read_text()


def test_a_roster_that_is_wrong_writes_nothing(tmp_path: Path) -> None:
    write_plan(plan(), tmp_path / "plan")
    folder = folder_with(tmp_path / "roster", translate(plan()), overnight())
    bad = (folder / "roster.csv").read_text().replace("Ben", "Zoe")
    (folder / "roster.csv").write_text(bad)
    asked = [
        "export",
        str(tmp_path / "plan"),
        str(folder),
        "--out",
        str(tmp_path / "o"),
    ]
    assert main(asked) == ExitCode.BAD_INPUT and not (tmp_path / "o").exists()
