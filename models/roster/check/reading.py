"""How the checker reads a roster: who works when, and what fills each shift."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from itertools import pairwise
from typing import NamedTuple, TypeVar
from weakref import ref

from models.errors import InvalidInput
from models.roster.problem import Break, Kind, RosterProblem, Stretch
from models.roster.result import Activity, Roster, Worked


@dataclass(frozen=True)
class Violation:
    """One breach of one rule, in one sentence.

    ``day`` is the position of the day on which the shift starts; of the day itself when
    no shift is meant; ``None`` when the breach is about a week.
    """

    rule: str
    agent: str
    day: int | None
    message: str


@dataclass(frozen=True)
class Filled:
    """A shift and the activities that start in it, in order of time."""

    shift: Worked
    activities: tuple[Activity, ...]


@dataclass(frozen=True)
class Run:
    """An uninterrupted stretch of one work inside one shift."""

    shift: Worked
    work: int
    start: int
    end: int


class Breach(NamedTuple):
    """What a rule finds: ``text`` goes on after the agent's name."""

    agent: int
    day: int | None
    text: str


Rule = Callable[[RosterProblem, Roster], Iterator[Violation]]
Tours = tuple[tuple[Worked, ...], ...]
Made = TypeVar("Made")
Fits = Callable[[RosterProblem], bool]


def rule(judge: Callable[[RosterProblem, Roster], Iterator[Breach]]) -> Rule:
    """Put the rule's and the agent's name to each breach that ``judge`` finds."""

    @wraps(judge)
    def named(problem: RosterProblem, roster: Roster) -> Iterator[Violation]:
        for a, day, text in judge(problem, roster):
            agent = problem.agents[a].name
            yield Violation(judge.__name__, agent, day, f"{agent}: {text}")

    return named


def refuse_unknown(problem: RosterProblem, roster: Roster) -> None:
    """Raise ``InvalidInput`` for positions that the problem does not have."""
    for w in roster.worked:
        for word, position, size in (
            ("agent", w.agent, len(problem.agents)),
            ("day", w.day, problem.days),
            ("shift type", w.shift_type, len(problem.shift_types)),
        ):
            if not 0 <= position < size:
                raise InvalidInput(f"roster: no {word} {position} (there are {size})")
    for x in roster.activities or ():
        if not 0 <= x.agent < len(problem.agents):
            raise InvalidInput(f"roster: no agent {x.agent} in the activities")


def remembered(
    make: Callable[[RosterProblem, Roster], Made],
) -> Callable[[RosterProblem, Roster], Made]:
    """Have what is made of a roster made once while the same roster is asked about.

    Each rule reads the roster that it judges. What ``make`` returns depends on the
    roster, which never changes, and on how many agents there are; neither it nor its
    parts may be changed. The last roster is known by what it is, not by what is in it,
    and kept, so that no other one can be taken for it.
    """
    return _kept(make, _as_many)


def remembered_of_both(
    make: Callable[[RosterProblem, Roster], Made],
) -> Callable[[RosterProblem, Roster], Made]:
    """Have what is made of a problem and a roster made once while both are the same.

    As ``remembered``; the problem is known by what it is, too, and not kept.
    """
    return _kept(make, _itself)


def _kept(
    make: Callable[[RosterProblem, Roster], Made],
    fits_of: Callable[[RosterProblem], Fits],
) -> Callable[[RosterProblem, Roster], Made]:
    last: tuple[Roster, Fits, Made] | None = None

    @wraps(make)
    def found(problem: RosterProblem, roster: Roster) -> Made:
        nonlocal last
        known = last
        if known is None or known[0] is not roster or not known[1](problem):
            last = known = roster, fits_of(problem), make(problem, roster)
        return known[2]

    return found


def _as_many(problem: RosterProblem) -> Fits:
    agents = len(problem.agents)
    return lambda other: len(other.agents) == agents


def _itself(problem: RosterProblem) -> Fits:
    own = ref(problem)
    return lambda other: own() is other


@remembered
def tours(problem: RosterProblem, roster: Roster) -> Tours:
    """Return the shifts of each agent, in order of time."""
    found: list[list[Worked]] = [[] for _ in problem.agents]
    for shift in sorted(roster.worked, key=lambda w: (w.start, w.end)):
        found[shift.agent].append(shift)
    return tuple(map(tuple, found))


@remembered
def read(
    problem: RosterProblem, roster: Roster
) -> tuple[tuple[Filled, ...], tuple[Activity, ...]]:
    """Return every shift with what starts in it, and what starts in no shift."""
    doings: list[list[Activity]] = [[] for _ in problem.agents]
    for x in sorted(roster.activities or (), key=lambda x: (x.start, x.end)):
        doings[x.agent].append(x)
    filled: list[Filled] = []
    strays: list[Activity] = []
    for shifts, own in zip(tours(problem, roster), doings, strict=True):
        starts = [shift.start for shift in shifts]
        inside: list[list[Activity]] = [[] for _ in shifts]
        for x in own:
            s = bisect_right(starts, x.start) - 1
            if s >= 0 and x.start < shifts[s].end:
                inside[s].append(x)
            else:
                strays.append(x)
        filled += [
            Filled(shift, tuple(held))
            for shift, held in zip(shifts, inside, strict=True)
        ]
    return tuple(filled), tuple(strays)


def works(problem: RosterProblem) -> dict[tuple[Kind, str], int]:
    """Return the position of each work by its kind and name."""
    return {(work.kind, work.name): k for k, work in enumerate(problem.works)}


def runs(problem: RosterProblem, roster: Roster, kind: Kind) -> tuple[Run, ...]:
    """Return the longest uninterrupted stretches of one work in one shift.

    Activities of the same work that touch are one run; a shift's end ends it.
    """
    return _runs(problem, roster).get(kind, ())


@remembered_of_both
def _runs(problem: RosterProblem, roster: Roster) -> dict[Kind, tuple[Run, ...]]:
    position = works(problem)
    found: dict[Kind, list[Run]] = {kind: [] for kind, _ in position}
    for held in read(problem, roster)[0]:
        last: dict[Kind, Run] = {}
        for x in held.activities:
            work = position.get((x.kind, x.name))
            if work is None:
                continue
            own, before = found[x.kind], last.get(x.kind)
            if before and before.work == work and x.start <= before.end:
                own.pop()
                run = Run(held.shift, work, before.start, max(before.end, x.end))
            else:
                run = Run(held.shift, work, x.start, x.end)
            own.append(run)
            last[x.kind] = run
    return {kind: tuple(own) for kind, own in found.items()}


def breaks(problem: RosterProblem, held: Filled) -> list[tuple[Break, Activity | None]]:
    """Return each break that a shift must hold, with the activity that is it.

    Breaks of the same name are told apart by time: the first listed is the first held.
    """
    listed = problem.shift_types[held.shift.shift_type].breaks
    taken: dict[str, list[Activity]] = {}
    for x in held.activities:
        if x.kind is Kind.BREAK:
            taken.setdefault(x.name, []).append(x)
    queues = {name: iter(own) for name, own in taken.items()}
    return [(b, next(queues.get(b.name, iter(())), None)) for b in listed]


def overlap(one: Stretch, other: Stretch) -> int:
    """Return the minutes that two stretches share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def day_of(problem: RosterProblem, minute: int) -> int:
    """Return the day in which a minute lies; the tail belongs to the last one."""
    day = bisect_right(problem.day_starts, minute) - 1
    return min(max(day, 0), problem.days - 1)


def span(problem: RosterProblem, start: int, end: int) -> str:
    """Return a stretch as words."""
    return f"{problem.clock(start)} to {problem.clock(end)}"


def duration(minutes: int) -> str:
    """Return minutes as hours and minutes.

    >>> [duration(minutes) for minutes in (0, 45, 480, 570)]
    ['0 min', '45 min', '8 h', '9 h 30 min']
    """
    hours, rest = divmod(minutes, 60)
    parts = (f"{hours} h" * (hours > 0), f"{rest} min" * (rest > 0 or not hours))
    return " ".join(part for part in parts if part)


def holes(stretches: list[Stretch], start: int, end: int) -> Iterator[Stretch]:
    """Yield what sorted stretches leave free of ``[start, end)``."""
    edges = [(start, start), *stretches, (end, end)]
    covered = start
    for (_, before), (after, _) in pairwise(edges):
        covered = max(covered, before)
        if min(after, end) > covered:
            yield covered, min(after, end)
