"""What one agent may do on one day, and what it costs."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain, combinations
from math import inf
from typing import NamedTuple

from models.roster.certify.fill import Event, Fills, meeting_of
from models.roster.certify.prices import FINE
from models.roster.problem import (
    Agent,
    Pin,
    RosterProblem,
    Shift,
    Stretch,
    Wish,
    WishKind,
)

Meetings = frozenset[int]  # positions among the agent's


class Option(NamedTuple):
    """A shift with some of the agent's meetings in it.

    Attributes
    ----------
    place
        Position of the shift's start among all starts of the agent's shifts.
    after
        Position of the first start that may come next.
    paid
        Minutes.
    shift
        Position in the menu of all; -1 where no rule asks which it is.
    cost
        Pay, wishes and what fills the shift, less the rewards; fine units.
    """

    place: int
    after: int
    paid: int
    held: Meetings
    shift: int
    cost: int


class Menu:
    """The shifts that one agent may work, by day; ``named``: does it matter which."""

    def __init__(
        self, problem: RosterProblem, agent: Agent, fills: Fills, *, named: bool
    ) -> None:
        self._problem, self._agent, self._fills = problem, agent, fills
        self._pins = agent.pins if problem.enforces("pins") else ()
        self._closed = (
            *(agent.unavailable if problem.enforces("availability") else ()),
            *(agent.leave if problem.enforces("leave") else ()),
        )
        own = [(i, s) for i, s in enumerate(problem.shifts) if self._allows(s)]
        self._starts = sorted({shift.start for _, shift in own})
        self._days: list[list[Option]] = [[] for _ in range(problem.days)]
        for i, shift in own:
            self._days[shift.day] += self._options(shift, i if named else -1)

    def first(self) -> int:
        """Return the position of the first start that history leaves."""
        last = self._agent.last_end
        return 0 if last is None else self._after(last)

    def opens(self, day: int) -> int:
        """Return the position of the first start of a day."""
        return bisect_left(self._starts, self._problem.day_starts[day])

    def options(self, day: int, ready: int) -> list[Option]:
        """Return what may be worked on a day from a start on; of equals the cheapest.

        ``place`` is no longer told apart.
        """
        found: dict[tuple[int, int, Meetings, int], Option] = {}
        for option in self._days[day]:
            key = option.after, option.paid, option.held, option.shift
            if option.place >= ready and (
                key not in found or option.cost < found[key].cost
            ):
                found[key] = option
        return list(found.values())

    def may_be_off(self, day: int) -> bool:
        """Whether no pin asks for a shift on a day."""
        return not any(pin.day == day and pin.shift for pin in self._pins)

    def may_go_on(self, day: int) -> bool:
        """Whether a second shift may start on a day."""
        pinned = any(pin.day == day for pin in self._pins)
        return not pinned and not self._problem.enforces("one_shift_per_day")

    def off_cost(self, day: int) -> int:
        """Return what wishes to work on a day cost when it is off, fine units."""
        return FINE * sum(
            wish.cost
            for wish in self._agent.wishes
            if wish.kind is WishKind.WORK and wish.day == day
        )

    def _allows(self, shift: Shift) -> bool:
        """Whether type, absence and pins leave a shift to the agent."""
        types = self._agent.shift_types
        if self._problem.enforces("own_shift_types") and shift.shift_type not in types:
            return False
        if any(_shared((shift.start, shift.end), away) for away in self._closed):
            return False
        return all(_is_pinned(pin, shift) for pin in self._pins if pin.day == shift.day)

    def _options(self, shift: Shift, name: int) -> Iterator[Option]:
        """Yield a shift with each set of meetings that it can hold."""
        agent = self._agent
        own = agent.paid_cost * shift.paid_minutes + _wishes_cost(agent, shift)
        place, after = bisect_left(self._starts, shift.start), self._after(shift.end)
        for some in _sets(self._inside(shift)):
            fill = self._fills.least(shift, tuple(event for _, event in some))
            if fill < inf:
                held = frozenset(m for m, _ in some)
                cost = own * FINE + int(fill)
                yield Option(place, after, shift.paid_minutes, held, name, cost)

    def _inside(self, shift: Shift) -> list[tuple[int, Event]]:
        """Return the meetings that can be held in a shift."""
        if not self._problem.enforces("meetings"):
            return []
        found = [
            (m, meeting_of(self._problem, shift, meeting))
            for m, meeting in enumerate(self._agent.meetings)
        ]
        return [(m, event) for m, event in found if event.starts]

    def _after(self, end: int) -> int:
        """Return the position of the first start that may follow a shift's end."""
        rest = 1  # shifts of one agent never touch
        if self._problem.enforces("rest_between_shifts"):
            rest = max(rest, self._agent.min_rest)
        return bisect_left(self._starts, end + rest)


def _is_pinned(pin: Pin, shift: Shift) -> bool:
    wanted = pin.shift
    return wanted is not None and (wanted.shift_type, wanted.start, wanted.end) == (
        shift.shift_type,
        shift.start,
        shift.end,
    )


def _wishes_cost(agent: Agent, shift: Shift) -> int:
    """Return what the wishes cost that a shift does not grant, cost units."""
    return sum(wish.cost * _missed(wish, shift) for wish in agent.wishes)


def _missed(wish: Wish, shift: Shift) -> int:
    """Return how many times a shift makes the cost of a wish due."""
    if wish.kind is WishKind.AVOID:
        return _shared((shift.start, shift.end), wish.stretch)
    if wish.kind is WishKind.SHIFT_TYPE and wish.day == shift.day:
        return int(shift.shift_type != wish.shift_type)
    return 0


def _shared(one: Stretch, other: Stretch) -> int:
    """Return the minutes that two stretches share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _sets(
    things: list[tuple[int, Event]],
) -> Iterator[tuple[tuple[int, Event], ...]]:
    """Yield every subset."""
    sizes = range(len(things) + 1)
    return chain.from_iterable(combinations(things, size) for size in sizes)
