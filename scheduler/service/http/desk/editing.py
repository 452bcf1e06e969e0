"""Edits of a draft, and what the checker says of them."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from models.errors import InvalidInput
from models.roster.editing import Edit, Standing, answer, edited
from scheduler.rosters.edits import EDITS, UnknownName
from scheduler.rosters.record import violation_entries
from scheduler.rosters.units import in_hours, parts_in_hours
from scheduler.service.http.desk.calls import calls_changed
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.desk.held import (
    COLD,
    Base,
    remember,
    standing_of,
    with_weeks,
)
from scheduler.service.http.problems import Refusal

MOST_TOLD = 200  # breaches of one answer


def edit(given: Given) -> Answer:
    """Edits of a draft, or other weeks in it, and what the checker says of them."""
    found = standing_of(given)
    if found is None:
        return COLD
    base, before = found
    asked = given.options
    if asked["put"] is None:
        then = _edited(base, before, asked["edits"])
    else:
        then = with_weeks(base, before, asked["put"])
    agents = [a for a, week in then.weeks.items() if week is not before.weeks[a]]
    if asked["then"] is not None:
        remember(asked["then"], asked["base"], then)
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


def _word(base: Base, before: Standing, then: Standing) -> dict[str, Any]:
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
        "calls": calls_changed(base, before, then),
    }


def _edited(base: Base, standing: Standing, told: Any) -> Standing:
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
    found = standing_of(given)
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
