"""From a state of the search to a roster of named agents."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.batch import BREAK_CODE
from models.roster.columns.kernels.books import State
from models.roster.columns.pricing import Pricer
from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked

Codes = npt.NDArray[np.int16]


def roster(pricer: Pricer, state: State, agents: Iterable[int] | None = None) -> Roster:
    """Return the roster that a state is, of all agents or of some."""
    worked: list[Worked] = []
    activities: list[Activity] = []
    for a in range(len(pricer.problem.agents)) if agents is None else agents:
        for position in _positions(pricer, state, a):
            shift = _worked(pricer, state, a, position)
            worked.append(shift)
            activities += _activities(pricer, state, a, position, shift)
    return Roster(tuple(worked), tuple(activities))


def _positions(pricer: Pricer, state: State, a: int) -> Iterator[int]:
    """Yield the positions in the options' legs of what an agent works, by time."""
    options = pricer.classes[int(state.kind[a])].options
    for option in state.options[a]:
        if option >= 0:
            yield from range(options.leg_first[option], options.leg_first[option + 1])


def _worked(pricer: Pricer, state: State, a: int, position: int) -> Worked:
    options = pricer.classes[int(state.kind[a])].options
    shift = pricer.problem.shifts[int(options.shifts[position])]
    return Worked(
        a, shift.day, shift.shift_type, shift.start, shift.end, shift.paid_minutes
    )


def _activities(
    pricer: Pricer, state: State, a: int, position: int, shift: Worked
) -> Iterator[Activity]:
    """Yield what fills a shift, runs joined."""
    problem = pricer.problem
    g = problem.period
    options = pricer.classes[int(state.kind[a])].options
    breaks = problem.shift_types[shift.shift_type].breaks
    meetings = options.meetings.get(position, ())
    first = shift.start // g
    codes = state.codes[a, first : shift.end // g].tolist()
    for code, run in groupby(range(len(codes)), key=codes.__getitem__):
        periods = list(run)
        start, end = (first + periods[0]) * g, (first + periods[-1] + 1) * g
        stop = BREAK_CODE - code
        if code >= 0:
            work = problem.works[code]
            yield Activity(a, start, end, work.kind, work.name)
        elif code == -1:
            yield Activity(a, start, end, Kind.IDLE)
        elif stop < len(breaks):
            yield Activity(a, start, end, Kind.BREAK, breaks[stop].name)
        else:
            meeting = problem.agents[a].meetings[meetings[stop - len(breaks)]]
            yield Activity(a, start, end, Kind.MEETING, meeting.name)
