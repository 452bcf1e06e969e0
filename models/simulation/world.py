"""What the event loop reads and writes; times in seconds.

Tables are arrays of records: to hand over many arrays costs more in compiled code than
most of what happens at an event.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Records = Any  # an array of records, or one of them
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.int8]

NOBODY = -1  # nothing, no number
AWAY = 0  # activity; pool p is activity p + 1
NEVER = np.inf
WAITING, ANSWERED, ABANDONED = 0, 1, 2  # calls; waiting: never answered
GONE, FREE, TALKING, WORKING, SETTLING = 0, 1, 2, 3, 4  # agents
NEW_CLOCK, SAME_DUE, SAME_CLOCK = 0, 1, 2  # deadline of a case that follows another


def _record(**fields: str) -> np.dtype[Any]:
    return np.dtype([(name, f"{kind}8") for name, kind in fields.items()])


#: In the order in which they come. ``handle`` is what an agent at speed 1 takes,
#: ``patience`` how long a caller waits, ``took`` how long an agent was at it.
CALL = _record(
    at="f",
    queue="i",
    handle="f",
    patience="f",
    state="i",
    wait="f",
    took="f",
    agent="i",
    next="i",
)
#: Cases; those first that come by themselves, by ``release``. Of one that follows
#: another ``release`` is how long after that one was received it comes at the earliest,
#: ``waits`` how long after it was done. ``due``: deadline; ``NEVER``: reckoned when it
#: comes, as ``clock`` says. ``work``: at speed 1. ``first``: the first that follows it,
#: ``following``: the next beside itself.
ITEM = _record(
    release="f",
    waits="f",
    due="f",
    clock="i",
    work="f",
    kind="i",
    first="i",
    following="i",
    released="f",
    done="f",
    rest="f",
    was_late="i",
)
#: Who goes to what when: away, or a pool. ``shift`` is the one it belongs to, ``kept``
#: the length of a break that is taken in full where it begins late, else 0.
EVENT = _record(at="f", agent="i", activity="i", shift="i", kept="f")
#: ``held`` contacts of ``at_queue``; ``version`` counts what was begun, so that the end
#: of what was given up is no longer heard; ``told``: when contacts were last reckoned;
#: ``item`` is done since ``item_from``; ``pending`` comes after the call, ``later``
#: after a late break that lasts ``until``; ``before`` and ``behind``: in a pool's list,
#: of those who are free or of those at cases.
AGENT = _record(
    status="i",
    activity="i",
    held="i",
    at_queue="i",
    version="i",
    told="f",
    item="i",
    item_from="f",
    pending="i",
    pending_kept="f",
    until="f",
    later="i",
    before="i",
    behind="i",
    since="f",
)
#: Free agents as a list, longest free first, and ``longest`` to ``latest`` those whom a
#: call takes off a case. ``kind``: of cases, -1: calls; ``rank``: how many queues are
#: served, pools of the same rank are one to callers.
POOL = _record(
    first="i", last="i", count="i", longest="i", latest="i", kind="i", rank="i"
)
#: Waiting calls as a list. A lower ``priority`` goes first whoever waits longer;
#: ``slots``: contacts that an agent may hold at once.
QUEUE = _record(first="i", last="i", priority="i", slots="i")
#: ``count`` cases wait; ``settling``: seconds lost at the start of a block, ``resume``
#: where cases are taken up between calls; ``utilisation``: share of the time at cases
#: that is handle time; ``between``: whether people who are there for calls work on them
#: when they are free.
KIND = _record(count="i", settling="f", resume="f", utilisation="f", between="i")
#: When something happens, and what.
MOMENT = _record(when="f", value="i")
#: One record. ``between``: whether any kind is worked on between calls; ``reserve``
#: agents of a pool stay free of that, and ``interrupts``: whether a call takes them off
#: it; ``hand_on``: whether a case that is not done when a block ends goes back to all;
#: ``due_step``: seconds between two moments of the table of deadlines; ``begin``: cases
#: that come by themselves; ``moments``: how many there are.
RULE = _record(
    between="i",
    interrupts="i",
    reserve="i",
    hand_on="i",
    due_step="f",
    begin="i",
    moments="i",
)


class World(NamedTuple):
    """Everything, in tables.

    Attributes
    ----------
    queue_speed, kind_speed
        Speed by agent and queue, by agent and kind of cases; 0: not able.
    half_done
        By agent and kind: a case that is begun and kept.
    contacts, left
        By agent and slot: the contact held, and what is left of it at speed 1.
    serves
        By pool and queue.
    turn
        By queue: pools that serve it, least skilled first; -1: no more.
    factors
        By queue and number held: how much longer contacts take then.
    due_table
        By kind and moment: the deadline of a case that comes then.
    waiting
        By kind, the cases that wait, as a heap by deadline.
    moments
        What ends when, as a heap.
    absent
        By shift: whether its agent does not come.
    """

    calls: Records
    items: Records
    events: Records
    agents: Records
    pools: Records
    queues: Records
    kinds: Records
    rules: Records
    queue_speed: Floats
    kind_speed: Floats
    half_done: Ints
    contacts: Ints
    left: Floats
    serves: Bytes
    turn: Ints
    factors: Floats
    due_table: Floats
    waiting: Records
    moments: Records
    absent: Bytes


def opened(
    calls: Records,
    items: Records,
    events: Records,
    pools: Records,
    queues: Records,
    kinds: Records,
    rules: Records,
    queue_speed: Floats,
    kind_speed: Floats,
    serves: Bytes,
    factors: Floats,
    due_table: Floats,
    absent: Bytes,
) -> World:
    """Return the world before anything has happened; tables given are copied.

    ``pools`` need their ``kind``, ``queues`` priority and slots, ``kinds`` settling,
    resume and utilisation, ``rules`` all but the number of moments.
    """
    people, slots = len(queue_speed), factors.shape[1]
    agents = np.zeros(people, AGENT)
    for field in ("at_queue", "item", "pending", "later", "before", "behind"):
        agents[field] = NOBODY
    agents["until"] = -np.inf
    calls, items, queues, kinds = (t.copy() for t in (calls, items, queues, kinds))
    pools, rules = pools.copy(), rules.copy()
    pools["rank"] = serves.sum(axis=1)
    for lists in (pools, queues):
        lists["first"] = lists["last"] = NOBODY
    pools["longest"] = pools["latest"] = NOBODY
    pools["count"] = kinds["count"] = rules["moments"] = 0
    calls["state"], calls["agent"], calls["next"] = WAITING, NOBODY, NOBODY
    items["released"] = items["done"] = NEVER
    items["rest"] = items["work"]
    room = 4 * people + 2 * len(events) + len(items)
    return World(
        calls=calls,
        items=items,
        events=events,
        agents=agents,
        pools=pools,
        queues=queues,
        kinds=kinds,
        rules=rules,
        queue_speed=queue_speed,
        kind_speed=kind_speed,
        half_done=np.full((people, max(1, len(kinds))), NOBODY),
        contacts=np.full((people, slots), NOBODY),
        left=np.zeros((people, slots)),
        serves=serves,
        turn=_turns(pools, serves),
        factors=factors,
        due_table=due_table,
        waiting=np.zeros((max(1, len(kinds)), max(1, len(items))), MOMENT),
        moments=np.zeros(max(1, room), MOMENT),
        absent=absent,
    )


def _turns(pools: Records, serves: Bytes) -> Ints:
    """Return for each queue the pools that serve it, least skilled first."""
    turn = np.full((serves.shape[1], len(pools)), NOBODY)
    for queue in range(serves.shape[1]):
        own = np.flatnonzero(serves[:, queue])
        own = own[np.argsort(pools["rank"][own], kind="stable")]
        turn[queue, : len(own)] = own
    return turn
