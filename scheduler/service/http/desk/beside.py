"""A plan that came with a file of what to do with it: scenarios, or hires."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from models.errors import PlanError
from scheduler.domain import Plan, Section
from scheduler.reading import PlanRead, read_plan
from scheduler.reading.settings_file import SettingsFile, read_settings
from scheduler.service.http.desk.answering import finding_entry
from scheduler.service.http.desk.given import JSON, XLSX, Answer, Given
from scheduler.service.http.desk.plans import body_of, plan_of, pointed
from scheduler.service.http.problems import Refusal
from scheduler.service.jobs.records import BESIDE, JobKind
from scheduler.writing import json_text

_Made = TypeVar("_Made")
_Read = tuple[Path, SettingsFile | None, list[dict[str, Any]]]


@dataclass(frozen=True)
class Beside:
    """What comes beside a plan.

    Attributes
    ----------
    kind
        Of the job that is made of it.
    name
        What a document calls it, and a folder its file.
    model
        Of its content.
    """

    kind: JobKind
    name: str
    model: type[Section]

    def taken(
        self,
        given: Given,
        make: Callable[[SettingsFile, Plan], _Made],
        tell: Callable[[_Made], Mapping[str, Any]],
    ) -> Answer:
        """Return a plan and what came with it, in the form in which jobs keep them.

        ``make`` finds out whether it is right, ``tell`` says what is in it.
        """
        if given.form == XLSX:
            words = f"a plan and its {self.name} come as JSON or zip"
            raise Refusal("unsupported-media-type", words)
        read, file = self._both(given)
        try:
            made = make(file, read.plan)
        except PlanError as error:
            told = f"the {self.name} are not right"
            entries = _entries(error.problems, file)
            raise Refusal("invalid-request", told, entries) from error
        found = dict(tell(made))
        text = json.dumps(file.content, default=str, ensure_ascii=False)
        return Answer(
            json_text(read.plan).encode(),
            told={
                "plan_hash": read.plan_hash,
                "name": read.plan.name,
                "notes": [*read.notes, *found.pop("notes", ())],
                "kind": self.kind,
                "beside": text,
                "beside_hash": hashlib.sha256(text.encode()).hexdigest(),
                **found,
            },
        )

    def _both(self, given: Given) -> tuple[PlanRead, SettingsFile]:
        """Return the plan and what came with it; refuse with what is wrong with both.

        What the one makes of a plan is not known of a plan that is wrong.
        """
        in_json = given.form == JSON
        path, file, wrong = self._in_json(given) if in_json else self._in_folder(given)
        try:
            read = read_plan(path)
        except PlanError as error:
            entries = [finding_entry(each) for each in error.problems]
            entries = [pointed(each) for each in entries] if in_json else entries
            wrong = [*entries, *wrong, *(self._misshapen(file) if file else ())]
            raise Refusal("invalid-plan", "the plan is not right", wrong) from error
        if file is None:
            raise Refusal("invalid-request", f"there are no {self.name} in it", wrong)
        return read, file

    def _in_json(self, given: Given) -> _Read:
        """Return the plan's file, and the rest, of a document of the two."""
        folder = Path(given.folder)
        content = body_of(folder / "body")
        parts = {
            "plan": "the plan, as plan.json has it",
            self.name: f"the {self.name}, as {BESIDE[self.kind]} has them",
        }
        wrong = [
            {"code": "type", "pointer": f"/{name}", "expected": expected}
            for name, expected in parts.items()
            if not isinstance(content.get(name), dict)
        ]
        wrong += [
            {
                "code": "extra_forbidden",
                "pointer": f"/{name}",
                "expected": ", ".join(parts),
            }
            for name in content.keys() - parts
        ]
        if wrong:
            words = f"expected a plan and {self.name}"
            raise Refusal("invalid-request", words, wrong)
        path = folder / "plan.json"
        path.write_text(json.dumps(content["plan"]), encoding="utf-8")
        return path, SettingsFile(BESIDE[self.kind], content[self.name], {}), []

    def _in_folder(self, given: Given) -> _Read:
        """Return the plan of a zipped folder, and what lies beside it or above.

        Of a file that cannot be read every error is told.
        """
        path = plan_of(given)
        names = f"{self.name}.toml", f"{self.name}.json"
        top = path if path.is_dir() else path.parent
        places = (place / name for place in (top, top.parent) for name in names)
        found = next((place for place in places if place.is_file()), None)
        if found is None:
            expected = f"{' or '.join(names)} beside the plan"
            return path, None, [_no_file(names[0], expected)]
        try:
            return path, read_settings(found), []
        except PlanError as error:
            return path, None, [finding_entry(each) for each in error.problems]

    def _misshapen(self, file: SettingsFile) -> list[Mapping[str, Any]]:
        """Return what is wrong with a file whatever its plan is."""
        try:
            file.parsed(self.model)
        except PlanError as error:
            return _entries(error.problems, file)
        return []


def _no_file(name: str, expected: str) -> dict[str, Any]:
    return {"code": "no_file", "file": name, "expected": expected}


def _entries(problems: Iterable[object], file: SettingsFile) -> list[Mapping[str, Any]]:
    """Return findings as errors; their keys have names for positions, so no pointer."""
    found: list[Mapping[str, Any]] = []
    for problem in problems:
        entry = finding_entry(problem)
        if "pointer" in entry:
            entry["column"] = entry.pop("pointer")
        found.append({**entry, "file": file.name})
    return found
