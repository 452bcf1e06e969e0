"""What the desk does with drafts: rosters that stay in memory, edit after edit."""

import datetime as dt
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import InvalidInput
from models.roster.editing import Edit, Standing, answer, edited
from models.roster.problem import Kind
from models.roster.result import Activity, Roster
from scheduler.preparing import Prepared, prepare
from scheduler.reading import read_plan_text
from scheduler.report.page import page_document, read_sources
from scheduler.rosters.changes import day_changes
from scheduler.rosters.edits import EDITS, Names, UnknownName
from scheduler.rosters.reading import read_known, read_roster
from scheduler.rosters.record import violation_entries
from scheduler.rosters.units import in_hours, parts_in_hours
from scheduler.rosters.writing import activities_text, roster_text
from scheduler.service.http.desk.answering import as_model
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.desk.plans import size_of
from scheduler.service.http.desk.tables import TABLES
from scheduler.service.http.problems import Refusal

COLD = Answer(b"", told={"cold": True})
MOST_TOLD = 200  # breaches of one answer
_MOST_AGENTS = 5000  # of all plans in memory, or one plan
_MOST_STATES = 64
_WORKS = (Kind.VOICE, Kind.CASE)


@dataclass(frozen=True, eq=False)
class _Base:
    """A plan and a roster that drafts began with."""

    prepared: Prepared
    names: Names
    standing: Standing


_bases: OrderedDict[str, _Base] = OrderedDict()
_states: OrderedDict[str, tuple[str, Standing]] = OrderedDict()  # base, standing


def _base(given: Given, key: str) -> _Base | None:
    """Return what a draft began with; ``None`` where its files must be sent first."""
    found = _bases.get(key)
    if found is None:
        folder = Path(given.folder)
        if not (folder / "plan.json").exists():
            return None
        prepared = prepare(folder / "plan.json")
        axis = prepared.translation.axis
        read = read_roster(folder, prepared.problem, axis, prepared.translation.plan)
        standing = Standing.of(prepared.problem, read.roster)
        found = _Base(prepared, Names.of(prepared), standing)
        _bases[key] = found
        _make_room()
    _bases.move_to_end(key)
    return found


def _make_room() -> None:
    """Forget the plans that were not asked for longest, and their drafts."""
    while (
        len(_bases) > 1
        and sum(len(b.prepared.problem.agents) for b in _bases.values()) > _MOST_AGENTS
    ):
        gone, _ = _bases.popitem(last=False)
        for state in [s for s, (key, _) in _states.items() if key == gone]:
            del _states[state]


def _remember(state: str, key: str, standing: Standing) -> None:
    _states[state] = key, standing
    _states.move_to_end(state)
    while len(_states) > _MOST_STATES:
        _states.popitem(last=False)


def _standing(given: Given) -> tuple[_Base, Standing] | None:
    """Return a draft as it is; ``None`` where it must be told how it came to be."""
    asked = given.options
    key, state, weeks = asked["base"], asked["state"], asked["weeks"]
    if state in _states and key in _bases:
        _states.move_to_end(state)
        _bases.move_to_end(key)
        return _bases[key], _states[state][1]
    if weeks is None:
        return None
    base = _base(given, key)
    if base is None:
        return None
    standing = _with_weeks(base, base.standing, weeks)
    if state:
        _remember(state, key, standing)
    return base, standing


def _with_weeks(base: _Base, standing: Standing, weeks: Mapping[str, Any]) -> Standing:
    for agent, kept in weeks.items():
        position = base.names.agent(agent)
        standing = standing.with_week(position, base.names.week(kept))
    return standing


def edit(given: Given) -> Answer:
    """Edits of a draft, or other weeks in it, and what the checker says of them."""
    found = _standing(given)
    if found is None:
        return COLD
    base, before = found
    asked = given.options
    if asked["put"] is None:
        then = _edited(base, before, asked["edits"])
    else:
        then = _with_weeks(base, before, asked["put"])
    agents = [a for a, week in then.weeks.items() if week is not before.weeks[a]]
    if asked["then"] is not None:
        _remember(asked["then"], asked["base"], then)
    known = {a: base.prepared.problem.agents[a].name for a in agents}
    told = {
        "before": {known[a]: base.names.kept(before.weeks[a]) for a in agents},
        "after": {known[a]: base.names.kept(then.weeks[a]) for a in agents},
    }
    document = {
        "agents": [
            base.names.rows(known[a], told["after"][known[a]]) for a in sorted(agents)
        ],
        **_word(base, before, then),
    }
    return Answer(json.dumps(document, ensure_ascii=False).encode(), told=told)


def _word(base: _Base, before: Standing, then: Standing) -> dict[str, Any]:
    """Return the checker's word on what has become of a roster."""
    found, axis = answer(before, then), base.prepared.translation.axis

    def entries(violations: Sequence[Any]) -> list[dict[str, Any]]:
        some = violation_entries(violations[:MOST_TOLD], axis)
        return [entry.model_dump(mode="json") for entry in some]

    return {
        "legal": not then.violations,
        "new": entries(found.new),
        "kept": entries(found.kept),
        "mended": entries(found.mended),
        "violations": len(then.violations),
        "change": parts_in_hours(found.change),
        "objective": in_hours(sum(then.parts.values())),
        "objective_parts": parts_in_hours(then.parts),
    }


def _edited(base: _Base, standing: Standing, told: Any) -> Standing:
    """Return a draft after some edits, all of them or none.

    Raises
    ------
    Refusal
        With every name that the plan does not have, or what cannot be meant.
    """
    edits: list[Edit] = []
    errors = []
    for n, entry in enumerate(EDITS.validate_python(told)):
        try:
            edits.append(base.names.edit(entry))
        except UnknownName as error:
            errors.append(
                {
                    "code": "names",
                    "pointer": f"/edits/{n}/{error.field}",
                    "value": error.value[:60],
                    "expected": error.expected,
                }
            )
    if errors:
        raise Refusal("invalid-request", "the plan does not have that", errors)
    for n, one in enumerate(edits):
        try:
            standing = edited(standing, one)
        except InvalidInput as error:
            wrong = {"code": "edit", "pointer": f"/edits/{n}", "expected": str(error)}
            raise Refusal("invalid-request", str(error), [wrong]) from None
    return standing


def known_days(given: Given) -> Answer:
    """Whether the plan has all of some days of agents; refused otherwise."""
    found = _standing(given)
    if found is None:
        return COLD
    base, errors = found[0], []
    for n, (agent, date) in enumerate(given.options["days"]):
        try:
            base.names.agent(agent)
            base.names.day(dt.date.fromisoformat(date))
        except UnknownName as error:
            entry = {"code": "names", "pointer": f"/locks/{n}/{error.field}"}
            entry |= {"value": error.value[:60], "expected": error.expected}
            errors.append(entry)
    if errors:
        raise Refusal("invalid-request", "the plan does not have that", errors)
    return Answer(b"{}")


def draft_table(given: Given) -> Answer:
    """A draft's shifts, or what fills them, as the table of a roster."""
    found = _standing(given)
    if found is None:
        return COLD
    base, standing = found
    rows: list[Any] = []
    for a, week in standing.weeks.items():
        name = base.prepared.problem.agents[a].name
        own = base.names.rows(name, base.names.kept(week))
        rows += own[given.options["table"]]
    return as_model(TABLES[given.options["table"]], {"rows": rows})


def draft_page(given: Given) -> Answer:
    """Everything that a report shows, of a draft."""
    found = _standing(given)
    if found is None:
        return COLD
    base, standing = found
    folder = Path(given.folder) / "draft"
    folder.mkdir()
    for name, text in _texts(base, standing.roster).items():
        (folder / name).write_text(text, encoding="utf-8")
    sources = read_sources(base.prepared, folder)
    return Answer(page_document(sources).model_dump_json().encode())


def _texts(base: _Base, roster: Roster) -> dict[str, str]:
    problem, axis = base.prepared.problem, base.prepared.translation.axis
    return {
        "roster.csv": roster_text(problem, axis, roster),
        "activities.csv": activities_text(problem, axis, roster),
    }


def published(given: Given) -> Answer:
    """What is to be kept of a roster that is published, and what has changed in it."""
    found = _standing(given)
    if found is None:
        return COLD
    base, standing = found
    axis, plan = base.prepared.translation.axis, base.prepared.translation.plan
    folder = Path(given.folder) / "before"
    changes: list[dict[str, Any]] = []
    if folder.is_dir():
        read = read_known(folder, base.prepared.problem, axis, plan)
        changes = [
            change.model_dump(mode="json", exclude={"agent_name"})
            for change in day_changes(
                base.prepared.translation, read.roster, standing.roster
            )
        ]
    entries = violation_entries(standing.violations, axis)
    told = {
        "violations": [entry.model_dump(mode="json") for entry in entries],
        "changes": changes,
        "weeks": {
            agent.name: base.names.rows(agent.name, base.names.kept(standing.weeks[a]))
            for a, agent in enumerate(base.prepared.problem.agents)
        },
        "files": _texts(base, standing.roster),
        "name": plan.name,
    }
    return Answer(b"{}", told=told)


def resolving(given: Given) -> Answer:
    """The plan that a draft is solved again by: its locks pinned, changes dear."""
    found = _standing(given)
    if found is None:
        return COLD
    base, standing = found
    plan = json.loads(Path(given.folder, "plan.json").read_text(encoding="utf-8"))
    rows = [
        base.names.rows(agent.name, base.names.kept(standing.weeks[a]))
        for a, agent in enumerate(base.prepared.problem.agents)
    ]
    plan["published"] = [row for own in rows for row in own["roster"]]
    locks = {tuple(lock) for lock in given.options["locks"]}
    own = [p for p in plan.get("pins", []) if (p["agent_id"], p["date"]) not in locks]
    plan["pins"] = [
        *own,
        *(
            pin
            for agent, date in sorted(locks)
            for pin in _pins(base, standing, agent, date)
        ),
    ]
    text = json.dumps(plan, ensure_ascii=False)
    read = read_plan_text(text)
    told = {
        "plan_hash": read.plan_hash,
        "name": read.plan.name,
        "notes": list(read.notes),
        "size": size_of(base.prepared),
    }
    return Answer(text.encode(), told=told)


def _pins(
    base: _Base, standing: Standing, agent: str, date: str
) -> list[dict[str, Any]]:
    """Return the rows of pins.csv that keep an agent's day as it is."""
    axis = base.prepared.translation.axis
    week = standing.weeks[base.names.agent(agent)]
    day = base.names.day(dt.date.fromisoformat(date))
    shifts = [w for w in week.worked if w.day == day]
    same = {"agent_id": agent, "date": date}
    if not shifts:
        return [{**same, "pin": "off"}]
    found = []
    for shift in shifts:
        start = axis.moment(shift.start)
        kind = base.prepared.problem.shift_types[shift.shift_type].name
        length = shift.end - shift.start
        pin = {**same, "pin": "shift", "shift_type": kind, "start": f"{start:%H:%M}"}
        found.append({**pin, "length_minutes": length})
        for x in week.activities or ():
            if shift.start <= x.start < shift.end and x.kind in _WORKS:
                found.append(_work_pin(base, agent, x))
    return found


def _work_pin(base: _Base, agent: str, x: Activity) -> dict[str, Any]:
    """Return the row of pins.csv that keeps a stretch of work as it is."""
    axis = base.prepared.translation.axis
    start, end = axis.moment(x.start), axis.moment(x.end)
    return {
        "agent_id": agent,
        "date": start.date().isoformat(),
        "pin": "activity",
        "activity": x.name,
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
    }
