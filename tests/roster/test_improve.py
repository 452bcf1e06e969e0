"""Part by part, for large problems: run here on small ones, whose optimum is known.

And the hint that each part starts from: complete, legal, and of the same cost.
"""

import threading
import time
from dataclasses import replace
from functools import cache
from random import Random

import pytest
from ortools.sat.python import cp_model

from models.roster import check, cpsat
from models.roster.cpsat import improve, likely
from models.roster.cpsat.day import OfDay, refill_problem
from models.roster.cpsat.hint import add_hint
from models.roster.cpsat.improve import Improver
from models.roster.cpsat.likely import with_likely_shifts
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.part import Own, given, nothing
from models.roster.problem import (
    UNIT,
    Agent,
    Kind,
    Meeting,
    RosterProblem,
    Shift,
    ShiftType,
    WeekLimits,
)
from models.roster.reach import in_headcount
from models.roster.result import Activity, Limits, Roster, StopReason, Worked
from models.roster.track import Track
from tests.roster.answers import best, seeds, solved
from tests.roster.generated import small
from tests.roster.generated_rules import shifts_of

SEEDS = range(1, 9)
LIMITS = Limits(seconds=2, workers=1)


@cache
def improved(seed: int, workers: int = 1) -> tuple[Improver, StopReason]:
    """A search part by part that is told the optimum, so that it may end there."""
    track = Track()
    track.tell("optimum", bound=best(seed).bound)
    improver = Improver(small(seed), replace(LIMITS, workers=workers), track, None)
    return improver, improver.search()


# Part by part


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("seed", SEEDS)
def test_part_by_part_gives_a_legal_roster(seed: int, workers: int) -> None:
    improver, reason = improved(seed, workers)
    roster = improver.state.roster()
    assert roster is not None
    assert check.violations(small(seed), roster) == []
    cost = check.cost(small(seed), roster)
    assert improver.state.cost == improver.track.best == cost
    assert cost >= best(seed).bound
    proved = cost == best(seed).bound
    assert reason is (StopReason.PROOF if proved else StopReason.TIME_LIMIT)
    costs = [p.best for p in improver.track.seen if p.best is not None]
    assert costs == sorted(set(costs), reverse=True)


def test_part_by_part_mostly_reaches_the_optimum() -> None:
    reached = sum(improved(s)[0].state.cost == best(s).bound for s in SEEDS)
    assert reached >= len(SEEDS) / 2


def test_without_a_bound_it_searches_until_the_time_is_up() -> None:
    improver = Improver(small(3), replace(LIMITS, seconds=1), Track(), None)
    assert improver.search() is StopReason.TIME_LIMIT
    assert 1 <= improver.track.seconds() < 2
    assert check.violations(small(3), improver.state.roster()) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_stopped_before_it_starts_it_ends_at_once(seed: int) -> None:
    stop = threading.Event()
    stop.set()
    since = time.monotonic()
    improver = Improver(small(seed), LIMITS, Track(), stop)
    assert improver.search() is StopReason.STOPPED
    assert time.monotonic() - since < 1
    # It gets no further than the first agent.
    assert len(improver.state.own) <= 1


def test_stopped_on_the_way_it_keeps_the_best_so_far() -> None:
    stop = threading.Event()
    track = Track(lambda progress: progress.best is not None and stop.set())
    limits = replace(LIMITS, seconds=60)
    improver = Improver(small(1), limits, track, stop)
    assert improver.search() is StopReason.STOPPED
    assert track.seconds() < limits.seconds / 2
    assert check.violations(small(1), improver.state.roster()) == []
    assert check.cost(small(1), improver.state.roster()) == track.best


# A part is the problem it says it is


def two_meetings_alike() -> tuple[RosterProblem, Roster]:
    """A problem whose one agent has two meetings of one name, and a roster of it.

    Either may be held on either of the two days worked; one is held on each.
    """
    shifts = [Shift(0, d, d * 1440 + 480, d * 1440 + 720, 240) for d in range(2)]
    meeting = Meeting("1:1", 60, 0, 2 * 1440)
    agent = Agent(
        "A0",
        frozenset({0}),
        speeds=(),
        weeks=(WeekLimits(0, 480, 0, 0, 2),),
        meetings=(meeting, meeting),
    )
    problem = RosterProblem(
        period=60,
        day_starts=(0, 1440, 2880),
        periods=48,
        weeks=((0, 1),),
        shift_types=(ShiftType("day"),),
        shifts=tuple(shifts),
        works=(),
        agents=(agent,),
        idle_cost=UNIT,
    )
    worked = tuple(Worked(0, s.day, 0, s.start, s.end, 240) for s in shifts)
    doing = tuple(
        x
        for s in shifts
        for x in (
            Activity(0, s.start, s.start + 60, Kind.MEETING, "1:1"),
            Activity(0, s.start + 60, s.end, Kind.IDLE),
        )
    )
    return problem, Roster(worked, doing)


def test_a_day_holds_the_meetings_it_held() -> None:
    problem, roster = two_meetings_alike()
    assert check.violations(problem, roster) == []
    (agent,), doing = problem.agents, roster.activities or ()
    total = nothing(problem) + given(problem, agent, (), doing[2:])
    own = Own(roster.worked, doing, 0)
    part = refill_problem(problem, total, 0, [OfDay(agent, own)])
    assert len(part.agents[0].meetings) == 1


# The hint


def hinted_cost(problem: RosterProblem, roster: Roster) -> int | None:
    """What a roster costs by the model once every hint is an order."""
    made = RosterModel(problem)
    add_hint(made, roster)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    code = solver.solve(made.model)
    if code != cp_model.OPTIMAL:
        return None
    assert made.roster(solver.value) == by_agent(roster)
    return round(solver.objective_value)


def by_agent(roster: Roster) -> Roster:
    return Roster(
        tuple(sorted(roster.worked, key=lambda w: (w.agent, w.start))),
        tuple(sorted(roster.activities or (), key=lambda x: (x.agent, x.start))),
    )


@seeds
def test_a_hint_is_the_whole_roster(seed: int) -> None:
    if best(seed).roster is None:
        return
    problem, optimal = small(seed), best(seed).roster
    assert hinted_cost(problem, optimal) == best(seed).bound
    # Any roster, not only the best: what is left open would be filled in better.
    poor = cpsat.solve(problem, Limits(seconds=30, gap=1e6, workers=1), Track()).roster
    assert poor is not None
    assert hinted_cost(problem, poor) == check.cost(problem, poor)


@pytest.mark.parametrize("seed", range(12))
def test_where_a_day_has_one_shift_and_nothing_to_do_it_is_hinted_once(
    seed: int,
) -> None:
    whole = shifts_of(seed)
    first = {shift.day: shift for shift in reversed(whole.shifts)}
    agents = tuple(replace(a, meetings=(), pins=()) for a in whole.agents)
    kinds = tuple(replace(kind, breaks=()) for kind in whole.shift_types)
    problem = replace(
        whole, agents=agents, shift_types=kinds, shifts=tuple(sorted_by_day(first))
    )
    found = cpsat.solve(problem, Limits(seconds=30, workers=1), Track()).roster
    if found is not None:
        assert hinted_cost(problem, found) == check.cost(problem, found)


def sorted_by_day(shifts: dict[int, Shift]) -> list[Shift]:
    return [shifts[day] for day in sorted(shifts)]


def test_a_hint_tells_meetings_alike_apart() -> None:
    problem, roster = two_meetings_alike()
    assert hinted_cost(problem, roster) == check.cost(problem, roster)


@seeds
def test_a_hint_says_every_decision(seed: int) -> None:
    if best(seed).roster is None:
        return
    made = RosterModel(small(seed))
    add_hint(made, best(seed).roster)
    hinted = made.model.proto.solution_hint.vars
    decisions = {
        variable.index
        for own in made.agents
        for group in (
            own.works,
            own.on,
            own.idle,
            *own.takes.values(),
            *own.meets,
            *own.does.values(),
            *own.begins.values(),
        )
        for variable in (group if isinstance(group, dict) else dict(group)).values()
    }
    assert sorted(hinted) == sorted(decisions)


def test_poor_rosters_are_hinted_too() -> None:
    """The rosters of the test before are not all optimal."""
    gaps = []
    for seed in SEEDS:
        limits = Limits(seconds=30, gap=1e6, workers=1)
        poor = cpsat.solve(small(seed), limits, Track()).roster
        gaps.append(check.cost(small(seed), poor) > best(seed).bound)
    assert any(gaps)


# Rosters of shifts only


@pytest.mark.parametrize("most", [0, 10_000])
def test_shifts_agent_by_agent(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the likeliest shifts of each day, or all of them, and what they cost."""
    monkeypatch.setattr(improve, "MANY", most)
    monkeypatch.setattr(likely, "_A_DAY", 2)
    reached = met = 0
    for seed in range(12):
        problem = shifts_of(seed)
        best_of = solved(problem)
        if best_of.roster is None or not problem.headcounts:
            continue
        met += 1
        track = Track()
        track.tell("optimum", bound=best_of.bound)
        improver = Improver(problem, LIMITS, track, None)
        improver.search()
        roster = improver.state.roster()
        assert roster is not None
        assert check.violations(problem, roster) == []
        assert improver.state.cost == check.cost(problem, roster)
        reached += improver.state.cost == best_of.bound
    assert met >= 4 and reached >= met / 2


def test_likely_shifts_are_those_that_people_lack_most_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of each day the most wanted one, pins, and what is there already."""
    monkeypatch.setattr(likely, "_A_DAY", 1)
    met = 0
    for seed in range(30):
        problem = shifts_of(seed)
        for row in problem.headcounts:
            such = {problem.shifts[i] for i in in_headcount(problem, row).nonzero()[0]}
            others = [shift for shift in problem.shifts if shift not in such]
            if not such or not others:
                continue
            lack = replace(row, needed=row.fixed + 5, under_cost=10 * UNIT)
            asked = replace(problem, headcounts=(lack,))
            part = with_likely_shifts(asked, others[-1:], Random(seed))
            assert others[-1] in part.shifts
            assert part.headcounts == (lack,)
            for day in {shift.day for shift in such}:
                assert any(shift in such for shift in part.shifts if shift.day == day)
            met += len(part.shifts) < len(problem.shifts)
    assert met >= 10
