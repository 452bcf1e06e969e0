"""What the desk does with a plan that was sent."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from models.errors import PlanError
from scheduler.documents import RequirementsDocument, ThroughputDocument
from scheduler.domain import Plan
from scheduler.exports.plan_workbook import write_plan_workbook
from scheduler.judging import judge
from scheduler.preparing import Prepared, prepare, prepare_made
from scheduler.reading import read_plan
from scheduler.reading.files import WHOLE_TEXT, escapes_amiss
from scheduler.report.capacity import outset
from scheduler.report.requirements import requirement_rows
from scheduler.report.throughput import opening_rows, throughput_rows
from scheduler.rosters.cells import csv_text
from scheduler.rosters.record import violation_entries
from scheduler.rosters.units import in_hours, parts_in_hours
from scheduler.rosters.writing import ACTIVITY_COLUMNS, ROSTER_COLUMNS
from scheduler.samples import SAMPLES
from scheduler.service.http.desk.answering import as_model, finding_entry, in_json
from scheduler.service.http.desk.given import FORMS, JSON, XLSX, ZIP, Answer, Given
from scheduler.service.http.desk.unpack import unpack, weigh
from scheduler.service.http.problems import Refusal
from scheduler.tables.guarded import guarded
from scheduler.writing import json_text

_MOST_AGENTS = 5000  # of a plan that is held
_held: dict[str, Prepared] = {}  # the last plan that was asked about, by its content
_TABLES = {"roster": ROSTER_COLUMNS, "activities": ACTIVITY_COLUMNS}


def plan_of(given: Given) -> Path:
    """Return the path of the plan that was sent, unpacked where it was zipped."""
    folder = Path(given.folder)
    body = folder / "body"
    path = folder / f"plan{FORMS[given.form]}"
    body.replace(path)
    if given.form == XLSX:
        weigh(path, given.bounds)
    if given.form != ZIP:
        return path
    inside = folder / "sent"
    inside.mkdir()
    return _plan_in(unpack(path, inside, given.bounds), given)


def _plan_in(top: Path, given: Given) -> Path:
    """Return the plan of an unpacked folder: the folder, or a file of it, or below."""
    for place in (top / "plan", top):
        if (place / "plan.toml").exists():
            return place
        for name in ("plan.json", "plan.xlsx"):
            if (place / name).is_file():
                if name.endswith(".xlsx"):
                    weigh(place / name, given.bounds)
                return place / name
    return top


def _prepared(given: Given) -> Prepared:
    """Return a plan that was sent; pages ask more than one thing of the same."""
    with (Path(given.folder) / "body").open("rb") as body:
        key = f"{given.form} {hashlib.file_digest(body, 'sha256').hexdigest()}"
    found = _held.get(key)
    if found is None:
        _held.clear()  # not two at a time
        found = prepare(plan_of(given))
        if len(found.problem.agents) <= _MOST_AGENTS:
            _held[key] = found
    return found


def validate(given: Given) -> Answer:
    """Every problem of a plan at once; a plan that is wrong is an answer, too."""
    try:
        prepared = _prepared(given)
    except PlanError as error:
        findings = [finding_entry(problem) for problem in error.problems]
        return in_json({"valid": False, "findings": findings, "notes": []})
    plea = prepared.plea
    return in_json(
        {
            "valid": True,
            "findings": [],
            "notes": list(plea.notes),
            "plan_hash": plea.plan_hash,
        }
    )


def plan_workbook(given: Given) -> Answer:
    """A plan as a workbook."""
    path = Path(given.folder) / "as_workbook.xlsx"
    write_plan_workbook(read_plan(plan_of(given)).plan, path)
    return Answer(path.read_bytes(), XLSX)


def requirements(given: Given) -> Answer:
    """People that the calls need, per queue and interval."""
    prepared = _prepared(given)
    rows = requirement_rows(prepared.translation)
    notes = list(prepared.plea.notes)
    content = {"requirements": rows, "notes": notes}
    return as_model(RequirementsDocument, content)


def throughput(given: Given) -> Answer:
    """Hours of deferred work by day: does capacity hold, what is due when."""
    prepared = _prepared(given)
    content = {
        **outset(prepared.translation).as_document(),
        "opening": opening_rows(prepared.translation),
        "throughput": throughput_rows(prepared.translation),
        "notes": list(prepared.plea.notes),
    }
    return as_model(ThroughputDocument, content)


def submit(given: Given) -> Answer:
    """A plan in the form in which jobs keep it, and how large it is."""
    read = read_plan(plan_of(given))
    prepared = prepare_made(read.plan)
    told = {
        "plan_hash": read.plan_hash,
        "name": read.plan.name,
        "notes": [*read.notes, *prepared.plea.notes],
        "size": size_of(prepared),
        "agents": [agent.agent_id for agent in read.plan.agents],
    }
    return Answer(json_text(read.plan).encode(), told=told)


def size_of(prepared: Prepared) -> dict[str, int]:
    """Return how large a roster problem is."""
    problem = prepared.problem
    return {
        "agents": len(problem.agents),
        "days": problem.days,
        "shifts": len(problem.shifts),
        "queues": len(prepared.translation.demands),
        "case_types": len(problem.cases),
    }


def check(given: Given) -> Answer:
    """Is this roster legal, and what does it cost; also one made by hand."""
    if given.form == JSON:
        return _check_in_json(given)
    if given.form == XLSX:
        raise Refusal(
            "unsupported-media-type", "a plan and a roster come as JSON or zip"
        )
    path = plan_of(given)
    top = path if path.is_dir() else path.parent
    tops = (top / "roster", top.parent / "roster", top)
    folder = next((each for each in tops if (each / "roster.csv").is_file()), top)
    return judged(prepare(path), folder)


def judged(prepared: Prepared, folder: Path) -> Answer:
    """Return the checker's word, as ``ringfence check --json`` says it."""
    verdict = judge(prepared, folder)
    entries = violation_entries(verdict.violations, prepared.translation.axis)
    return in_json(
        {
            "legal": not entries,
            "violations": [entry.model_dump(mode="json") for entry in entries],
            "objective": None
            if verdict.not_judged
            else in_hours(sum(verdict.objective_parts.values())),
            "objective_parts": parts_in_hours(verdict.objective_parts),
            "not_judged": list(verdict.not_judged),
        }
    )


def _check_in_json(given: Given) -> Answer:
    """Check a plan and the rows of a roster that came in one document."""
    folder = Path(given.folder)
    content = _document(folder / "body")
    (folder / "plan.json").write_text(json.dumps(content.get("plan")))
    for name, columns in _TABLES.items():
        if (rows := content.get(name)) is not None:
            text = csv_text(columns, _rows(name, columns, rows))
            (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    try:
        return judged(prepare(folder / "plan.json"), folder)
    except PlanError as error:
        raise Refusal(
            "invalid-plan",
            "the plan or the roster is not right",
            [pointed(finding_entry(problem)) for problem in error.problems],
        ) from error


def body_of(path: Path) -> dict[str, Any]:
    """Return a document that was sent; refuse what is no object of JSON."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = json.loads(text, parse_constant=_refuse_constant)
        if escapes_amiss(text, content):
            raise ValueError(WHOLE_TEXT)
    except RecursionError:
        raise Refusal("malformed", "JSON that is nested less deeply") from None
    except ValueError as error:
        raise Refusal("malformed", f"expected JSON: {error}") from None
    if not isinstance(content, dict):
        raise Refusal("invalid-request", "expected an object with the plan")
    return content


def _document(path: Path) -> dict[str, Any]:
    content, wrong = body_of(path), []
    for name in ("plan", "roster"):
        kind = dict if name == "plan" else list
        if not isinstance(content.get(name), kind):
            expected = "the plan" if name == "plan" else "the rows of roster.csv"
            wrong.append({"code": "type", "pointer": f"/{name}", "expected": expected})
    for name in content.keys() - {"plan", *_TABLES}:
        entry = {"code": "extra_forbidden", "pointer": f"/{name}"}
        wrong.append({**entry, "expected": "plan, roster or activities"})
    if wrong:
        raise Refusal("invalid-request", "expected a plan and a roster", wrong)
    return content


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _rows(name: str, columns: tuple[str, ...], rows: object) -> list[list[str]]:
    """Return the cells of a table's rows."""
    wrong: list[Mapping[str, str]] = []
    found = []
    for n, row in enumerate(rows if isinstance(rows, list) else [None]):
        if isinstance(row, dict) and row.keys() <= set(columns):
            found.append([_cell(row.get(column)) for column in columns])
        else:
            expected = f"a row with {', '.join(columns)}"
            pointer = f"/{name}/{n}"
            wrong.append({"code": "type", "pointer": pointer, "expected": expected})
    if wrong:
        raise Refusal("invalid-request", f"rows of {name} are wrong", wrong[:20])
    return found


def _cell(value: object) -> str:
    return "" if value is None else guarded(str(value))


def pointed(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an error of a file as one of the document that was sent."""
    name = str(entry.get("file") or "").partition(".")[0]
    if name == "plan":
        return {**entry, "file": None, "pointer": f"/plan{entry.get('pointer') or ''}"}
    row, column = entry.get("row"), entry.get("column")
    place = f"/{name}" if row is None else f"/{name}/{row - 2}"
    place += f"/{column}" if row is not None and column else ""
    return {**entry, "file": None, "row": None, "column": None, "pointer": place}


def demo(given: Given) -> Answer:
    """A sample plan, as it can be sent."""
    build = SAMPLES.get(given.options["name"])
    if build is None:
        raise Refusal("not-found", "there is no such sample")
    plan: Plan = build()
    return Answer(json_text(plan).encode())
