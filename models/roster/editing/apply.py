"""An edit applied to a roster: the shift that it touches is filled again."""

from collections.abc import Sequence
from dataclasses import replace

from models.errors import InvalidInput
from models.roster.editing.edits import DayOff, Edit, Move, PutShift, PutWork
from models.roster.editing.places import (
    missing_breaks,
    missing_meetings,
    placed_breaks,
    placed_meetings,
)
from models.roster.editing.standing import Standing
from models.roster.editing.works import IDLE, Bench, position
from models.roster.problem import Kind, RosterProblem, Stretch
from models.roster.result import Activity, Roster, Worked

_FREE = (Kind.VOICE, Kind.CASE, Kind.IDLE)


def edited(standing: Standing, edit: Edit) -> Standing:
    """Return where a roster stands after an edit.

    Raises
    ------
    InvalidInput
        For what cannot be meant: off the grid, outside the day or the shift, a shift or
        an activity that is not there.
    """
    if not 0 <= edit.agent < len(standing.problem.agents):
        raise InvalidInput("there is no such agent")
    week = standing.weeks[edit.agent]
    match edit:
        case DayOff():
            then = _without(week, _of_day(standing.problem, week, edit.day))
        case PutShift():
            then = _shifted(standing, week, edit)
        case Move():
            then = _moved(standing, week, edit)
        case PutWork():
            then = _worked(standing, week, edit)
    return standing.with_week(edit.agent, then)


def _of_day(problem: RosterProblem, week: Roster, day: int) -> list[Worked]:
    if not 0 <= day < problem.days:
        raise InvalidInput("the day is not in the horizon")
    return [w for w in week.worked if w.day == day]


def _without(week: Roster, shifts: Sequence[Worked]) -> Roster:
    """Return a week without some shifts and what is in them."""
    return Roster(
        tuple(w for w in week.worked if w not in shifts),
        tuple(x for x in week.activities or () if not _is_in(x, shifts)),
    )


def _is_in(x: Activity, shifts: Sequence[Worked]) -> bool:
    return any(w.start <= x.start < w.end for w in shifts)


def _with(week: Roster, shift: Worked, doing: Sequence[Activity]) -> Roster:
    every = (*(week.activities or ()), *doing)
    return Roster(
        tuple(sorted((*week.worked, shift), key=lambda w: (w.start, w.end))),
        tuple(sorted(every, key=lambda x: (x.start, x.end))),
    )


def _shifted(standing: Standing, week: Roster, edit: PutShift) -> Roster:
    """Return a week with another shift on a day."""
    problem = standing.problem
    old = _of_day(problem, week, edit.day)
    if edit.replaces is not None:
        old = [w for w in old if w.start == edit.replaces]
        if not old:
            raise InvalidInput("there is no shift that starts then")
    if not 0 <= edit.shift_type < len(problem.shift_types):
        raise InvalidInput("there is no such shift type")
    _refuse_off_grid(problem, edit.start, edit.end)
    first, last = problem.day_starts[edit.day], problem.day_starts[edit.day + 1]
    if not first <= edit.start < last:
        raise InvalidInput("a shift must start on its day")
    if not edit.start < edit.end <= problem.end:
        raise InvalidInput("a shift must end after it starts, within the horizon")
    rest = _without(week, old)
    if any(w.start < edit.end and edit.start < w.end for w in rest.worked):
        raise InvalidInput("the agent is in another shift then")
    breaks = problem.shift_types[edit.shift_type].breaks
    unpaid = sum(b.minutes for b in breaks if not b.paid)
    paid = max(0, edit.end - edit.start - unpaid)
    shift = Worked(0, edit.day, edit.shift_type, edit.start, edit.end, paid)
    before = [x for x in week.activities or () if _is_in(x, old)]
    return _filled(standing, edit.agent, rest, shift, [], before)


def _moved(standing: Standing, week: Roster, edit: Move) -> Roster:
    """Return a week in which something is at another time of the same shift."""
    found = [x for x in week.activities or () if x.start == edit.start]
    if not found:
        raise InvalidInput("nothing starts then")
    (was,) = found[:1]
    until = edit.until if edit.until is not None else edit.to + was.end - was.start
    new = replace(was, start=edit.to, end=until)
    return _put(standing, week, edit.agent, new, was)


def _worked(standing: Standing, week: Roster, edit: PutWork) -> Roster:
    """Return a week in which an agent is on another work for a while."""
    problem = standing.problem
    if edit.work is None:
        new = Activity(0, edit.start, edit.end, Kind.IDLE)
    elif 0 <= edit.work < len(problem.works):
        own = problem.works[edit.work]
        new = Activity(0, edit.start, edit.end, own.kind, own.name)
    else:
        raise InvalidInput("there is no such work")
    return _put(standing, week, edit.agent, new, None)


def _put(
    standing: Standing, week: Roster, agent: int, new: Activity, was: Activity | None
) -> Roster:
    """Return a week with an activity put where it is wanted, others making way."""
    _refuse_off_grid(standing.problem, new.start, new.end)
    at = new.start if was is None else was.start
    shifts = [w for w in week.worked if w.start <= at < w.end]
    if not shifts:
        raise InvalidInput("the agent is in no shift then")
    (shift,) = shifts[:1]
    if not shift.start <= new.start < new.end <= shift.end:
        raise InvalidInput("it must stay inside its shift")
    before = [x for x in week.activities or () if _is_in(x, [shift])]
    touched = [(new.start, new.end), *(() if was is None else ((was.start, was.end),))]
    kept = [x for x in before if x is not was and not _makes_way(x, new, touched)]
    rest = _without(week, [shift])
    return _filled(standing, agent, rest, shift, [*kept, new], before)


def _makes_way(x: Activity, new: Activity, touched: Sequence[Stretch]) -> bool:
    """Whether an activity is to be filled again, or placed again."""
    if x.kind in _FREE:
        return any(x.start <= end and start <= x.end for start, end in touched)
    return x.start < new.end and new.start < x.end


def _refuse_off_grid(problem: RosterProblem, *minutes: int) -> None:
    if any(minute % problem.period for minute in minutes):
        raise InvalidInput(f"times must lie on the grid of {problem.period} minutes")


def _filled(
    standing: Standing,
    agent: int,
    rest: Roster,
    shift: Worked,
    fixed: Sequence[Activity],
    before: Sequence[Activity],
) -> Roster:
    """Return a week with a shift filled around what is fixed in it."""
    problem, person = standing.problem, standing.problem.agents[agent]
    there = list(fixed)
    asked = missing_meetings(person, _with(rest, shift, there))
    there += placed_meetings(problem, shift, asked, before, there)
    due = missing_breaks(problem, shift, there)
    there += placed_breaks(problem, shift, due, before, there)
    there.sort(key=lambda x: x.start)
    bench = Bench.of(standing, person).like(before, shift)
    found, at = [], shift.start
    for n, x in enumerate([*there, None]):
        end = shift.end if x is None else x.start
        if end > at:
            sides = (
                _work(problem, there[n - 1]) if n else None,
                None if x is None else _work(problem, x),
            )
            found += bench.filled(0, (at, end), sides)
        at = end if x is None else max(at, x.end)
    return _with(rest, shift, _joined([*there, *found]))


def _work(problem: RosterProblem, x: Activity) -> int | None:
    """Return which work is beside a stretch."""
    w = position(problem, x)
    return None if w == IDLE else w


def _joined(doing: Sequence[Activity]) -> list[Activity]:
    """Return activities in order of time; of one work that touch, one."""
    found: list[Activity] = []
    for x in sorted(doing, key=lambda x: x.start):
        last = found[-1] if found else None
        if (
            last is not None
            and x.kind in _FREE
            and (last.kind, last.name, last.end) == (x.kind, x.name, x.start)
        ):
            found[-1] = replace(last, end=x.end)
        else:
            found.append(x)
    return found
