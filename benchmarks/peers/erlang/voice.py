"""Measure the agents that a week of many queues needs, beside pyworkforce."""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.peers.environments import python_of, run
from models.erlang import (
    day_agents,
    erlang_c,
    offered_load,
    performance,
    required_agents,
)

QUEUES, INTERVALS, SPAN = 50, 672, 900.0  # a week of quarters of an hour
LEVEL, WITHIN, CAP = 0.8, 20.0, 0.9
SMALLEST, LARGEST = 2.0, 1_000.0  # erlangs at the peak
REPEATS = 5
PEAKS, FLOORS = (10.0, 30.0, 100.0), (None, 0.6)  # erlangs; of an interval's level
HANDLE = 240.0
MOST_SECONDS = 600.0

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    print(json.dumps(measured(parser.parse_args().seed), indent=2))


def measured(seed: int) -> dict[str, object]:
    """Return what both need for a week, and whether it is the least."""
    calls, handle = week(seed)
    ours, our_seconds = timed(calls, handle)
    theirs, their_seconds = timed_peer(calls, handle)
    load = offered_load(calls, SPAN, handle[:, None])
    return {
        "seed": seed,
        "intervals": calls.size,
        "seconds": round(our_seconds, 4),
        "peer_seconds": round(their_seconds, 3),
        "times_as_fast": round(their_seconds / our_seconds),
        "not_the_least": judged(ours, load, handle),
        "peer_not_the_least": judged(theirs, load, handle),
        "peer_agents_too_many": int((theirs - ours).sum()),
        "day_scope": [day_scope(peak, floor) for peak in PEAKS for floor in FLOORS],
    }


def week(seed: int) -> tuple[Floats, Floats]:
    """Return calls by queue and interval, and handle times by queue."""
    rng = np.random.default_rng(seed)
    peaks = np.geomspace(SMALLEST, LARGEST, QUEUES)
    handle = rng.uniform(120, 600, QUEUES).round()
    hour = np.arange(INTERVALS) % 96 / 4
    day = np.exp(-(((hour - 11) / 4) ** 2)) + 0.7 * np.exp(-(((hour - 16) / 3) ** 2))
    mean = peaks[:, None] * day / day.max() * SPAN / handle[:, None]
    return np.minimum(rng.poisson(mean) + 1.0, LARGEST * SPAN / handle[:, None]), handle


def day_scope(peak: float, floor: float | None) -> dict[str, float | None]:
    """Return what a level for the day saves against one for each of its intervals."""
    hour = np.arange(28, 88) / 4  # 07:00 to 22:00
    shape = np.exp(-(((hour - 11) / 4) ** 2)) + 0.7 * np.exp(-(((hour - 16) / 3) ** 2))
    load = peak * shape / shape.max()
    calls = load * SPAN / HANDLE
    apart = required_agents(load, HANDLE, WITHIN, LEVEL)
    together = day_agents(calls, load, HANDLE, WITHIN, LEVEL, floor=floor)
    levels = performance(together, load, HANDLE, WITHIN).service_level
    return {
        "peak_erlangs": peak,
        "floor": floor,
        "agent_hours_interval": float(apart.sum() * SPAN / 3600),
        "agent_hours_day": float(together.sum() * SPAN / 3600),
        "saved": round(1 - together.sum() / apart.sum(), 4),
        "level_of_the_day": round(float(np.average(levels, weights=calls)), 4),
        "lowest_level": round(float(levels.min()), 3),
    }


def timed(calls: Floats, handle: Floats) -> tuple[Ints, float]:
    """Return our agents and the least of a few times, seconds."""
    seconds = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        load = offered_load(calls, SPAN, handle[:, None])
        found = required_agents(
            load, handle[:, None], WITHIN, LEVEL, maximum_occupancy=CAP
        )
        seconds.append(time.perf_counter() - began)
    return found, min(seconds)


def timed_peer(calls: Floats, handle: Floats) -> tuple[Ints, float]:
    """Return the peer's agents, and the seconds that it took by its own clock."""
    asked = {
        "calls": calls.tolist(),
        "handle_seconds": handle.tolist(),
        "within_seconds": WITHIN,
        "interval_minutes": int(SPAN / 60),
        "level": LEVEL,
        "cap": CAP,
    }
    program = Path(__file__).with_name("theirs.py")
    told = run(python_of("pyworkforce"), program, asked, MOST_SECONDS)
    return np.array(told.answer["agents"], dtype=np.int64), told.answer["seconds"]


def judged(agents: Ints, load: Floats, handle: Floats) -> int:
    """Return how often the agents are not the least that meet the targets."""

    def met(n: Ints) -> npt.NDArray[np.bool_]:
        waits = erlang_c(n, load)
        late = waits * np.exp(-np.maximum(n - load, 0) * WITHIN / handle[:, None])
        return (1 - late >= LEVEL) & (load <= CAP * n + 1e-9)

    least = met(agents) & ~met(np.maximum(agents - 1, 0))
    return int((~least).sum())


if __name__ == "__main__":
    main()
