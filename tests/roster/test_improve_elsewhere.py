"""Parts solved elsewhere: the same as here, and no harm whoever gets lost."""

import pickle
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib import import_module
from random import Random

import pytest

from models.errors import InvalidInput
from models.roster import check
from models.roster.cpsat import choosing, elsewhere
from models.roster.cpsat.choosing import parts_of_days
from models.roster.cpsat.elsewhere import HELD, Elsewhere
from models.roster.cpsat.improve import Improver
from models.roster.cpsat.part import Own
from models.roster.cpsat.question import Question, answered
from models.roster.cpsat.start import weeks
from models.roster.cpsat.state import State
from models.roster.helpers import Helpers
from models.roster.problem import CaseLimit, RosterProblem
from models.roster.result import Limits, Roster, StopReason
from models.roster.solve import solve
from models.roster.track import Track
from scheduler.executing import Processes
from scheduler.executing.task import function
from tests.roster.answers import best
from tests.roster.generated import small

SEED = 1
LIMITS = Limits(seconds=30, workers=1)
WIDTH = 2


@dataclass
class InThreads:
    """Helpers in this process; ``spoils`` says what goes wrong with the n-th part."""

    spoils: Callable[[int], "Future[bytes] | None"] = lambda _: None
    width: int = WIDTH
    parts: list[bytes] = field(default_factory=list)

    def submit(self, work: str, content: bytes) -> "Future[bytes]":
        found: Future[bytes] = Future()
        if content:
            self.parts.append(content)
            if (spoiled := self.spoils(len(self.parts))) is not None:
                return spoiled
        found.set_result(function(work)(None, content))
        return found


def gone() -> "Future[bytes]":
    """Return what comes of a part whose helper has died."""
    found: Future[bytes] = Future()
    found.set_exception(RuntimeError("gone"))
    return found


def searched(
    helpers: Helpers, stop: threading.Event | None = None
) -> tuple[Improver, StopReason]:
    """A search part by part that may end at the optimum."""
    track = Track()
    track.tell("optimum", bound=best(SEED).bound)
    improver = Improver(small(SEED), LIMITS, track, stop, None, helpers)
    return improver, improver.search()


def is_legal(roster: Roster | None) -> bool:
    """Whether there is a roster of the small problem, and nothing wrong with it."""
    return roster is not None and check.violations(small(SEED), roster) == []


def question() -> Question:
    """The question what all agents of a small problem had best do."""
    return Question(small(SEED), None, LIMITS, LIMITS.seconds)


# Who solves a part


def test_a_part_is_answered_the_same_by_a_helper() -> None:
    helpers = InThreads()
    searched(helpers)
    asked = helpers.parts[:4]
    here = [answered(pickle.loads(content)) for content in asked]
    with Processes(1).helpers(HELD, b"") as others:
        sent = [others.submit(f"{elsewhere.__name__}:answer", one) for one in asked]
        there: list[list[Own]] = [pickle.loads(one.result(60)) for one in sent]
    assert there == here and all(here)


def test_helpers_have_parts_and_the_roster_is_the_best() -> None:
    helpers = InThreads()
    improver, reason = searched(helpers)
    assert reason is StopReason.PROOF and helpers.parts
    assert improver.state.cost == best(SEED).bound
    assert is_legal(improver.state.roster())


def test_a_large_solve_with_helpers_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("models.roster.cpsat.solve"), "LARGE", 0)
    helpers = InThreads()

    @contextmanager
    def opener(held: str, content: bytes) -> Iterator[Helpers]:
        assert function(held)(content) is None
        yield helpers

    limits = Limits(seconds=2, workers=1)
    found = solve(small(SEED), "cpsat", limits, opener=opener)
    assert found.helpers == WIDTH and helpers.parts
    assert is_legal(found.roster)


def test_no_helpers_are_opened_where_one_model_is_enough() -> None:
    @contextmanager
    def never(held: str, content: bytes) -> Iterator[Helpers]:
        raise AssertionError((held, content))
        yield

    assert solve(small(SEED), "cpsat", LIMITS, opener=never).helpers == 0
    with pytest.raises(InvalidInput, match="'milp' asks no helpers, columns and cpsat"):
        solve(small(SEED), "milp", LIMITS, opener=never)


# Who gets lost


def test_whoever_loses_a_part_is_asked_no_more() -> None:
    helpers = InThreads(lambda n: gone())
    improver, reason = searched(helpers)
    assert reason is StopReason.PROOF and len(helpers.parts) == WIDTH
    assert is_legal(improver.state.roster())


def test_who_is_late_is_asked_again_once_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "_LATE", -LIMITS.seconds)
    late: Future[bytes] = Future()
    asked = Elsewhere(InThreads(lambda n: late), lambda: False)
    assert asked.width == WIDTH
    assert asked.answered(question()) is None
    assert asked.width == WIDTH - 1
    late.set_result(b"")
    assert asked.width == WIDTH


def test_nobody_is_asked_who_never_begins() -> None:
    class Absent(InThreads):
        def submit(self, work: str, content: bytes) -> "Future[bytes]":
            assert not content
            return Future()

    improver, reason = searched(Absent())
    assert reason is StopReason.PROOF
    assert is_legal(improver.state.roster())


def test_who_waits_for_a_part_ends_when_told_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(elsewhere, "_LATE", 1000.0)
    stop, never = threading.Event(), Future[bytes]()

    def silent(n: int) -> "Future[bytes]":
        stop.set()
        return never

    improver, reason = searched(InThreads(silent), stop)
    assert reason is StopReason.STOPPED
    assert improver.track.seconds() < LIMITS.seconds


# What are parts


def state_of(problem: RosterProblem) -> State:
    """Return the best roster of the small problem as a state."""
    roster = best(SEED).roster
    assert roster is not None
    state = State(problem)
    state.take(weeks(problem, roster))
    return state


def test_nobody_is_in_two_parts_of_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "_CREW", 1)
    problem = small(SEED)
    state = state_of(problem)
    parts = parts_of_days(problem, state, Random(0), 100)
    working = {(day, a) for day in range(problem.days) for a in state.on_day(day)}
    assert len({day for day, _ in parts}) < len(parts)
    assert sorted((day, a) for day, crew in parts for a in crew) == sorted(working)


def test_whose_case_work_is_limited_over_days_is_in_one_part() -> None:
    problem = small(SEED)
    limit = CaseLimit(days=tuple(range(problem.days)), most=problem.end)
    agents = tuple(replace(a, case_limits=(limit,)) for a in problem.agents)
    state = state_of(problem)
    parts = parts_of_days(replace(problem, agents=agents), state, Random(0), 100)
    chosen = [a for _, crew in parts for a in crew]
    assert chosen and len(set(chosen)) == len(chosen)
    free = parts_of_days(problem, state, Random(0), 100)
    assert len([a for _, crew in free for a in crew]) > len(chosen)
