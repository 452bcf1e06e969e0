"""A week with a mix of hires, priced or solved: pure functions of bytes."""

import csv
import io
import json
import threading
import zlib
from collections.abc import Collection, Mapping
from typing import Any

from models.roster.columns.relaxed import relaxed
from models.roster.hiring import Cut, Mix, cut_of, no_prices
from models.roster.result import Certificate
from scheduler.domain import Plan
from scheduler.executing import Task
from scheduler.hiring.staffing import Week
from scheduler.pipeline import Asked, texts_of
from scheduler.preparing import prepare_made
from scheduler.report.page.calls import level_of_all
from scheduler.rosters.cells import csv_text
from scheduler.rosters.document import Entry
from scheduler.whatif.solving import Answer, given_by, outcome_of, task_with

PRICING = "scheduler.hiring.solving:priced"
SOLVING = "scheduler.hiring.solving:solved"
_MOST, _LEAST, _KINDS, _WORK = "most", "least", "kinds", "work"


class CutEntry(Entry):
    """A bound of a week by how many of each kind are hired, cost units (``Cut``)."""

    base: int | None
    of_kind: list[int | None]

    def cut(self) -> Cut:
        """Return it as mathematics has it."""
        return Cut(self.base, tuple(self.of_kind))


class PricedAnswer(Entry):
    """What column generation alone proves of a week."""

    cut: CutEntry
    whole: bool


class MixAnswer(Answer):
    """What came of a week with a mix of hires, and what its prices prove of others."""

    cut: CutEntry | None

    @property
    def cost(self) -> float | None:
        """The roster's cost, paid hours; ``None`` without a legal one."""
        return None if self.result.status == "illegal" else self.result.objective


def pricing_task(week: Week, mix: Mix, asked: Asked) -> Task:
    """Return the task of finding the prices that prove most of a week with a mix."""
    return _task(week, mix, asked, PRICING)


def solving_task(
    week: Week, mix: Mix, asked: Asked, start: Mapping[str, str] | None = None
) -> Task:
    """Return the task of finding a roster of a week with a mix.

    ``start`` are files of a roster of the week with another mix.
    """
    texts = start or {}
    plan = week.plan(mix)
    there = {agent.agent_id for agent in plan.agents}
    own = {name: _of_agents(text, there) for name, text in texts.items()}
    return _task(week, mix, asked, SOLVING, own)


def _of_agents(text: str, agents: Collection[str]) -> str:
    """Return the rows of a table that are of some agents."""
    rows = list(csv.DictReader(io.StringIO(text)))
    kept = (list(row.values()) for row in rows if row["agent_id"] in agents)
    return csv_text(list(rows[0]), kept) if rows else text


def _task(
    week: Week,
    mix: Mix,
    asked: Asked,
    work: str,
    start: Mapping[str, str] | None = None,
) -> Task:
    most = week.most.model_dump(mode="json")
    least = None if week.least is None else week.least.model_dump(mode="json")
    more = {_MOST: most, _LEAST: least, _KINDS: week.positions, _WORK: work}
    return task_with(week.plan(mix), asked, start or {}, more)


def priced(content: bytes, stop: threading.Event) -> bytes:
    """Return the answer to a pricing task, as bytes that ``priced_of`` reads."""
    given = given_by(content)
    problem = prepare_made(Plan.of(given["plan"])).problem
    found = relaxed(problem, given["limits"]["seconds"], stop)
    cut = _cut(given, found.certificate or no_prices(problem))
    answer = PricedAnswer(cut=cut, whole=found.closed or not stop.is_set())
    return zlib.compress(answer.model_dump_json().encode())


def priced_of(content: bytes) -> PricedAnswer:
    """Return the answer that bytes hold."""
    return PricedAnswer.model_validate_json(zlib.decompress(content))


def solved(content: bytes, stop: threading.Event) -> bytes:
    """Return the answer to a solving task, as bytes that ``mix_answer_of`` reads."""
    given = given_by(content)
    outcome = outcome_of(given, stop)
    summary, level, at_best = outcome.document.summary, None, False
    if summary is not None:
        level, at_best = level_of_all(outcome.prepared.translation.demands, summary)
    certificate = outcome.result.certificate
    answer = MixAnswer(
        files=texts_of(outcome),
        result=outcome.document,
        level=level,
        at_best=at_best,
        cut=None if certificate is None else _cut(given, certificate),
    )
    return zlib.compress(answer.model_dump_json(exclude={"result"}).encode())


def mix_answer_of(content: bytes) -> MixAnswer:
    """Return the answer that bytes hold."""
    told = json.loads(zlib.decompress(content))
    result = json.loads(told["files"]["result.json"])
    return MixAnswer.model_validate({**told, "result": result})


def _cut(given: Mapping[str, Any], certificate: Certificate) -> CutEntry:
    most, least = prepare_made(Plan.of(given[_MOST])).problem, None
    if given[_LEAST] is not None:
        least = prepare_made(Plan.of(given[_LEAST])).problem.cases
    found = cut_of(most, certificate, given[_KINDS], least)
    return CutEntry(base=found.base, of_kind=list(found.of_kind))
