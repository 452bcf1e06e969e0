"""The best way to fill a shift: breaks, meetings, and what lies between them."""

from collections.abc import Sequence
from functools import cache
from math import inf
from typing import NamedTuple

from models.roster.certify.stretches import Cost, Stretches
from models.roster.problem import Meeting, RosterProblem, Shift


class Event(NamedTuple):
    """A break or a meeting that a shift must hold once; all in periods."""

    length: int
    starts: range


def event(
    problem: RosterProblem, shift: Shift, minutes: int, window: tuple[int, int]
) -> Event:
    """Return what lasts ``minutes`` and starts in ``window``, wholly inside a shift.

    What does not last whole periods fits nowhere.
    """
    period = problem.period
    first = max(-(-window[0] // period), shift.start // period)
    last = min(window[1] // period, (shift.end - minutes) // period)
    starts = range(first, last + 1) if minutes % period == 0 else range(0)
    return Event(minutes // period, starts)


def breaks_of(problem: RosterProblem, shift: Shift) -> tuple[Event, ...]:
    """Return the breaks of a shift, in the order of its type."""
    windows = problem.enforces("breaks_in_window")
    return tuple(
        event(
            problem,
            shift,
            pause.minutes,
            (shift.start + pause.earliest, shift.start + pause.latest)
            if windows
            else (shift.start, shift.end),
        )
        for pause in problem.shift_types[shift.shift_type].breaks
    )


def meeting_of(problem: RosterProblem, shift: Shift, meeting: Meeting) -> Event:
    """Return a meeting as an event of a shift."""
    window = meeting.earliest, meeting.latest
    return event(problem, shift, meeting.minutes, window)


class Fills:
    """Shifts of the menu as agents with the same speeds fill them best."""

    def __init__(self, problem: RosterProblem, stretches: Stretches) -> None:
        self._problem = problem
        self._stretches = stretches
        self._known: dict[tuple[Shift, tuple[Event, ...]], Cost] = {}

    def least(self, shift: Shift, meetings: tuple[Event, ...] = ()) -> Cost:
        """Return the least cost of what fills a shift, less the rewards.

        Parameters
        ----------
        meetings
            What must be held in this shift besides its breaks.

        Returns
        -------
        Cost
            Blocks and idle periods, less what is paid for work; ``inf`` where it cannot
            be filled.
        """
        key = shift, meetings
        if key not in self._known:
            breaks = breaks_of(self._problem, shift)
            self._known[key] = self._filled(shift, breaks, meetings)
        return self._known[key]

    def _filled(
        self, shift: Shift, breaks: tuple[Event, ...], meetings: tuple[Event, ...]
    ) -> Cost:
        problem, between = self._problem, self._stretches.least
        end = shift.end // problem.period
        spacing = 0
        if problem.enforces("breaks_apart"):
            spacing = -(
                -problem.shift_types[shift.shift_type].spacing // problem.period
            )
        at_once = 1 if problem.enforces("breaks_in_order") else len(breaks)

        @cache
        def onward(
            now: int, ready: int, due: tuple[Event, ...], held: tuple[Event, ...]
        ) -> Cost:
            """Return the least cost from ``now`` on, where one event has just ended.

            ``due`` breaks are to come, none before ``ready``, and ``held`` meetings.
            """
            least = inf if due or held else between(now, end)
            for i, pause in enumerate(due[:at_once]):
                for start in _from(pause.starts, max(now, ready)):
                    then = start + pause.length
                    later = onward(then, then + spacing, _but(due, i), held)
                    least = min(least, between(now, start) + later)
            for i, meeting in enumerate(held):
                for start in _from(meeting.starts, now):
                    then = start + meeting.length
                    later = onward(then, max(ready, then), due, _but(held, i))
                    least = min(least, between(now, start) + later)
            return least

        begin = shift.start // problem.period
        return onward(begin, begin, breaks, meetings)


def _from(starts: range, now: int) -> range:
    return range(max(starts.start, now), starts.stop)


def _but(events: Sequence[Event], i: int) -> tuple[Event, ...]:
    """Return all events but the one at a position."""
    return (*events[:i], *events[i + 1 :])
