"""What one day of a tour can be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.roster.columns.legs import Legs, Slot
from models.roster.problem import Agent, Meeting, RosterProblem
from models.roster.problem.whole import DAY, END, PAID, START

Ints = npt.NDArray[np.int64]

_MOST_MEETINGS = 60  # bits of a whole number


@dataclass(frozen=True, eq=False)
class Options:
    """Options of an agent, by day.

    Attributes
    ----------
    day_first
        Options ``day_first[d]`` up to ``day_first[d + 1]`` are day ``d``'s.
    rows
        First start, last end, paid minutes, meetings held as bits; minutes.
    leg_first, legs, shifts
        Option ``o`` is made of ``legs[leg_first[o]:leg_first[o + 1]]``, of these shifts
        of the menu.
    meetings
        By position in ``legs``: the agent's meetings held in it, if any.
    due
        By day: meetings (bits) for which the next day is too late.
    """

    day_first: Ints
    rows: Ints
    leg_first: Ints
    legs: Ints
    shifts: Ints
    meetings: dict[int, tuple[int, ...]] = field(default_factory=dict)
    due: dict[int, int] = field(default_factory=dict)

    def total(self, by_shift: Ints) -> Ints:
        """Return for each option the sum over its shifts."""
        return self.over_legs(by_shift[self.shifts])

    def over_legs(self, by_leg_position: Ints) -> Ints:
        """Return for each option the sum over its positions in ``legs``."""
        if len(self.legs) == len(self.rows):
            return by_leg_position
        sums = np.concatenate(([0], np.cumsum(by_leg_position)))
        return np.asarray(sums[self.leg_first[1:]] - sums[self.leg_first[:-1]])


def plain_options(
    problem: RosterProblem, legs: Legs, agent: Agent, shifts: Ints
) -> Options:
    """Return the options where a day holds one shift and there are no meetings."""
    table = problem.shift_table[shifts]
    rows = np.zeros((len(shifts), 4), dtype=np.int64)
    rows[:, 0], rows[:, 1], rows[:, 2] = table[:, START], table[:, END], table[:, PAID]
    return Options(
        day_first=np.searchsorted(table[:, DAY], np.arange(problem.days + 1)),
        rows=rows,
        leg_first=np.arange(len(shifts) + 1),
        legs=legs.plain(legs.group_of(agent), shifts),
        shifts=shifts,
    )


@dataclass(frozen=True)
class _Held:
    """A shift of the menu with the meetings held in it."""

    shift: int
    start: int
    end: int
    paid: int
    meetings: tuple[int, ...]

    @property
    def bits(self) -> int:
        return sum(1 << m for m in self.meetings)


def rich_options(
    problem: RosterProblem, legs: Legs, agent: Agent, shifts: Ints
) -> Options:
    """Return the options where there are meetings, or several shifts a day.

    Raises
    ------
    InvalidInput
        Where an agent has more than 60 meetings.
    """
    asked = agent.meetings if problem.enforces("meetings") else ()
    if len(asked) > _MOST_MEETINGS:
        raise InvalidInput(
            f"agent {agent.name!r} has {len(asked)} meetings, at most "
            f"{_MOST_MEETINGS} can be planned"
        )
    fits = {int(i): _fits(problem, asked, int(i)) for i in shifts}
    group = legs.group_of(agent)
    day_first, leg_first = [0], [0]
    rows: list[tuple[int, int, int, int]] = []
    found: list[int] = []
    used: list[int] = []
    held: dict[int, tuple[int, ...]] = {}
    for day in range(problem.days):
        for option in _sequences(problem, agent, _single(problem, fits, day)):
            bits = sum(h.bits for h in option)
            paid = sum(h.paid for h in option)
            rows.append((option[0].start, option[-1].end, paid, bits))
            for h in option:
                if h.meetings:
                    held[len(found)] = h.meetings
                slots = tuple(fits[h.shift][m] for m in h.meetings)
                found.append(legs.special(group, h.shift, slots))
                used.append(h.shift)
            leg_first.append(len(found))
        day_first.append(len(rows))
    return Options(
        day_first=np.array(day_first, dtype=np.int64),
        rows=np.array(rows, dtype=np.int64).reshape(-1, 4),
        leg_first=np.array(leg_first, dtype=np.int64),
        legs=np.array(found, dtype=np.int64),
        shifts=np.array(used, dtype=np.int64),
        meetings=held,
        due=_due(problem, len(asked), fits),
    )


def _due(
    problem: RosterProblem, count: int, fits: dict[int, dict[int, Slot]]
) -> dict[int, int]:
    """Return by day the meetings (bits) that no later day can hold."""
    last = dict.fromkeys(range(count), 0)
    for i, slots in fits.items():
        for m in slots:
            last[m] = max(last[m], problem.shifts[i].day)
    due: dict[int, int] = {}
    for m, day in last.items():
        due[day] = due.get(day, 0) | 1 << m
    return due


def _single(
    problem: RosterProblem, fits: dict[int, dict[int, Slot]], day: int
) -> list[_Held]:
    """Return a day's shifts, each with each set of meetings that it may hold."""
    there = (i for i in fits if problem.shifts[i].day == day)
    return [h for i in there for h in _with_meetings(problem, i, fits[i])]


def _fits(
    problem: RosterProblem, asked: Sequence[Meeting], shift: int
) -> dict[int, Slot]:
    """Return the meetings that a shift can hold, and where they may start in it."""
    g, found = problem.period, problem.shifts[shift]
    slots = {}
    for m, meeting in enumerate(asked):
        length = meeting.minutes // g
        first = max(-(-meeting.earliest // g), found.start // g)
        last = min(meeting.latest // g, found.end // g - length)
        if first <= last:
            slots[m] = (length, first, last)
    return slots


def _with_meetings(
    problem: RosterProblem, shift: int, fits: dict[int, Slot]
) -> Iterator[_Held]:
    """Yield a shift with each set of meetings that it may hold."""
    found = problem.shifts[shift]
    for count in range(len(fits) + 1):
        for some in combinations(sorted(fits), count):
            yield _Held(shift, found.start, found.end, found.paid_minutes, some)


def _sequences(
    problem: RosterProblem, agent: Agent, single: Sequence[_Held]
) -> Iterator[tuple[_Held, ...]]:
    """Yield each legal sequence of shifts of one day."""
    if problem.enforces("one_shift_per_day"):
        yield from ((h,) for h in single)
        return
    rest = agent.min_rest if problem.enforces("rest_between_shifts") else 0
    gap = max(rest, problem.period)
    for h in single:
        later = [
            other
            for other in single
            if other.start >= h.end + gap and not other.bits & h.bits
        ]
        yield (h,)
        for rest_of_day in _sequences(problem, agent, later):
            if not any(other.bits & h.bits for other in rest_of_day):
                yield (h, *rest_of_day)
