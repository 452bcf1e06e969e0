"""What fills a shift by rule: meetings, breaks, the agent's one work, idle time."""

from collections.abc import Iterator, Sequence

from models.roster.problem import Kind, Meeting, RosterProblem, Shift
from models.roster.result import Activity

Doing = list[tuple[Kind, str]]  # by period of the shift
IDLE = (Kind.IDLE, "")


def filled(
    problem: RosterProblem, a: int, shift: Shift, work: int | None, left: list[Meeting]
) -> Iterator[Activity]:
    """Yield what fills a shift; meetings held in it are taken out of ``left``."""
    g = problem.period
    doing: Doing = [IDLE] * ((shift.end - shift.start) // g)
    fixed = [m for m in left if m.earliest == m.latest]
    _meet(doing, shift, g, fixed, left)
    _rest(problem, doing, shift)
    _meet(doing, shift, g, [m for m in left if m not in fixed], left)
    if work is not None:
        _work(problem, doing, shift, work)
    first = 0
    for i in range(1, len(doing) + 1):
        if i == len(doing) or doing[i] != doing[first]:
            start, end = shift.start + first * g, shift.start + i * g
            yield Activity(a, start, end, *doing[first])
            first = i


def is_open(problem: RosterProblem, work: int, minute: int) -> bool:
    """Whether a work may be done in the period that begins at a minute."""
    end = minute + problem.period
    return any(s <= minute and end <= e for s, e in problem.works[work].open)


def _meet(
    doing: Doing, shift: Shift, g: int, meetings: list[Meeting], left: list[Meeting]
) -> None:
    """Hold meetings where they first fit."""
    for meeting in meetings:
        first = max(shift.start, meeting.earliest)
        last = min(shift.end - meeting.minutes, meeting.latest)
        for start in range(first, last + 1, g):
            if _is_free(doing, shift, g, start, meeting.minutes):
                what = Kind.MEETING, meeting.name
                _put(doing, shift, g, start, meeting.minutes, what)
                left.remove(meeting)
                break


def _rest(problem: RosterProblem, doing: Doing, shift: Shift) -> None:
    """Put each break as near to the middle of its window as it goes."""
    g, kind = problem.period, problem.shift_types[shift.shift_type]
    ready = shift.start
    for rest in kind.breaks:
        middle = shift.start + (rest.earliest + rest.latest) // 2
        starts = range(
            shift.start + -(-rest.earliest // g) * g, shift.start + rest.latest + 1, g
        )
        able = [
            start
            for start in starts
            if start >= ready and _is_free(doing, shift, g, start, rest.minutes)
        ]
        if able:
            start = min((abs(start - middle), start) for start in able)[1]
            _put(doing, shift, g, start, rest.minutes, (Kind.BREAK, rest.name))
            ready = start + rest.minutes + kind.spacing


def _is_free(doing: Doing, shift: Shift, g: int, start: int, minutes: int) -> bool:
    first = (start - shift.start) // g
    return all(each == IDLE for each in doing[first : first + minutes // g])


def _put(
    doing: Doing, shift: Shift, g: int, start: int, minutes: int, what: tuple[Kind, str]
) -> None:
    first = (start - shift.start) // g
    doing[first : first + minutes // g] = [what] * (minutes // g)


def _work(problem: RosterProblem, doing: Doing, shift: Shift, w: int) -> None:
    """Put the agent on the work wherever it is open, in runs that are allowed."""
    work, g = problem.works[w], problem.period
    free = [
        each == IDLE and is_open(problem, w, shift.start + i * g)
        for i, each in enumerate(doing)
    ]
    least = max(1, -(-work.shortest // g))
    most = len(doing) if work.longest is None else work.longest // g
    for first, last in _runs(free):
        begin = first
        while last - begin >= least:
            end = min(last, begin + most)
            doing[begin:end] = [(work.kind, work.name)] * (end - begin)
            begin = end + 1  # a moment in between: one run ends, another begins


def _runs(free: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of what is free."""
    first = None
    for i, each in enumerate([*free, False]):
        if each and first is None:
            first = i
        elif not each and first is not None:
            yield first, i
            first = None
