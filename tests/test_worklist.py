"""Who should take which case next: by hand, from the roster's blocks until then."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.cli import main
from scheduler.rosters.outlook import outlook
from scheduler.rosters.worklist import By, Worklist, worklist
from scheduler.translate import Translation
from tests.test_translate.plans import ALL_DAY, MONDAY, H, claims, translated

OPEN = {"calendars": {"always": ALL_DAY}}
LATE = MONDAY - dt.timedelta(days=9)


def opened(name: str, received: dt.date, *ids: str) -> list[dict[str, Any]]:
    return [
        {"case_type": name, "received": received, "case_id": case_id} for case_id in ids
    ]


def made(**changed: Any) -> Translation:
    """Claims of half an hour, and letters of six minutes; two people do both."""
    sla = {"within": 2, "unit": "calendar_days"}
    types = [
        claims(calendar="always", sla=sla),
        claims(name="letters", calendar="always", handle_minutes=6, sla=sla, weight=2),
    ]
    rows = [
        *opened("claims", MONDAY - dt.timedelta(days=1), *(f"c{n}" for n in range(6))),
        *opened("claims", LATE, "old"),
        *opened("letters", MONDAY - dt.timedelta(days=2), "l0", "l1"),
    ]
    both = {"ann": ["claims", "letters"], "ben": ["claims", "letters"]}
    return translated(
        **{"case_types": types, "open_cases": rows, "skills": both, **OPEN, **changed}
    )


def roster(*blocks: tuple[int, float, float, str]) -> Roster:
    agents = sorted({a for a, *_ in blocks})
    return Roster(
        tuple(Worked(a, 0, 0, 8 * H, 16 * H, 7 * H) for a in agents),
        tuple(
            Activity(a, round(first * H), round(last * H), Kind.CASE, name)
            for a, first, last, name in blocks
        ),
    )


def listed(
    translation: Translation, own: Roster, hour: float, by: By = By.DEADLINE
) -> Worklist:
    seen = outlook(translation, own)
    return worklist(translation, own, seen.cases, round(hour * H), by)


def test_what_was_done_until_then_is_off_the_list() -> None:
    own = roster((0, 8, 12, "claims"), (1, 9, 11, "claims"))
    # By ten Ann has had two hours and Ben one: six claims of half an hour.
    found = listed(made(), own, 9.5)
    assert [(task.agent, task.case_id) for task in found.tasks] == [
        ("ann", "c4"), ("ben", "c5"),
    ]  # fmt: skip
    (task, other) = listed(made(), own, 10).tasks
    # What can still be in time is done: the late one is next, and then none is left.
    assert task.case_id == "old" and task.next is not None and task.next.late is False
    assert other.next is None and other.case_id is None
    assert f"{task.until:%H:%M} {other.until:%H:%M}" == "12:00 11:00"


def test_cases_past_their_deadline_have_the_one_the_plan_wants() -> None:
    found = listed(made(), roster((0, 8, 12, "claims")), 8)
    late = [work for work in found.open if "old" in work.case_ids]
    assert late[0].due is not None and late[0].due > found.at
    assert [work.case_ids[0] for work in found.open] == ["l0", "c0", "old"]


def test_what_has_not_come_yet_is_not_on_it() -> None:
    rows = [{"case_type": "claims", "date": MONDAY, "cases": 12}]
    found = listed(made(inflow=rows, open_cases=[]), roster(), 4)
    assert sum(work.cases for work in found.open) == 2
    assert all(work.case_ids == () for work in found.open)
    assert found.tasks == ()


def test_by_cost_dear_and_short_cases_come_first() -> None:
    rows = [
        *opened("claims", MONDAY - dt.timedelta(days=2), "c"),
        *opened("letters", MONDAY - dt.timedelta(days=1), "l"),
    ]
    for by, first in ((By.DEADLINE, "claims"), (By.COST, "letters")):
        found = listed(made(open_cases=rows), roster(), 0, by)
        assert found.open[0].case_type == first


def test_the_command_says_who_takes_what(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample, out = "data/samples/tiny", str(tmp_path)
    assert main(["roster", sample, "--work-limit", "3", "--out", out]) == 0
    capsys.readouterr()
    assert main(["worklist", sample, out, "--at", "2026-03-02T11:00"]) == 0
    text = capsys.readouterr().out
    assert "next, at Mon 2 11:00" in text or "nobody is in a block" in text
    assert main(["worklist", sample, out, "--at", "2026-04-02T11:00"]) == 2
    assert "before 2026-03-05T00:00" in capsys.readouterr().err
    assert main(["worklist", sample, out, "--at", "soon", "--json"]) == 2
    capsys.readouterr()
    (tmp_path / "activities.csv").unlink()
    assert main(["worklist", sample, out, "--at", "2026-03-02T11:00"]) == 3
    assert "activities.csv" in capsys.readouterr().err
