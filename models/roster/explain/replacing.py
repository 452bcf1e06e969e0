"""Who could step in for an agent who is missing on a day, and what that costs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from models.roster import check
from models.roster.alone import alone
from models.roster.explain.days import Shifts, shifts_of, without_day
from models.roster.explain.desk import Desk
from models.roster.explain.seat import Seats
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Roster, Worked

_MOST = 10  # replacements, and people who cannot step in
_WORTHWHILE = 0.1  # of what the best replacement saves


@dataclass(frozen=True)
class Replacement:
    """One agent who steps in: shifts before and then, and the change.

    ``change`` is by goal what the whole costs more than with nobody stepping in, cost
    units; in ``week``, the agent's with it, the agent is at position 0. ``work`` is by
    name of a queue or case type the minutes that the agent is on it more.
    """

    agent: int
    before: Shifts
    shifts: Shifts
    change: dict[str, int]
    work: dict[str, int]
    week: Roster

    @property
    def cost(self) -> int:
        """What the whole costs more, cost units; below 0 where it helps."""
        return sum(self.change.values())


@dataclass(frozen=True)
class Unable:
    """One agent who cannot take the shift over: (rule, message)."""

    agent: int
    breaks: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Vacancy:
    """What is left open, and who could step in.

    ``change`` is by goal what it costs that nobody does (cost units); ``cannot`` how
    many are unable to take the shift over, of whom ``unable`` are the nearest;
    ``written`` of how many agents the week is one that the engine could have made: the
    others are not asked.
    """

    agent: int
    day: int
    shifts: tuple[Worked, ...]
    change: dict[str, int]
    replacements: tuple[Replacement, ...]
    unable: tuple[Unable, ...]
    cannot: int
    written: int


def replacements(
    problem: RosterProblem, roster: Roster, agent: int, day: int
) -> Vacancy:
    """Return what it costs that an agent is missing on a day, and who could help.

    Everybody else is asked for their best day: the open shift, another one on a day
    off, a longer one, other work in their own. Their other days stay as they are, and
    rules are kept.

    Raises
    ------
    InvalidInput
        Where the roster's activities are not known.
    """
    seat = Seats(problem, roster).seat(agent)
    shifts = tuple(w for w in seat.now.worked if w.day == day)
    left = without_day(roster, agent, day)
    desk = Desk(problem, left)
    ranked = sorted(_asked(problem, desk, left, agent, day), key=lambda each: each[0])
    helpful = [each for each in ranked if each[0] < 0][:_MOST]
    seats = Seats(problem, left)
    found = [replacement(seats, left, day, a, week) for _, a, week in helpful]
    found.sort(key=lambda each: each.cost)
    most = min((each.cost for each in found), default=0)
    found = [x for x in found if x.cost < 0 and x.cost <= _WORTHWHILE * most]
    unable = [
        Unable(a, breaks)
        for a in range(len(problem.agents))
        if a != agent and (breaks := _breaks(problem, left, a, shifts))
    ]
    unable.sort(key=lambda each: len(each.breaks))
    able = {each.agent for each in found}
    unable = [each for each in unable if each.agent not in able]
    return Vacancy(
        agent,
        day,
        shifts,
        seat.change(without_day(seat.now, 0, day)),
        tuple(found),
        tuple(unable[:_MOST]),
        len(unable),
        len(desk.weeks),
    )


def _asked(
    problem: RosterProblem, desk: Desk, left: Roster, missing: int, day: int
) -> Iterator[tuple[int, int, Roster]]:
    """Yield what everybody's best other shift costs (fine), who, and their week."""
    for a in range(len(problem.agents)):
        if a == missing or a not in desk.weeks:
            continue
        every = [o for own in desk.options(a, day).values() for o in own]
        found = desk.with_day(a, day, every) if every else None
        if found is not None:
            week, cost = found
            yield cost, a, week


def replacement(
    seats: Seats, left: Roster, day: int, a: int, week: Roster
) -> Replacement:
    """Return what it costs that an agent of a roster has another week, but for a day.

    In ``week`` the agent is at their position in the problem.
    """
    seat = seats.seat(a)
    own = Roster(
        tuple(replace(w, agent=0) for w in week.worked),
        tuple(replace(x, agent=0) for x in week.activities or ()),
    )
    before, then = shifts_of(left, a, day), shifts_of(own, 0, day)
    return Replacement(a, before, then, seat.change(own), _moved(seat.now, own), own)


def _moved(now: Roster, then: Roster) -> dict[str, int]:
    """Return the minutes more on each work."""
    minutes: Counter[str] = Counter()
    for week, sign in ((then, 1), (now, -1)):
        for x in week.activities or ():
            if x.kind in (Kind.VOICE, Kind.CASE):
                minutes[x.name] += sign * (x.end - x.start)
    return {name: more for name, more in minutes.items() if more}


def _breaks(
    problem: RosterProblem, left: Roster, a: int, shifts: tuple[Worked, ...]
) -> tuple[tuple[str, str], ...]:
    """Return the rules that an agent breaks who takes shifts over."""
    own = alone(problem, problem.agents[a])
    now = tuple(replace(w, agent=0) for w in left.worked if w.agent == a)
    days = {w.day for w in shifts}
    taken = tuple(replace(w, agent=0) for w in shifts)
    then = (*(w for w in now if w.day not in days), *taken)
    known = {(x.rule, x.message) for x in check.violations(own, Roster(now, None))}
    worked = tuple(sorted(then, key=lambda w: w.start))
    found = check.violations(own, Roster(worked, None))
    told = ((x.rule, x.message) for x in found)
    return tuple(each for each in told if each not in known)
