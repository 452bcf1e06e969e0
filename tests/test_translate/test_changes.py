"""What was published: what stays of it, and what changes cost."""

from typing import Any

from models.roster.check import violations
from models.roster.problem import UNIT, Limit, Rule
from models.roster.result import Limits
from models.roster.solve import solve
from scheduler.rosters.writing import activities_text
from tests.test_translate.plans import (
    MONDAY,
    OFFICE,
    D,
    H,
    claims,
    people,
    required,
    translated,
)


def rules(**content: Any) -> tuple[Rule, ...]:
    return people(**content)[0].rules


def published(date: str, start: int = 8) -> dict[str, Any]:
    return {
        "agent_id": "ann",
        "date": date,
        "shift_type": "day",
        "start": f"{date}T{start:02}:00",
        "end": f"{date}T{start + 9:02}:00",
    }


def test_what_was_published_stays_or_costs() -> None:
    found = rules(
        published=[published("2026-03-02"), published("2026-03-05")],
        changes={"now": "2026-03-03T12:00"},
        weights={"change": 3},
    )
    limits = [x for x in found if isinstance(x, Limit)]
    frozen = [x for x in limits if x.rule == "frozen"]
    assert [(x.days, x.least, x.most) for x in frozen] == [
        ((0,), 1, None),  # begun
        ((1,), None, 0),  # nothing else has begun by noon of the second day
    ]
    costs = {x.days[0]: (x.cost or 0) // UNIT for x in limits if x.rule == "changes"}
    assert costs == {1: 12, 2: 12, 3: 12, 4: 3, 5: 3, 6: 3}


def test_a_shift_of_somebody_who_is_away_is_not_frozen() -> None:
    away = [{"agent_id": "ann", "start": "2026-03-02", "end": "2026-03-02"}]
    found = rules(
        published=[published("2026-03-02")],
        changes={"now": "2026-03-02T12:00"},
        leave=away,
    )
    assert not [
        x for x in found if x.rule == "frozen" and isinstance(x, Limit) and x.least
    ]


def done(start: str, end: str, kind: str, activity: str = "") -> dict[str, Any]:
    """Return an activity of Monday's."""
    day = "2026-03-02T"
    return {
        "agent_id": "ann",
        "start": day + start,
        "end": day + end,
        "kind": kind,
        "activity": activity,
    }


BOTH: dict[str, Any] = {
    "queues": [{"name": "calls"}, {"name": "chats"}],
    "case_types": [claims()],
    "calendars": {"office": OFFICE},
    "published": [published("2026-03-02")],
    "changes": {"now": "2026-03-02T12:10"},
    "skills": {"ann": ["calls", "chats", "claims"], "bob": ["calls"]},
    "horizon": {"grid_minutes": 15},
}
MORNING = [
    done("08:00", "09:00", "voice", "calls+chats"),
    done("09:00", "10:00", "case", "claims"),
    done("10:00", "11:00", "idle"),
    done("11:00", "11:30", "meeting", "1:1"),
    done("11:30", "14:00", "voice", "calls+chats"),
]


def test_what_was_done_before_now_stays() -> None:
    problem = translated(**BOTH, published_activities=MORNING).problem
    ann, bob = problem.agents
    names = [
        t.work if t.work is None else problem.works[t.work].name for t in ann.tasks
    ]
    assert names == ["calls+chats", "claims", None, None, "calls+chats"]
    assert [(t.start, t.end) for t in ann.tasks] == [
        (8 * H, 9 * H),
        (9 * H, 10 * H),
        (10 * H, 11 * H),
        (11 * H, 11 * H + 30),
        (11 * H + 30, 12 * H),  # now, on the grid
    ]
    assert bob.tasks == ()


def test_a_meeting_that_was_held_is_not_held_again() -> None:
    floating = {"agent_id": "ann", "name": "1:1", "minutes": 30}
    plan = BOTH | {"meetings": [floating, floating]}
    ann, _ = translated(**plan, published_activities=MORNING).problem.agents
    began = 11 * H
    assert [(m.earliest, m.latest) for m in ann.meetings] == [
        (began, began),
        (0, 7 * D - 30),
    ]


def test_of_who_called_in_sick_and_without_now_nothing_stays() -> None:
    away = [{"agent_id": "ann", "start": "2026-03-02", "end": "2026-03-02"}]
    for changed in ({"leave": away}, {"changes": {}}):
        made = translated(**BOTH | changed, published_activities=MORNING).problem
        assert made.agents[0].tasks == ()


def test_a_day_planned_again_keeps_its_morning() -> None:
    plan = BOTH | {
        "required": required("calls", MONDAY, 1, *range(8, 17)),
        "inflow": [{"case_type": "claims", "date": str(MONDAY), "cases": 4}],
        "skills": {"ann": ["calls", "chats", "claims"]},
    }
    again = translated(**plan, published_activities=MORNING)
    found = solve(again.problem, limits=Limits(seconds=20, gap=0.0))
    assert found.roster is not None
    assert not violations(again.problem, found.roster)
    text = activities_text(again.problem, again.axis, found.roster).splitlines()
    kinds = [line.split(",")[1:4] for line in text if line.startswith("ann,2026-03-02")]
    morning = [(s[11:16], e[11:16], k) for s, e, k in kinds if s < "2026-03-02T12"]
    assert morning[:3] == [
        ("08:00", "09:00", "voice"),
        ("09:00", "10:00", "case"),
        ("10:00", "11:30", "idle"),
    ]
    assert morning[3][::2] == ("11:30", "voice")
