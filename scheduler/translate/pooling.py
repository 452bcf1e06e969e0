"""Which queues are worked and covered together."""

from itertools import combinations

from models.errors import NotSupported
from scheduler.domain import Plan
from scheduler.translate.skills import Skills

_MOST_QUEUES = 6  # 63 sets of queues

QueueSet = tuple[int, ...]  # positions, rising


def work_sets(plan: Plan, skills: Skills) -> tuple[QueueSet, ...]:
    """Return the sets of queues that agents are put on.

    Without pooling every queue on its own; else every set that is all that some agent
    is skilled for.
    """
    if plan.pooling == "none":
        return _singles(plan)
    sets = {skills.queues(agent.agent_id) for agent in plan.agents} - {()}
    return tuple(sorted(sets, key=_small_first))


def cover_sets(plan: Plan, skills: Skills) -> tuple[QueueSet, ...]:
    """Return the sets of queues that must be covered together.

    Without pooling every queue on its own; else every set that hangs together through
    agents who can do two of its queues.

    Raises
    ------
    NotSupported
        When more than six queues hang together.
    """
    if plan.pooling == "none":
        return _singles(plan)
    pairs: set[QueueSet] = {
        pair
        for agent in plan.agents
        for pair in combinations(skills.queues(agent.agent_id), 2)
    }
    sets = {
        queues
        for group in _groups(plan, pairs)
        for size in range(1, len(group) + 1)
        for queues in combinations(group, size)
        if len(_reached(queues, pairs)) == size
    }
    return tuple(sorted(sets, key=_small_first))


def joined(plan: Plan, queues: QueueSet) -> str:
    """Return the name of a set: the queues' names joined by ``+``."""
    return "+".join(plan.queues[q].name for q in queues)


def _singles(plan: Plan) -> tuple[QueueSet, ...]:
    return tuple((q,) for q in range(len(plan.queues)))


def _small_first(queues: QueueSet) -> tuple[int, QueueSet]:
    return len(queues), queues


def _groups(plan: Plan, pairs: set[QueueSet]) -> set[QueueSet]:
    """Return the queues in groups that hang together."""
    queues = tuple(range(len(plan.queues)))
    groups = {_reached((q, *queues), pairs) for q in queues}
    for group in groups:
        if len(group) > _MOST_QUEUES:
            names = ", ".join(plan.queues[q].name for q in group)
            raise NotSupported(
                f'pooling = "subsets": at most {_MOST_QUEUES} queues may hang together '
                f"through agents' skills, got {len(group)} ({names}); "
                f'use pooling = "none"'
            )
    return groups


def _reached(queues: QueueSet, pairs: set[QueueSet]) -> QueueSet:
    """Return which of the queues hang together with the first of them."""
    found, todo = set(queues[:1]), list(queues[:1])
    while todo:
        near = todo.pop()
        for q in set(queues) - found:
            if (min(near, q), max(near, q)) in pairs:
                found.add(q)
                todo.append(q)
    return tuple(sorted(found))
