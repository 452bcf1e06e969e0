"""One large roster, part by part: what helpers add to the search of ``cpsat``.

Improves the first roster of ``columns`` with one thread, alone and beside helpers in
processes of this machine, for as long each. Tells the parts answered a minute, here and
by helpers, how many made the roster cheaper, and the cost after so many seconds.
Appends a line to a file of results.
"""

import argparse
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from benchmarks.studies import records
from models.roster import check
from models.roster.cpsat import improve
from models.roster.cpsat.elsewhere import HELD
from models.roster.cpsat.part import Own
from models.roster.cpsat.question import Question
from models.roster.cpsat.solve import is_large
from models.roster.problem import UNIT, RosterProblem
from models.roster.result import Limits, Roster
from models.roster.solve import solve
from models.roster.track import Track
from scheduler.executing import Processes
from scheduler.preparing import prepare_made
from scheduler.samples.centre import centre

RESULTS = records.RESULTS / "parts.jsonl"
FIRST = 120.0  # seconds that the first roster may take


class Counted(improve.Improver):
    """A search that counts the parts answered, and those taken."""

    def __init__(self, *asked: Any) -> None:
        super().__init__(*asked)
        self.answered: dict[str, int] = {"here": 0, "helpers": 0}
        self.taken = 0
        self._lock = threading.Lock()

    def _askers(self) -> Iterator[improve.Ask]:
        for n, ask in enumerate(super()._askers()):
            who = "here" if n < self.limits.workers else "helpers"
            yield partial(self._ask, ask, who)

    def _ask(
        self, ask: improve.Ask, who: str, question: Question
    ) -> Sequence[Own] | None:
        found = ask(question)
        with self._lock:
            self.answered[who] += bool(found)
        return found

    def _take(self, fresh: improve.Fresh, phase: str) -> None:
        before = self.state.cost
        super()._take(fresh, phase)
        self.taken += self.state.cost != before


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=280.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--helpers", type=int, nargs="+", default=[0, 1, 2])
    asked = parser.parse_args()
    problem = prepare_made(centre(asked.agents)).problem
    assert is_large(problem), "not large enough to be solved part by part"
    limits = Limits(seconds=asked.seconds, seed=asked.seed, workers=1)
    first = solve(problem, "columns", Limits(seconds=FIRST, workers=1, work=1)).roster
    assert first is not None, "no roster to begin with"
    record = {
        **records.origin(),
        "agents": asked.agents,
        "seconds": asked.seconds,
        "seed": asked.seed,
        "runs": {str(n): run(problem, first, limits, n) for n in asked.helpers},
    }
    records.append(RESULTS, record)
    print(json.dumps(record, indent=1))


def run(
    problem: RosterProblem, first: Roster, limits: Limits, count: int
) -> dict[str, Any]:
    """Search with so many helpers, and tell what came of it."""
    with helped(count) as helpers:
        track = Track()
        search = Counted(problem, limits, track, None, first, helpers)
        search.search()
    roster = search.state.roster()
    legal = roster is not None and not check.violations(problem, roster)
    minutes = track.seconds() / 60
    return {
        "parts_a_minute": {
            who: round(n / minutes, 1) for who, n in search.answered.items()
        },
        "taken": search.taken,
        "cost_first": check.cost(problem, first) / UNIT,
        "cost": cost_by(track, limits.seconds),
        "legal": legal,
    }


def cost_by(track: Track, seconds: float) -> dict[str, float | None]:
    """Return the cost in paid hours after each quarter of the time."""
    found = {}
    for quarter in range(1, 5):
        until = seconds * quarter / 4
        costs = [p.best for p in track.seen if p.best and p.seconds <= until]
        found[f"{until:g}"] = round(costs[-1] / UNIT, 3) if costs else None
    return found


@contextmanager
def helped(count: int) -> Iterator[Any]:
    """Give so many helpers; ``None`` for none."""
    if not count:
        yield None
        return
    with Processes(count).helpers(HELD, b"") as helpers:
        yield helpers


if __name__ == "__main__":
    main()
