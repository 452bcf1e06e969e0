"""Free agents, waiting calls, waiting cases, moments to come; in compiled code."""

from models.machine_code import lean
from models.simulation.heap import pop, push
from models.simulation.world import ABANDONED, FREE, NEVER, NOBODY, World

DONE, READY, BACK, COMES = 0, 1, 2, 3  # what ends: a call or case, settling, a break


@lean
def remind(world: World, when: float, what: int, number: int, version: int) -> None:
    """Remember that something ends, or that a case comes."""
    rules = world.rules[0]
    push(world.moments, rules.moments, when, (version << 40) | (number << 3) | what)
    rules.moments += 1


@lean
def next_moment(world: World) -> int:
    """Take the next moment off and return what it stands for."""
    rules = world.rules[0]
    value = pop(world.moments, rules.moments)
    rules.moments -= 1
    return value


@lean
def put_free(world: World, agent: int, now: float) -> None:
    """Put an agent behind the other free ones of a pool."""
    own = world.agents[agent]
    pool = world.pools[own.activity - 1]
    own.before = pool.last
    own.behind = NOBODY
    if pool.last == NOBODY:
        pool.first = agent
    else:
        world.agents[pool.last].behind = agent
    pool.last = agent
    pool.count += 1
    own.since = now
    own.status = FREE


@lean
def take_free(world: World, agent: int) -> None:
    """Take a free agent out of the list of a pool."""
    own = world.agents[agent]
    pool = world.pools[own.activity - 1]
    if pool.first == agent:
        pool.first = own.behind
    if pool.last == agent:
        pool.last = own.before
    _join(world, own.before, own.behind)
    pool.count -= 1


@lean
def _join(world: World, before: int, behind: int) -> None:
    """Let two of a list follow each other, who may be nobody."""
    if before != NOBODY:
        world.agents[before].behind = behind
    if behind != NOBODY:
        world.agents[behind].before = before


@lean
def put_at_case(world: World, agent: int) -> None:
    """Put an agent on calls who begins a case among a pool's others, by when they did.

    Of two who began at once the lower number goes first. Who loses time first begins
    later, so that the place is looked for from behind; it is near.
    """
    own = world.agents[agent]
    pool = world.pools[own.activity - 1]
    before, behind = pool.latest, NOBODY
    while before != NOBODY:
        other = world.agents[before]
        if other.item_from < own.item_from:
            break
        if other.item_from == own.item_from and before < agent:
            break
        before, behind = other.before, before
    own.before, own.behind = before, behind
    _join(world, before, agent)
    _join(world, agent, behind)
    if before == NOBODY:
        pool.longest = agent
    if behind == NOBODY:
        pool.latest = agent


@lean
def take_at_case(world: World, agent: int) -> None:
    """Take an agent who leaves a case out of that list; in a block nobody is in it."""
    own = world.agents[agent]
    pool = world.pools[own.activity - 1]
    if pool.kind >= 0:
        return
    if pool.longest == agent:
        pool.longest = own.behind
    if pool.latest == agent:
        pool.latest = own.before
    _join(world, own.before, own.behind)


@lean
def put_waiting(world: World, call: int) -> None:
    """Put a call behind the others of its queue."""
    queue = world.queues[world.calls[call].queue]
    world.calls[call].next = NOBODY
    if queue.first == NOBODY:
        queue.first = call
    else:
        world.calls[queue.last].next = call
    queue.last = call


@lean
def first_waiting(world: World, queue: int, now: float) -> int:
    """Return the first caller of a queue who has not given up; -1: nobody waits."""
    call = world.queues[queue].first
    while call != NOBODY:
        own = world.calls[call]
        if own.patience == NEVER or own.at + own.patience > now:
            break
        own.state = ABANDONED
        own.wait = own.patience
        call = own.next
        world.queues[queue].first = call
    return int(call)


@lean
def take_first(world: World, queue: int) -> None:
    """Take the first call off a queue."""
    row = world.queues[queue]
    row.first = world.calls[row.first].next


@lean
def put_case(world: World, item: int) -> None:
    """Put a case to those of its kind that wait."""
    kind = world.items[item].kind
    push(world.waiting[kind], world.kinds[kind].count, world.items[item].due, item)
    world.kinds[kind].count += 1


@lean
def take_case(world: World, kind: int) -> int:
    """Take the most urgent case of a kind; -1: none waits."""
    if world.kinds[kind].count == 0:
        return NOBODY
    item = pop(world.waiting[kind], world.kinds[kind].count)
    world.kinds[kind].count -= 1
    return item
