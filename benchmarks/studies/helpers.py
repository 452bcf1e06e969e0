"""One very large roster: how much sooner with helpers, and what they are sent.

Climbs the dual of a centre of different people, priced by a thread here, by two, and by
helpers in processes of this machine or on a Ray cluster. All must prove the same bound
with the same plan. Appends a line to a file of results.
"""

import argparse
import json
import resource
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from benchmarks.studies import records
from models.roster.columns.elsewhere import HELD, Elsewhere, common
from models.roster.columns.generate import Generator, climbs
from models.roster.columns.pricing import pricer
from models.roster.columns.replies import Replies
from models.roster.columns.shared import Shared
from models.roster.helpers import Helpers
from models.roster.problem import RosterProblem
from scheduler.executing import Processes
from scheduler.executing.on_ray import OnRay
from scheduler.preparing import prepare_made
from scheduler.samples.centre import centre

RESULTS = records.RESULTS / "helpers.jsonl"
WAIT = 0.1  # seconds


@dataclass
class Counted:
    """Helpers, and how many bytes go out and come back."""

    helpers: Helpers
    sent: int = 0
    back: int = 0

    @property
    def width(self) -> int:
        return self.helpers.width

    def submit(self, work: str, content: bytes) -> "Future[bytes]":
        self.sent += len(content)
        asked = self.helpers.submit(work, content)
        asked.add_done_callback(self._count)
        return asked

    def _count(self, asked: "Future[bytes]") -> None:
        if not asked.cancelled() and asked.exception() is None:
            self.back += len(asked.result())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ray", action="store_true", help="Also on a Ray cluster.")
    asked = parser.parse_args()
    plan = centre(asked.agents, hard=True, queues=2)
    problem = prepare_made(plan).problem
    runs = {
        "1 thread": here(problem, 1, asked.rounds),
        "2 threads": here(problem, 2, asked.rounds),
        "1 helper": helped(problem, Processes(1), asked.rounds),
        "2 helpers": helped(problem, Processes(2), asked.rounds),
    }
    if asked.ray:
        runs["Ray, 2 helpers"] = helped(problem, OnRay(count=2), asked.rounds)
    proved = [run.pop("proved") for run in runs.values()]
    record = {
        **records.origin(),
        "agents": asked.agents,
        "rounds": asked.rounds,
        "bytes_common": len(common(problem)),
        "equal": all(one == proved[0] for one in proved),
        "runs": runs,
    }
    records.append(RESULTS, record)
    print(json.dumps(record, indent=1))


def here(problem: RosterProblem, threads: int, count: int) -> dict[str, Any]:
    """Climb with threads of this process."""
    with ThreadPoolExecutor(threads) as pool:
        return climbed(Replies(pricer(problem, pool, threads)), count)


def helped(
    problem: RosterProblem, where: Processes | OnRay, count: int
) -> dict[str, Any]:
    """Climb with helpers, once all are ready."""
    own = pricer(problem, ThreadPoolExecutor(1), 1)
    begun = time.monotonic()
    with where.helpers(HELD, common(problem)) as helpers:
        counted = Counted(helpers)
        elsewhere = Elsewhere(own, counted, lambda: False)
        while not elsewhere.is_ready:
            time.sleep(WAIT)
        ready = round(time.monotonic() - begun, 2)
        counted.sent = counted.back = 0
        found = climbed(elsewhere, count)
        return {
            **found,
            "seconds_ready": ready,
            "bytes_sent": counted.sent // count,
            "bytes_back": counted.back // count,
        }


def climbed(replies: Replies, count: int) -> dict[str, Any]:
    """Return seconds and processor seconds of a climb, and what was proved."""
    problem = replies.pricer.problem
    assert climbs(replies.pricer), "not large enough to be climbed"
    made = Generator(replies, Shared.of(problem), lambda: False)
    made.begin()
    with timed() as seen:
        for _ in range(count):
            made.round(1e9)
    assert made.solution is not None
    return {
        "seconds": round(seen["seconds"] / count, 3),
        "processor_seconds": round(seen["processor"] / count, 3),
        "proved": [made.bound, made.solution.objective],
    }


@contextmanager
def timed() -> Iterator[dict[str, float]]:
    """Give seconds and processor seconds of this process, once it is over."""
    seen: dict[str, float] = {}
    begun, used = time.monotonic(), _used()
    yield seen
    seen["seconds"], seen["processor"] = time.monotonic() - begun, _used() - used


def _used() -> float:
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime


if __name__ == "__main__":
    main()
