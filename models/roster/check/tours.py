"""The rules that concern an agent's shifts."""

from collections.abc import Iterator, Sequence

from models.roster.check.reading import Breach, duration, overlap, rule, span, tours
from models.roster.problem import RosterProblem, Stretch, WeekLimits
from models.roster.result import Roster, Worked


@rule
def one_shift_per_day(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``|shifts of an agent that start on a day| <= 1``."""
    for a, shifts in enumerate(tours(problem, roster)):
        for day in sorted({w.day for w in shifts}):
            starts = [problem.clock(w.start) for w in shifts if w.day == day]
            if len(starts) > 1:
                yield Breach(
                    a,
                    day,
                    f"{len(starts)} shifts on one day (starting {', '.join(starts)}), "
                    f"at most 1 allowed",
                )


@rule
def own_shift_types(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``shift.shift_type in agent.shift_types``."""
    for w in roster.worked:
        if w.shift_type not in problem.agents[w.agent].shift_types:
            name = problem.shift_types[w.shift_type].name
            yield Breach(
                w.agent,
                w.day,
                f"works a shift of type {name!r} at {problem.clock(w.start)}, which "
                f"is not among the agent's types",
            )


@rule
def rest_between_shifts(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``next.start - prev.end >= min_rest``, ``last_end`` being the first ``prev``."""
    for a, shifts in enumerate(tours(problem, roster)):
        agent = problem.agents[a]
        ends = [agent.last_end, *(w.end for w in shifts)]
        for end, following in zip(ends, shifts, strict=False):
            if end is not None and following.start - end < agent.min_rest:
                yield Breach(
                    a,
                    following.day,
                    f"rests {duration(following.start - end)} between the shift ending "
                    f"{problem.clock(end)} and the one starting "
                    f"{problem.clock(following.start)}, at least "
                    f"{duration(agent.min_rest)} needed",
                )


def _weeks(
    problem: RosterProblem, roster: Roster
) -> Iterator[tuple[int, WeekLimits, str, int, int]]:
    """Yield agent, limits, the week's name, paid minutes and days worked in it."""
    for a, shifts in enumerate(tours(problem, roster)):
        for w, limits in enumerate(problem.agents[a].weeks):
            own = [shift for shift in shifts if shift.day in problem.weeks[w]]
            minutes = sum(shift.paid_minutes for shift in own)
            first = problem.day_starts[min(problem.weeks[w], default=0)]
            name = f"week {w + 1} (from {problem.clock(first)})"
            yield a, limits, name, minutes, len({shift.day for shift in own})


def _hours_credit(limits: WeekLimits) -> str:
    """Return the words for minutes that leave and history took off."""
    taken = limits.credited_minutes
    return f" ({duration(taken)} credited are taken off)" if taken else ""


def _days_credit(limits: WeekLimits) -> str:
    """Return the words for days that leave and history took off."""
    taken = limits.credited_days
    return f" ({taken} days credited are taken off)" if taken else ""


@rule
def minimum_hours(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``paid minutes of the week >= min_minutes``; a shift counts where it starts."""
    for a, limits, week, minutes, _ in _weeks(problem, roster):
        if minutes < limits.min_minutes:
            yield Breach(
                a,
                None,
                f"{duration(minutes)} paid in {week}, at least "
                f"{duration(limits.min_minutes)} needed" + _hours_credit(limits),
            )


@rule
def maximum_hours(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``paid minutes of the week <= max_minutes + overtime_minutes``."""
    for a, limits, week, minutes, _ in _weeks(problem, roster):
        overtime = limits.overtime_minutes
        if minutes > limits.max_minutes + overtime:
            more = f" + {duration(overtime)} overtime" if overtime else ""
            yield Breach(
                a,
                None,
                f"{duration(minutes)} paid in {week}, at most "
                f"{duration(limits.max_minutes)}{more} allowed" + _hours_credit(limits),
            )


@rule
def minimum_days(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``days of the week with a shift >= min_days``."""
    for a, limits, week, _, days in _weeks(problem, roster):
        if days < limits.min_days:
            yield Breach(
                a,
                None,
                f"{days} days in {week}, at least {limits.min_days} needed"
                + _days_credit(limits),
            )


@rule
def maximum_days(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``days of the week with a shift <= max_days``."""
    for a, limits, week, _, days in _weeks(problem, roster):
        if days > limits.max_days:
            yield Breach(
                a,
                None,
                f"{days} days in {week}, at most {limits.max_days} allowed"
                + _days_credit(limits),
            )


@rule
def run_of_days(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Days worked in a row ``<= max_run``; ``run_before`` leads up to day one.

    A run that ended before day one is not charged.
    """
    for a, shifts in enumerate(tours(problem, roster)):
        agent, worked = problem.agents[a], {w.day for w in shifts}
        if agent.max_run is None:
            continue
        run = agent.run_before
        for day in range(problem.days):
            run = run + 1 if day in worked else 0
            if run > agent.max_run and day + 1 not in worked:
                yield Breach(
                    a,
                    day,
                    f"{run} days in a row up to the one from "
                    f"{problem.clock(problem.day_starts[day])}, at most "
                    f"{agent.max_run} allowed",
                )


def _touching(
    problem: RosterProblem,
    shifts: Sequence[Worked],
    stretches: tuple[Stretch, ...],
    how: str,
) -> Iterator[Breach]:
    """Yield each shift that shares minutes with a stretch, agent being ``how``."""
    for w in shifts:
        for stretch in stretches:
            if minutes := overlap((w.start, w.end), stretch):
                yield Breach(
                    w.agent,
                    w.day,
                    f"is {how} {span(problem, *stretch)}: the shift "
                    f"{span(problem, w.start, w.end)} has {minutes} min in it, must "
                    f"have 0",
                )


@rule
def availability(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """No minute of a shift, breaks included, lies in ``agent.unavailable``."""
    for a, shifts in enumerate(tours(problem, roster)):
        stretches = problem.agents[a].unavailable
        yield from _touching(problem, shifts, stretches, "not available")


@rule
def leave(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """No minute of a shift, breaks included, lies in ``agent.leave``."""
    for a, shifts in enumerate(tours(problem, roster)):
        yield from _touching(problem, shifts, problem.agents[a].leave, "on leave")


@rule
def pins(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """On a pinned day the agent works the pinned shift and no other, or none."""
    for a, shifts in enumerate(tours(problem, roster)):
        for pin in problem.agents[a].pins:
            own = [(w.shift_type, w.start, w.end) for w in shifts if w.day == pin.day]
            s = pin.shift
            wanted = [(s.shift_type, s.start, s.end)] if s else []
            if own != wanted:
                yield Breach(
                    a,
                    pin.day,
                    f"the day from {problem.clock(problem.day_starts[pin.day])} is "
                    f"pinned to {_named(problem, wanted)}, the roster has "
                    f"{_named(problem, own)}",
                )


def _named(problem: RosterProblem, shifts: list[tuple[int, int, int]]) -> str:
    """Return shifts as words."""
    return (
        " and ".join(
            f"{problem.shift_types[t].name} {span(problem, start, end)}"
            for t, start, end in shifts
        )
        or "a day off"
    )


TOUR_RULES = (
    one_shift_per_day,
    own_shift_types,
    rest_between_shifts,
    minimum_hours,
    maximum_hours,
    minimum_days,
    maximum_days,
    run_of_days,
    availability,
    leave,
    pins,
)
