"""One site solved: a pure function of bytes, wherever it runs."""

import json
import threading
import zlib
from collections.abc import Mapping

from scheduler.bench.memory import PeakMemory
from scheduler.domain import Plan
from scheduler.executing import Task
from scheduler.pipeline import Asked, texts_of
from scheduler.rosters.document import Entry, RosterResult
from scheduler.sites.pricing import Most, Priced, priced
from scheduler.whatif.solving import STOPPED, given_by, outcome_of, task_with

WORK = "scheduler.sites.solving:solved"
_PARTS = "shared_queues"


class SiteAnswer(Entry):
    """What came of a site: the roster's files, and what its bound is made of."""

    files: dict[str, str]
    result: RosterResult
    megabytes: float
    priced: Priced | None

    @property
    def whole(self) -> bool:
        """Whether the search ended as it was asked to, not because of somebody."""
        return self.result.stop_reason != STOPPED


def site_task(
    plan: Plan,
    asked: Asked,
    most: Mapping[str, Most],
    start: Mapping[str, str] | None = None,
) -> Task:
    """Return the task of solving a site.

    Parameters
    ----------
    most
        By shared queue and the start of an interval: people that all its sites need.
    """
    listed = {queue: list(own.items()) for queue, own in most.items()}
    return task_with(plan, asked, start or {}, {_PARTS: listed})


def solved(content: bytes, stop: threading.Event) -> bytes:
    """Return the answer to a task, as bytes that ``site_answer_of`` reads."""
    given = given_by(content)
    outcome = outcome_of(given, stop)
    most = {queue: dict(map(tuple, own)) for queue, own in given[_PARTS].items()}
    certificate, found = outcome.result.certificate, None
    # Who was told to stop has no time to price: what was found would be lost with it.
    if most and certificate is not None and not stop.is_set():
        found = priced(outcome.prepared.translation, certificate, most)
    answer = SiteAnswer(
        files=texts_of(outcome),
        result=outcome.document,
        megabytes=round(PeakMemory().megabytes, 1),
        priced=found,
    )
    return zlib.compress(answer.model_dump_json(exclude={"result"}).encode())


def site_answer_of(content: bytes) -> SiteAnswer:
    """Return the answer that bytes hold."""
    told = json.loads(zlib.decompress(content))
    result = json.loads(told["files"]["result.json"])
    return SiteAnswer.model_validate({**told, "result": result})
