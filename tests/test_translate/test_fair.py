"""What is shared out: shifts, case work and wishes, and who is off a fair share."""

from typing import Any

from rich.console import Console

from models.roster.problem import UNIT, Kind, Limit
from models.roster.result import Activity, Roster, Worked
from scheduler.report.fair import fair_entries
from scheduler.rosters.fair import fair_figures, fairness_text
from scheduler.translate import Translation
from tests.test_translate.plans import (
    OFFICE,
    D,
    H,
    claims,
    day_shift,
    people,
    translated,
    worked,
)

EVENINGS = {"name": "late", "start": "18:00", "end": "24:00"}
TWO = [day_shift(), day_shift(name="late", starts=["14:00"])]
BOTH = {"shift_types": ["day", "late"]}


def fair(history: list[dict[str, Any]], **content: Any) -> dict[str, list[Limit]]:
    """What late shifts cost each of three agents: free ones and costs."""
    made = people(
        skills={"ann": [], "bob": [], "cy": []},
        shift_types=TWO,
        contract=BOTH,
        fairness=[EVENINGS],
        history=history,
        **content,
    )
    return {a.name: [x for x in a.rules if isinstance(x, Limit)] for a in made}


def late(agent: str, *days: int) -> list[dict[str, Any]]:
    return [
        worked(f"2026-02-{day}T14:00", f"2026-02-{day}T23:00", agent) for day in days
    ]


def next_one(limits: list[Limit]) -> int:
    """What the first shift more costs, in paid hours."""
    return sum((x.cost or 0) // UNIT for x in limits if x.most == 0)


def test_who_is_ahead_pays_more_for_the_next_one() -> None:
    found = fair(late("ann", 23, 24, 25) + late("bob", 23) + late("cy", 23, 24))
    assert [next_one(found[a]) for a in ("bob", "cy", "ann")] == [1, 2, 3]


def test_who_is_new_stands_where_all_are_on_average() -> None:
    found = fair(late("ann", 23, 24) + late("bob", 23, 24, 25, 26))
    assert next_one(found["ann"]) < next_one(found["cy"]) < next_one(found["bob"])


def test_more_than_one_off_the_target_is_dear() -> None:
    """Had 2 and 4 in a week, so 6 each by the end of the next: 5 to 7 are near."""
    days = [23, 24, 25, 26]
    found = fair(late("bob", *days[:2]) + late("cy", *days))
    far = {a: [x for x in own if x.cost == 10 * UNIT] for a, own in found.items()}
    assert [(x.least, x.most) for x in far["bob"]] == [(3, 5)]
    assert [(x.least, x.most) for x in far["cy"]] == [(1, 3)]


def test_days_of_history_tell_no_level() -> None:
    found = fair(late("ann", 26) + late("bob", 26, 27))
    assert not [x for own in found.values() for x in own if x.cost == 10 * UNIT]


def test_history_counts_for_some_weeks_only() -> None:
    old = [worked("2025-12-01T14:00", "2025-12-01T23:00")]
    assert next_one(fair(old)["ann"]) == next_one(fair([])["ann"])


def test_who_cannot_work_them_is_left_out() -> None:
    never = [
        {"agent_id": "ann", "day": day, "start": "17:00", "available": "no"}
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
    ]
    never += [
        {"agent_id": "ann", "day": day, "available": "no"}
        for day in ("saturday", "sunday")
    ]
    assert fair(late("bob", 23), availability=never)["ann"] == []


def test_case_work_is_shared_out_among_those_who_do_both() -> None:
    content: dict[str, Any] = {
        "queues": [{"name": "calls"}],
        "case_types": [claims(calendar="office")],
        "calendars": {"office": OFFICE},
        "inflow": [{"case_type": "claims", "date": "2026-03-02", "cases": 32}],
        "fairness": [{"name": "cases", "of": "case_work"}],
        "skills": {"ann": ["calls", "claims"], "bob": ["calls", "claims"], "cy": []},
    }
    ann, bob, cy = (a.case_limits for a in people(**content))
    # 32 cases of half an hour are 16 hours, 8 for each of two, give or take one
    assert [(x.least, x.most) for x in (*ann, *bob)] == [(420, 540), (420, 540)]
    assert cy == ()
    before = [worked("2026-02-27T08:00", "2026-02-27T16:00", case_minutes=240)]
    before += [worked("2026-02-27T08:00", "2026-02-27T16:00", "bob", case_minutes=120)]
    ann, bob, _ = (a.case_limits for a in people(**content, history=before))
    assert [(x.least, x.most) for x in (*ann, *bob)] == [(360, 480), (480, 600)]


def test_who_is_known_to_have_done_no_case_work_is_behind() -> None:
    made = translated(
        queues=[{"name": "calls"}],
        case_types=[claims(calendar="office")],
        calendars={"office": OFFICE},
        inflow=[{"case_type": "claims", "date": "2026-03-02", "cases": 32}],
        fairness=[{"name": "cases", "of": "case_work"}],
        skills={a: ["calls", "claims"] for a in ("ann", "bob", "cy")},
        history=[
            worked("2026-02-27T08:00", "2026-02-27T16:00", a, case_minutes=minutes)
            for a, minutes in (("ann", 240), ("bob", 0))
        ],
    )
    (shared,) = made.shared
    assert shared.had == {"ann": 4, "bob": 0, "cy": 2}  # cy is new
    assert [a.case_limits[0].most for a in made.problem.agents] == [260, 500, 380]


def test_who_was_refused_more_has_wishes_that_weigh_more() -> None:
    asked = [("ann", "no"), ("bob", "yes"), ("bob", "no")]
    made = people(
        skills={"ann": [], "bob": [], "cy": []},
        preferences=[
            {"agent_id": name, "day": "2026-03-02", "wish": "work"}
            for name in ("ann", "bob", "cy")
        ],
        fairness=[{"name": "wishes", "of": "wishes", "weight": 2, "weeks": 1}],
        wish_history=[
            {"agent_id": name, "date": "2026-02-27", "granted": granted}
            for name, granted in asked
        ]
        # too long ago to count
        + [{"agent_id": "cy", "date": "2026-02-20", "granted": "yes"}],
    )
    # rates 0 and 1/2, so the level is 1/4
    assert [agent.wishes[0].cost / UNIT for agent in made] == [1.5, 0.5, 1]


def three(**content: Any) -> Translation:
    return translated(
        skills={"ann": [], "bob": [], "cy": []},
        shift_types=TWO,
        contract=BOTH,
        fairness=[EVENINGS],
        **content,
    )


def lates(translation: Translation, *of: int) -> Roster:
    """Late shifts of these agents from Monday on, and a day shift of the first one."""
    shifts = [Worked(0, 6, 0, 6 * D + 8 * H, 6 * D + 17 * H, 480)]
    for day, agent in enumerate(of):
        start = day * D + 14 * H
        shifts.append(Worked(agent, day, 1, start, start + 9 * H, 480))
    return Roster(tuple(shifts), ())


def test_who_is_furthest_off_a_fair_share_is_told_first() -> None:
    made = three(history=late("ann", 23) + late("bob", 23) + late("cy", 23))
    roster = lates(made, 0, 0, 2)
    (told,) = fair_figures(made, roster)
    assert (told.name, told.unit, told.agents) == ("late", "shifts", 3)
    assert (told.before, told.rostered) == (3, 3)
    assert [(x.agent, x.had, x.target, x.off) for x in told.furthest] == [
        ("ann", 3, 2, 1),
        ("bob", 1, 2, -1),
        ("cy", 2, 2, 0),
    ]
    assert fairness_text(made, roster).splitlines() == [
        "name,agent_id,unit,before,rostered,target,off",
        "late,ann,shifts,1,2,2.00,1.00",
        "late,bob,shifts,1,0,2.00,-1.00",
        "late,cy,shifts,1,1,2.00,0.00",
    ]
    assert words(made, roster) == (
        "late: 3 shifts among 3 agents; furthest off a fair share: "
        "ann +1.0 (3 of 2), bob -1.0 (1 of 2)"
    )


def test_who_is_as_near_as_whole_shifts_can_be_is_not_named() -> None:
    made = three(history=[])
    assert words(made, lates(made, 0, 1)) == (
        "late: 2 shifts among 3 agents; nobody is more than 0.7 off a fair share"
    )


def test_a_share_is_by_contract_hours() -> None:
    half = {"name": "half", "shift_types": ["day", "late"], "max_hours_per_week": 20}
    full = half | {"name": "full", "max_hours_per_week": 40}
    made = three(
        contracts=[full, half],
        agents=[
            {"agent_id": name, "contract": contract}
            for name, contract in (("ann", "full"), ("bob", "full"), ("cy", "half"))
        ],
    )
    (told,) = fair_figures(made, lates(made, 0, 0, 1, 1, 2))
    assert {x.agent: x.target for x in told.furthest} == {"ann": 2, "bob": 2, "cy": 1}


def test_case_work_is_told_in_hours() -> None:
    made = translated(
        queues=[{"name": "calls"}],
        case_types=[claims(calendar="office")],
        calendars={"office": OFFICE},
        inflow=[{"case_type": "claims", "date": "2026-03-02", "cases": 32}],
        fairness=[{"name": "cases", "of": "case_work"}],
        skills={"ann": ["calls", "claims"], "bob": ["calls", "claims"]},
        history=[
            worked("2026-02-27T08:00", "2026-02-27T16:00", a, case_minutes=60)
            for a in ("ann", "bob")
        ],
    )
    shifts = tuple(Worked(a, 0, 0, 8 * H, 17 * H, 480) for a in (0, 1))
    at_work = (
        Activity(0, 8 * H, 12 * H, Kind.CASE, "claims"),
        Activity(1, 8 * H, 10 * H, Kind.CASE, "claims"),
        Activity(1, 10 * H, 12 * H, Kind.VOICE, "calls"),
    )
    (told,) = fair_figures(made, Roster(shifts, at_work))
    assert (told.unit, told.before, told.rostered) == ("hours", 2, 6)
    assert [(x.agent, x.off) for x in told.furthest] == [("ann", 1), ("bob", -1)]


def words(made: Translation, roster: Roster) -> str:
    console = Console(width=200)
    with console.capture() as seen:
        console.print(*fair_entries(fair_figures(made, roster)))
    return seen.get().removeprefix("shared").strip()
