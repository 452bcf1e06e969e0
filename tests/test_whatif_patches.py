"""Each change of a scenario: it changes what it says, and nothing else."""

import datetime as dt
from typing import Any

import pytest

from models.errors import PlanError
from scheduler.domain import Plan
from scheduler.reading import plan_hash
from scheduler.samples import SAMPLES
from scheduler.tables import TABLES, Calls
from scheduler.validation import findings
from scheduler.whatif.changes import Changes
from scheduler.whatif.patches import circumstances, patched
from scheduler.whatif.words import words


@pytest.fixture(scope="module")
def bank() -> Plan:
    return SAMPLES["retail-bank"]()


def changed(plan: Plan, **changes: Any) -> Plan:
    """Return a changed plan, which is right; the one given is as it was."""
    before = plan_hash(plan)
    made = patched(plan, Changes.model_validate(changes))
    assert plan_hash(plan) == before
    assert list(findings(made)) == []
    assert plan_hash(Plan.of(made.model_dump(mode="json"))) == plan_hash(made)
    return made


def parts(plan: Plan, other: Plan) -> set[str]:
    """Return the parts in which two plans differ."""
    return {n for n in Plan.model_fields if getattr(plan, n) != getattr(other, n)}


def total(plan: Plan, queue: str = "", day: int = 0) -> float:
    return sum(
        row.calls
        for row in plan.calls
        if queue in ("", row.queue) and day in (0, row.start.day)
    )


def test_no_change_is_the_plan(bank: Plan) -> None:
    assert changed(bank) == bank


def test_calls(bank: Plan) -> None:
    more = changed(bank, calls="+10%")
    assert parts(bank, more) == {"calls"}
    assert total(more) == pytest.approx(1.1 * total(bank))
    assert {r.handle_seconds for r in more.calls} == {
        r.handle_seconds for r in bank.calls
    }
    one = changed(
        bank, calls={"change": "-50%", "queue": "phones", "days": ["tuesday"]}
    )
    assert total(one, "phones", 3) == pytest.approx(total(bank, "phones", 3) / 2)
    rest = total(bank) - total(bank, "phones", 3)
    assert total(one) - total(one, "phones", 3) == pytest.approx(rest)
    assert changed(bank, calls={"change": "-50%", "days": ["2026-03-03"]}) == changed(
        bank, calls={"change": "-50%", "days": ["tuesday"]}
    )
    both = changed(bank, calls=["+10%", {"change": "+10%", "queue": "phones"}])
    assert total(both, "phones") == pytest.approx(1.21 * total(bank, "phones"))


def test_handle_times_and_inflow(bank: Plan) -> None:
    longer = changed(bank, handle_time="+20%")
    assert parts(bank, longer) == {"calls"}
    assert total(longer) == total(bank)
    assert longer.calls[0].handle_seconds == pytest.approx(
        1.2 * bank.calls[0].handle_seconds
    )
    slow = changed(bank, case_handle_time={"change": "+10%", "case_type": "loans"})
    assert parts(bank, slow) == {"case_types"}
    was, now = ({k.name: k for k in plan.case_types} for plan in (bank, slow))
    assert now["loans"].mean_minutes == pytest.approx(1.1 * was["loans"].mean_minutes)
    assert [n for n in was if was[n] != now[n]] == ["loans"]
    more = changed(bank, inflow={"change": "+50%", "case_type": "loans"})
    assert parts(bank, more) == {"inflow"}
    for row, other in zip(bank.inflow, more.inflow, strict=True):
        factor = 1.5 if row.case_type == "loans" else 1
        assert other.cases == pytest.approx(factor * row.cases)


def test_shrinkage_targets_sla_and_blend(bank: Plan) -> None:
    every = changed(bank, shrinkage={"by": 0.02})
    assert parts(bank, every) == {"queues", "case_types"}
    assert {q.unplanned_shrinkage for q in every.queues} == {0.08}
    assert {k.unplanned_shrinkage for k in every.case_types} == {0.07}
    one = changed(bank, shrinkage={"to": 0.1, "queue": "phones"})
    assert parts(bank, one) == {"queues"}
    assert [q.unplanned_shrinkage for q in one.queues] == [0.1, 0.06, 0.06]
    told = changed(bank, targets={"queue": "phones", "service_level": 0.9})
    assert told.queues[0] == bank.queues[0].model_copy(update={"service_level": 0.9})
    assert told.queues[1:] == bank.queues[1:]
    soon = changed(bank, sla={"case_type": "loans", "within": 10})
    assert parts(bank, soon) == {"case_types"}
    assert soon.case_types[2].sla == bank.case_types[2].sla.model_copy(
        update={"within": 10}
    )
    fenced = changed(bank, blend={"case_type": "changes", "to": "ring-fenced"})
    kind = fenced.case_types[3]
    assert (kind.blend.value, kind.fill_efficiency) == ("ring-fenced", 0)
    filled = changed(
        bank, blend={"case_type": "loans", "to": "fill", "fill_efficiency": 0.3}
    )
    assert filled.case_types[2].fill_efficiency == 0.3


def test_overtime(bank: Plan) -> None:
    none = changed(bank, overtime=0)
    assert parts(bank, none) == {"contracts"}
    assert {c.max_overtime_hours_per_week for c in none.contracts} == {0}
    some = changed(bank, overtime={"hours": 8, "contract": "office"})
    assert [c.max_overtime_hours_per_week for c in some.contracts][:2] == [4, 8]


def test_new_agents(bank: Plan) -> None:
    staff = {"add": 3, "contract": "part-time 20", "skills": ["phones", "loans"]}
    more = changed(bank, agents=staff)
    assert parts(bank, more) == {"agents", "skills"}
    new = more.agents[30:]
    assert [(a.agent_id, a.contract) for a in new] == [
        (f"new-{n}", "part-time 20") for n in (1, 2, 3)
    ]
    assert len(more.skills) == len(bank.skills) + 6
    twice = changed(more, agents=staff)
    assert [a.agent_id for a in twice.agents[33:]] == ["new-4", "new-5", "new-6"]
    like = changed(bank, agents={"add": 1, "like": "A01"})
    own = {(r.skill, r.speed) for r in like.skills if r.agent_id == "new-1"}
    assert own == {(r.skill, r.speed) for r in bank.skills if r.agent_id == "A01"}
    assert parts(bank, like) == {"agents", "skills", "availability"}


def test_agents_who_leave_take_every_row_with_them(bank: Plan) -> None:
    fewer = changed(
        bank, agents=[{"who": ["A01"]}, {"remove": 1, "contract": "student"}]
    )
    gone = {a.agent_id for a in bank.agents} - {a.agent_id for a in fewer.agents}
    students = [a.agent_id for a in bank.agents if a.contract == "student"]
    assert gone == {"A01", students[-1]}
    text = fewer.model_dump_json(include=set(TABLES))
    assert not any(f'"{name}"' in text for name in gone)
    for name in TABLES:
        rows = getattr(bank, name)
        kept = [r for r in rows if getattr(r, "agent_id", None) not in gone]
        assert getattr(fewer, name) == kept


def test_another_menu(bank: Plan) -> None:
    menu = {
        "remove": ["long"],
        "change": [
            {"name": "evening", "starts": ["15:30"]},
            {"name": "ten", "like": "day", "starts": ["10:15"]},
        ],
    }
    made = changed(bank, shift_types=menu)
    assert parts(bank, made) == {"shift_types", "contracts"}
    was, now = ({s.name: s for s in plan.shift_types} for plan in (bank, made))
    assert set(was) - set(now) == {"long"} and set(now) - set(was) == {"ten"}
    assert now["ten"].breaks == was["day"].breaks and now["ten"].starts == ["10:15"]
    assert now["evening"].starts == ["15:30"]
    assert now["evening"].length_minutes == was["evening"].length_minutes
    has = {c.name: c.shift_types for c in made.contracts}
    assert has["office"] == ["day", "ten"] and "ten" not in has["student"]
    assert changed(bank, shift_types="long") == changed(
        bank, shift_types=[{"remove": ["long"]}]
    )
    only = {"change": [{"name": "t", "like": "day", "contracts": ["student"]}]}
    has = {c.name: c.shift_types for c in changed(bank, shift_types=only).contracts}
    assert [name for name, types in has.items() if "t" in types] == ["student"]


def test_what_only_a_new_shift_type_has_is_refused_of_one_that_there_is(
    bank: Plan,
) -> None:
    entry = {"name": "evening", "like": "day", "contracts": ["student"]}
    with pytest.raises(PlanError) as caught:
        changed(bank, shift_types={"change": [entry]})
    assert [one.path for one in caught.value.problems] == [  # type: ignore[attr-defined]
        ("shift_types", 0, "change", 0, "like"),
        ("shift_types", 0, "change", 0, "contracts"),
    ]


def test_days_are_those_of_the_plan_whatever_offset_its_rows_have() -> None:
    plan = SAMPLES["tiny"]()
    horizon = plan.horizon.model_copy(update={"time_zone": "Asia/Tokyo"})
    start = dt.datetime.combine(horizon.first_day, dt.time(23), tzinfo=dt.UTC)
    row = plan.calls[0].model_copy(update={"start": start, "calls": 10.0})
    there = plan.model_copy(update={"horizon": horizon, "calls": [row]})
    tomorrow = horizon.first_day + dt.timedelta(1)  # 08:00 in Tokyo
    for date, calls in ((tomorrow, 20), (horizon.first_day, 10)):
        change = {"change": "+100%", "days": [date.isoformat()]}
        made = patched(there, Changes.model_validate({"calls": change}))
        assert made.calls[0].calls == calls


def test_any_key_by_its_path(bank: Plan) -> None:
    made = changed(
        bank,
        set={
            "weights": {"overtime_hour": 2},
            "queues": {"phones": {"patience_seconds": 60}},
            "contracts": {"part-time 22.5": {"max_hours_per_week": 27}},
            "calendars": {"office": {"friday": ["08:00-16:00"]}},
            "fairness": [],
        },
    )
    assert parts(bank, made) == {
        "weights", "queues", "contracts", "calendars", "fairness",
    }  # fmt: skip
    assert made.weights == bank.weights.model_copy(update={"overtime_hour": 2})
    assert made.queues[0].patience_seconds == 60 and made.queues[1:] == bank.queues[1:]
    assert made.contracts[3].max_hours_per_week == 27
    assert made.calendars["office"].monday == bank.calendars["office"].monday
    assert changed(bank, set={"rule_book": []}).rule_book == []


def test_what_cannot_be_set_is_told_all_of_it(bank: Plan) -> None:
    values = {"weights": {"nothing": 1}, "queues": {"phones": {"service_level": 2}}}
    with pytest.raises(PlanError) as caught:
        patched(bank, Changes(set=values))
    paths = [getattr(one, "path", None) for one in caught.value.problems]
    assert paths == [
        ("set", "queues", "phones", "service_level"),
        ("set", "weights", "nothing"),
    ]


def test_absence_as_people_away_or_as_shrinkage(bank: Plan) -> None:
    away = changed(bank, absence=0.08)
    assert parts(bank, away) == {"leave"}
    rows = away.leave[len(bank.leave) :]
    free = 30 * 7 - sum(  # days that are settled otherwise are not drawn
        1
        for agent in bank.agents
        for n in range(7)
        if _settled(bank, agent.agent_id, bank.horizon.first_day + dt.timedelta(n))
    )
    assert len(rows) == round(0.08 * free)
    assert not any(_settled(bank, r.agent_id, _date(r.start)) for r in rows)
    assert changed(bank, absence=0.08) == away
    assert changed(bank, absence={"share": 0.08, "seed": 1}) != away
    more = changed(bank, absence=0.12, calls="+5%").leave[len(bank.leave) :]
    assert {(r.agent_id, r.start) for r in rows} < {(r.agent_id, r.start) for r in more}
    shrunk = changed(bank, absence={"share": 0.5, "how": "shrinkage"})
    assert parts(bank, shrunk) == {"queues", "case_types"}
    assert shrunk.queues[0].unplanned_shrinkage == pytest.approx(1 - 0.94 * 0.5)


def _date(moment: dt.date) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _settled(plan: Plan, agent: str, date: dt.date) -> bool:
    return (
        any(p.agent_id == agent and p.date == date for p in plan.pins)
        or any(
            leave.agent_id == agent and _date(leave.start) <= date <= _date(leave.end)
            for leave in plan.leave
        )
        or any(
            m.agent_id == agent and m.start is not None and m.start.date() == date
            for m in plan.meetings
        )
        or any(
            a.agent_id == agent
            and not a.available
            and a.day in (date, f"{date:%A}".lower())
            for a in plan.availability
        )
    )


def test_a_value_out_of_bounds_is_told(bank: Plan) -> None:
    row = Calls(queue="phones", start=bank.calls[0].start, calls=5e5, handle_seconds=1)
    plan = bank.model_copy(update={"calls": [row]})
    with pytest.raises(PlanError, match="<= 1e"):
        patched(plan, Changes.model_validate({"calls": "+200%"}))


def test_words_and_what_happens_to_a_centre() -> None:
    changes = Changes.model_validate(
        {"calls": "+10%", "overtime": 0, "set": {"weights": {"change": 2}}}
    )
    assert words(changes) == "calls +10%, overtime 0, weights.change = 2"
    assert words(circumstances(changes)) == "calls +10%"
    for nothing in (Changes(), Changes.model_validate({"calls": "0%"})):
        assert words(circumstances(nothing)) == "as planned"
