"""``python -m models`` compiles everything ahead, so that nobody waits for it later.

The engine takes a minute or two, the rest ten seconds: they are compiled side by side.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import numpy as np

from models.roster.columns.warm import warm as engine
from models.simulation import Centre, QueueModel, StaffModel, drawn, played
from models.simulation.world import EVENT
from models.transient import Callers, Presence, service_level

_HOUR = 3600.0


def simulation() -> None:
    """Compile the simulation: play an hour with a call or so, and nobody there."""
    nobody = StaffModel(
        events=np.zeros(0, EVENT),
        pools=np.array([-1]),
        serves=np.ones((1, 1), np.int8),
        queue_speed=np.ones((0, 1)),
        kind_speed=np.ones((0, 0)),
        shift_agent=np.zeros(0, np.int64),
        shift_day=np.zeros(0, np.int64),
        absence=np.zeros(0),
    )
    calls = QueueModel("calls", np.ones(1), np.full(1, 60.0))
    hour = np.array([0.0, _HOUR])
    centre = Centre(_HOUR, hour, queues=(calls,), kinds=(), staff=nobody)
    played(centre, drawn(centre, 0, 0))


def transient() -> None:
    """Compile the chain of the number of calls: follow it for an hour."""
    one = np.ones(1)
    callers = Callers(_HOUR, one, 60 * one, one / 60, answer_within=20)
    there = Presence(np.zeros(1), _HOUR * one, np.zeros(1, np.bool_))
    service_level(callers, there, one)


def both() -> None:
    """Compile the simulation and the chain."""
    simulation()
    transient()


def main() -> None:
    """Compile all of it, in two processes."""
    parts: tuple[Callable[[], None], ...] = (engine, both)
    with ProcessPoolExecutor(len(parts)) as pool:
        for done in [pool.submit(part) for part in parts]:
            done.result()


if __name__ == "__main__":
    main()
