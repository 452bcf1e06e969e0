"""What the case time of a roster does to the deferred work."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from models.roster.check.reading import runs, works
from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Cases,
    Kind,
    RosterProblem,
    Stream,
)
from models.roster.result import Activity, Roster


@dataclass(frozen=True)
class Account:
    """One case type at every cut, units of work, all its streams together.

    Attributes
    ----------
    done
        Work done so far.
    late
        Work whose deadline has come and that is not done.
    open
        Work that has arrived and is not done; never less than 0.
    """

    done: tuple[int, ...]
    late: tuple[int, ...]
    open: tuple[int, ...]


@dataclass
class _Lot:
    """Work that arrives at one minute and is due at one minute."""

    arrival: float
    due: float
    left: int


def speed_on(problem: RosterProblem, agent: int, work: int) -> int:
    """Return an agent's speed; without the rule ``skills``, 0 counts as 100."""
    speed = problem.agents[agent].speeds[work]
    return speed or (0 if problem.enforces("skills") else FULL_SPEED)


def pieces(problem: RosterProblem, x: Activity) -> Iterator[tuple[int, int]]:
    """Yield each grid period that an activity touches, and its minutes there."""
    period = problem.period
    first = max(0, x.start // period)
    touched = range(first, min(problem.periods, -(-x.end // period)))
    if x.start % period == 0 == x.end % period:
        yield from ((p, period) for p in touched)
        return
    for p in touched:
        start = p * period
        yield p, min(x.end, start + period) - max(x.start, start)


def case_minutes(problem: RosterProblem, roster: Roster) -> list[list[int]]:
    """Return the work that the rostered case time has room for.

    For each of ``problem.cases``, for each cut: the units (``WORK_PER_MINUTE`` in a
    trained agent's minute) of time on that work in the grid periods that end in
    ``(cuts[i - 1], cuts[i]]``. Time after the last cut counts nowhere.

    ``speed * minutes * WORK_PER_MINUTE // FULL_SPEED``, summed over agents and periods,
    less the same for the minutes in which a block settles in.
    """
    position = works(problem)
    cut_of = cut_of_period(problem)
    room = {cases.work: [0] * len(problem.cuts) for cases in problem.cases}
    for x in roster.activities or ():
        k = position.get((x.kind, x.name), -1)
        if k in room:
            speed = speed_on(problem, x.agent, k)
            for p, minutes in pieces(problem, x):
                if (i := cut_of[p]) is not None:
                    room[k][i] += speed * minutes * WORK_PER_MINUTE // FULL_SPEED
    for agent, k, p, minutes in settling(problem, roster):
        if k in room and (i := cut_of[p]) is not None:
            lost = speed_on(problem, agent, k) * minutes * WORK_PER_MINUTE
            room[k][i] -= lost // FULL_SPEED
    return [list(room[cases.work]) for cases in problem.cases]


def settling(
    problem: RosterProblem, roster: Roster
) -> Iterator[tuple[int, int, int, int]]:
    """Yield agent, work, grid period and minutes in which blocks only settle in."""
    for run in runs(problem, roster, Kind.CASE):
        until = min(run.end, run.start + problem.works[run.work].settling)
        if until > run.start:
            part = Activity(run.shift.agent, run.start, until, Kind.CASE)
            for p, minutes in pieces(problem, part):
                yield part.agent, run.work, p, minutes


def cut_of_period(problem: RosterProblem) -> list[int | None]:
    """Return the first cut that does not lie before each period's end."""
    ends = ((p + 1) * problem.period for p in range(problem.periods))
    cuts = [bisect_left(problem.cuts, end) for end in ends]
    return [i if i < len(problem.cuts) else None for i in cuts]


def _lots(stream: Stream) -> list[_Lot]:
    """Match arrivals and deadlines first in, first out; what lacks one has ``inf``."""
    lots = []
    arrivals = [*stream.arrivals, (inf, sum(work for _, work in stream.deadlines))]
    deadlines = [*stream.deadlines, (inf, sum(work for _, work in stream.arrivals))]
    (arrival, come), (due, asked) = arrivals.pop(0), deadlines.pop(0)
    while True:
        if amount := min(come, asked):
            lots.append(_Lot(arrival, due, amount))
        come, asked = come - amount, asked - amount
        if not come and arrivals:
            arrival, come = arrivals.pop(0)
        elif not asked and deadlines:
            due, asked = deadlines.pop(0)
        else:
            return [lot for lot in lots if min(lot.arrival, lot.due) < inf]


def account(problem: RosterProblem, cases: Cases, room: list[int]) -> Account:
    """Work off the deferred work of one type, earliest deadline first, never idle.

    Parameters
    ----------
    room
        Units of work that fit into each cut's period, as of ``case_minutes``; what
        others can do (``cases.fixed``) comes on top.

    Notes
    -----
    In the period up to ``cuts[i]`` only what has arrived by ``cuts[i - 1]`` can be done
    (without the rule ``work_after_arrival``: everything that ever arrives).

    No other order has less late work at any cut. Of the work due by ``cuts[i]`` as much
    is done by then as there can be, since it goes before all other work and room is
    left empty only when none of it is at hand; this holds for each ``i`` at once. In
    the same way all work together goes before nothing else, so the open work is least
    as well.
    """
    lots = sorted(
        (lot for stream in cases.streams for lot in _lots(stream)),
        key=lambda lot: lot.due,
    )
    arrivals = [entry for stream in cases.streams for entry in stream.arrivals]
    total, done, late, still_open = 0, [], [], []
    for i, cut in enumerate(problem.cuts):
        if i:
            ready: float = problem.cuts[i - 1]
            if not problem.enforces("work_after_arrival"):
                ready = problem.cuts[-1]
            total += _work_off(lots, room[i] + cases.fixed_at(i), ready)
        done.append(total)
        late.append(sum(lot.left for lot in lots if lot.due <= cut))
        come = sum(work for minute, work in arrivals if minute <= cut)
        still_open.append(max(0, come - total))
    return Account(tuple(done), tuple(late), tuple(still_open))


def _work_off(lots: list[_Lot], room: int, ready: float) -> int:
    """Take up to ``room`` off the lots that have arrived; return what was taken."""
    left = room
    for lot in lots:
        if lot.arrival <= ready:
            taken = min(left, lot.left)
            lot.left -= taken
            left -= taken
    return room - left
