"""A thousand sites on a hundred nodes, simulated: does who hands out tasks keep up?

The process that hands out tasks does one thing at a time: it reads and packs a plan, or
keeps an answer; no site is solved before every plan is read. Nodes solve, so many tasks
at a time each; some are lost and come back, and what they were solving begins again
elsewhere. Seconds of solves are those that ``sites`` measured, or given.
"""

import argparse
import heapq
import json
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.studies.records import RESULTS, append, origin

BACK_SECONDS = 120.0  # until a node that was lost is there again
READY, DONE, LOST, BACK = range(4)


@dataclass(frozen=True)
class Asked:
    """What is simulated.

    Attributes
    ----------
    solve
        Seconds of solves, drawn from.
    pack, keep
        Seconds in which a task is made, and an answer kept.
    hours_to_loss
        Mean time from a node's start to its loss.
    """

    sites: int
    nodes: int
    slots: int
    solve: tuple[float, ...]
    pack: float
    keep: float
    hours_to_loss: float
    seed: int = 0


@dataclass(eq=False)
class Cluster:
    """Nodes with tasks, and the one who hands them out."""

    asked: Asked
    draw: Random
    events: list[tuple[float, int, int, Any]] = field(default_factory=list)
    waiting: deque[int] = field(default_factory=deque)  # tasks made, not begun
    answers: deque[int] = field(default_factory=deque)  # not kept yet
    on: dict[int, dict[int, int]] = field(default_factory=dict)  # run: task, by node
    made: int = 0
    kept: int = 0
    again: int = 0
    lost: int = 0
    runs: int = 0
    told: int = 0
    busy: float = 0.0
    is_busy: bool = False
    longest: int = 0

    def run(self) -> float:
        """Return the seconds until every answer is kept."""
        for node in range(self.asked.nodes):
            self._up(0.0, node)
        self._work(0.0)
        now = 0.0
        while self.kept < self.asked.sites:
            now, _, kind, told = heapq.heappop(self.events)
            self._happen(now, kind, told)
        return now

    def _happen(self, now: float, kind: int, told: Any) -> None:
        if kind == READY:
            self.is_busy = False
            what, task = told
            if what == "made":
                self.waiting.append(task)
            else:
                self.kept += 1
        elif kind == DONE:
            node, run = told
            task = self.on.get(node, {}).pop(run, None)
            if task is not None:
                self.answers.append(task)
                self.longest = max(self.longest, len(self.answers))
        elif kind == LOST:
            self.lost += 1
            gone = self.on.pop(told)
            self.again += len(gone)
            self.waiting.extendleft(gone.values())
            self._at(now + BACK_SECONDS, BACK, told)
        else:
            self._up(now, told)
        self._begin(now)
        self._work(now)

    def _up(self, now: float, node: int) -> None:
        self.on[node] = {}
        life = self.draw.expovariate(1 / (3600 * self.asked.hours_to_loss))
        self._at(now + life, LOST, node)

    def _begin(self, now: float) -> None:
        """Begin tasks where there is room, once every plan is known to be right."""
        if self.made < self.asked.sites:
            return
        for node, runs in self.on.items():
            while self.waiting and len(runs) < self.asked.slots:
                self.runs += 1
                runs[self.runs] = self.waiting.popleft()
                seconds = self.draw.choice(self.asked.solve)
                self._at(now + seconds, DONE, (node, self.runs))

    def _work(self, now: float) -> None:
        """Let who hands out tasks do the next thing: keep an answer, else make one."""
        if self.is_busy:
            return
        if self.answers:
            told, seconds = ("kept", self.answers.popleft()), self.asked.keep
        elif self.made < self.asked.sites:
            told, seconds = ("made", self.made), self.asked.pack
            self.made += 1
        else:
            return
        self.is_busy = True
        self.busy += seconds
        self._at(now + seconds, READY, told)

    def _at(self, when: float, kind: int, told: Any) -> None:
        self.told += 1  # of two events at once the first is that told first
        heapq.heappush(self.events, (when, self.told, kind, told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=1000)
    parser.add_argument("--nodes", type=int, default=100)
    parser.add_argument("--slots", type=int, default=2, help="tasks at a time, a node")
    parser.add_argument("--solve", type=float, nargs="+", help="seconds of solves")
    parser.add_argument("--pack", type=float, default=1.7, help="seconds for a task")
    parser.add_argument(
        "--keep", type=float, default=0.05, help="seconds for an answer"
    )
    parser.add_argument("--measured", type=Path, default=RESULTS / "sites.jsonl")
    parser.add_argument("--into", type=Path, default=RESULTS / "coordinator.jsonl")
    given = parser.parse_args()
    solve = tuple(given.solve or _measured(given.measured))
    for hours in (1e6, 100.0, 10.0, 1.0):
        asked = Asked(
            given.sites, given.nodes, given.slots, solve, given.pack, given.keep, hours
        )
        record = {**origin(), **simulated(asked)}
        append(given.into, record)
        print(json.dumps({k: v for k, v in record.items() if k != "versions"}))


def simulated(asked: Asked) -> dict[str, Any]:
    """Return how long it takes, how busy the one is, and what nodes lose."""
    cluster = Cluster(asked, Random(asked.seed))
    seconds = cluster.run()
    mean = sum(asked.solve) / len(asked.solve)
    least = asked.sites * mean / (asked.nodes * asked.slots)
    return {
        "sites": asked.sites,
        "nodes": asked.nodes,
        "slots": asked.slots,
        "solve_seconds": round(mean, 1),
        "pack_seconds": asked.pack,
        "keep_seconds": asked.keep,
        "hours_to_loss": asked.hours_to_loss,
        "seconds": round(seconds, 1),
        "of_least": round(seconds / least, 2),
        "busy": round(cluster.busy / seconds, 3),
        "nodes_lost": cluster.lost,
        "solved_again": cluster.again,
        "answers_waiting": cluster.longest,
    }


def _measured(path: Path) -> list[float]:
    """Return the seconds of the newest run of ``sites``, of those that were solved."""
    *_, last = path.read_text(encoding="utf-8").splitlines()
    each = json.loads(last)["each"]
    return [one["seconds"] for one in each if one["seconds"] is not None]


if __name__ == "__main__":
    main()
