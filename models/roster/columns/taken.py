"""From a roster of named agents to a state of the search: the inverse of ``named``."""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from models.roster.columns.kernels.batch import BREAK_CODE
from models.roster.columns.kernels.books import ABSENT
from models.roster.columns.options import Options
from models.roster.columns.pricing import Pricer, free
from models.roster.problem import Kind
from models.roster.reach import held
from models.roster.result import Activity, Roster, Worked

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int16]
Week = tuple[Ints, Codes]  # as ``State.options[a]`` and ``State.codes[a]``


def weeks_of(pricer: Pricer, roster: Roster, agents: Iterable[int]) -> dict[int, Week]:
    """Return what some agents do in a roster, as the search writes it.

    An agent whose shifts and meetings are none of the options is left out; whether
    rules between days or inside shifts hold is not looked at.
    """
    shift_of = {
        (shift.shift_type, shift.start, shift.end): i
        for i, shift in enumerate(pricer.problem.shifts)
    }
    worked: dict[int, list[Worked]] = {a: [] for a in agents}
    doing: dict[int, list[Activity]] = {a: [] for a in worked}
    for w in roster.worked:
        if w.agent in worked:
            worked[w.agent].append(w)
    for x in roster.activities or ():
        if x.agent in doing:
            doing[x.agent].append(x)
    class_of = {a: kind for kind in pricer.classes for a in kind.members}
    found = {}
    for a, own in worked.items():
        shifts = [shift_of.get((w.shift_type, w.start, w.end), -1) for w in own]
        week = _week(pricer, class_of[a].options, a, shifts, doing[a])
        if week is not None:
            found[a] = week
    return found


def _week(
    pricer: Pricer, options: Options, a: int, shifts: list[int], doing: list[Activity]
) -> Week | None:
    problem = pricer.problem
    chosen = np.full(problem.days, -1, dtype=np.int64)
    codes = np.full(problem.periods, ABSENT, dtype=np.int16)
    attended = held(problem.agents[a], doing)
    if -1 in shifts or len(attended) < sum(x.kind is Kind.MEETING for x in doing):
        return None
    for day in sorted({problem.shifts[i].day for i in shifts}):
        mine = [i for i in shifts if problem.shifts[i].day == day]
        mine.sort(key=lambda i: problem.shifts[i].start)
        meets = [_inside(pricer, i, attended) for i in mine]
        option = _option(options, day, mine, meets)
        if option is None:
            return None
        chosen[day] = option
        for i, meetings in zip(mine, meets, strict=True):
            if not _write(pricer, a, i, meetings, doing, codes):
                return None
    return chosen, codes


def _inside(
    pricer: Pricer, shift: int, attended: dict[int, Activity]
) -> tuple[int, ...]:
    """Return the meetings that are held in a shift."""
    found = pricer.problem.shifts[shift]
    return tuple(
        sorted(m for m, x in attended.items() if found.start <= x.start < found.end)
    )


def _option(
    options: Options, day: int, shifts: list[int], meets: Sequence[tuple[int, ...]]
) -> int | None:
    """Return the option of a day that is these shifts with these meetings."""
    for o in range(int(options.day_first[day]), int(options.day_first[day + 1])):
        first, end = int(options.leg_first[o]), int(options.leg_first[o + 1])
        if options.shifts[first:end].tolist() == shifts and all(
            options.meetings.get(position, ()) == meetings
            for position, meetings in zip(range(first, end), meets, strict=True)
        ):
            return o
    return None


def _write(
    pricer: Pricer,
    a: int,
    shift: int,
    meetings: tuple[int, ...],
    doing: Iterable[Activity],
    codes: Codes,
) -> bool:
    """Write what is done in a shift; say whether all of it is known."""
    problem = pricer.problem
    g, found = problem.period, problem.shifts[shift]
    works = {(work.kind, work.name): w for w, work in enumerate(problem.works)}
    stops = [
        (Kind.BREAK, rest.name, rest.minutes)
        for rest in problem.shift_types[found.shift_type].breaks
    ]
    for m in meetings:
        meeting = problem.agents[a].meetings[m]
        stops.append((Kind.MEETING, meeting.name, meeting.minutes))
    codes[found.start // g : found.end // g] = -1
    for x in doing:
        if not found.start <= x.start < found.end or x.kind is Kind.IDLE:
            continue
        code = works.get((x.kind, x.name), -1)
        stop = (x.kind, x.name, x.end - x.start)
        if code < 0 and stop in stops:
            code = BREAK_CODE - stops.index(stop)
            stops[BREAK_CODE - code] = (Kind.IDLE, "", 0)  # each once
        if code == -1:
            return False
        codes[x.start // g : x.end // g] = code
    return True


def plain_week(pricer: Pricer, c: int, options: Ints) -> Week:
    """Return the week of a class's tour, its shifts filled as is cheapest by itself."""
    own, problem = pricer.classes[c].options, pricer.problem
    codes = np.full(problem.periods, ABSENT, dtype=np.int16)
    for option in options[options >= 0]:
        legs = own.legs[own.leg_first[option] : own.leg_first[option + 1]]
        for leg, row in zip(legs, pricer.patterns(legs, free(problem)), strict=True):
            first, end = pricer.spans[leg, :2]
            codes[first:end] = row[: end - first]
    return options, codes
