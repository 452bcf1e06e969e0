"""Many replications of a centre, each played once."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import TypeVar

import numpy as np

from models.simulation.centre import Blend, Centre
from models.simulation.draws import Chance, drawn
from models.simulation.events import play
from models.simulation.world import (
    KIND,
    POOL,
    QUEUE,
    RULE,
    Floats,
    World,
    opened,
)

T = TypeVar("T")


def played(centre: Centre, chance: Chance) -> World:
    """Return how it went with these calls, cases and people."""
    staff = centre.staff
    pools = np.zeros(len(staff.pools), POOL)
    pools["kind"] = staff.pools
    queues = np.zeros(len(centre.queues), QUEUE)
    queues["priority"] = [queue.priority for queue in centre.queues]
    queues["slots"] = [len(queue.factors) for queue in centre.queues]
    kinds = np.zeros(len(centre.kinds), KIND)
    kinds["settling"] = [kind.settling_seconds for kind in centre.kinds]
    kinds["resume"] = [kind.resume_seconds for kind in centre.kinds]
    kinds["utilisation"] = [kind.utilisation for kind in centre.kinds]
    fenced = centre.blend is Blend.RING_FENCED
    kinds["between"] = [kind.between_calls or not fenced for kind in centre.kinds]
    rules = np.zeros(1, RULE)
    rules["between"] = kinds["between"].any()
    rules["interrupts"] = centre.blend is not Blend.THRESHOLD
    rules["reserve"] = centre.reserve if centre.blend is Blend.THRESHOLD else 0
    rules["hand_on"], rules["due_step"] = centre.hand_on, centre.due_step
    rules["begin"] = chance.begin
    world = opened(
        calls=chance.calls,
        items=chance.items,
        events=staff.events,
        pools=pools,
        queues=queues,
        kinds=kinds,
        rules=rules,
        queue_speed=staff.queue_speed,
        kind_speed=staff.kind_speed,
        serves=staff.serves,
        factors=_factors(centre),
        due_table=_due_table(centre),
        absent=chance.absent,
    )
    play(world)
    return world


def _factors(centre: Centre) -> Floats:
    slots = max((len(queue.factors) for queue in centre.queues), default=1)
    found = np.ones((max(1, len(centre.queues)), slots))
    for q, queue in enumerate(centre.queues):
        found[q, : len(queue.factors)] = queue.factors
    return found


def _due_table(centre: Centre) -> Floats:
    if not centre.kinds:
        return np.zeros((0, 1))
    return np.stack([kind.due_table[0] for kind in centre.kinds])


def replications(
    centre: Centre,
    number: int,
    seed: int,
    told: Callable[[int, World], T],
    workers: int | None = None,
) -> Iterator[T]:
    """Yield what is told of each replication, in order.

    The same seed plays the same, with any number of workers.
    """

    def one(n: int) -> T:
        return told(n, played(centre, drawn(centre, seed, n)))

    width = workers or os.cpu_count() or 1
    with ThreadPoolExecutor(width) as pool:
        left = iter(range(number))
        under_way = [pool.submit(one, n) for n in islice(left, 2 * width)]
        while under_way:
            yield under_way.pop(0).result()
            under_way += [pool.submit(one, n) for n in islice(left, 1)]
