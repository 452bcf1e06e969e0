"""What the desk makes of a plan that is to be mended: one document, as it was typed."""

import json
from typing import Any

from models.errors import PlanError
from scheduler.documents import PlanDocument
from scheduler.preparing import prepare_made
from scheduler.reading.finding import Finding
from scheduler.reading.plan import read_plan, read_plan_text, typed_plan
from scheduler.service.http.desk.answering import as_model, finding_entry
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.desk.plans import plan_of
from scheduler.writing import json_text


def document(given: Given) -> Answer:
    """A plan as one document, and everything that is wrong with it."""
    path = plan_of(given)
    try:
        read = read_plan(path)
        notes = [*read.notes, *prepare_made(read.plan).plea.notes]
        return _answer(json.loads(json_text(read.plan)), [], [], notes)
    except PlanError as error:
        told = error.problems
    plan, lost = typed_plan(path)
    if plan is None:
        return _answer(None, [], told, [])
    try:
        prepare_made(read_plan_text(json.dumps(plan)).plan)
    except PlanError as error:
        return _answer(plan, error.problems, lost, [])
    return _answer(plan, [], lost or told, [])


def _answer(plan: Any, findings: Any, lost: Any, notes: list[str]) -> Answer:
    content = {
        "plan": plan,
        "valid": plan is not None and not findings and not lost,
        "findings": [finding_entry(one) for one in findings],
        "lost": [finding_entry(one) for one in lost if isinstance(one, Finding)],
        "notes": notes,
    }
    return as_model(PlanDocument, content)
