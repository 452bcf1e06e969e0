"""What the desk does with a plan and scenarios of it that were sent."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.errors import PlanError
from scheduler.domain import Plan
from scheduler.reading import PlanRead, read_plan
from scheduler.reading.settings_file import SettingsFile, read_settings
from scheduler.service.http.desk.answering import finding_entry
from scheduler.service.http.desk.given import JSON, XLSX, Answer, Given
from scheduler.service.http.desk.plans import body_of, plan_of, pointed
from scheduler.service.http.problems import Refusal
from scheduler.whatif.reading import Made, scenarios_of
from scheduler.writing import json_text

_NAMES = ("scenarios.toml", "scenarios.json")
_PARTS = {
    "plan": "the plan, as plan.json has it",
    "scenarios": "the scenarios, as scenarios.json has them",
}


def suppose(given: Given) -> Answer:
    """A plan and its scenarios in the form in which jobs keep them."""
    if given.form == XLSX:
        words = "a plan and its scenarios come as JSON or zip"
        raise Refusal("unsupported-media-type", words)
    read, file = _in_json(given) if given.form == JSON else _in_folder(given)
    made = _made(read.plan, file, given.options["most"])
    text = json.dumps(file.content, default=str, ensure_ascii=False)
    told = {
        "plan_hash": read.plan_hash,
        "scenarios_hash": hashlib.sha256(text.encode()).hexdigest(),
        "scenarios": text,
        "names": [one.scenario.name for one in made],
        "name": read.plan.name,
        "notes": list(read.notes),
    }
    return Answer(json_text(read.plan).encode(), told=told)


def _in_json(given: Given) -> tuple[PlanRead, SettingsFile]:
    """Return the two parts of a document."""
    folder = Path(given.folder)
    content = body_of(folder / "body")
    wrong = [
        {"code": "type", "pointer": f"/{name}", "expected": expected}
        for name, expected in _PARTS.items()
        if not isinstance(content.get(name), dict)
    ]
    wrong += [
        {
            "code": "extra_forbidden",
            "pointer": f"/{name}",
            "expected": "plan, scenarios",
        }
        for name in content.keys() - _PARTS
    ]
    if wrong:
        raise Refusal("invalid-request", "expected a plan and scenarios", wrong)
    path = folder / "plan.json"
    path.write_text(json.dumps(content["plan"]), encoding="utf-8")
    try:
        read = read_plan(path)
    except PlanError as error:
        entries = [pointed(finding_entry(each)) for each in error.problems]
        raise Refusal("invalid-plan", "the plan is not right", entries) from error
    return read, SettingsFile(_NAMES[1], content["scenarios"], {})


def _in_folder(given: Given) -> tuple[PlanRead, SettingsFile]:
    """Return the plan of a zipped folder, and the scenarios beside it or above."""
    path = plan_of(given)
    top = path if path.is_dir() else path.parent
    places = (place / name for place in (top, top.parent) for name in _NAMES)
    found = next((place for place in places if place.is_file()), None)
    read = read_plan(path)
    if found is None:
        expected = "scenarios.toml or scenarios.json beside the plan"
        entry = {"code": "no_file", "file": _NAMES[0], "expected": expected}
        raise Refusal("invalid-request", f"there is no {_NAMES[0]}", [entry])
    return read, read_settings(found)


def _made(plan: Plan, file: SettingsFile, most: int) -> list[Made]:
    try:
        return scenarios_of(file, plan, most)
    except PlanError as error:
        entries = [_entry(each, file) for each in error.problems]
        told = "the scenarios are not right"
        raise Refusal("invalid-request", told, entries) from error


def _entry(problem: object, file: SettingsFile) -> Mapping[str, Any]:
    """Return a finding as an error; its key has names for positions, so no pointer."""
    entry = finding_entry(problem)
    if "pointer" in entry:
        entry["column"] = entry.pop("pointer")
    return {**entry, "file": file.name}
