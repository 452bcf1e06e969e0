"""Why an agent works this on a day, and what anything else would cost or break."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.roster.explain.away import DAY_OFF, away
from models.roster.explain.days import Shifts, shifts_of, without_day
from models.roster.explain.desk import OFF
from models.roster.explain.seat import Seat, Seats
from models.roster.problem import RosterProblem
from models.roster.result import Roster, Worked

_NOT_FILLED = "its meetings, breaks or pinned work do not fit into it"


@dataclass(frozen=True)
class Week:
    """Another week: by goal what it costs more (cost units), other days that change.

    In ``week`` the agent is at position 0.
    """

    change: dict[str, int]
    days: tuple[int, ...]
    week: Roster


@dataclass(frozen=True)
class Instead:
    """Another thing to do on a day; no shifts: the day off.

    Attributes
    ----------
    shifts
        (shift type, start, end).
    breaks
        Rules that it breaks, with the other days as they are.
    change
        By goal what it costs more (cost units), the other days as they are; ``None``
        where a rule forbids it, but for a day off, which anybody can fall sick on.
    week
        The agent's week with it, at position 0; ``None`` where ``change`` is.
    moved
        Where it is forbidden, the agent's cheapest week with it; ``None``: there is
        none.
    """

    shifts: Shifts
    breaks: tuple[tuple[str, str], ...]
    change: dict[str, int] | None
    week: Roster | None
    moved: Week | None

    @property
    def cost(self) -> int | None:
        """What it costs more, cost units."""
        return None if self.change is None else sum(self.change.values())


@dataclass(frozen=True)
class DayExplained:
    """What an agent does on a day, and of each shift type the best there is instead.

    ``off`` says of a day without a shift why: on leave, not available, pinned off, or
    just a day off.
    """

    agent: int
    day: int
    off: str | None
    now: tuple[Worked, ...]
    instead: tuple[Instead, ...]


def explain_day(
    problem: RosterProblem, roster: Roster, agent: int, day: int
) -> DayExplained:
    """Return what an agent does on a day, and what else could be, everybody else as is.

    Of each shift type there is the start and length that costs least; of those that
    rules forbid, what forbids it and the cheapest week of the agent that has it.

    Raises
    ------
    InvalidInput
        Where the roster's activities are not known.
    """
    seat = Seats(problem, roster).seat(agent)
    now = tuple(w for w in seat.now.worked if w.day == day)
    found = list(_instead(seat, day, now))
    found.sort(key=lambda x: (bool(x.breaks), x.cost if x.cost is not None else 0))
    whole = problem.day_starts[day], problem.day_starts[day + 1]
    off = away(problem.agents[agent], day, whole) or DAY_OFF
    return DayExplained(agent, day, None if now else off, now, tuple(found))


def _instead(seat: Seat, day: int, now: tuple[Worked, ...]) -> Iterator[Instead]:
    """Yield the best of each shift type, and the day off."""
    offered = seat.desk.options(0, day)
    mine = tuple((w.shift_type, w.start, w.end) for w in now)
    if now:
        yield _day_off(seat, day)
    kinds: dict[tuple[int, ...], list[Shifts]] = {}
    for shift in seat.problem.shifts:
        if shift.day == day:
            one = ((shift.shift_type, shift.start, shift.end),)
            kinds.setdefault((shift.shift_type,), []).append(one)
    for shifts in offered:
        own = kinds.setdefault(tuple(kind for kind, *_ in shifts), [])
        if shifts not in own:
            own.append(shifts)
    for every in kinds.values():
        others = [shifts for shifts in every if shifts != mine]
        if others:
            yield _best_of(seat, day, others, offered)


def _best_of(
    seat: Seat, day: int, every: list[Shifts], offered: dict[Shifts, list[int]]
) -> Instead:
    """Return the cheapest of some that keep the rules, or what forbids them all."""
    breaks = {shifts: _breaks(seat, day, shifts) for shifts in every}
    legal = [o for s in every if not breaks[s] for o in offered.get(s, ())]
    answered = seat.desk.with_day(0, day, legal) if legal else None
    if answered is not None:
        week, _ = answered
        return Instead(shifts_of(week, 0, day), (), seat.change(week), week, None)
    wanted = [o for s in every for o in offered.get(s, ())]
    other = seat.desk.best_with(0, day, wanted) if wanted else None
    if other is None:
        nearest = min(every, key=lambda s: len(breaks[s]))
    else:
        nearest = shifts_of(other, 0, day)
    why = breaks[nearest] or (("structure", _NOT_FILLED),)
    return Instead(nearest, why, None, None, _moved(seat, day, other))


def _day_off(seat: Seat, day: int) -> Instead:
    """Return what it costs to miss a day, whether the rules allow it or not."""
    missed = without_day(seat.now, 0, day)
    breaks = seat.forbids(missed)
    other = seat.desk.best_with(0, day, [OFF]) if breaks else None
    return Instead((), breaks, seat.change(missed), missed, _moved(seat, day, other))


def _breaks(seat: Seat, day: int, shifts: Shifts) -> tuple[tuple[str, str], ...]:
    """Return the rules that other shifts on a day break, all other days as they are."""
    others = [w for w in seat.now.worked if w.day != day]
    mine = [seat.worked(day, *shift) for shift in shifts]
    worked = tuple(sorted((*others, *mine), key=lambda w: w.start))
    return seat.forbids(Roster(worked, None))


def _moved(seat: Seat, day: int, week: Roster | None) -> Week | None:
    if week is None or seat.forbids(week):
        return None
    days = range(seat.problem.days)
    others = (
        d
        for d in days
        if d != day and shifts_of(week, 0, d) != shifts_of(seat.now, 0, d)
    )
    return Week(seat.change(week), tuple(others), week)
