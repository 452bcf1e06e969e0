"""The plan by which a draft is solved again: its locks pinned, the rest published."""

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from models.roster.editing import Standing
from models.roster.problem import Kind
from models.roster.result import Activity
from scheduler.domain import Plan
from scheduler.reading import read_plan_text
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.desk.held import Base, laid_out, texts_of
from scheduler.service.http.desk.plans import size_of
from scheduler.service.jobs.starting import start_text

_WORKS = (Kind.VOICE, Kind.CASE)


def resolving(given: Given) -> Answer:
    """The plan that a draft is solved again by: its locks pinned, changes dear.

    The draft is what the search starts from.
    """
    base, standing = laid_out(given)
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
    start = start_text(texts_of(base, standing.roster))
    told = {
        "plan_hash": read.plan_hash,
        "name": read.plan.name,
        "notes": list(read.notes),
        "size": size_of(base.prepared),
        "beside": start,
        "beside_hash": hashlib.sha256(start.encode()).hexdigest(),
    }
    return Answer(text.encode(), told=told)


def _pins(
    base: Base, standing: Standing, agent: str, date: str
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


def _work_pin(base: Base, agent: str, x: Activity) -> dict[str, Any]:
    """Return the row of pins.csv that keeps a stretch of work as it is."""
    axis = base.prepared.translation.axis
    start, end = axis.moment(x.start), axis.moment(x.end)
    return {
        "agent_id": agent,
        "date": start.date().isoformat(),
        "pin": "activity",
        "activity": _pinned_name(base.prepared.translation.plan, x),
        "start": f"{start:%H:%M}",
        "end": f"{end:%H:%M}",
    }


def _pinned_name(plan: Plan, x: Activity) -> str:
    """Return what a pin calls a work: of queues taken together, the first one's name.

    For an agent it stands for all that they take together with it.
    """
    names = [queue.name for queue in plan.queues]
    if x.kind is Kind.CASE or x.name in names:
        return x.name
    firsts = [name for name in names if x.name.startswith(f"{name}+")]
    return max(firsts, key=len, default=x.name)
