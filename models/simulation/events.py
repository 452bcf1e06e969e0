"""The event loop: one for calls and cases of all manners, in compiled code."""

import numpy as np

from models.machine_code import lean, lean_entry
from models.simulation.contacts import call_comes, end_contact, next_call, start
from models.simulation.desk import (
    between_calls,
    case_comes,
    end_case,
    next_case,
    put_aside,
)
from models.simulation.lists import (
    BACK,
    COMES,
    READY,
    first_waiting,
    next_moment,
    put_free,
    remind,
    take_first,
    take_free,
)
from models.simulation.world import (
    AWAY,
    FREE,
    GONE,
    NOBODY,
    SETTLING,
    TALKING,
    WORKING,
    World,
)

_NUMBERS = (1 << 37) - 1  # room for a number in what a moment stands for


@lean_entry
def play(world: World) -> None:
    """Play all events in the order of time, until nothing happens any more.

    At the same moment what ends goes first, then who comes and goes, then cases, then
    calls.
    """
    call, event, item = 0, 0, 0
    calls, events, items = world.calls, world.events, world.items
    rules = world.rules[0]
    while True:
        ends = world.moments[0].when if rules.moments > 0 else np.inf
        goes = events[event].at if event < len(events) else np.inf
        case = items[item].release if item < rules.begin else np.inf
        rings = calls[call].at if call < len(calls) else np.inf
        now = min(min(ends, goes), min(case, rings))
        if now == np.inf:
            break
        if ends == now:
            _ended(world, next_moment(world), now)
        elif goes == now:
            if not world.absent[events[event].shift]:
                _scheduled(world, event)
            event += 1
        elif case == now:
            case_comes(world, item, now)
            item += 1
        else:
            agent = call_comes(world, call, now)
            if agent != NOBODY:
                put_aside(world, agent, now)
                start(world, agent, call, now)
            call += 1
    _give_up(world)


@lean
def _give_up(world: World) -> None:
    """End the patience of all who wait; without end of it they are never answered."""
    for queue in range(len(world.queues)):
        while first_waiting(world, queue, np.inf) != NOBODY:
            take_first(world, queue)


@lean
def _ended(world: World, value: int, now: float) -> None:
    """Something ends, or a case comes."""
    what, number, version = value & 7, (value >> 3) & _NUMBERS, value >> 40
    if what == COMES:
        case_comes(world, number, now)
        return
    own = world.agents[number]
    if version != own.version:
        return
    if what == BACK:
        if own.later != NOBODY:
            _go(world, number, own.later, now)
    elif what == READY:
        next_case(world, number, world.pools[own.activity - 1].kind, now)
    else:
        _done(world, number, now)


@lean
def _done(world: World, agent: int, now: float) -> None:
    """A contact or a case ends."""
    own = world.agents[agent]
    if own.status == TALKING:
        if end_contact(world, agent, now):
            _after_call(world, agent, now)
        return
    end_case(world, agent, now)
    kind = world.pools[own.activity - 1].kind
    if kind >= 0:
        next_case(world, agent, kind, now)
    else:
        _available(world, agent, now, True)


@lean
def _scheduled(world: World, event: int) -> None:
    """An agent is to go to something; who is on a call ends it first."""
    row = world.events[event]
    own = world.agents[row.agent]
    if own.status == TALKING:
        if own.pending != NOBODY and own.pending_kept > 0:
            own.later = row.activity
        else:
            own.pending = row.activity
            own.pending_kept = row.kept
    elif row.at < own.until:
        own.later = row.activity
    else:
        _go(world, row.agent, row.activity, row.at)


@lean
def _after_call(world: World, agent: int, now: float) -> None:
    """Go to what had to wait for the end of the call, or take the next one."""
    own = world.agents[agent]
    activity, kept, later = own.pending, own.pending_kept, own.later
    own.pending = NOBODY
    own.pending_kept = 0.0
    if activity == NOBODY:
        _available(world, agent, now, False)
        return
    _go(world, agent, activity, now)
    if kept > 0 and later != AWAY:  # a break in full, though late
        own.until = now + kept
        own.later = later
        own.version += 1
        remind(world, now + kept, BACK, agent, own.version)


@lean
def _go(world: World, agent: int, activity: int, now: float) -> None:
    """Leave what an agent is at, and go to something else."""
    own = world.agents[agent]
    if own.status == FREE:
        take_free(world, agent)
    elif own.status == WORKING:
        put_aside(world, agent, now)
    elif own.status == SETTLING:
        own.version += 1
    own.status = GONE
    own.until = -np.inf
    own.later = NOBODY
    own.activity = activity
    if activity == AWAY:
        return
    kind = world.pools[activity - 1].kind
    if kind < 0:
        _available(world, agent, now, False)
    elif world.kinds[kind].settling > 0:
        own.status = SETTLING
        own.version += 1
        remind(world, now + world.kinds[kind].settling, READY, agent, own.version)
    else:
        next_case(world, agent, kind, now)


@lean
def _available(world: World, agent: int, now: float, goes_on: bool) -> None:
    """Take the next call; without one be free, or at a case between calls.

    ``goes_on``: the agent has just ended another case.
    """
    call = next_call(world, agent, now)
    if call != NOBODY:
        start(world, agent, call, now)
        return
    put_free(world, agent, now)
    if world.rules[0].between:
        between_calls(world, agent, now, goes_on)
