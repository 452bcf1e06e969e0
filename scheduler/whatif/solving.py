"""One scenario solved: a pure function of bytes, wherever it runs."""

import hashlib
import json
import threading
import zlib
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from models.errors import InvalidInput
from models.roster.result import Limits
from scheduler.domain import Plan
from scheduler.executing import Task
from scheduler.pipeline import (
    Asked,
    Outcome,
    StartRead,
    build,
    read_start,
    texts_of,
)
from scheduler.preparing import Prepared, prepare_made
from scheduler.reading import plan_hash
from scheduler.report.page.calls import level_of_all
from scheduler.rosters.cells import write_files
from scheduler.rosters.document import Entry, RosterResult
from scheduler.rosters.record import versions

WORK = "scheduler.whatif.solving:solved"
STOPPED = "stopped"
START = "the roster that was sent with the plan"
_MACHINE = ("python",)  # versions that say nothing of what is found


class Answer(Entry):
    """What came of a scenario: the roster's files, and the level of all calls."""

    files: dict[str, str]
    result: RosterResult
    level: float | None
    at_best: bool

    @property
    def whole(self) -> bool:
        """Whether the search ended as it was asked to, not because of somebody."""
        return self.result.stop_reason != STOPPED


def task_of(plan: Plan, asked: Asked, start: Mapping[str, str] | None = None) -> Task:
    """Return the task of solving a plan, from the files of a roster if there is one.

    Its key is that of the plan, of what is asked, and of the versions that answer.
    """
    return task_with(plan, asked, start or {}, {})


def task_with(
    plan: Plan, asked: Asked, start: Mapping[str, str], more: Mapping[str, Any]
) -> Task:
    """Return the same with more that the answer depends on, as JSON has it."""
    given = {
        "plan_hash": plan_hash(plan),
        "engine": asked.engine,
        "limits": asdict(asked.limits),
        "versions": _versions(),
        "start": dict(start),
        **more,
    }
    text = json.dumps(given, sort_keys=True)
    key = hashlib.sha256(text.encode()).hexdigest()
    content = json.dumps({**given, "plan": plan.model_dump(mode="json")})
    return Task(key, zlib.compress(content.encode()))


def solved(content: bytes, stop: threading.Event) -> bytes:
    """Return the answer to a task, as bytes that ``answer_of`` reads."""
    outcome = outcome_of(given_by(content), stop)
    summary, level, at_best = outcome.document.summary, None, False
    if summary is not None:
        demands = outcome.prepared.translation.demands
        level, at_best = level_of_all(demands, summary)
    answer = Answer(
        files=texts_of(outcome),
        result=outcome.document,
        level=level,
        at_best=at_best,
    )
    return zlib.compress(answer.model_dump_json(exclude={"result"}).encode())


def given_by(content: bytes) -> dict[str, Any]:
    """Return what a task holds; refuse one for other versions."""
    given: dict[str, Any] = json.loads(zlib.decompress(content))
    if given["versions"] != _versions():
        raise InvalidInput(f"needs {given['versions']}, here are {_versions()}")
    return given


def outcome_of(given: Mapping[str, Any], stop: threading.Event) -> Outcome:
    """Return what comes of the plan of a task."""
    plan = Plan.of(given["plan"])
    if plan_hash(plan) != given["plan_hash"]:
        raise InvalidInput("the plan is not the one that was sent")
    prepared = prepare_made(plan)
    begun = _begun(prepared, given["start"]) if given["start"] else None
    asked = Asked(given["engine"], Limits(**given["limits"]), begun)
    return build(prepared, asked, stop=stop)


def _begun(prepared: Prepared, texts: dict[str, str]) -> StartRead:
    """Return the roster to start from that files hold."""
    with TemporaryDirectory() as folder:
        write_files(Path(folder), texts)
        read = read_start(prepared, Path(folder))
    return replace(read, entry=read.entry.model_copy(update={"folder": START}))


def answer_of(content: bytes) -> Answer:
    """Return the answer that bytes hold."""
    told = json.loads(zlib.decompress(content))
    result = json.loads(told["files"]["result.json"])
    return Answer.model_validate({**told, "result": result})


@cache
def _versions() -> dict[str, str]:
    return {k: v for k, v in versions().items() if k not in _MACHINE}
