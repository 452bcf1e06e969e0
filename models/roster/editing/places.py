"""Where the breaks and meetings of a shift go: as near as can be to where they were."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from models.roster.problem import Agent, Break, Kind, Meeting, RosterProblem, Stretch
from models.roster.reach import held
from models.roster.result import Activity, Roster, Worked

_NEVER = 1 << 40


def missing_meetings(agent: Agent, week: Roster) -> list[Meeting]:
    """Return the meetings that an agent's week does not hold."""
    found = held(agent, week.activities or ())
    return [m for i, m in enumerate(agent.meetings) if i not in found]


def missing_breaks(
    problem: RosterProblem, shift: Worked, there: Sequence[Activity]
) -> list[Break]:
    """Return the breaks of a shift that it does not hold, in their order."""
    taken = Counter(x.name for x in there if x.kind is Kind.BREAK)
    found = []
    for rest in problem.shift_types[shift.shift_type].breaks:
        if taken[rest.name]:
            taken[rest.name] -= 1
        else:
            found.append(rest)
    return found


def placed_meetings(
    problem: RosterProblem,
    shift: Worked,
    asked: Sequence[Meeting],
    before: Sequence[Activity],
    there: Sequence[Activity],
) -> list[Activity]:
    """Return meetings as far as they fit into a shift, near where they were."""
    found: list[Activity] = []
    was = {x.name: x.start for x in before if x.kind is Kind.MEETING}
    for meeting in sorted(asked, key=lambda m: m.latest):
        taken = [(x.start, x.end) for x in (*there, *found)]
        first = max(shift.start, meeting.earliest)
        last = min(shift.end - meeting.minutes, meeting.latest)
        wanted = was.get(meeting.name, first)
        starts = [
            start
            for start in _grid(problem, first, last)
            if _is_free(start, start + meeting.minutes, taken)
        ]
        if starts:
            start = min(starts, key=lambda minute: (abs(minute - wanted), minute))
            end = start + meeting.minutes
            found.append(Activity(shift.agent, start, end, Kind.MEETING, meeting.name))
    return found


@dataclass(frozen=True)
class _Places:
    """Starts that the breaks of a shift may have, and those that are wanted."""

    breaks: tuple[Break, ...]
    starts: tuple[tuple[int, ...], ...]
    wanted: tuple[int, ...]
    spacing: int


def placed_breaks(
    problem: RosterProblem,
    shift: Worked,
    asked: Sequence[Break],
    before: Sequence[Activity],
    there: Sequence[Activity],
) -> list[Activity]:
    """Return breaks in their windows, in order and apart, near where they were.

    Where that cannot be they go wherever there is room, and the checker tells.
    """
    own = tuple(asked)
    wanted = tuple(_wanted(shift, own, before))
    spacing = problem.shift_types[shift.shift_type].spacing
    taken = [(x.start, x.end) for x in there]
    apart = [
        (x.start - spacing, x.end + spacing) for x in there if x.kind is Kind.BREAK
    ]
    for blocked, inside, space in (
        ([*taken, *apart], True, spacing),
        (taken, True, 0),
        (taken, False, 0),
    ):
        starts = tuple(
            tuple(_starts(problem, shift, rest, blocked, inside=inside)) for rest in own
        )
        found = _nearest(_Places(own, starts, wanted, space))
        if found is not None:
            pairs = zip(own, found, strict=True)
            return [_taken(shift, rest, start) for rest, start in pairs]
    return _squeezed(problem, shift, own, taken)


def _squeezed(
    problem: RosterProblem, shift: Worked, asked: Sequence[Break], taken: list[Stretch]
) -> list[Activity]:
    """Return the breaks that still find room, one after the other."""
    found: list[Activity] = []
    for rest in asked:
        blocked = [*taken, *((x.start, x.end) for x in found)]
        starts = _starts(problem, shift, rest, blocked, inside=False)
        if (start := next(starts, None)) is not None:
            found.append(_taken(shift, rest, start))
    return found


def _taken(shift: Worked, rest: Break, start: int) -> Activity:
    return Activity(shift.agent, start, start + rest.minutes, Kind.BREAK, rest.name)


def _wanted(
    shift: Worked, asked: Sequence[Break], before: Sequence[Activity]
) -> Iterator[int]:
    """Yield where each break was, else the middle of its window."""
    was: dict[str, list[int]] = {}
    for x in before:
        if x.kind is Kind.BREAK:
            was.setdefault(x.name, []).append(x.start)
    for rest in asked:
        own = was.get(rest.name)
        yield own.pop(0) if own else shift.start + (rest.earliest + rest.latest) // 2


def _starts(
    problem: RosterProblem,
    shift: Worked,
    rest: Break,
    blocked: Sequence[Stretch],
    *,
    inside: bool,
) -> Iterator[int]:
    """Yield the starts that a break may have; ``inside`` its window."""
    first, last = shift.start, shift.end - rest.minutes
    if inside and problem.enforces("breaks_in_window"):
        first, last = first + rest.earliest, min(last, first + rest.latest)
    for start in _grid(problem, first, last):
        if _is_free(start, start + rest.minutes, blocked):
            yield start


def _nearest(places: _Places) -> tuple[int, ...] | None:
    """Return the starts, in order and apart, that are nearest to those wanted."""

    @cache
    def best(b: int, free: int) -> tuple[int, tuple[int, ...]]:
        if b == len(places.breaks):
            return 0, ()
        found: tuple[int, tuple[int, ...]] = (_NEVER, ())
        for start in places.starts[b]:
            if start >= free:
                rest = places.breaks[b].minutes + places.spacing
                cost, others = best(b + 1, start + rest)
                cost += abs(start - places.wanted[b])
                found = min(found, (cost, (start, *others)))
        return found

    cost, starts = best(0, 0)
    return starts if cost < _NEVER else None


def _grid(problem: RosterProblem, first: int, last: int) -> range:
    """Return the moments of the grid from a minute to another one."""
    g = problem.period
    return range(-(-first // g) * g, last + 1, g)


def _is_free(start: int, end: int, taken: Sequence[Stretch]) -> bool:
    return all(end <= first or start >= last for first, last in taken)
