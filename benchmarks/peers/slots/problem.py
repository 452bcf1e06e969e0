"""An employee scheduling problem that both can express, and one evaluator.

Slots of shifts want somebody with their skill; people have days on which they cannot,
shifts that they want or would rather not have, rest between shifts, and at most and
hopefully at least so many days a week. Hard rules must hold; the cost is what is left.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from random import Random
from typing import Any

DAYS = 14
STARTS = {"early": 6, "day": 9, "late": 14, "night": 22}  # hours
HOURS = 8
SHARES = {"early": 0.19, "day": 0.14, "late": 0.17, "night": 0.08}
REST_HOURS = 11
MOST_DAYS, LEAST_DAYS = 5, 4  # a week
LEADING = 0.3  # of the people may lead
SHORT, FEW, WANTED, UNWANTED = 100, 20, 3, 4  # what slot, day and wish cost

Shifts = Sequence[tuple[str, int, str]]  # person, day, slot's kind


@dataclass(frozen=True)
class Problem:
    """What both are given.

    Attributes
    ----------
    demand
        Kind of shift (``early``, ``early lead``, ...), day, people.
    leaders
        Who may take shifts that lead.
    away
        By person: days on which they cannot work.
    wanted, unwanted
        Person, day, name of a start (``early``), of whatever skill.
    """

    people: list[str]
    leaders: list[str]
    away: dict[str, list[int]]
    demand: list[tuple[str, int, int]]
    wanted: list[tuple[str, int, str]]
    unwanted: list[tuple[str, int, str]]

    def as_dict(self) -> dict[str, Any]:
        weights = {"short": SHORT, "few": FEW, "wanted": WANTED, "unwanted": UNWANTED}
        return {
            **asdict(self),
            "days": DAYS,
            "starts": STARTS,
            "hours": HOURS,
            "rest_hours": REST_HOURS,
            "most_days": MOST_DAYS,
            "least_days": LEAST_DAYS,
            "weights": weights,
        }


def drawn(count: int, seed: int) -> Problem:
    """Return a problem for so many people, with about as much work as they can do."""
    draw = Random(seed)
    people = [f"p{number:04}" for number in range(count)]
    demand = []
    for day in range(DAYS):
        for name, share in SHARES.items():
            wanted = max(2, round(count * share * draw.uniform(0.85, 1.2)))
            lead = max(1, round(wanted / 6))
            demand += [(name, day, wanted - lead), (f"{name} lead", day, lead)]
    wishes = [
        (who, day, draw.choice(list(STARTS)))
        for who in people
        for day in draw.sample(range(DAYS), 5)
    ]
    return Problem(
        people=people,
        leaders=[who for who in people if draw.random() < LEADING],
        away={who: sorted(draw.sample(range(DAYS), 2)) for who in people},
        demand=demand,
        wanted=wishes[0::2],
        unwanted=wishes[1::2],
    )


def cost(problem: Problem, shifts: Shifts) -> int:
    """Return what is not as it should be, weighted."""
    there = Counter((kind, day) for _, day, kind in shifts)
    short = sum(max(0, n - there[kind, day]) for kind, day, n in problem.demand)
    days = Counter((who, day // 7) for who, day, _ in shifts)
    weeks = [(who, week) for who in problem.people for week in range(DAYS // 7)]
    few = sum(max(0, LEAST_DAYS - days[each]) for each in weeks)
    done = {(who, day, kind.split()[0]) for who, day, kind in shifts}
    denied = sum(tuple(wish) not in done for wish in problem.wanted)
    forced = sum(tuple(wish) in done for wish in problem.unwanted)
    return SHORT * short + FEW * few + WANTED * denied + UNWANTED * forced


def breaches(problem: Problem, shifts: Shifts) -> Iterator[str]:
    """Yield a sentence for each hard rule that is broken."""
    there = Counter((kind, day) for _, day, kind in shifts)
    slots = {(kind, day): n for kind, day, n in problem.demand}
    for (kind, day), number in there.items():
        if number > slots.get((kind, day), 0):
            yield f"{number} people on {kind} of day {day}, more than slots"
    leaders = set(problem.leaders)
    by_person: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for who, day, kind in shifts:
        by_person[who].append((day, kind))
        if kind.endswith(" lead") and who not in leaders:
            yield f"{who} leads on day {day}"
        if day in problem.away[who]:
            yield f"{who} works on day {day}, away"
    for who, own in by_person.items():
        yield from _own_breaches(who, sorted(own, key=lambda x: _start(*x)))


def _own_breaches(who: str, own: list[tuple[int, str]]) -> Iterator[str]:
    if len({day for day, _ in own}) < len(own):
        yield f"{who} has two shifts on a day"
    for first, second in pairwise(own):
        if _start(*second) - _start(*first) < HOURS + REST_HOURS:
            yield f"{who} rests too little after day {first[0]}"
    weeks = Counter(day // 7 for day, _ in own)
    if any(number > MOST_DAYS for number in weeks.values()):
        yield f"{who} works {max(weeks.values())} days in a week"


def _start(day: int, kind: str) -> int:
    return 24 * day + STARTS[kind.split()[0]]
