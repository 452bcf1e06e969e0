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
from scheduler.whatif.sections import ScenarioFile
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
    read, file = _both(given)
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


def _both(given: Given) -> tuple[PlanRead, SettingsFile]:
    """Return the plan and the scenarios; refuse with what is wrong with both.

    What scenarios make of a plan is not known of one that is wrong.
    """
    in_json = given.form == JSON
    path, file, wrong = _in_json(given) if in_json else _in_folder(given)
    try:
        read = read_plan(path)
    except PlanError as error:
        entries = [finding_entry(each) for each in error.problems]
        entries = [pointed(each) for each in entries] if in_json else entries
        wrong = [*entries, *wrong, *(_misshapen(file) if file else ())]
        raise Refusal("invalid-plan", "the plan is not right", wrong) from error
    if file is None:
        raise Refusal("invalid-request", "there are no scenarios in it", wrong)
    return read, file


def _in_json(given: Given) -> tuple[Path, SettingsFile | None, list[dict[str, Any]]]:
    """Return the plan's file, and the scenarios, of a document of the two."""
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
    return path, SettingsFile(_NAMES[1], content["scenarios"], {}), []


def _in_folder(given: Given) -> tuple[Path, SettingsFile | None, list[dict[str, Any]]]:
    """Return the plan of a zipped folder, the scenarios beside it or above; or why not.

    Of scenarios that cannot be read every error is told.
    """
    path = plan_of(given)
    top = path if path.is_dir() else path.parent
    places = (place / name for place in (top, top.parent) for name in _NAMES)
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        expected = "scenarios.toml or scenarios.json beside the plan"
        entry = {"code": "no_file", "file": _NAMES[0], "expected": expected}
        return path, None, [entry]
    try:
        return path, read_settings(found), []
    except PlanError as error:
        return path, None, [finding_entry(each) for each in error.problems]


def _misshapen(file: SettingsFile) -> list[Mapping[str, Any]]:
    """Return what is wrong with scenarios whatever their plan is."""
    try:
        file.parsed(ScenarioFile)
    except PlanError as error:
        return [_entry(each, file) for each in error.problems]
    return []


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
