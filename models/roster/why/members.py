"""What an agent's week is bound by, member by member, and each made easier.

A member is one limit or one datum: at most five days in a week, one pin, one row of
leave. ``eased`` by ``k`` notches it binds less, by ``most`` of them no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, replace
from functools import partial

from models.roster.problem import RosterProblem, Stretch, WeekLimits
from models.roster.why.book_members import book_members
from models.roster.why.member import (
    Member,
    day_words,
    hours,
    plural,
    single,
    the_agent,
    with_agent,
)
from models.roster.why.work_members import work_members

_NOTCH = 15  # minutes of working time, of rest
_STRUCTURE = {
    "own_shift_types": "only shifts of the contract's types",
    "breaks_in_window": "breaks within their windows",
    "breaks_in_order": "breaks in their order",
    "breaks_apart": "breaks far enough apart",
}


def members(problem: RosterProblem) -> Iterator[Member]:
    """Yield what the one agent of a problem is bound by.

    What is first is left out of a conflict rather than what is last: of two that may be
    blamed, a pin is, not the law.
    """
    for rule, words in _STRUCTURE.items():
        if problem.enforces(rule):
            yield Member(rule, words, partial(_off, rule))
    yield from _rest(problem)
    yield from book_members(problem)
    yield from _weeks(problem)
    yield from _absence(problem)
    yield from _meetings(problem)
    yield from _pins(problem)
    yield from work_members(problem)


def _rest(problem: RosterProblem) -> Iterator[Member]:
    agent = the_agent(problem)
    name = agent.name
    if problem.enforces("rest_between_shifts") and agent.min_rest:
        rest = agent.min_rest
        late = agent.last_end is not None and agent.last_end + rest > 0
        before = f", the last before day one to {problem.clock(agent.last_end or 0)}"
        yield Member(
            "rest_between_shifts",
            f"{hours(rest)} of rest between shifts{before * late}",
            lambda p, k: with_agent(p, min_rest=max(0, rest - _NOTCH * k)),
            -(-rest // _NOTCH),
            lambda k: (
                f"let {name} rest {hours(max(0, rest - _NOTCH * k))} between "
                f"shifts instead of {hours(rest)}"
            ),
        )
    if problem.enforces("run_of_days") and agent.max_run is not None:
        run = agent.max_run
        most = max(1, problem.days + agent.run_before - run)
        before = f", {agent.run_before} of them before day one" * bool(agent.run_before)
        yield Member(
            "run_of_days",
            f"at most {run} days in a row{before}",
            lambda p, k: with_agent(p, max_run=run + k),
            most,
            lambda k: f"let {name} work {run + k} days in a row",
        )


def _weeks(problem: RosterProblem) -> Iterator[Member]:
    for w, limits in enumerate(the_agent(problem).weeks):
        yield from _week(problem, w, limits)


def _week(problem: RosterProblem, w: int, own: WeekLimits) -> Iterator[Member]:
    name = the_agent(problem).name
    week = f"in the week from {day_words(problem, problem.weeks[w][0])}"
    minutes, days = own.credited_minutes, own.credited_days
    in_hours = week + f" beside {hours(minutes)} credited" * bool(minutes)
    in_days = week + f" beside {plural(days, 'day')} credited" * bool(days)
    top = own.max_minutes + own.overtime_minutes
    if problem.enforces("minimum_hours") and own.min_minutes > 0:
        yield Member(
            "minimum_hours",
            f"at least {hours(own.min_minutes)} {in_hours}",
            lambda p, k: _limits(
                p, w, min_minutes=max(0, own.min_minutes - _NOTCH * k)
            ),
            -(-own.min_minutes // _NOTCH),
            lambda k: (
                f"ask {name} for {hours(max(0, own.min_minutes - _NOTCH * k))} "
                f"only {in_hours}, not {hours(own.min_minutes)}"
            ),
        )
    if problem.enforces("maximum_hours"):
        yield Member(
            "maximum_hours",
            f"at most {hours(top)} {in_hours}",
            lambda p, k: _limits(
                p, w, overtime_minutes=own.overtime_minutes + _NOTCH * k
            ),
            7 * 24 * 60 // _NOTCH,
            lambda k: (
                f"let {name} work {hours(top + _NOTCH * k)} {in_hours}, "
                f"not {hours(top)} at most"
            ),
        )
    if problem.enforces("minimum_days") and own.min_days > 0:
        yield Member(
            "minimum_days",
            f"at least {plural(own.min_days, 'day')} {in_days}",
            lambda p, k: _limits(p, w, min_days=max(0, own.min_days - k)),
            own.min_days,
            lambda k: (
                f"ask {name} for {plural(own.min_days - k, 'day')} only {in_days}, "
                f"not {own.min_days}"
            ),
        )
    if problem.enforces("maximum_days"):
        yield Member(
            "maximum_days",
            f"at most {plural(own.max_days, 'day')} {in_days}",
            lambda p, k: _limits(p, w, max_days=own.max_days + k),
            max(1, len(problem.weeks[w]) - own.max_days),
            lambda k: (
                f"let {name} work {plural(own.max_days + k, 'day')} {in_days}, "
                f"not {own.max_days} at most"
            ),
        )


def _limits(problem: RosterProblem, w: int, **changed: int) -> RosterProblem:
    weeks = list(the_agent(problem).weeks)
    weeks[w] = replace(weeks[w], **changed)
    return with_agent(problem, weeks=tuple(weeks))


def _absence(problem: RosterProblem) -> Iterator[Member]:
    agent = the_agent(problem)
    name = agent.name
    for d in _touched(problem, agent.unavailable):
        when = day_words(problem, d)
        if problem.enforces("availability"):
            yield single(
                "availability",
                f"not available at all times of {when}",
                partial(_available, d),
                f"have {name} available all of {when}",
            )
    weeks = agent.weeks_without_leave or (agent.weeks,) * len(agent.leave)
    for stretch, without in zip(agent.leave, weeks, strict=True):
        span = f"{problem.clock(stretch[0])} to {problem.clock(stretch[1])}"
        if problem.enforces("leave"):
            member = single(
                "leave",
                f"leave from {span}",
                partial(_less, "leave", stretch),
                f"do without the leave of {name} from {span}",
            )
            yield replace(member, followed=partial(_uncredited, agent.weeks, without))


def _uncredited(
    weeks: Sequence[WeekLimits], without: Sequence[WeekLimits], problem: RosterProblem
) -> RosterProblem:
    """Return the problem without what a stretch of leave credits."""
    now = (
        WeekLimits(
            *(
                max(0, x + new - old)
                for x, new, old in zip(
                    astuple(own), astuple(later), astuple(earlier), strict=True
                )
            )
        )
        for own, later, earlier in zip(
            the_agent(problem).weeks, without, weeks, strict=True
        )
    )
    return with_agent(problem, weeks=tuple(now))


def _meetings(problem: RosterProblem) -> Iterator[Member]:
    agent = the_agent(problem)
    for meeting in agent.meetings if problem.enforces("meetings") else ():
        first, last = problem.clock(meeting.earliest), problem.clock(meeting.latest)
        when = f"at {first}" if first == last else f"between {first} and {last}"
        yield single(
            "meetings",
            f"the meeting {meeting.name!r} of {meeting.minutes} min, to start {when}",
            partial(_less, "meetings", meeting),
            f"drop the meeting {meeting.name!r} of {agent.name}, or move it",
        )


def _pins(problem: RosterProblem) -> Iterator[Member]:
    agent = the_agent(problem)
    for pin in agent.pins if problem.enforces("pins") else ():
        when, what = day_words(problem, pin.day), "off"
        if pin.shift is not None:
            kind = problem.shift_types[pin.shift.shift_type].name
            what = f"{kind!r} at {problem.clock(pin.shift.start)}"
        yield single(
            "pins",
            f"{when} is pinned: {what}",
            partial(_less, "pins", pin),
            f"drop the pin of {agent.name} on {when}",
        )


def _touched(problem: RosterProblem, stretches: Sequence[Stretch]) -> list[int]:
    """Return the days of the horizon that stretches share time with."""
    edges = problem.day_starts
    return [
        d
        for d in range(problem.days)
        if any(a < edges[d + 1] and edges[d] < b for a, b in stretches)
    ]


def _available(day: int, problem: RosterProblem) -> RosterProblem:
    """Return the problem with the agent available all of a day."""
    start, end = problem.day_starts[day], problem.day_starts[day + 1]
    found: list[Stretch] = []
    for a, b in the_agent(problem).unavailable:
        found += [(a, min(b, start)), (max(a, end), b)]
    return with_agent(problem, unavailable=tuple((a, b) for a, b in found if a < b))


def _less(field: str, one: object, problem: RosterProblem) -> RosterProblem:
    """Return the problem without one of what an agent has several of."""
    every = list(getattr(the_agent(problem), field))
    if one in every:
        every.remove(one)
    return with_agent(problem, **{field: tuple(every)})


def _off(rule: str, problem: RosterProblem, _: int) -> RosterProblem:
    return problem.without(rule)
