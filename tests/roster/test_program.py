"""Rosters of shifts written out as one program, by HiGHS, against CP-SAT."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from time import sleep

import highspy
import numpy as np
import pytest
from ortools.sat.python import cp_model

from models.roster import check, columns, cpsat
from models.roster.columns.generate import Generator
from models.roster.columns.local import Local
from models.roster.columns.named import roster
from models.roster.columns.pricing import pricer
from models.roster.columns.program import (
    has_alike,
    has_program,
    less_and_less,
    search_program,
    search_tours,
)
from models.roster.columns.replies import Replies
from models.roster.columns.search import Search
from models.roster.columns.shared import Shared
from models.roster.columns.standing import Standing
from models.roster.cpsat.linear import linear_form
from models.roster.cpsat.model import RosterModel
from models.roster.halting import new_highs
from models.roster.problem import RosterProblem
from models.roster.result import Limits, Result, Status
from models.roster.track import Track
from tests.roster.generated import small
from tests.roster.generated_rules import shifts_of

LIMITS = Limits(seconds=60, workers=1)
seeds = pytest.mark.parametrize("seed", range(16))


@cache
def optimum(problem: RosterProblem) -> Result:
    return cpsat.solve(problem, LIMITS, Track())


@seeds
def test_the_program_costs_what_the_model_does(seed: int) -> None:
    problem = shifts_of(seed)
    lp = linear_form(RosterModel(problem).model)
    assert lp is not None
    highs = new_highs()
    highs.passModel(lp)
    highs.run()
    best = optimum(problem)
    if best.status is Status.INFEASIBLE:
        assert highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible
    else:
        assert highs.getInfo().objective_function_value == pytest.approx(best.bound)


def test_the_problems_have_breaks_meetings_and_an_optimum() -> None:
    problems = [shifts_of(seed) for seed in range(16)]
    assert any(kind.breaks for p in problems for kind in p.shift_types)
    assert any(agent.meetings for p in problems for agent in p.agents)
    assert Status.OPTIMAL in {optimum(p).status for p in problems}


@seeds
def test_the_program_alone_finds_and_proves_the_optimum(seed: int) -> None:
    problem = shifts_of(seed)
    assert has_program(problem)
    best = optimum(problem)
    standing = Standing(problem, LIMITS, Track(), None)
    with ThreadPoolExecutor(1) as pool:
        local = Local(pricer(problem, pool, 1), 0, standing.halt, standing.found)
    search_program(standing, local, 0)
    if best.status is Status.INFEASIBLE:
        assert standing.cost is None
        return
    assert standing.legal is not None
    found = roster(local.pricer, standing.legal)
    assert check.violations(problem, found) == []
    assert check.cost(problem, found) == standing.cost == standing.bound == best.bound


def test_it_ends_when_it_is_told_to() -> None:
    """Stopped before it begins, the program has nothing to say."""
    problem = shifts_of(0)
    standing = Standing(problem, LIMITS, Track(), None)
    with ThreadPoolExecutor(1) as pool:
        local = Local(pricer(problem, pool, 1), 0, standing.halt, standing.found)
    standing.ended.set()
    search_program(standing, local, 0)
    assert standing.cost is None


def test_with_two_workers_it_is_searched_beside_all_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where nobody else looks for rosters, all that is found is the program's."""

    def waiting(search: Search) -> Iterator[None]:
        search._has_cycled.set()
        while True:
            sleep(0.001)
            yield

    monkeypatch.setattr(Search, "_rosters", waiting)
    met = 0
    for seed in range(16):
        problem = shifts_of(seed)
        best = optimum(problem)
        if best.status is Status.INFEASIBLE:
            continue
        found = columns.solve(problem, Limits(seconds=60, workers=2), Track())
        assert found.status is Status.OPTIMAL
        assert found.bound == best.bound
        met += 1
    assert met


def twins_of(seed: int) -> RosterProblem:
    """Return a problem of shifts in which everybody is there twice."""
    problem = shifts_of(seed)
    others = (replace(agent, name=f"{agent.name} too") for agent in problem.agents)
    return replace(problem, agents=(*problem.agents, *others))


def test_whole_tours_of_who_is_alike_make_a_legal_roster() -> None:
    met = reached = 0
    for seed in range(16):
        problem = twins_of(seed)
        best = optimum(problem)
        if best.status is Status.INFEASIBLE:
            continue
        standing = Standing(problem, LIMITS, Track(), None)
        with ThreadPoolExecutor(1) as pool:
            found = pricer(problem, pool, 1)
            assert has_alike(found)
            made = Generator(Replies(found), Shared.of(problem), standing.halt)
            made.begin()
            while not made.closed:
                made.round(60.0)
            local = Local(found, 0, standing.halt, standing.found)
        search_tours(standing, local, 0, master=made.master)
        if standing.legal is None:
            continue
        one = roster(found, standing.legal)
        assert check.violations(problem, one) == []
        assert best.bound is not None
        assert check.cost(problem, one) == standing.cost >= best.bound
        met += 1
        reached += standing.cost == best.bound
    assert met >= 4 and reached >= met / 2


def test_tours_are_held_to_the_fractions_less_and_less() -> None:
    shares = np.array([2.5, 3.0 - 1e-9, 1.2, 0.0])
    told = [lowest.tolist() for lowest in less_and_less(shares, 1)]
    assert told == [[0.0, 2.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0] * 4]


@pytest.mark.parametrize("seed", range(6))
def test_two_workers_prove_the_optimum_of_twins(seed: int) -> None:
    problem = twins_of(seed)
    best = optimum(problem)
    found = columns.solve(problem, Limits(seconds=60, workers=2), Track())
    assert (found.status, found.bound) == (best.status, best.bound)


def test_what_has_work_to_do_has_no_program() -> None:
    assert not has_program(small(0))


def _apart(m: cp_model.CpModel, x: cp_model.IntVar, y: cp_model.IntVar) -> None:
    m.add(x != y)


def _if(m: cp_model.CpModel, x: cp_model.IntVar, y: cp_model.IntVar) -> None:
    m.add(x + y >= 2).only_enforce_if(x)


def _largest(m: cp_model.CpModel, x: cp_model.IntVar, y: cp_model.IntVar) -> None:
    m.add_max_equality(m.new_int_var(0, 5, "z"), [x, 2 * y])


@pytest.mark.parametrize("add", [_apart, _if, _largest])
def test_what_is_not_linear_is_left_alone(
    add: Callable[[cp_model.CpModel, cp_model.IntVar, cp_model.IntVar], None],
) -> None:
    model = cp_model.CpModel()
    add(model, model.new_bool_var("x"), model.new_bool_var("y"))
    assert linear_form(model) is None


def test_holes_in_a_domain_are_not_linear() -> None:
    model = cp_model.CpModel()
    model.new_int_var_from_domain(cp_model.Domain.from_values([0, 2]), "x")
    assert linear_form(model) is None
