"""What makes a roster a roster: these rules always hold."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from models.roster.check.reading import (
    Breach,
    Filled,
    breaks,
    day_of,
    holes,
    read,
    rule,
    span,
    tours,
)
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Activity, Roster


@rule
def shifts_apart(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``next.start > prev.end``, ``last_end`` being the first ``prev``.

    Nobody is in two shifts at once, and two that touched would be one.
    """
    for a, shifts in enumerate(tours(problem, roster)):
        ends = [problem.agents[a].last_end, *(w.end for w in shifts)]
        for end, shift in zip(ends, shifts, strict=False):
            if end is not None and shift.start <= end:
                yield Breach(
                    a,
                    shift.day,
                    f"the shift {span(problem, shift.start, shift.end)} must start "
                    f"after the one before ends, at {problem.clock(end)}",
                )


@rule
def from_the_menu(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``(type, day, start, end)`` of every shift is in ``problem.shifts``."""
    menu = {(s.shift_type, s.day, s.start, s.end) for s in problem.shifts}
    for w in roster.worked:
        if (w.shift_type, w.day, w.start, w.end) not in menu:
            name = problem.shift_types[w.shift_type].name
            yield Breach(
                w.agent,
                w.day,
                f"no shift of type {name!r} goes from {span(problem, w.start, w.end)}",
            )


@rule
def inside_horizon(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``day_starts[day] <= start < day_starts[day + 1]`` and ``end <= problem.end``."""
    for w in roster.worked:
        first, last = problem.day_starts[w.day], problem.day_starts[w.day + 1]
        when = f"the shift {span(problem, w.start, w.end)}"
        if not first <= w.start < last:
            yield Breach(
                w.agent,
                w.day,
                f"{when} must start on its day, {span(problem, first, last)}",
            )
        if w.end > problem.end:
            yield Breach(
                w.agent,
                w.day,
                f"{when} must end by {problem.clock(problem.end)}",
            )


@rule
def on_the_grid(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Every start and every end is a multiple of ``period``."""
    off = [
        (w.agent, w.day, w.start, w.end, "a shift")
        for w in roster.worked
        if w.start % problem.period or w.end % problem.period
    ]
    off += [
        (x.agent, day_of(problem, x.start), x.start, x.end, _words(x))
        for x in roster.activities or ()
        if x.start % problem.period or x.end % problem.period
    ]
    for a, day, start, end, what in off:
        yield Breach(
            a,
            day,
            f"{what} from {span(problem, start, end)} must start and end on "
            f"the grid of {problem.period} min",
        )


@rule
def paid_time(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``paid_minutes = end - start - sum of the unpaid breaks of its type``."""
    for w in roster.worked:
        kind = problem.shift_types[w.shift_type]
        unpaid = sum(b.minutes for b in kind.breaks if not b.paid)
        if w.paid_minutes != w.end - w.start - unpaid:
            yield Breach(
                w.agent,
                w.day,
                f"the shift {span(problem, w.start, w.end)} is paid {w.paid_minutes} "
                f"min, must be {w.end - w.start} - {unpaid} (unpaid breaks) = "
                f"{w.end - w.start - unpaid}",
            )


@rule
def known_activities(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Every activity is a work, the shift's break, the agent's meeting, idle or other.

    The work must be of the activity's kind, and idle time has no name.
    """
    same = {(work.kind, work.name) for work in problem.works}
    filled, strays = read(problem, roster)
    for held in filled:
        kind = problem.shift_types[held.shift.shift_type]
        own = same | {(Kind.BREAK, b.name) for b in kind.breaks}
        for x in held.activities:
            yield from _unknown(problem, x, held.shift.day, own)
    for x in strays:
        every = {(Kind.BREAK, b.name) for t in problem.shift_types for b in t.breaks}
        yield from _unknown(problem, x, day_of(problem, x.start), same | every)


def _unknown(
    problem: RosterProblem, x: Activity, day: int, known: set[tuple[Kind, str]]
) -> Iterator[Breach]:
    """Yield a breach if ``x`` is not known, no meeting, no idling and no other."""
    if x.kind is Kind.OTHER or (x.kind, x.name) in known:
        return
    meetings = {(Kind.MEETING, m.name) for m in problem.agents[x.agent].meetings}
    if (x.kind, x.name) not in meetings | {(Kind.IDLE, "")}:
        yield Breach(
            x.agent,
            day,
            f"{_words(x)} at {problem.clock(x.start)} is not known here",
        )


def _words(x: Activity) -> str:
    """Return what an activity is, as words."""
    return f"{x.kind.value} {x.name!r}" if x.name else x.kind.value


@rule
def activities_fill_shifts(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """The activities of a shift tile ``[start, end)``; none lies outside a shift.

    Only judged when the activities are known.
    """
    if roster.activities is None:
        return
    filled, strays = read(problem, roster)
    for held in filled:
        yield from _tiling(problem, held)
    for x in strays:
        yield Breach(
            x.agent,
            day_of(problem, x.start),
            f"{_words(x)} {span(problem, x.start, x.end)} is outside every shift",
        )


def _tiling(problem: RosterProblem, held: Filled) -> Iterator[Breach]:
    """Yield where a shift's activities leave a gap, overlap, or stick out."""
    shift, own = held.shift, held.activities
    a, day = shift.agent, shift.day
    for start, end in holes([(x.start, x.end) for x in own], shift.start, shift.end):
        yield Breach(
            a,
            day,
            f"does nothing known for {end - start} min, " + span(problem, start, end),
        )
    for x in own:
        if x.start < x.end <= shift.end:
            continue
        when = f"{_words(x)} {span(problem, x.start, x.end)}"
        if x.end <= x.start:
            yield Breach(
                a, day, f"{when} lasts {x.end - x.start} min, must be more than 0"
            )
        if x.end > shift.end:
            late = x.end - shift.end
            yield Breach(a, day, f"{when} goes on {late} min after the shift's end")
    for first, second in pairwise(own):
        if second.start < first.end:
            yield Breach(
                a,
                day,
                f"{_words(second)} starts {first.end - second.start} min before "
                f"{_words(first)} ends at {problem.clock(first.end)}",
            )


@rule
def each_break_once(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """A shift holds each break of its type once, in one piece of its length."""
    if roster.activities is None:
        return
    for held in read(problem, roster)[0]:
        shift = held.shift
        due = Counter(b.name for b in problem.shift_types[shift.shift_type].breaks)
        taken = Counter(x.name for x in held.activities if x.kind is Kind.BREAK)
        where = f"in the shift {span(problem, shift.start, shift.end)}"
        for name, count in due.items():
            if taken[name] != count:
                yield Breach(
                    shift.agent,
                    shift.day,
                    f"takes break {name!r} {taken[name]} times {where}, must be "
                    f"{count}",
                )
        for b, x in breaks(problem, held):
            if x is not None and x.end - x.start != b.minutes:
                yield Breach(
                    shift.agent,
                    shift.day,
                    f"break {b.name!r} at {problem.clock(x.start)} lasts "
                    f"{x.end - x.start} min, must be {b.minutes}",
                )


STRUCTURE = (
    shifts_apart,
    known_activities,
    activities_fill_shifts,
    each_break_once,
    paid_time,
    on_the_grid,
    inside_horizon,
    from_the_menu,
)

SHIFT_STRUCTURE = (shifts_apart, paid_time, on_the_grid, inside_horizon, from_the_menu)
