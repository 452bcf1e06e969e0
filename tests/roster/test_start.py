"""Starting from a roster: what of it is used, and that the answer is never worse."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from models.errors import InvalidInput
from models.roster import check, cpsat, milp
from models.roster.cpsat.improve import Improver
from models.roster.cpsat.model import RosterModel
from models.roster.cpsat.start import hint_start
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Limits, Roster, Status
from models.roster.solve import STARTING, solve
from models.roster.start import settled, usable
from models.roster.track import Track
from tests.roster.builders import H, agent, need, problem, roster, voice, week
from tests.roster.generated import small

AT_ONCE = Limits(seconds=1e-3, workers=1)
SOON = Limits(seconds=20, gap=0.3, workers=1)
SEEDS = [seed for seed in range(1, 9) if seed != 6]
engines = pytest.mark.parametrize("engine", STARTING)
seeds = pytest.mark.parametrize("seed", SEEDS)


@cache
def poor(seed: int) -> Roster:
    """The first roster found of a small problem."""
    found = cpsat.solve(small(seed), Limits(seconds=30, gap=1e6, workers=1), Track())
    assert found.roster is not None
    return found.roster


def only(agents: Iterable[int], whole: Roster) -> Roster:
    """A roster without the weeks of the others."""
    kept = set(agents)
    return Roster(
        tuple(w for w in whole.worked if w.agent in kept),
        tuple(x for x in whole.activities or () if x.agent in kept),
    )


def pair(**fields: Any) -> RosterProblem:
    """Ann and Bob, one day, two shifts of four hours to choose from, calls all day."""
    return problem(
        **{
            "days": 1,
            "day_minutes": 10 * H,
            "menu": [(0, 0, 4), (0, 4, 8)],
            "works": [voice()],
            "agents": [agent("Ann", speeds=(100,)), agent("Bob", speeds=(100,))],
            "covers": [need(dict.fromkeys(range(8), 100))],
            **fields,
        }
    )


ANN, BOB = (0, 0, "calls calls calls calls"), (1, 1, "calls calls calls calls")
TWICE = ((1, 0, "calls calls calls calls"), BOB)  # two shifts that touch


# What is used of a roster


@seeds
def test_of_a_legal_roster_all_is_used(seed: int) -> None:
    start = usable(small(seed), poor(seed))
    assert start.left_out == ()
    assert start.cost == check.cost(small(seed), poor(seed))
    assert check.cost(small(seed), start.roster) == start.cost


def test_who_breaks_a_rule_is_left_out_with_the_rule() -> None:
    found = usable(pair(), roster(pair(), ANN, *TWICE))
    assert [(out.agent, out.rule) for out in found.left_out] == [(1, "shifts_apart")]
    assert found.left_out[0].message.startswith("Bob: ")
    assert {w.agent for w in found.roster.worked} == {0}
    assert {x.agent for x in found.roster.activities or ()} == {0}
    # A week without shifts is legal too, so this is a whole roster.
    assert found.cost == check.cost(pair(), roster(pair(), ANN))


def test_who_must_work_and_has_no_shift_is_left_out() -> None:
    must = agent("Bob", speeds=(100,), weeks=(week(min_minutes=4 * H),))
    asked = pair(agents=[agent("Ann", speeds=(100,)), must])
    found = usable(asked, roster(asked, ANN))
    assert [(out.agent, out.rule) for out in found.left_out] == [(1, "minimum_hours")]
    assert found.cost is None
    assert settled(asked, found.roster) == [0]


def test_time_on_other_is_left_out() -> None:
    given = roster(pair(), ANN, BOB)
    doing = tuple(
        replace(x, kind=Kind.OTHER, name="fair") if x.agent == 1 else x
        for x in given.activities or ()
    )
    given = replace(given, activities=doing)
    assert check.violations(pair(), given) == []
    found = usable(pair(), given)
    assert [(out.agent, out.rule) for out in found.left_out] == [(1, "other")]


def test_stretches_of_one_work_that_touch_are_one() -> None:
    given = roster(pair(), ANN)
    (whole,) = given.activities or ()
    halves = (replace(whole, end=2 * H), replace(whole, start=2 * H))
    assert usable(pair(), replace(given, activities=halves)).roster == given


def test_of_shifts_alone_the_cost_is_not_known() -> None:
    found = usable(pair(), replace(roster(pair(), ANN, BOB), activities=None))
    assert (found.left_out, found.cost) == ((), None)


# Never worse


@seeds
@engines
def test_never_worse_than_the_start(engine: str, seed: int) -> None:
    asked, given = small(seed), poor(seed)
    found = solve(asked, engine, AT_ONCE, start=given)
    assert found.roster is not None
    assert found.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert check.violations(asked, found.roster) == []
    assert check.cost(asked, found.roster) <= check.cost(asked, given)


@seeds
def test_part_by_part_is_never_worse_than_the_start(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("models.roster.cpsat.solve"), "LARGE", 0)
    asked, given = small(seed), poor(seed)
    found = solve(asked, "cpsat", AT_ONCE, start=given)
    assert check.violations(asked, found.roster) == []
    assert check.cost(asked, found.roster) <= check.cost(asked, given)


@engines
def test_the_best_roster_stays_and_is_proved(engine: str) -> None:
    best = roster(pair(), ANN, BOB)
    found = solve(pair(), engine, Limits(seconds=30, workers=1), start=best)
    assert found.status is Status.OPTIMAL
    assert check.cost(pair(), found.roster) == found.bound == check.cost(pair(), best)


# A part of a roster


@seeds
@engines
def test_half_of_the_agents(engine: str, seed: int) -> None:
    asked = small(seed)
    half = only(range(0, len(asked.agents), 2), poor(seed))
    found = solve(asked, engine, SOON, start=half)
    assert check.violations(asked, found.roster) == []


@engines
def test_illegal_weeks_do_no_harm(engine: str) -> None:
    given = roster(pair(), ANN, *TWICE)
    found = solve(pair(), engine, Limits(seconds=30, workers=1), start=given)
    assert found.status is Status.OPTIMAL
    assert check.violations(pair(), found.roster) == []
    assert check.cost(pair(), found.roster) == found.bound


@seeds
@engines
def test_shifts_alone_are_filled(engine: str, seed: int) -> None:
    asked, given = small(seed), replace(poor(seed), activities=None)
    found = solve(asked, engine, SOON, start=given)
    assert check.violations(asked, found.roster) == []
    told = [p for p in found.progress if p.phase == "start"]
    assert len(told) == 1
    assert told[0].best is not None
    assert check.cost(asked, found.roster) <= told[0].best


# Each engine


@seeds
def test_part_by_part_begins_with_the_start(seed: int) -> None:
    asked, given = small(seed), poor(seed)
    track = Track()
    track.tell("optimum", bound=check.cost(asked, given))
    improver = Improver(asked, SOON, track, None, given)
    improver.search()
    # That is the bound it was told, so there is nothing more to do.
    assert by_agent(improver.state.roster()) == by_agent(given)
    assert improver.state.cost == track.best == check.cost(asked, given)


def by_agent(found: Roster | None) -> tuple[set[object], set[Activity]]:
    assert found is not None
    return set(found.worked), set(found.activities or ())


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_part_by_part_builds_the_other_half(seed: int) -> None:
    asked = small(seed)
    half = only(range(0, len(asked.agents), 2), poor(seed))
    improver = Improver(asked, replace(SOON, seconds=1), Track(), None, half)
    improver.search()
    found = improver.state.roster()
    assert found is not None
    assert check.violations(asked, found) == []
    assert check.cost(asked, found) == improver.state.cost


def test_only_agents_with_a_week_are_hinted() -> None:
    must = agent("Bob", speeds=(100,), weeks=(week(min_minutes=5 * H),))
    asked = pair(agents=[agent("Ann", speeds=(100,)), must])
    made = RosterModel(asked)
    hint_start(made, roster(asked, ANN))
    # Bob cannot work five hours, so that the hint cannot be completed.
    own = {variable.index for variable in made.agents[0].works.values()}
    others = {variable.index for variable in made.agents[1].works.values()}
    hinted = set(made.model.proto.solution_hint.vars)
    assert own <= hinted
    assert not others & hinted


@pytest.mark.parametrize("engine", ["milp", "milp-cbc"])
def test_milp_refuses_a_start(engine: str) -> None:
    given = roster(pair(), ANN, BOB)
    told = f"engine '{engine}' cannot start from a roster, columns and cpsat can"
    with pytest.raises(InvalidInput, match=told):
        solve(pair(), engine, start=given)
    with pytest.raises(InvalidInput, match="cannot start from a roster"):
        milp.solve(pair(), SOON, Track(), None, given)


def test_a_start_of_another_problem_is_refused() -> None:
    given = roster(pair(), ANN, BOB)
    with pytest.raises(InvalidInput, match="no agent 1"):
        solve(pair(agents=[agent("Ann", speeds=(100,))]), start=given)
