"""Where an agent's shifts break a rule of the book, and by how much."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from models.roster.check.reading import duration, overlap, span
from models.roster.problem import (
    Agent,
    Follow,
    Limit,
    LongRest,
    Measure,
    RosterProblem,
    Rule,
    Run,
    Spread,
    Together,
    Which,
    Whole,
)
from models.roster.result import Worked

_UNITS = {Measure.SHIFTS: "", Measure.PAID: " paid min", Measure.SHARED: " min"}
Shifts = Sequence[Worked]  # of one agent, in order of time


class Miss(NamedTuple):
    """By how many units a rule is broken, and a text as in ``Breach``."""

    units: int
    day: int | None
    text: str


def misses(
    problem: RosterProblem, agent: Agent, shifts: Shifts, rule: Rule
) -> Iterator[Miss]:
    """Yield where an agent's shifts break a rule; each miss has units."""
    match rule:
        case Limit():
            found = _limit(problem, shifts, rule)
        case Run():
            found = _run(problem, shifts, rule)
        case Follow():
            found = _follow(problem, shifts, rule)
        case Spread():
            found = _spread(shifts, rule)
        case LongRest():
            found = _long_rest(problem, agent, shifts, rule)
        case Together():
            found = _together(problem, shifts, rule)
        case Whole():
            found = _whole(problem, shifts, rule)
    yield from (miss for miss in found if miss.units > 0)


def counts(which: Which, w: Worked) -> bool:
    """Whether a shift is one that a rule speaks of."""
    if which.types is not None and w.shift_type not in which.types:
        return False
    if which.lengths is not None and w.end - w.start not in which.lengths:
        return False
    if which.starting is not None and not any(
        first <= w.start < end for first, end in which.starting
    ):
        return False
    return which.touching is None or shared(which, w) >= which.minutes


def shared(which: Which, w: Worked) -> int:
    """Return the minutes that a shift shares with the stretches of a rule."""
    return sum(overlap((w.start, w.end), stretch) for stretch in which.touching or ())


def _limit(problem: RosterProblem, shifts: Shifts, rule: Limit) -> Iterator[Miss]:
    own = [w for w in shifts if w.day in rule.days and counts(rule.which, w)]
    if rule.groups:
        there = {w.day for w in own}
        total = sum(not there.isdisjoint(group) for group in rule.groups)
    elif rule.measure is Measure.PAID:
        total = sum(w.paid_minutes for w in own)
    elif rule.measure is Measure.SHARED:
        total = sum(shared(rule.which, w) for w in own)
    else:
        total = len(own)
    total += rule.before
    when = _days(problem, rule.days)
    unit = _UNITS[rule.measure] if not rule.groups else ""
    before = f", {rule.before}{unit} of them before day one" if rule.before else ""
    if rule.least is not None:
        text = f"{total}{unit} {when}{before}, at least {rule.least}{unit} needed"
        yield Miss(rule.least - total, None, text)
    if rule.most is not None:
        text = f"{total}{unit} {when}{before}, at most {rule.most}{unit} allowed"
        yield Miss(total - rule.most, None, text)


def _run(problem: RosterProblem, shifts: Shifts, rule: Run) -> Iterator[Miss]:
    there = {w.day for w in shifts if counts(rule.which, w)}
    flags = [there.isdisjoint(days) == rule.off for days in rule.days]
    before = rule.before or 0
    what = "in a row without" if rule.off else "in a row"
    if before and flags and not flags[0] and rule.least is not None:
        text = f"{before} {what} up to day one, at least {rule.least} needed"
        yield Miss(rule.least - before, rule.days[0][0], text)
    first = 0
    while first < len(flags):
        end = first + 1
        while end < len(flags) and flags[end] == flags[first]:
            end += 1
        if flags[first]:
            earlier = before if first == 0 else 0
            length = end - first + earlier
            known = first > 0 or rule.before is not None
            last = rule.days[end - 1][-1]
            text = f"{length} {what} up to {_days(problem, (last,))}"
            if rule.least is not None and known and end < len(flags):
                lacks = rule.least - length
                yield Miss(lacks, last, f"{text}, at least {rule.least} needed")
            if rule.most is not None:
                beyond = length - max(rule.most, earlier)
                yield Miss(beyond, last, f"{text}, at most {rule.most} allowed")
        first = end


def _follow(problem: RosterProblem, shifts: Shifts, rule: Follow) -> Iterator[Miss]:
    for w in shifts:
        if not counts(rule.then, w):
            continue
        ready = rule.ready
        for before in shifts:
            if before.start < w.start and counts(rule.first, before):
                ready = max(ready, before.end + rule.rest)
                if rule.days:
                    after = min(before.day + 1 + rule.days, problem.days)
                    ready = max(ready, problem.day_starts[after])
        if w.start < ready:
            text = (
                f"the shift at {problem.clock(w.start)} comes too soon, it may start "
                f"at {problem.clock(ready)} at the earliest"
            )
            yield Miss(1, w.day, text)


def _spread(shifts: Shifts, rule: Spread) -> Iterator[Miss]:
    midnight = dict(zip(rule.days, rule.midnights, strict=True))
    starts = [w.start - midnight[w.day] for w in shifts if w.day in midnight]
    if starts:
        starts += rule.before
        apart = max(starts) - min(starts)
        text = (
            f"starts {duration(apart)} apart in a week, "
            f"at most {duration(rule.most)} allowed"
        )
        yield Miss(apart - rule.most, None, text)


def _long_rest(
    problem: RosterProblem, agent: Agent, shifts: Shifts, rule: LongRest
) -> Iterator[Miss]:
    start, end = rule.window
    here, longest = start, 0
    if agent.last_end is not None:
        here = max(here, agent.last_end)
    for w in shifts:
        longest = max(longest, min(w.start, end) - here)
        here = max(here, w.end)
    longest = max(longest, end - here)
    if longest < rule.least:
        text = (
            f"{duration(longest)} without a shift at a time from "
            f"{span(problem, *rule.window)}, at least {duration(rule.least)} needed"
        )
        yield Miss(1, None, text)


def _together(problem: RosterProblem, shifts: Shifts, rule: Together) -> Iterator[Miss]:
    worked = {w.day for w in shifts}
    run = longest = 0
    for day in rule.days:
        run = 0 if day in worked else run + 1
        longest = max(longest, run)
    if longest < rule.least:
        text = (
            f"{longest} days off together {_days(problem, rule.days)}, at least "
            f"{rule.least} needed"
        )
        yield Miss(1, None, text)


def _whole(problem: RosterProblem, shifts: Shifts, rule: Whole) -> Iterator[Miss]:
    worked = {w.day for w in shifts} & set(rule.days)
    if 0 < len(worked) < len(rule.days):
        text = (
            f"works {len(worked)} of the {len(rule.days)} days "
            f"{_days(problem, rule.days)}, must be all or none"
        )
        yield Miss(1, None, text)


def _days(problem: RosterProblem, days: Sequence[int]) -> str:
    """Return days as words."""
    first = problem.clock(problem.day_starts[min(days)])
    if len(days) == 1:
        return f"on the day from {first}"
    end = problem.clock(problem.day_starts[max(days) + 1])
    return f"from {first} to {end}"
