"""The sample centres: the load asked for, legal tours, the same for the same seed."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.errors import InvalidInput
from models.roster.alone import without_tour
from models.roster.problem import Agent
from models.roster.reach import menu
from scheduler.domain import Plan
from scheduler.load import load_of, net_hours
from scheduler.reading import read_plan
from scheduler.samples.centre import PEOPLE, centre
from scheduler.samples.centre.draws import dice
from scheduler.samples.centre.people import people
from scheduler.samples.centre.terms import FULL_TIME, PART_TIME, SHIFT_TYPES, Terms
from scheduler.samples.centre.times import leaves_breaks, usual_weeks
from scheduler.samples.centre.work import skill_sets
from scheduler.translate import Translation, translate
from scheduler.writing import write_plan

SORTS: dict[str, dict[str, Any]] = {
    "different": {},
    "hard": {"hard": True},
    "classes": {"different": False},
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return centre(100, hard=True, seed=3)


@pytest.fixture(scope="module")
def translation(plan: Plan) -> Translation:
    return translate(plan)


def nameless(agents: tuple[Agent, ...]) -> Counter[Agent]:
    return Counter(replace(agent, name="") for agent in agents)


def test_the_same_arguments_give_the_same_plan() -> None:
    plan = centre(20, hard=True, seed=3)
    assert centre(20, hard=True, seed=3) == plan
    other = centre(20, hard=True, seed=4)
    assert other.calls != plan.calls
    assert other.skills != plan.skills


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(("agents", "load"), [(24, 0.95), (50, 0.8)])
def test_the_load_is_met_and_the_plan_is_right(
    agents: int, load: float, sort: str, tmp_path: Path
) -> None:
    made = centre(agents, load=load, **SORTS[sort])
    assert load_of(translate(made)) == pytest.approx(load, rel=0.005)
    write_plan(made, tmp_path)
    read = read_plan(tmp_path)
    assert read.plan == made
    assert read.notes == ()


@pytest.mark.parametrize(("agents", "days"), [(60, 7), (10, 28)])
def test_the_usual_week_is_a_legal_tour(agents: int, days: int) -> None:
    made = translate(centre(agents, days, hard=True, seed=1))
    assert load_of(made) == pytest.approx(0.95, rel=0.005)
    problem = made.problem
    assert 7 * len(problem.weeks) == problem.days == days
    sets = skill_sets(queues=1, case_types=3)
    drawn = people(dice(1, PEOPLE), agents, days // 7, sets, own_wishes=True, hard=True)
    for agent, person in zip(problem.agents, drawn, strict=True):
        usual = [
            shift
            for shift in problem.shifts
            if problem.shift_types[shift.shift_type].name == person.terms.usual.name
            and shift.start - problem.day_starts[shift.day] == person.start
            and shift.day % 7 in person.days
        ]
        assert len(usual) == person.terms.days * days // 7
        own = replace(problem, agents=(agent,), shifts=tuple(usual))
        assert without_tour(own) == ()


def test_two_queues_share_agents_and_one_case_type_is_enough() -> None:
    made = centre(40, queues=2, case_types=1)
    problem = translate(made).problem
    assert [cover.name for cover in problem.covers] == [
        "service",
        "sales",
        "service+sales",
    ]
    assert len(problem.cases) == 1
    assert load_of(translate(made)) == pytest.approx(0.95, rel=0.005)


def test_the_mix_of_people(plan: Plan, translation: Translation) -> None:
    assert len(plan.agents) == 100
    part_time = sum("part-time" in agent.contract for agent in plan.agents)
    assert part_time == 30
    assert len({row.agent_id for row in plan.leave if row.credited_hours}) == 20
    known: dict[str, set[str]] = {}
    for row in plan.skills:
        known.setdefault(row.agent_id, set()).add(row.skill)
    assert sum("service" not in skills for skills in known.values()) == 9
    assert len({frozenset(skills) for skills in known.values()}) == 7
    assert {row.agent_id for row in plan.history} == set(known)
    assert any(agent.run_before > 0 for agent in translation.problem.agents)


def test_full_time_agents_have_many_shifts_a_day_to_choose_from(
    translation: Translation,
) -> None:
    problem = translation.problem
    contracts = [agent.contract for agent in translation.plan.agents]
    per_day = [
        len(menu(problem, agent)) / problem.days
        for agent, contract in zip(problem.agents, contracts, strict=True)
        if "full-time" in contract
    ]
    assert 15 < np.mean(per_day) < 37
    assert max(per_day) <= 37


def test_the_day_has_a_peak_in_the_morning_and_monday_is_the_busiest(
    translation: Translation,
) -> None:
    (demand,) = translation.demands
    by_day = demand.required.reshape(7, 24, 4).sum(axis=(1, 2))
    assert by_day.argmax() == 0
    assert by_day.argmin() == 6
    by_hour = demand.required.reshape(7, 24, 4).sum(axis=(0, 2))
    assert by_hour.argmax() in (9, 10, 11)
    assert by_hour[13] < by_hour[15]
    assert not by_hour[:7].any()
    assert not by_hour[22:].any()
    assert set(np.ediff1d(translation.problem.day_starts)) == {1440}


def test_deadlines_fall_on_every_day(translation: Translation) -> None:
    problem = translation.problem
    times = [
        minute
        for cases in problem.cases
        for stream in cases.streams
        for minute, _ in stream.deadlines
    ]
    for first, last in pairwise(problem.day_starts):
        assert any(first < minute <= last for minute in times)
    assert any(each.breached for own in translation.cohorts for each in own)


def test_everybody_is_different_or_some_are_alike() -> None:
    different = translate(centre(200)).problem.agents
    assert max(nameless(different).values()) == 1
    kinds = nameless(translate(centre(1000, different=False)).problem.agents)
    assert 80 <= len(kinds) <= 90
    assert sum(kinds.values()) == 1000
    assert min(kinds.values()) >= 1


def test_what_is_hard(plan: Plan, translation: Translation) -> None:
    agents = translation.problem.agents
    speeds = {speed for agent in agents for speed in agent.speeds if speed}
    assert speeds == {100, 90, 80, 70}
    assert len(plan.meetings) == 50
    assert all(row.start is not None for row in plan.meetings)
    assert sum(row.credited_hours == 0 for row in plan.leave) == 5
    # A meeting costs its time, a slow agent's hours count for less.
    plain = net_hours(translate(centre(100, seed=3)).problem)
    assert net_hours(translation.problem) < plain


def test_a_meeting_leaves_room_for_every_break() -> None:
    day = SHIFT_TYPES["day"]
    assert leaves_breaks(day, 30)
    assert leaves_breaks(day, 90)  # the first break right after it
    first, *others = day.breaks
    narrow = [first.model_copy(update={"latest_minutes": 105}), *others]
    assert not leaves_breaks(day.model_copy(update={"breaks": narrow}), 90)


@pytest.mark.parametrize("terms", [*FULL_TIME, *PART_TIME], ids=lambda t: t.name)
def test_the_usual_week_fulfils_the_contract(terms: Terms) -> None:
    length = terms.usual.length_minutes[0]
    paid = length - sum(b.minutes for b in terms.usual.breaks if not b.paid)
    assert terms.hours[0] <= terms.days * paid / 60 <= terms.hours[1]
    assert usual_weeks(terms)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"agents": 4}, "agents must be in"),
        ({"agents": 9, "days": 10}, "days must be whole weeks"),
        ({"agents": 9, "days": 147}, "days must be in"),
        ({"agents": 9, "load": 0}, "load must be > 0"),
        ({"agents": 9, "load": float("nan")}, "load must be > 0"),
        ({"agents": 9, "queues": 3}, "queues must be in"),
        ({"agents": 9, "case_types": 0}, "case_types must be in"),
        ({"agents": 9, "seed": -1}, "seed must be >= 0"),
    ],
)
def test_what_is_no_centre(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        centre(**wrong)
