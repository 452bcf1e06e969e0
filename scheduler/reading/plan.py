"""The way from a folder or file to a plan without errors."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.errors import PlanError
from scheduler import validation
from scheduler.domain import Plan
from scheduler.reading.book_plan import read_book
from scheduler.reading.collect import Issues
from scheduler.reading.draft import Draft, draft_plan
from scheduler.reading.finding import Finding
from scheduler.reading.folder import read_folder
from scheduler.reading.json_plan import read_json, source_of
from scheduler.reading.rows import check_rows
from scheduler.reading.source import Source
from scheduler.reading.workbook import is_workbook
from scheduler.tables import TABLES


@dataclass(frozen=True)
class PlanRead:
    """A plan without errors.

    Attributes
    ----------
    plan
        What was read.
    notes
        What is worth saying of it, such as columns that are not used.
    plan_hash
        SHA-256 of the content, the same for a folder and a file that say the same.
    """

    plan: Plan
    notes: tuple[str, ...]
    plan_hash: str


def read_plan(path: Path) -> PlanRead:
    """Return the plan of a folder (plan.toml, CSV tables), plan.json or plan.xlsx.

    Raises
    ------
    PlanError
        With every ``Finding``, if there are any.
    """
    return _read(_source(Path(path)))


def read_plan_text(text: str, name: str = "plan.json") -> PlanRead:
    """Return the plan of a JSON text; ``name`` is what findings call it.

    Raises
    ------
    PlanError
        With every ``Finding``, if there are any.
    """
    return _read(source_of(name, text))


def typed_plan(path: Path) -> tuple[dict[str, Any] | None, list[Finding]]:
    """Return a plan as plan.json would have it, with every cell as it was typed.

    Returns
    -------
    tuple
        The plan, ``None`` where its settings cannot be read; and what is wrong with
        files, headers and rows, which has no place in it.
    """
    source, issues = _source(Path(path)), Issues()
    if source.settings is None:
        return None, source.findings
    tables = {}
    for name, table in source.tables.items():
        tables[name] = [content for _, content in table.records()]
        issues.add(table.issues)
    content = json.loads(json.dumps({**source.settings, **tables}, default=str))
    return content, [*source.findings, *issues.findings(source.locator)]


def _read(source: Source) -> PlanRead:
    issues = Issues()
    draft = _checked(source, issues)
    findings = [*source.findings, *issues.findings(source.locator)]
    if findings or draft.plan is None:
        raise PlanError(findings)
    notes = [note for table in source.tables.values() for note in table.notes]
    return PlanRead(
        draft.plan, (*notes, *validation.notes(draft.plan)), plan_hash(draft.plan)
    )


def _source(path: Path) -> Source:
    """Return what is at a path."""
    try:
        if path.is_dir():
            return read_folder(path)
        if path.exists() and path.suffix.lower() == ".json":
            return read_json(path)
        if path.exists() and is_workbook(path):
            return read_book(path)
        expected = "a folder with plan.toml, or a file plan.json or plan.xlsx"
    except OSError as error:
        expected = f"a folder that can be read ({error.strerror})"
    raise PlanError([Finding(str(path), None, None, None, expected, rule="no_file")])


def _checked(source: Source, issues: Issues) -> Draft:
    """Return as much of the plan as is well formed; add all that is wrong."""
    tables = {}
    draft = Draft()
    for name, table in source.tables.items():
        checked = check_rows(table, issues)
        issues.add(table.issues)
        tables[name] = checked.rows
        draft.positions[name] = checked.positions
    if source.settings is not None:
        settings = draft_plan(source.settings, tables, issues)
        draft.plan = settings.plan
        draft.positions |= settings.positions
    if draft.plan is not None:
        incomplete = source.incomplete | issues.parts()
        found = validation.findings(draft.plan, incomplete)
        if "agents" in incomplete:  # they may well be in what could not be read
            found = (issue for issue in found if issue.path != ("agents",))
        issues.add(found, draft.moved)
    return draft


def plan_hash(plan: Plan) -> str:
    """Return the SHA-256, in hexadecimal, of a plan's content as canonical JSON.

    What other tools call things makes no other roster.
    """
    settings = plan.model_dump(mode="json", exclude={*TABLES, "exports"})
    canonical = json.dumps(settings, sort_keys=True, separators=(",", ":"))
    tables = plan.model_dump_json(include=set(TABLES))
    return hashlib.sha256(f"{canonical}\n{tables}".encode()).hexdigest()
