"""Parts of the engine ``columns``: exchanges, days, prices, and back from a roster."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from models.roster import check, columns
from models.roster.certify import certify
from models.roster.columns import generate, search
from models.roster.columns.classes import NEVER_COST
from models.roster.columns.exchanges import Exchanges, Manner
from models.roster.columns.generate import Generator
from models.roster.columns.local import Local
from models.roster.columns.named import roster
from models.roster.columns.pricing import free, pricer
from models.roster.columns.replies import Replies
from models.roster.columns.shared import Shared
from models.roster.columns.taken import weeks_of
from models.roster.halting import Halted
from models.roster.problem import RosterProblem
from models.roster.result import Limits
from models.roster.track import Track
from scheduler.preparing import prepare_made
from scheduler.samples.centre import centre
from tests.roster.answers import optimum, seeds, solvable
from tests.roster.generated import small

EXCHANGES = 200
ROUNDS = 3


def searched(problem: RosterProblem, heat: float) -> Local:
    """Rosters after some exchanges, most of them of a day, others of weeks."""
    local = Local(pricer(problem, ThreadPoolExecutor(1), 1), seed=1)
    local.place()
    local.keep()
    exchanges = Exchanges(local, Manner(short_days=0.3, lengths=0.5))
    for _ in range(EXCHANGES if problem.agents else 0):
        exchanges.exchange(heat)
    local.keep()
    return local


@seeds
@pytest.mark.parametrize("heat", [0.0, 50.0])
def test_exchanges_keep_rosters_legal(seed: int, heat: float) -> None:
    problem = small(solvable(seed))
    local = searched(problem, heat)
    for state in (local.state, local.best.state):
        assert state is not None
        found = roster(local.pricer, state)
        assert check.violations(problem, found) == []
    assert check.cost(problem, found) == local.best.cost
    assert check.cost(problem, roster(local.pricer, local.state)) == local.cost()


@seeds
def test_a_roster_taken_back_is_the_same(seed: int) -> None:
    local = searched(small(solvable(seed)), heat=5.0)
    found = roster(local.pricer, local.state)
    weeks = weeks_of(local.pricer, found, range(local.agents))
    state = local.state
    local.place(weeks)
    assert len(weeks) == local.agents
    assert (local.state.codes == state.codes).all()
    assert (local.state.own == state.own).all()
    assert roster(local.pricer, local.state) == found


@seeds
def test_a_climbed_bound_holds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generate, "_MANY", 0)
    seed = solvable(seed)
    problem, best = small(seed), optimum(seed)
    found = pricer(problem, ThreadPoolExecutor(1), 1)
    made = Generator(Replies(found), Shared.of(problem), lambda: False)
    made.begin()
    bounds = [made.bound]
    for _ in range(ROUNDS):
        made.round(60.0)
        bounds.append(made.bound)
    assert best is not None and bounds == sorted(bounds) and bounds[-1] <= best
    proof = made.certificate()
    assert proof is not None and certify(problem, proof).bound >= made.bound
    plan = made.solution
    assert plan is not None
    local = searched(problem, heat=0.0)
    if problem.agents:
        local.follow(made.master, plan, 0.1)
        assert check.violations(problem, roster(found, local.state)) == []


@pytest.mark.full
def test_where_people_are_scarce_the_climbed_bound_comes_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = prepare_made(centre(agents=8, load=1.5)).problem
    found = pricer(problem, ThreadPoolExecutor(1), 1)
    bounds = []
    for many in (0, 1_000_000):
        monkeypatch.setattr(generate, "_MANY", many)
        made = Generator(Replies(found), Shared.of(problem), lambda: False)
        made.begin()
        while not made.closed and (many or made.rounds < 2 * ROUNDS):
            made.round(60.0)
        bounds.append(made.bound)
    climbed, of_master = bounds
    assert 0.95 * of_master < climbed <= of_master


def test_tours_end_as_soon_as_the_search_is_told_to() -> None:
    problem = small(1)
    with ThreadPoolExecutor(1) as pool:
        priced = pricer(problem, pool, 1)
        values, people = priced.values(free(problem)), free(problem).people
        assert (priced.tours(values, people).cost != NEVER_COST).all()
        priced.book.stop[0] = 1
        with pytest.raises(Halted):
            priced.tours(values, people)


def test_where_tours_take_too_long_another_engine_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search, "_FIRST", 0.0)
    monkeypatch.setattr(search, "_FIRST_SHARE", 0.0)
    problem = small(1)
    found = columns.solve(problem, Limits(seconds=30, workers=1), Track())
    assert found.roster is not None
    assert check.violations(problem, found.roster) == []
    assert found.bound is not None
    assert found.bound <= sum(check.objective(problem, found.roster).values())
