"""How what the pipeline says, or refuses, becomes an answer."""

import json
from typing import Any

from pydantic import BaseModel

from models.errors import InvalidInput, NotSupported, PlanError
from scheduler.service.http.desk.given import Answer
from scheduler.service.http.problems import Refusal


def in_json(document: Any) -> Answer:
    """Return a document as an answer."""
    text = json.dumps(document, allow_nan=False, ensure_ascii=False)
    return Answer(text.encode())


def as_model(model: type[BaseModel], content: Any) -> Answer:
    """Return a document as its model writes it: moments to the second, with offset."""
    return Answer(model.model_validate(content).model_dump_json().encode())


def finding_entry(problem: object) -> dict[str, Any]:
    """Return a finding as an error of a problem document."""
    as_dict = getattr(problem, "as_dict", None)
    if as_dict is None:
        return {"code": "invalid", "expected": str(problem)}
    found = dict(as_dict())
    entry = {"code": found.pop("rule") or "invalid", **found}
    if str(entry["file"]).endswith(".json"):
        entry["pointer"] = entry.pop("column")
    return entry


def refusal_of(error: Exception) -> Refusal | None:
    """Return an error that is the client's to mend as a refusal, ``None`` for ours."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, PlanError):
        entries = [finding_entry(problem) for problem in error.problems]
        count = len(entries)
        detail = f"{count} problem{'s' * (count != 1)}"
        return Refusal("invalid-plan", detail, entries)
    if isinstance(error, NotSupported):
        entry = {"code": "not_supported", "expected": str(error)}
        return Refusal("invalid-plan", "no engine can honour that", [entry])
    if isinstance(error, InvalidInput):
        entry = {"code": "invalid", "expected": str(error)}
        return Refusal("invalid-request", str(error), [entry])
    if isinstance(error, MemoryError):
        return Refusal("beyond-limits", "it takes more memory than the service gives")
    return None
