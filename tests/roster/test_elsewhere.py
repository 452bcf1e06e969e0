"""Replies found elsewhere: the same as here, whoever gets lost."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from models.errors import InvalidInput
from models.roster import check
from models.roster.columns import generate
from models.roster.columns.elsewhere import HELD, Elsewhere, common
from models.roster.columns.generate import Generator
from models.roster.columns.pricing import Pricer, pricer
from models.roster.columns.replies import Replies
from models.roster.columns.shared import Shared
from models.roster.halting import Halted
from models.roster.helpers import Helpers
from models.roster.problem import RosterProblem
from models.roster.result import Limits
from models.roster.solve import solve
from scheduler.executing import Processes
from scheduler.executing.task import function
from tests.roster.answers import seeds, small, solvable

ROUNDS = 2
LOST = (frozenset[int](), frozenset({1, 3}), frozenset(range(5)))


@dataclass
class InThreads:
    """Helpers in this process; those of ``lost`` never answer well."""

    held: object
    width: int = 2
    lost: frozenset[int] = frozenset()
    asked: list[str] = field(default_factory=list)

    def submit(self, work: str, content: bytes) -> "Future[bytes]":
        self.asked.append(work)
        found: Future[bytes] = Future()
        if len(self.asked) > self.width and len(self.asked) % 5 in self.lost:
            found.set_exception(RuntimeError("gone"))
        else:
            found.set_result(function(work)(self.held, content))
        return found


@pytest.fixture(autouse=True)
def climbing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every problem's dual climbed, as that of a very large one."""
    monkeypatch.setattr(generate, "_MANY", 0)


def plain(seed: int) -> RosterProblem:
    """Return a small problem whose dual can be climbed."""
    return replace(small(seed), headcounts=(), fills=())


def opened(problem: RosterProblem) -> object:
    """Return what helpers hold."""
    return function(HELD)(common(problem))


def bounds(problem: RosterProblem, replies: Replies) -> list[tuple[int, float]]:
    """Return the bound and the plan's cost, round by round."""
    made = Generator(replies, Shared.of(problem), lambda: False)
    made.begin()
    found = []
    for _ in range(ROUNDS):
        made.round(60.0)
        assert made.solution is not None
        found.append((made.bound, made.solution.objective))
    return found


def priced(problem: RosterProblem) -> Pricer:
    """Return the pricer of a problem."""
    return pricer(problem, ThreadPoolExecutor(1), 1)


@seeds
def test_it_does_not_matter_who_finds_a_reply(seed: int) -> None:
    problem = plain(solvable(seed))
    own, here = priced(problem), bounds(problem, Replies(priced(problem)))
    helpers = InThreads(opened(problem), lost=LOST[seed % len(LOST)])
    elsewhere = Elsewhere(own, helpers, lambda: False)
    assert elsewhere.is_ready
    assert bounds(problem, elsewhere) == here
    assert len(helpers.asked) > helpers.width or len(own.classes) < helpers.width


def test_who_holds_another_problem_is_not_asked() -> None:
    problem, other = plain(1), plain(2)
    elsewhere = Elsewhere(priced(problem), Broken(opened(other)), lambda: False)
    assert not elsewhere.is_ready
    assert bounds(problem, elsewhere) == bounds(problem, Replies(priced(problem)))


class Broken(InThreads):
    """Helpers that say what went wrong."""

    def submit(self, work: str, content: bytes) -> "Future[bytes]":
        with pytest.raises(InvalidInput, match="another problem") as error:
            super().submit(work, content)
        found: Future[bytes] = Future()
        found.set_exception(error.value)
        return found


def test_who_waits_for_a_reply_ends_when_told_to() -> None:
    problem = plain(1)
    own = priced(problem)
    elsewhere = Elsewhere(own, Silent(opened(problem)), lambda: True)
    every = np.arange(len(own.classes))
    assert len(every) >= elsewhere.helpers.width
    free = Generator(Replies(own), Shared.of(problem), lambda: False)
    free.begin()
    assert free.best is not None
    prices = generate.prices_of(own, free.shared, free.best)
    with pytest.raises(Halted):
        elsewhere.find(every, prices, filled=True)


class Silent(InThreads):
    """Helpers that are ready and never answer."""

    def submit(self, work: str, content: bytes) -> "Future[bytes]":
        if len(self.asked) < self.width:
            return super().submit(work, content)
        return Future()


def test_a_solve_with_helpers_in_processes_says_so() -> None:
    problem = plain(1)
    limits = Limits(seconds=20.0, workers=2, work=5)
    result = solve(problem, "columns", limits, opener=Processes(2).helpers)
    assert result.roster is not None and result.helpers == 2
    assert check.violations(problem, result.roster) == []


def test_no_helpers_are_opened_where_they_would_not_be_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(generate, "_MANY", 1_000_000)

    @contextmanager
    def never(opener: str, content: bytes) -> Iterator[Helpers]:
        raise AssertionError((opener, content))
        yield

    limits = Limits(seconds=20.0, workers=1, work=5)
    assert solve(plain(1), "columns", limits, opener=never).helpers == 0
