"""Calls and chats: who takes which, and when they end; in compiled code."""

import numpy as np

from models.machine_code import lean
from models.simulation.lists import (
    DONE,
    first_waiting,
    put_waiting,
    remind,
    take_first,
    take_free,
)
from models.simulation.world import (
    ANSWERED,
    NOBODY,
    TALKING,
    World,
)


@lean
def start(world: World, agent: int, call: int, now: float) -> None:
    """Let an agent who is in no list take a call."""
    own, its = world.agents[agent], world.calls[call]
    its.state = ANSWERED
    its.wait = now - its.at
    its.agent = agent
    own.status = TALKING
    length = its.handle / world.queue_speed[agent, its.queue]
    if world.queues[its.queue].slots == 1:
        own.held = 1
        own.at_queue = its.queue
        own.version += 1
        its.took = length
        remind(world, now + length, DONE, agent, own.version)
        return
    _reckon(world, agent, now)
    own.held += 1
    own.at_queue = its.queue
    slot = 0
    while world.contacts[agent, slot] != NOBODY:
        slot += 1
    world.contacts[agent, slot] = call
    world.left[agent, slot] = length
    _remind_next(world, agent, now)


@lean
def _reckon(world: World, agent: int, now: float) -> None:
    """Bring what is left of an agent's contacts up to date."""
    own = world.agents[agent]
    if own.held > 0:
        gone = (now - own.told) / world.factors[own.at_queue, own.held - 1]
        for slot in range(world.left.shape[1]):
            world.left[agent, slot] -= gone
    own.told = now


@lean
def _nearest_end(world: World, agent: int) -> int:
    """Return the slot of the contact that ends first."""
    best, least = 0, np.inf
    for slot in range(world.left.shape[1]):
        if world.contacts[agent, slot] != NOBODY and world.left[agent, slot] < least:
            best, least = slot, world.left[agent, slot]
    return best


@lean
def _remind_next(world: World, agent: int, now: float) -> None:
    """Remember when the next of an agent's contacts ends, as many as are held now."""
    own = world.agents[agent]
    slot = _nearest_end(world, agent)
    factor = world.factors[own.at_queue, own.held - 1]
    own.version += 1
    left = max(0.0, world.left[agent, slot]) * factor
    remind(world, now + left, DONE, agent, own.version)


@lean
def end_contact(world: World, agent: int, now: float) -> bool:
    """End an agent's contact; return whether none is held any more."""
    own = world.agents[agent]
    queue = own.at_queue
    if world.queues[queue].slots == 1:
        own.held = 0
        return True
    _reckon(world, agent, now)
    slot = _nearest_end(world, agent)
    its = world.calls[world.contacts[agent, slot]]
    its.took = now - its.at - its.wait
    world.contacts[agent, slot] = NOBODY
    own.held -= 1
    if own.held == 0:
        return True
    call = NOBODY
    if own.pending == NOBODY:
        call = first_waiting(world, queue, now)
    if call == NOBODY:
        _remind_next(world, agent, now)
    else:
        take_first(world, queue)
        start(world, agent, call, now)
    return False


@lean
def _able(world: World, agent: int, queue: int) -> int:
    """Return the first of a list, from an agent on, who can answer a queue."""
    while agent != NOBODY and world.queue_speed[agent, queue] <= 0:
        agent = world.agents[agent].behind
    return agent


@lean
def _find_agent(world: World, queue: int) -> int:
    """Return the free agent for a call: least skilled, then longest free."""
    best, rank, since = NOBODY, 0, np.inf
    for n in range(world.turn.shape[1]):
        number = world.turn[queue, n]
        if number == NOBODY:
            break
        pool = world.pools[number]
        if best != NOBODY and pool.rank > rank:
            break
        agent = _able(world, pool.first, queue)
        if agent != NOBODY and world.agents[agent].since < since:
            best, rank, since = agent, pool.rank, world.agents[agent].since
    return best


@lean
def _find_chatting(world: World, queue: int) -> int:
    """Return who holds fewest contacts of a queue and may take one more."""
    best, fewest = NOBODY, world.queues[queue].slots
    for agent in range(len(world.agents)):
        own = world.agents[agent]
        at_it = own.status == TALKING and own.at_queue == queue
        if at_it and own.held < fewest and own.pending == NOBODY:
            best, fewest = agent, own.held
    return best


@lean
def _find_at_cases(world: World, queue: int) -> int:
    """Return who leaves a case for a call: least skilled, then longest at theirs."""
    best, rank, since = NOBODY, 0, np.inf
    for n in range(world.turn.shape[1]):
        number = world.turn[queue, n]
        if number == NOBODY:
            break
        pool = world.pools[number]
        if best != NOBODY and pool.rank > rank:
            break
        agent = _able(world, pool.longest, queue)
        if agent == NOBODY:
            continue
        begun = world.agents[agent].item_from
        if best == NOBODY or begun < since or (begun == since and agent < best):
            best, rank, since = agent, pool.rank, begun
    return best


@lean
def next_call(world: World, agent: int, now: float) -> int:
    """Take the call off its queue that an agent should take next; -1: none waits."""
    pool = world.agents[agent].activity - 1
    best, where, since = NOBODY, 0, np.inf
    for queue in range(len(world.queues)):
        if not world.serves[pool, queue] or world.queue_speed[agent, queue] <= 0:
            continue
        call = first_waiting(world, queue, now)
        if call == NOBODY:
            continue
        own, other = world.queues[queue].priority, world.queues[where].priority
        same = own == other and world.calls[call].at < since
        if best == NOBODY or own < other or same:
            best, where, since = call, queue, world.calls[call].at
    if best != NOBODY:
        take_first(world, where)
    return best


@lean
def call_comes(world: World, call: int, now: float) -> int:
    """Give a call to somebody, or let it wait; return who must first leave a case."""
    queue = world.calls[call].queue
    agent = _find_agent(world, queue)
    if agent != NOBODY:
        take_free(world, agent)
        start(world, agent, call, now)
        return NOBODY
    if world.queues[queue].slots > 1:
        agent = _find_chatting(world, queue)
        if agent != NOBODY:
            start(world, agent, call, now)
            return NOBODY
    if world.rules[0].interrupts:
        agent = _find_at_cases(world, queue)
        if agent != NOBODY:
            return agent
    put_waiting(world, call)
    return NOBODY
