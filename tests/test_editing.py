"""Edits of a roster: the answer is the whole check's, what was asked for is done."""

import random
from collections import Counter
from pathlib import Path

import pytest

from models.errors import InvalidInput
from models.roster import check, cpsat
from models.roster.editing import (
    DayOff,
    Edit,
    Move,
    PutShift,
    PutWork,
    Standing,
    answer,
    edited,
)
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Limits, Roster
from models.roster.track import Track
from scheduler.pipeline import Asked, build, prepare
from tests.roster.generated import small
from tests.roster.generated_rules import ruled

LIMITS = Limits(seconds=20, workers=1)
_FREE = (Kind.VOICE, Kind.CASE, Kind.IDLE)


def solved(problem: RosterProblem) -> Roster:
    """Return a roster; an empty one where none was found."""
    return cpsat.solve(problem, LIMITS, Track()).roster or Roster((), ())


def drawn(rng: random.Random, standing: Standing) -> Edit:
    """Return some edit, often one that breaks rules."""
    problem = standing.problem
    agent = rng.randrange(len(problem.agents))
    week = standing.weeks[agent]
    step = rng.choice([-3, -2, -1, 1, 2, 3]) * problem.period
    kind = rng.randrange(5)
    if kind == 0 or not week.worked:
        shift = rng.choice(problem.shifts)
        return PutShift(agent, shift.day, shift.shift_type, shift.start, shift.end)
    worked = rng.choice(week.worked)
    own = [x for x in week.activities or () if worked.start <= x.start < worked.end]
    if kind == 1:
        return DayOff(agent, worked.day)
    if kind == 2:
        start, end = worked.start + step, worked.end + rng.choice([0, step])
        return PutShift(agent, worked.day, worked.shift_type, start, end)
    if kind == 3 and own:
        one = rng.choice(own)
        return Move(agent, one.start, one.start + step)
    work = rng.choice([None, *range(len(problem.works))])
    return PutWork(agent, worked.start, worked.start + abs(step), work)


def sorted_words(found: list[check.Violation]) -> list[str]:
    return sorted(map(repr, found))


def assert_is_whole_check(standing: Standing) -> None:
    problem, roster = standing.problem, standing.roster
    assert standing.parts == check.objective(problem, roster)
    told = check.violations(problem, roster)
    assert sorted_words(standing.violations) == sorted_words(told)
    assert standing.cover == check.cover(problem, roster)
    assert standing.accounts == check.accounts(problem, roster)


@pytest.mark.parametrize("make", [small, ruled])
@pytest.mark.parametrize("seed", range(4))
def test_the_answer_is_that_of_the_whole_check(make, seed: int) -> None:
    problem = make(seed)
    roster = solved(problem) if make is small else Roster((), ())
    rng = random.Random(seed)
    first = standing = Standing.of(problem, roster)
    assert_is_whole_check(standing)
    done = 0
    for _ in range(25):
        try:
            then = edited(standing, drawn(rng, standing))
        except InvalidInput:
            continue
        assert_is_whole_check(then)
        found = answer(standing, then)
        before, now = standing.parts, then.parts
        assert found.change == {goal: now[goal] - before[goal] for goal in now}
        assert Counter([*found.new, *found.kept]) == Counter(then.violations)
        assert not set(found.new) & set(standing.violations)
        assert set(found.mended) == set(standing.violations) - set(then.violations)
        standing, done = then, done + 1
    assert done
    assert_is_whole_check(first)  # what was before is as it was


@pytest.mark.parametrize("seed", range(6))
def test_only_the_shift_that_is_touched_changes(seed: int) -> None:
    problem = small(seed)
    roster = solved(problem)
    rng = random.Random(100 + seed)
    standing = Standing.of(problem, roster)
    for _ in range(40):
        edit = drawn(rng, standing)
        try:
            then = edited(standing, edit)
        except InvalidInput:
            continue
        for a, week in then.weeks.items():
            if a != edit.agent:
                assert week is standing.weeks[a]
        assert_is_done(edit, standing.weeks[edit.agent], then.weeks[edit.agent])


def assert_is_done(edit: Edit, before: Roster, now: Roster) -> None:
    moved = set(before.worked) ^ set(now.worked)
    days = {w.day for w in moved}
    assert len(days) <= 1
    if isinstance(edit, Move | PutWork):
        assert not moved
    if isinstance(edit, PutShift):
        put = (edit.day, edit.shift_type, edit.start, edit.end)
        assert put in [(w.day, w.shift_type, w.start, w.end) for w in now.worked]
    if isinstance(edit, DayOff):
        assert edit.day not in {w.day for w in now.worked}
    assert_is_filled(now)


def assert_is_filled(now: Roster) -> None:
    """Nobody has a gap, or two things to do at once."""
    for w in now.worked:
        inside = [x for x in now.activities or () if w.start <= x.start < w.end]
        edges = [w.start, *(x.end for x in inside)]
        assert edges[-1] == w.end
        assert [x.start for x in inside] == edges[:-1]


@pytest.fixture(scope="module")
def bank() -> Standing:
    prepared = prepare(Path("data/samples/tiny"))
    outcome = build(prepared, Asked("cpsat", Limits(10, 0.05, 0, 1)))
    assert outcome.result.roster is not None
    return Standing.of(prepared.problem, outcome.result.roster)


def test_a_legal_move_of_a_shift_keeps_the_day_legal(bank: Standing) -> None:
    """Breaks find legal places, and what is in the shift keeps to the rules."""
    structure = {"activities_fill_shifts", "each_break_once", "breaks_in_window"}
    structure |= {"breaks_in_order", "breaks_apart", "skills", "opening_hours"}
    structure |= {"case_hours", "shortest_case_block", "longest_case_block"}
    count = 0
    for agent, person in enumerate(bank.problem.agents):
        for shift in bank.problem.shifts:
            if shift.shift_type not in person.shift_types:
                continue
            put = PutShift(agent, shift.day, shift.shift_type, shift.start, shift.end)
            found = answer(bank, edited(bank, put))
            assert not {v.rule for v in found.new} & structure, put
            count += 1
    assert count > 20


def test_moving_there_and_back_breaks_nothing_new(bank: Standing) -> None:
    agent, week = next((a, w) for a, w in bank.weeks.items() if w.worked)
    shift = week.worked[0]
    away = PutShift(
        agent, shift.day, shift.shift_type, shift.start + 60, shift.end + 60
    )
    back = PutShift(agent, shift.day, shift.shift_type, shift.start, shift.end)
    then = edited(edited(bank, away), back)
    assert then.weeks[agent].worked == week.worked
    assert not answer(bank, then).new


def test_a_break_that_is_moved_too_early_stays_and_is_told(bank: Standing) -> None:
    for agent, week in bank.weeks.items():
        for x in week.activities or ():
            if x.kind is Kind.BREAK:
                (shift,) = (w for w in week.worked if w.start <= x.start < w.end)
                then = edited(bank, Move(agent, x.start, shift.start))
                own = then.weeks[agent].activities or ()
                assert any(
                    (y.kind, y.name, y.start) == (x.kind, x.name, shift.start)
                    for y in own
                )
                found = answer(bank, then)
                assert {v.rule for v in found.new} >= {"breaks_in_window"}
                return
    pytest.fail("no break")


def test_nonsense_is_refused(bank: Standing) -> None:
    agent, week = next((a, w) for a, w in bank.weeks.items() if w.worked)
    w = week.worked[0]
    wrong: list[Edit] = [
        PutShift(agent, w.day, w.shift_type, w.start + 1, w.end + 1),
        PutShift(agent, w.day, w.shift_type, w.end, w.start),
        PutShift(agent, w.day, w.shift_type, w.start - 1440, w.end - 1440),
        PutShift(agent, w.day, 99, w.start, w.end),
        PutShift(agent, w.day, w.shift_type, w.start, w.end, replaces=w.start + 15),
        PutShift(99, w.day, w.shift_type, w.start, w.end),
        PutShift(-1, w.day, w.shift_type, w.start, w.end),
        PutShift(agent, w.day, w.shift_type, w.start, bank.problem.end + 15),
        DayOff(agent, 99),
        Move(agent, w.start, w.end),
        Move(agent, w.start + 1, w.start + 15),
        Move(agent, w.start, w.start + 60, w.start),
        PutWork(agent, w.start, w.end + 15, None),
        PutWork(agent, w.start, w.start, None),
        PutWork(agent, w.start, w.start + 15, 99),
    ]
    for edit in wrong:
        with pytest.raises(InvalidInput):
            edited(bank, edit)


def test_a_roster_without_activities_cannot_be_edited(bank: Standing) -> None:
    with pytest.raises(InvalidInput, match="activities"):
        Standing.of(bank.problem, Roster(bank.roster.worked, None))
