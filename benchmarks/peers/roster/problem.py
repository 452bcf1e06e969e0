"""The roster problem of pyworkforce, and one evaluator for whoever solves it.

Required people by shift and day, bans, days and hours at least, preferences; the cost
is hours scheduled less one for each shift that somebody prefers. After a shift that is
the origin of a non-sequential pair pyworkforce's model allows no shift at all on the
next day, whatever the destination; so the problem is the one that it solves.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from random import Random
from typing import Any

SHIFTS = ("Morning", "Afternoon", "Night", "Mixed")
HOURS = (8, 8, 8, 6)
DAYS = 7
MOST_RESTING = 2
LEAST_HOURS = 36
NON_SEQUENTIAL = ({"origin": "Night", "destination": "Morning"},)
SHARES = (0.26, 0.22, 0.05, 0.12)  # of the people, on each shift of a weekday
BANS, PREFERRING = 0.08, 0.5  # of the people

Shifts = Sequence[tuple[str, int, str]]  # resource, day, shift


@dataclass(frozen=True)
class Problem:
    """What both are given; the names are pyworkforce's."""

    resources: list[str]
    required_resources: dict[str, list[int]]
    banned_shifts: list[dict[str, Any]]
    resources_preferences: list[dict[str, str]]
    num_days: int = DAYS
    shifts: tuple[str, ...] = SHIFTS
    shifts_hours: tuple[int, ...] = HOURS
    min_working_hours: int = LEAST_HOURS
    max_resting: int = MOST_RESTING
    non_sequential_shifts: tuple[dict[str, str], ...] = NON_SEQUENTIAL

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def drawn(people: int, seed: int) -> Problem:
    """Return a problem for so many people."""
    draw = Random(seed)
    names = [f"r{number:04}" for number in range(people)]
    weekend = (1, 1, 1, 1, 1, 0.8, 0.7)
    return Problem(
        resources=names,
        required_resources={
            shift: [
                max(1, round(people * share * day * draw.uniform(0.9, 1.1)))
                for day in weekend
            ]
            for shift, share in zip(SHIFTS, SHARES, strict=True)
        },
        banned_shifts=[
            {"resource": name, "shift": shift, "day": draw.randrange(DAYS)}
            for name in names
            if draw.random() < BANS
            for shift in draw.sample(SHIFTS, 2)
        ],
        resources_preferences=[
            {"resource": name, "shift": draw.choice(SHIFTS)}
            for name in names
            if draw.random() < PREFERRING
        ],
    )


def cost(problem: Problem, shifts: Shifts) -> int:
    """Return hours scheduled less one for each shift that is preferred."""
    hours = dict(zip(problem.shifts, problem.shifts_hours, strict=True))
    liked = {(p["resource"], p["shift"]) for p in problem.resources_preferences}
    return sum(hours[shift] - ((who, shift) in liked) for who, _, shift in shifts)


def breaches(problem: Problem, shifts: Shifts) -> Iterator[str]:
    """Yield a sentence for everything that is not as it must be."""
    there = [[name for _, on, name in shifts if on == d] for d in range(DAYS)]
    for shift, wanted in problem.required_resources.items():
        for day, least in enumerate(wanted):
            if there[day].count(shift) < least:
                yield f"{shift} on day {day}: {there[day].count(shift)} of {least}"
    banned = {(b["resource"], b["day"], b["shift"]) for b in problem.banned_shifts}
    for each in shifts:
        if each in banned:
            yield f"{each} is banned"
    by_person: dict[str, dict[int, list[str]]] = {n: {} for n in problem.resources}
    for who, day, shift in shifts:
        by_person[who].setdefault(day, []).append(shift)
    for who, own in by_person.items():
        yield from _own_breaches(problem, who, own)


def _own_breaches(
    problem: Problem, who: str, own: dict[int, list[str]]
) -> Iterator[str]:
    hours = dict(zip(problem.shifts, problem.shifts_hours, strict=True))
    if any(len(each) > 1 for each in own.values()):
        yield f"{who} has two shifts on a day"
    if len(own) < problem.num_days - problem.max_resting:
        yield f"{who} works {len(own)} days"
    worked = sum(hours[shift] for each in own.values() for shift in each)
    if worked < problem.min_working_hours:
        yield f"{who} works {worked} hours"
    origins = {pair["origin"] for pair in problem.non_sequential_shifts}
    for first, second in pairwise(range(problem.num_days)):
        if origins & set(own.get(first, ())) and second in own:
            yield f"{who} works on day {second}, after a night"
