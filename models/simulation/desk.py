"""Cases: which is next, what is put aside, what follows; in compiled code."""

import numpy as np

from models.machine_code import lean
from models.simulation.lists import (
    COMES,
    DONE,
    put_at_case,
    put_case,
    put_free,
    remind,
    take_at_case,
    take_case,
    take_free,
)
from models.simulation.world import (
    NOBODY,
    SAME_CLOCK,
    SAME_DUE,
    WORKING,
    World,
)


@lean
def _begin(world: World, agent: int, item: int, now: float) -> None:
    """Let an agent who is in no list work on a case from a moment on."""
    own, its = world.agents[agent], world.items[item]
    own.status = WORKING
    own.item = item
    own.item_from = now
    own.version += 1
    if world.pools[own.activity - 1].kind < 0:
        put_at_case(world, agent)
    end = now + its.rest / _speed(world, agent, its.kind)
    remind(world, end, DONE, agent, own.version)


@lean
def _speed(world: World, agent: int, kind: int) -> float:
    return float(world.kind_speed[agent, kind] * world.kinds[kind].utilisation)


@lean
def next_case(world: World, agent: int, kind: int, now: float) -> None:
    """Let an agent in a block take the own half-done case, or the most urgent one."""
    item = world.half_done[agent, kind]
    if item != NOBODY:
        world.half_done[agent, kind] = NOBODY
    else:
        item = take_case(world, kind)
    if item == NOBODY:
        put_free(world, agent, now)
    else:
        _begin(world, agent, item, now)


@lean
def put_aside(world: World, agent: int, now: float) -> None:
    """Take an agent off a case: it is kept half done, or goes back to all."""
    own = world.agents[agent]
    item = own.item
    its = world.items[item]
    gone = max(0.0, now - own.item_from) * _speed(world, agent, its.kind)
    its.rest = max(0.0, its.rest - gone)
    own.version += 1
    own.item = NOBODY
    take_at_case(world, agent)
    if world.rules[0].hand_on:
        put_case(world, item)
    else:
        world.half_done[agent, its.kind] = item


@lean
def between_calls(world: World, agent: int, now: float, goes_on: bool) -> None:
    """Let a free agent on call take a case, if enough others stay free.

    ``goes_on``: the agent was at another one until now, and loses no time.
    """
    pool = world.pools[world.agents[agent].activity - 1]
    if pool.count <= world.rules[0].reserve:
        return
    chosen, due = NOBODY, np.inf
    for kind in range(len(world.kinds)):
        if world.kind_speed[agent, kind] <= 0 or not world.kinds[kind].between:
            continue
        if world.half_done[agent, kind] != NOBODY:
            chosen = kind
            break
        if world.kinds[kind].count > 0 and world.waiting[kind, 0].when < due:
            chosen, due = kind, world.waiting[kind, 0].when
    if chosen == NOBODY:
        return
    item = world.half_done[agent, chosen]
    if item == NOBODY:
        item = take_case(world, chosen)
    else:
        world.half_done[agent, chosen] = NOBODY
    take_free(world, agent)
    lost = 0.0 if goes_on else world.kinds[chosen].resume
    _begin(world, agent, item, now + lost)


@lean
def end_case(world: World, agent: int, now: float) -> None:
    """End an agent's case; what follows it comes later."""
    item = world.agents[agent].item
    its = world.items[item]
    world.agents[agent].item = NOBODY
    take_at_case(world, agent)
    its.rest = 0.0
    its.done = now
    child = its.first
    while child != NOBODY:
        other = world.items[child]
        when = max(now + other.waits, its.released + other.release)
        if other.clock == SAME_DUE:
            other.due = its.due
        elif other.clock == SAME_CLOCK:
            other.due = _deadline(world, other.kind, its.released) + other.waits
        remind(world, when, COMES, child, 0)
        child = other.following


@lean
def _deadline(world: World, kind: int, received: float) -> float:
    moment = int(received / world.rules[0].due_step)
    return float(world.due_table[kind, min(moment, world.due_table.shape[1] - 1)])


@lean
def case_comes(world: World, item: int, now: float) -> None:
    """Put a case to those that wait, and give it to who is free for it."""
    its = world.items[item]
    kind = its.kind
    its.released = now
    if its.due == np.inf:
        its.due = _deadline(world, kind, now)
    put_case(world, item)
    for p in range(len(world.pools)):
        agent = world.pools[p].first
        if world.pools[p].kind == kind and agent != NOBODY:
            take_free(world, agent)
            next_case(world, agent, kind, now)
            return
    if not world.kinds[kind].between:
        return
    for p in range(len(world.pools)):
        agent = world.pools[p].first
        while world.pools[p].kind < 0 and agent != NOBODY:
            if world.kind_speed[agent, kind] > 0:
                between_calls(world, agent, now, False)
                return
            agent = world.agents[agent].behind
