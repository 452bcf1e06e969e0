"""The cheapest roster of a very small problem, by looking at every one.

An agent's rosters are every set of shifts of the menu, each filled in every way: its
breaks and some of the agent's meetings anywhere on the grid, one work or nothing in
every other period. Which of them are legal, the checker says. Agents'
rosters are combined afterwards; of those that give the same cover, case time and
people only the cheapest is kept.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, groupby, product
from operator import add
from typing import Any, TypeVar

from models.roster import check
from models.roster.check import goals
from models.roster.check.fills import fill_room_of, hands
from models.roster.check.joint import people
from models.roster.problem import JOINT_RULES, Kind, RosterProblem
from models.roster.result import Activity, Roster, Worked

T = TypeVar("T")
Gives = tuple[tuple[int, ...], ...]  # cover rows, case rows, hands of fills
Entry = tuple[int, Roster]  # what a roster costs, whatever it gives
Best = dict[Gives, Entry]
Slot = tuple[Kind, str, int]  # what fills a period; the number tells blocks apart

OF_SHIFTS = {rule.__name__ for rule in check.SHIFT_RULES}
OF_WHOLE = ["meetings", "case_share", "pinned_work"]
WITHIN_SHIFT = [
    rule.__name__
    for rule in check.RULES
    if rule.__name__ not in {*OF_SHIFTS, *OF_WHOLE}
]


@cache  # engines are compared with it one by one
def best(problem: RosterProblem) -> int | None:
    """Return the least cost of a legal roster; ``None`` when there is none."""
    found = best_roster(problem)
    return None if found is None else found[0]


def best_roster(problem: RosterProblem) -> tuple[int, Roster] | None:
    """Return a cheapest legal roster and its cost; ``None`` when there is none."""
    nothing = (0,) * problem.periods
    no_room = (0,) * len(problem.cuts)
    start = (nothing,) * len(problem.covers) + (no_room,) * len(problem.cases)
    start += (nothing,) * sum(len(fill.works) for fill in problem.fills)
    start += ((0,) * len(problem.headcounts),)
    joint: Best = {start: (0, Roster((), ()))}
    known: dict[RosterProblem, Best] = {}
    for a in range(len(problem.agents)):
        alone = alone_with(problem, a)
        if alone not in known:
            known[alone] = rosters_of(alone)
        joint = _with(joint, known[alone], a)
    priced = (
        (_shared_cost(problem, g) + own, r)
        for g, (own, r) in joint.items()
        if not any(_judged(problem, r, JOINT_RULES))
    )
    found = min(priced, key=lambda entry: entry[0], default=None)
    if found is not None:  # the whole, judged and priced once more
        assert check.violations(problem, found[1]) == []
        assert check.cost(problem, found[1]) == found[0]
    return found


def alone_with(problem: RosterProblem, a: int) -> RosterProblem:
    """Return the problem of one agent (without the name)."""
    covers = tuple(
        replace(cover, fixed=(0,) * problem.periods) for cover in problem.covers
    )
    agent = replace(problem.agents[a], name="")
    fills = tuple(replace(fill, fixed=()) for fill in problem.fills)
    rows = tuple(
        replace(row, fixed=0, under_cost=0, over_cost=0) for row in problem.headcounts
    )
    return replace(
        problem, agents=(agent,), covers=covers, fills=fills, headcounts=rows
    )


def rosters_of(alone: RosterProblem) -> Best:
    """Return what one agent can give, and the cheapest legal roster that gives it."""
    found: Best = {}
    fills = [_fills(alone, s) for s in range(len(alone.shifts))]
    for shifts in _sets(range(len(alone.shifts))):
        tour = Roster(tuple(_worked(alone, s) for s in shifts), None)
        if not check.violations(alone, tour):
            for parts in product(*(fills[s] for s in shifts)):
                roster = _joined(parts)
                if not any(_judged(alone, roster, OF_WHOLE)):
                    _keep(found, gives(alone, roster), _own_cost(alone, roster), roster)
    return found


def _fills(alone: RosterProblem, s: int) -> list[Roster]:
    """Return the legal fillings of a shift; of equals, only the cheapest."""
    found: dict[object, tuple[int, Roster]] = {}
    for fill in fillings(alone, s):
        if not any(_judged(alone, fill, WITHIN_SHIFT)):
            told = Kind.MEETING if not alone.agents[0].tasks else None
            held = [x for x in fill.activities or () if told in (None, x.kind)]
            key = (gives(alone, fill), tuple(held))
            _keep(found, key, _own_cost(alone, fill), fill)
    return [fill for _, fill in found.values()]


def fillings(alone: RosterProblem, s: int) -> Iterator[Roster]:
    """Yield every way to fill one shift of the menu."""
    shift = alone.shifts[s]
    meetings = alone.agents[0].meetings if alone.enforces("meetings") else ()
    breaks = [
        (Kind.BREAK, b.name, b.minutes // alone.period)
        for b in alone.shift_types[shift.shift_type].breaks
    ]
    free: list[Slot] = [(work.kind, work.name, 0) for work in alone.works]
    free.append((Kind.IDLE, "", 0))
    length = (shift.end - shift.start) // alone.period
    for some in _sets(meetings):
        attended = [(Kind.MEETING, m.name, m.minutes // alone.period) for m in some]
        for slots in _placed([*breaks, *attended], [None] * length):
            for filled in product(*([slot] if slot else free for slot in slots)):
                activities = tuple(_spelled(alone.period, shift.start, filled))
                yield Roster((_worked(alone, s),), activities)


def _placed(
    blocks: Sequence[tuple[Kind, str, int]], slots: list[Slot | None]
) -> Iterator[list[Slot | None]]:
    """Yield the slots with every block placed anywhere that is free."""
    if not blocks:
        yield slots
        return
    (kind, name, length), *others = blocks
    for i in range(len(slots) - length + 1):
        if not any(slots[i : i + length]):
            block = [(kind, name, len(blocks))] * length
            yield from _placed(others, [*slots[:i], *block, *slots[i + length :]])


def _spelled(period: int, start: int, slots: Sequence[Slot]) -> Iterator[Activity]:
    """Yield the activities that equal slots next to each other make."""
    for (kind, name, _), same in groupby(slots):
        end = start + len(list(same)) * period
        yield Activity(0, start, end, kind, name)
        start = end


def _judged(
    problem: RosterProblem, roster: Roster, names: Sequence[str]
) -> Iterator[check.Violation]:
    """Yield the breaches of some rules, as far as they are enforced."""
    for rule in check.RULES:
        if rule.__name__ in names and problem.enforces(rule.__name__):
            yield from rule(problem, roster)


def gives(problem: RosterProblem, roster: Roster) -> Gives:
    """Return cover rows, case rows, and who could do cases between calls."""
    rows = [*check.cover(problem, roster), *check.case_minutes(problem, roster)]
    rows += chain.from_iterable(hands(problem, roster))
    rows.append([people(problem, roster, row) for row in problem.headcounts])
    return tuple(map(tuple, rows))


def _own_cost(problem: RosterProblem, roster: Roster) -> int:
    """Return what a roster costs, whatever it gives."""
    return check.cost(replace(problem, covers=(), cases=(), fills=()), roster)


def _shared_cost(problem: RosterProblem, given: Gives) -> int:
    """Return what the rows of ``gives``, without ``fixed`` cover, cost together."""
    size = len(problem.covers)
    rows = [
        [one + other for one, other in zip(cover.fixed, row, strict=True)]
        for cover, row in zip(problem.covers, given[:size], strict=True)
    ]
    able, first = [], size + len(problem.cases)
    for fill in problem.fills:
        more = fill.fixed or ((0,) * problem.periods,) * len(fill.works)
        own = given[first : first + len(fill.works)]
        able.append([list(map(add, *pair)) for pair in zip(more, own, strict=True)])
        first += len(fill.works)
    heads = 0
    for row, count in zip(problem.headcounts, given[-1], strict=True):
        lacks = row.needed - row.fixed - count
        if row.rule not in problem.off:
            heads += max(lacks * (row.under_cost or 0), -lacks * (row.over_cost or 0))
    rooms = zip(given[size:], fill_room_of(problem, rows, able), strict=False)
    kept = goals.accounts_of(problem, [list(map(add, *room)) for room in rooms])
    return (
        heads
        + goals.levels_cost(problem, "voice_shortfall", rows)
        + goals.levels_cost(problem, "voice_cushion", rows)
        + goals.late_cost(problem, rows)
        + goals.overdue_cost(problem, kept)
        + goals.open_cost(problem, kept)
    )


def _with(joint: Best, others: Best, a: int) -> Best:
    """Return what everybody so far and agent ``a`` can give together."""
    found: Best = {}
    for (one, cost), (other, more) in product(joint.items(), others.items()):
        total = tuple(
            tuple(map(add, row, extra)) for row, extra in zip(one, other, strict=True)
        )
        _keep(found, total, cost[0] + more[0], _joined([cost[1], _named(more[1], a)]))
    return found


def _keep(found: dict[Any, Entry], key: object, cost: int, roster: Roster) -> None:
    """Keep the cheapest roster of those with the same key."""
    if key not in found or cost < found[key][0]:
        found[key] = cost, roster


def _joined(parts: Sequence[Roster]) -> Roster:
    """Return rosters as one."""
    return Roster(
        tuple(chain.from_iterable(part.worked for part in parts)),
        tuple(chain.from_iterable(part.activities or () for part in parts)),
    )


def _named(roster: Roster, a: int) -> Roster:
    """Return one agent's roster with the agent's position."""
    return Roster(
        tuple(replace(w, agent=a) for w in roster.worked),
        tuple(replace(x, agent=a) for x in roster.activities or ()),
    )


def _worked(alone: RosterProblem, s: int) -> Worked:
    """Return a shift of the menu as worked by the one agent."""
    shift = alone.shifts[s]
    return Worked(
        0, shift.day, shift.shift_type, shift.start, shift.end, shift.paid_minutes
    )


def _sets(things: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Yield every subset."""
    sizes = range(len(things) + 1)
    return chain.from_iterable(combinations(things, size) for size in sizes)
