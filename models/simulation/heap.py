"""A binary heap of moments, those of the same moment by what they stand for.

In compiled code.
"""

from models.machine_code import lean
from models.simulation.world import Records


@lean
def _is_first(own: Records, when: float, value: int) -> bool:
    return bool(own.when < when or (own.when == when and own.value < value))


@lean
def push(heap: Records, size: int, when: float, value: int) -> None:
    """Add a moment to a heap of so many."""
    i = size
    while i > 0:
        above = (i - 1) >> 1
        if _is_first(heap[above], when, value):
            break
        heap[i].when = heap[above].when
        heap[i].value = heap[above].value
        i = above
    heap[i].when = when
    heap[i].value = value


@lean
def pop(heap: Records, size: int) -> int:
    """Take the earliest moment off a heap of so many; return what it stands for."""
    taken = heap[0].value
    last = size - 1
    when, value = heap[last].when, heap[last].value
    i = 0
    while True:
        below = 2 * i + 1
        if below >= last:
            break
        if below + 1 < last:
            other = heap[below + 1]
            if _is_first(other, heap[below].when, heap[below].value):
                below += 1
        if not _is_first(heap[below], when, value):
            break
        heap[i].when = heap[below].when
        heap[i].value = heap[below].value
        i = below
    heap[i].when = when
    heap[i].value = value
    return int(taken)
