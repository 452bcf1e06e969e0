"""Required rules of the book as members of a conflict."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from models.roster.problem import (
    Follow,
    Limit,
    LongRest,
    Measure,
    RosterProblem,
    Rule,
    Run,
    Spread,
    Together,
    Whole,
)
from models.roster.why.member import Member, day_words, hours, plural

_NOTCH = 15  # minutes
_ALL_OR_NOTHING = {  # rules that count, but of which no other number can be asked
    "frozen": "what was published {when} and has begun stays",
    "rotation": "no other shift than its turn's {when}",
    "working_times": "no shift outside its times {when}",
}


def book_members(problem: RosterProblem) -> Iterator[Member]:
    """Yield the required rules of the one agent of a problem."""
    (agent,) = problem.agents
    for i, rule in enumerate(agent.rules):
        if rule.cost is None and problem.enforces(rule.rule):
            yield from _members(problem, agent.name, i, rule)


def _members(problem: RosterProblem, name: str, i: int, rule: Rule) -> Iterator[Member]:
    match rule:
        case Limit():
            yield from _limit(problem, name, i, rule)
        case Run():
            yield from _run(name, i, rule)
        case LongRest():
            yield _long_rest(problem, name, i, rule)
        case Spread():
            yield _spread(problem, name, i, rule)
        case Together():
            yield _together(problem, name, i, rule)
        case Whole():
            yield _whole(name, i, rule, f"all days {_span(problem, rule.days)} or none")
        case Follow():
            yield _follow(name, i, rule)


def _follow(name: str, i: int, rule: Follow) -> Member:
    if rule.days or not rule.rest:
        return _whole(name, i, rule, "which shift may follow which")

    def eased(x: int) -> dict[str, int]:
        return {"rest": x, "ready": max(0, rule.ready - (rule.rest - x))}

    return _numbered(name, i, rule, rule.rest, eased, "rest after a shift")


def _long_rest(problem: RosterProblem, name: str, i: int, rule: LongRest) -> Member:
    first, end = (problem.clock(moment) for moment in rule.window)
    what = f"rest at a time between {first} and {end}"
    return _numbered(name, i, rule, rule.least, lambda x: {"least": x}, what)


def _spread(problem: RosterProblem, name: str, i: int, rule: Spread) -> Member:
    when = _span(problem, rule.days)
    return Member(
        rule.rule,
        f"{rule.rule}: starts at most {hours(rule.most)} apart {when}",
        lambda p, k: _eased(p, i, most=rule.most + _NOTCH * k),
        24 * 60 // _NOTCH,
        lambda k: f"let {name} start {hours(rule.most + _NOTCH * k)} apart {when}",
    )


def _together(problem: RosterProblem, name: str, i: int, rule: Together) -> Member:
    when = _span(problem, rule.days)
    return Member(
        rule.rule,
        f"{rule.rule}: {plural(rule.least, 'day')} off together {when}",
        lambda p, k: _eased(p, i, least=max(0, rule.least - k)),
        rule.least,
        lambda k: (
            f"give {name} {plural(rule.least - k, 'day')} off together {when}, "
            f"not {rule.least}"
        ),
    )


def _limit(problem: RosterProblem, name: str, i: int, rule: Limit) -> Iterator[Member]:
    when = _span(problem, rule.days)
    if rule.rule in _ALL_OR_NOTHING:
        yield _whole(name, i, rule, _ALL_OR_NOTHING[rule.rule].format(when=when))
        return
    noun = _noun(problem, rule)
    by_time = rule.measure is not Measure.SHIFTS
    notch = _NOTCH if by_time else 1
    before = hours(rule.before) if by_time else rule.before
    past = f", {before} of it before day one" * bool(rule.before)
    if rule.most is not None:
        most = rule.most
        yield Member(
            rule.rule,
            f"{rule.rule}: at most {_amount(most, noun)} {when}{past}",
            lambda p, k: _eased(p, i, most=most + notch * k),
            len(rule.days) * (24 * 60 // _NOTCH if by_time else 1) + 1,
            lambda k: (
                f"ask {name} for at most {_amount(most + notch * k, noun)} instead of "
                f"{_amount(most, noun)} by {rule.rule} {when}"
            ),
        )
    if rule.least is not None:
        least = rule.least
        yield Member(
            rule.rule,
            f"{rule.rule}: at least {_amount(least, noun)} {when}{past}",
            lambda p, k: _eased(p, i, least=max(0, least - notch * k)),
            -(-least // notch),
            lambda k: _fewer(name, rule, least, least - notch * k, noun, when),
        )


def _fewer(
    name: str, rule: Limit, now: int, then: int, noun: str | None, when: str
) -> str:
    if then <= 0:
        return f"ask nothing of {name} by {rule.rule} {when}"
    told = f"at least {_amount(then, noun)} instead of {_amount(now, noun)}"
    return f"ask {name} for {told} by {rule.rule} {when}"


def _noun(problem: RosterProblem, rule: Limit) -> str | None:
    """Return what a limit counts; ``None``: minutes."""
    if rule.measure is not Measure.SHIFTS:
        return None
    if rule.groups:
        return "weekend" if rule.rule == "weekends_worked" else "day"
    if rule.which.types is None:
        return "shift"
    names = (repr(problem.shift_types[t].name) for t in sorted(rule.which.types))
    return f"{' or '.join(names)} shift"


def _amount(number: int, noun: str | None) -> str:
    return hours(number) if noun is None else plural(number, noun)


def _run(name: str, i: int, rule: Run) -> Iterator[Member]:
    past = f", {rule.before} of them before day one" * bool(rule.before)
    if rule.most is not None:
        most = rule.most
        yield Member(
            rule.rule,
            f"{rule.rule}: at most {most}{past}",
            lambda p, k: _eased(p, i, most=most + k),
            len(rule.days) + 1,
            lambda k: (
                f"ask {name} for at most {most + k} instead of {most} by {rule.rule}"
            ),
        )
    if rule.least is not None:
        least = rule.least
        yield Member(
            rule.rule,
            f"{rule.rule}: at least {least}{past}",
            lambda p, k: _eased(p, i, least=max(1, least - k)),
            max(1, least - 1),
            lambda k: (
                f"ask {name} for at least {max(1, least - k)} instead of {least} by "
                f"{rule.rule}"
            ),
        )


def _numbered(
    name: str,
    i: int,
    rule: Rule,
    minutes: int,
    changed: Callable[[int], dict[str, int]],
    what: str,
) -> Member:
    """Return a member of so many minutes, which may be fewer."""

    def left(k: int) -> int:
        return max(0, minutes - _NOTCH * k)

    return Member(
        rule.rule,
        f"{rule.rule}: {hours(minutes)} of {what}",
        lambda p, k: _eased(p, i, **changed(left(k))),
        -(-minutes // _NOTCH),
        lambda k: f"give {name} {hours(left(k))} of {what}, not {hours(minutes)}",
    )


def _whole(name: str, i: int, rule: Rule, what: str) -> Member:
    return Member(
        rule.rule,
        f"{rule.rule}: {what}",
        lambda p, _: _eased(p, i, cost=0),
        1,
        lambda _: f"let {name} do without {rule.rule} ({what})",
    )


def _eased(problem: RosterProblem, i: int, **changed: Any) -> RosterProblem:
    (agent,) = problem.agents
    rules = list(agent.rules)
    rules[i] = replace(rules[i], **changed)
    return replace(problem, agents=(replace(agent, rules=tuple(rules)),))


def _span(problem: RosterProblem, days: tuple[int, ...]) -> str:
    first, last = day_words(problem, min(days)), day_words(problem, max(days))
    return f"on {first}" if first == last else f"from {first} to {last}"
