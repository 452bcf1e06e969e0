"""The simulator against queues of which the truth is known, 99 % intervals."""

import numpy as np
import pytest

from models import erlang
from models.simulation import Centre, replications
from models.simulation.confidence import Estimate, mean, ratio
from models.simulation.tally import CALL_COUNTS, Tally, tally
from tests.simulation.centres import HOUR, one_queue

N = {name: n for n, name in enumerate(CALL_COUNTS)}


def told(centre: Centre, number: int, seed: int = 0) -> list[Tally]:
    return list(replications(centre, number, seed, lambda _, w: tally(centre, w)))


def settled(centre: Centre, number: int = 40, warm: int = 5) -> np.ndarray:
    """Counts by replication, without the first hours."""
    every = np.stack([each.calls[0] for each in told(centre, number)])
    return every[:, warm:].sum(axis=1)


def share(rows: np.ndarray, name: str) -> Estimate:
    return ratio(rows[:, N[name]], rows[:, N["offered"]], 0.99)


def holds(found: Estimate, truth: float) -> bool:
    assert found.half < 0.05 * max(truth, 0.1)
    return bool(abs(found.mean - truth) <= found.half)


@pytest.mark.parametrize(
    ("calls", "handle", "agents", "hours", "number"),
    [(60, 180, 5, 45, 40), (200, 180, 14, 45, 40), (5760, 300, 500, 15, 10)],
)
def test_m_m_c(
    calls: float, handle: float, agents: int, hours: int, number: int
) -> None:
    rows = settled(one_queue(calls, handle, agents, hours), number)
    truth = erlang.performance(agents, calls * handle / HOUR, handle, 20.0)
    assert holds(share(rows, "in_time"), float(truth.service_level))
    wait = ratio(rows[:, N["wait"]], rows[:, N["offered"]], 0.99)
    assert abs(wait.mean - float(truth.average_speed_of_answer_seconds)) <= wait.half


@pytest.mark.parametrize(
    ("calls", "handle", "agents", "patience"),
    [(624, 300, 50, 150.0), (60, 300, 5, 60.0), (60, 180, 2, 300.0)],
)
def test_m_m_c_with_impatience(
    calls: float, handle: float, agents: int, patience: float
) -> None:
    centre = one_queue(calls, handle, agents, hours=45, patience_seconds=patience)
    rows = settled(centre)
    load = calls * handle / HOUR
    truth = erlang.performance(agents, load, handle, 20.0, patience_seconds=patience)
    assert holds(share(rows, "in_time"), float(truth.service_level))
    assert holds(share(rows, "abandoned"), float(truth.abandonment))


@pytest.mark.parametrize("cv", [0.0, 0.5, 1.0, 1.5])
def test_m_g_1(cv: float) -> None:
    """The mean wait of Pollaczek and Khinchine."""
    calls, handle = 12.0, 180.0
    centre = one_queue(calls, handle, 1, hours=405, handle_cv=cv)
    rows = settled(centre, number=60)
    load = calls * handle / HOUR
    truth = load * handle * (1 + cv**2) / 2 / (1 - load)
    wait = ratio(rows[:, N["wait"]], rows[:, N["offered"]], 0.99)
    assert wait.half < 0.1 * truth
    assert abs(wait.mean - truth) <= wait.half


def test_the_start_is_empty() -> None:
    """Who calls in an empty centre waits only if as many called before and still talk.

    With two agents and a third of the calls' load the chance in the first minutes is
    below that of the long run; the birth-death equations say what it is.
    """
    calls, handle, agents = 40.0, 180.0, 2
    centre = one_queue(calls, handle, agents, hours=1)
    found = told(centre, 2000)
    truth = _in_time_from_empty(calls / HOUR, 1 / handle, agents, HOUR, 20.0)
    rows = np.stack([each.calls[0, 0] for each in found])
    assert holds(share(rows, "in_time"), truth)
    long_run = erlang.performance(agents, calls * handle / HOUR, handle, 20.0)
    assert truth > float(long_run.service_level) + 0.02


def _in_time_from_empty(
    rate: float, end: float, agents: int, horizon: float, within: float
) -> float:
    """Mean over calls of an hour of the chance to be answered in time."""
    size, step = 60, 1.0
    states = np.arange(size)
    out = end * np.minimum(states, agents)
    chance = np.zeros(size)
    chance[0] = 1.0
    # with n there, n - agents + 1 ends must come first: a sum of exponentials
    ahead = np.maximum(states - agents + 1, 0)
    in_time = np.where(
        ahead == 0, 1.0, 1 - _poisson_below(ahead, agents * end * within)
    )
    total, number = 0.0, int(horizon / step)
    for _ in range(number):
        total += float(chance @ in_time)
        for _ in range(4):
            flow = -(rate + out) * chance
            flow[-1] += rate * chance[-1]
            flow[1:] += rate * chance[:-1]
            flow[:-1] += out[1:] * chance[1:]
            chance = chance + step / 4 * flow
    return total / number


def _poisson_below(number: np.ndarray, load: float) -> np.ndarray:
    """Chance that fewer than so many of a Poisson number come."""
    terms = np.exp(-load) * np.cumprod(
        np.concatenate([[1.0], load / np.arange(1, number.max() + 1)])
    )
    return np.array([terms[:n].sum() for n in number])


def test_the_same_seed_gives_the_same() -> None:
    centre = one_queue(100, 180, 6, hours=8, patience_seconds=120.0)
    one, other = (
        list(replications(centre, 3, 7, lambda _, w: w.calls.tobytes(), workers=n))
        for n in (1, 3)
    )
    assert one == other
    assert len(set(one)) == 3
    assert one != list(replications(centre, 3, 8, lambda _, w: w.calls.tobytes()))


def test_intervals_of_confidence_hold_as_often_as_they_say() -> None:
    rng = np.random.default_rng(0)
    truth, inside = 1.0, 0
    for _ in range(400):
        found = mean(rng.exponential(size=30), 0.9)
        inside += bool(abs(found.mean - truth) <= found.half)
    assert inside / 400 == pytest.approx(0.9, abs=0.05)
    inside = 0
    for _ in range(400):
        whole = rng.binomial(200, 0.5, size=30).astype(float)
        part = rng.binomial(whole.astype(int), 0.8).astype(float)
        found = ratio(part, whole, 0.9)
        inside += bool(abs(found.mean - 0.8) <= found.half)
    assert inside / 400 == pytest.approx(0.9, abs=0.05)


def test_occupancy_is_load_over_people() -> None:
    centre = one_queue(200, 180, 14, hours=45)
    rows = told(centre, 40)
    took = sum(each.calls[0, :, N["took"]].sum() for each in rows)
    there = sum(each.on_calls.sum() for each in rows)
    assert took / there == pytest.approx(10 / 14, abs=0.02)
    assert rows[0].on_calls.sum() == 14 * 45 * HOUR  # nobody leaves
