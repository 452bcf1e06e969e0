"""Rows of the rule book, shares, pairs, bands and what was published, as rules."""

from typing import Any

import pytest

from models.roster.problem import (
    UNIT,
    CaseLimit,
    Follow,
    Headcount,
    Limit,
    LongRest,
    Measure,
    Rule,
    Run,
    Together,
    Whole,
)
from tests.test_translate.plans import (
    OFFICE,
    D,
    H,
    claims,
    day_shift,
    night_shift,
    people,
    translated,
    worked,
)

TWO = [day_shift(), day_shift(name="late", starts=["14:00"])]
BOTH = {"shift_types": ["day", "late"]}


def rules(*rows: dict[str, Any], **content: Any) -> tuple[Rule, ...]:
    return people(rule_book=list(rows), **content)[0].rules


def test_hours_of_a_week() -> None:
    (limit,) = rules({"rule": "hours_worked", "max": 30, "min": 20})
    assert limit == Limit(
        "hours_worked", tuple(range(7)), measure=Measure.PAID, least=1200, most=1800
    )


def test_a_rolling_window_counts_history() -> None:
    before = [worked("2026-02-28T08:00", "2026-02-28T16:00", paid_minutes=420)]
    row = {"rule": "hours_worked", "max": 20, "per": "3 days"}
    found = rules(row, history=before, horizon={"days": 3})
    assert [(x.days, x.before) for x in found if isinstance(x, Limit)] == [
        ((0,), 420),
        ((0, 1), 0),
        ((0, 1, 2), 0),
    ]


def test_preferred_rules_cost_by_hour_or_by_unit() -> None:
    hours = {"rule": "hours_worked", "max": 30, "level": "preferred", "weight": 2}
    nights = {"rule": "nights", "max": 1, "level": "preferred", "weight": 2}
    found = rules(hours, nights, weights={"preferred_rule": 3})
    assert [rule.cost for rule in found] == [6 * UNIT // 60, 6 * UNIT]


def test_an_agents_row_counts_before_the_contracts_and_everybodys() -> None:
    rows = [
        {"rule": "days_in_a_row", "max": 5},
        {"rule": "days_in_a_row", "max": 4, "contract": "full"},
        {"rule": "days_in_a_row", "max": 3, "agent_id": "bob"},
        {"rule": "days_in_a_row", "level": "off", "agent_id": "cy"},
    ]
    found = people(skills={"ann": [], "bob": [], "cy": []}, rule_book=rows)
    most = [[x.most for x in own.rules if isinstance(x, Run)] for own in found]
    assert most == [[4], [3], []]


def test_the_european_set_may_be_changed_row_by_row() -> None:
    longer = {"rule": "weekly_rest", "hours": 48, "per": "week"}
    found = rules(longer, rules="eu-working-time")
    (rest,) = (rule for rule in found if isinstance(rule, LongRest))
    assert (rest.window, rest.least) == ((0, 7 * D), 48 * H)
    assert any(isinstance(x, Follow) and x.rest == 11 * H for x in found)


def test_the_american_set_is_half_as_much_again_beyond_forty_hours() -> None:
    assert rules(rules="us-basic") == ()  # a contract of 40: what is beyond is overtime
    (limit,) = rules(rules="us-basic", contract={"max_hours_per_week": 45})
    assert isinstance(limit, Limit)
    assert (limit.most, limit.cost) == (2400, UNIT // 120)


def test_weekends() -> None:
    found = rules(
        {"rule": "weekends_worked", "max": 1},
        {"rule": "whole_weekends"},
        {"rule": "days_off_together", "min": 2},
        horizon={"days": 14},
    )
    limit, *others = found
    assert isinstance(limit, Limit)
    assert limit.groups == ((5, 6), (12, 13))
    assert [x.days for x in others if isinstance(x, Whole)] == [(5, 6), (12, 13)]
    weeks = [tuple(range(7)), tuple(range(7, 14))]
    assert [x.days for x in others if isinstance(x, Together)] == weeks


def test_the_night_of_a_week_in_which_the_clock_changes() -> None:
    (limit,) = rules(
        {"rule": "nights", "max": 2},
        horizon={"first_day": "2026-03-23", "time_zone": "Europe/London"},
        shift_types=[night_shift()],
    )
    assert isinstance(limit, Limit)
    assert limit.which.touching is not None
    assert (5 * D + 23 * H, 6 * D + 5 * H) in limit.which.touching  # an hour short


def test_overtime_in_bands() -> None:
    bands = [
        {"above_hours": 38, "surcharge": 0.25},
        {"above_hours": 9, "per": "day", "surcharge": 0.5},
    ]
    away = [
        {
            "agent_id": "ann",
            "start": "2026-03-03",
            "end": "2026-03-03",
            "credited_hours": 8,
        }
    ]
    found = rules(contract={"overtime": bands}, leave=away, horizon={"days": 7})
    week, *days = (x for x in found if isinstance(x, Limit))
    assert (week.most, week.cost, week.goal) == (30 * H, UNIT // 240, "overtime")
    assert [(x.days, x.most) for x in days] == [((d,), 9 * H) for d in range(7)]


def heads(**content: Any) -> tuple[list[frozenset[int]], tuple[Headcount, ...]]:
    made = translated(
        **({"skills": {"ann": [], "bob": []}, "horizon": {"days": 1}} | content)
    ).problem
    return [agent.marks for agent in made.agents], made.headcounts


def test_a_supervisor_is_there_between_shifts_too() -> None:
    agents = [
        {"agent_id": "ann", "contract": "full", "roles": "supervisor|first-aider"},
        {"agent_id": "bob", "contract": "full"},
    ]
    mix = [{"start": "15:00", "end": "18:00", "role": "supervisor"}]
    marks, rows = heads(agents=agents, floor_mix=mix)
    assert marks == [frozenset({0}), frozenset()]
    # the day's shift ends at 17:00
    assert [row.which.touching for row in rows] == [
        ((15 * H, 17 * H),),
        ((17 * H, 18 * H),),
    ]
    assert {(r.needed, r.under_cost, r.mark, r.rule) for r in rows} == {
        (1, None, 0, "floor_mix")
    }


def test_who_works_into_day_one_is_there() -> None:
    agents = [{"agent_id": "ann", "contract": "full", "roles": "supervisor"}]
    before = [worked("2026-03-01T22:00", "2026-03-02T06:00")]
    mix = [{"start": "04:00", "end": "06:00", "role": "supervisor"}]
    _, rows = heads(agents=agents, floor_mix=mix, history=before, skills={"ann": []})
    assert [row.fixed for row in rows] == [1]


def test_a_pair_with_the_same_hours() -> None:
    pairs = [{"rule": "same_hours", "agent_id": "ann", "other_id": "bob"}]
    marks, rows = heads(pairs=pairs)
    (row,) = rows
    assert [row.counts(own) for own in marks] == [1, -1]
    assert (row.needed, row.under_cost, row.over_cost) == (0, None, None)


@pytest.mark.parametrize(
    ("level", "cost", "steps"), [("required", None, 1), ("preferred", 80 * UNIT, 1)]
)
def test_a_pair_apart(level: str, cost: int | None, steps: int) -> None:
    row = {"rule": "apart", "agent_id": "ann", "other_id": "bob", "level": level}
    _, rows = heads(pairs=[row])
    inside = [r for r in rows if (r.which.touching or ((0, 0),))[0][0] == 8 * H]
    assert len(inside) == steps
    costs = {r.over_cost for r in inside}
    assert costs == ({cost} if cost is None else {10 * 9 * UNIT})


def test_limits_of_case_work() -> None:
    rows = [
        {"rule": "case_share", "max": 10},
        {"rule": "case_share", "percent": 50, "per": "day", "level": "preferred"},
    ]
    (ann,) = people(rule_book=rows, horizon={"days": 2})
    assert ann.case_limits == (
        CaseLimit((0, 1), most=600),
        CaseLimit((0,), most=0, percent=50, cost=UNIT // 60),
        CaseLimit((1,), most=0, percent=50, cost=UNIT // 60),
    )


def test_a_pinned_activity_is_the_work_of_the_agent() -> None:
    queues = [{"name": "calls"}, {"name": "chats"}]
    pins = [
        {
            "agent_id": "ann",
            "date": "2026-03-03",
            "pin": "activity",
            "activity": name,
            "start": f"{hour}:00",
            "end": f"{hour + 1}:00",
        }
        for name, hour in (("chats", 9), ("claims", 10))
    ]
    made = translated(
        queues=queues,
        case_types=[claims(calendar="office")],
        calendars={"office": OFFICE},
        skills={"ann": ["calls", "chats", "claims"], "bob": ["calls"]},
        pins=pins,
    ).problem
    names = [made.works[task.work].name for task in made.agents[0].tasks]
    assert names == ["calls+chats", "claims"]
    starts = [(task.start, task.end) for task in made.agents[0].tasks]
    assert starts == [(D + 9 * H, D + 10 * H), (D + 10 * H, D + 11 * H)]
