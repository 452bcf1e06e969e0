"""The rules that concern what fills a shift."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from models.roster.check.reading import (
    Breach,
    Run,
    breaks,
    day_of,
    overlap,
    read,
    remembered_of_both,
    rule,
    runs,
    span,
    works,
)
from models.roster.problem import Kind, Meeting, RosterProblem, Work
from models.roster.result import Activity, Roster


@rule
def breaks_in_window(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``earliest <= start - shift.start <= latest`` for every break."""
    for held in read(problem, roster)[0]:
        shift = held.shift
        for b, x in breaks(problem, held):
            if x and not b.earliest <= x.start - shift.start <= b.latest:
                first, last = shift.start + b.earliest, shift.start + b.latest
                yield Breach(
                    shift.agent,
                    shift.day,
                    f"break {b.name!r} starts {problem.clock(x.start)}, must start "
                    f"{span(problem, first, last)}",
                )


@rule
def breaks_in_order(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """A break ends before the next one of the shift type's list starts."""
    for held in read(problem, roster)[0]:
        taken = [x for _, x in breaks(problem, held) if x is not None]
        for first, second in pairwise(taken):
            if second.start < first.end:
                yield Breach(
                    held.shift.agent,
                    held.shift.day,
                    f"break {second.name!r} starts {problem.clock(second.start)}, "
                    f"must not start before break {first.name!r} ends "
                    f"{problem.clock(first.end)}",
                )


@rule
def breaks_apart(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``next.start - prev.end >= spacing`` for a shift's breaks in order of time."""
    for held in read(problem, roster)[0]:
        spacing = problem.shift_types[held.shift.shift_type].spacing
        taken = [x for x in held.activities if x.kind is Kind.BREAK]
        for first, second in pairwise(taken):
            if second.start - first.end < spacing:
                yield Breach(
                    held.shift.agent,
                    held.shift.day,
                    f"{second.start - first.end} min between break {first.name!r}, "
                    f"which ends {problem.clock(first.end)}, and {second.name!r}, at "
                    f"least {spacing} needed",
                )


@rule
def meetings(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Each meeting: once, in one piece of its length, in a shift and in its window.

    ``earliest <= start <= latest``. Meetings of one agent may share a name: then there
    is a one-to-one match of meetings and activities. None is judged while the
    activities are not known.
    """
    if roster.activities is None:
        return
    attended: dict[tuple[int, str], list[Activity]] = {}
    for x in sorted(roster.activities, key=lambda x: x.start):
        if x.kind is Kind.MEETING:
            attended.setdefault((x.agent, x.name), []).append(x)
    inside = _in_shifts(problem, roster)
    for a, agent in enumerate(problem.agents):
        for name in dict.fromkeys(m.name for m in agent.meetings):
            asked = [m for m in agent.meetings if m.name == name]
            had = attended.get((a, name), [])
            yield from _unmet(problem, a, asked, had, inside)


def _in_shifts(problem: RosterProblem, roster: Roster) -> set[Activity]:
    """Return the meetings that lie in a shift from start to end."""
    return {
        x
        for held in read(problem, roster)[0]
        for x in held.activities
        if x.kind is Kind.MEETING and x.end <= held.shift.end
    }


def _unmet(
    problem: RosterProblem,
    a: int,
    asked: list[Meeting],
    had: list[Activity],
    inside: set[Activity],
) -> Iterator[Breach]:
    """Yield what is wrong about the meetings of one agent that share a name."""
    fits = [
        [
            i
            for i, x in enumerate(had)
            if x in inside
            and x.end - x.start == m.minutes
            and m.earliest <= x.start <= m.latest
        ]
        for m in asked
    ]
    held = " and ".join(span(problem, x.start, x.end) for x in had) or "nowhere"
    for m in _unmatched(fits):
        name, minutes = asked[m].name, asked[m].minutes
        earliest, latest = asked[m].earliest, asked[m].latest
        yield Breach(
            a,
            day_of(problem, earliest),
            f"meeting {name!r} is held {held}, must be held once for {minutes} min "
            f"in a shift, starting {span(problem, earliest, latest)}",
        )
    if len(had) > len(asked):
        yield Breach(
            a,
            day_of(problem, had[-1].start),
            f"meeting {had[0].name!r} is held {len(had)} times ({held}), must be "
            f"{len(asked)}",
        )


def _unmatched(fits: list[list[int]]) -> list[int]:
    """Return the rows without a partner in a largest matching (augmenting paths)."""
    row_of: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for i in fits[row]:
            if i not in tried:
                tried.add(i)
                if i not in row_of or place(row_of[i], tried):
                    row_of[i] = row
                    return True
        return False

    return [row for row in range(len(fits)) if not place(row, set())]


@remembered_of_both
def _on_works(
    problem: RosterProblem, roster: Roster
) -> tuple[tuple[Activity, int, int], ...]:
    """Return every activity that is a work, its shift's day, the work's position."""
    position = works(problem)
    filled, strays = read(problem, roster)
    rows = [(x, held.shift.day) for held in filled for x in held.activities]
    rows += [(x, day_of(problem, x.start)) for x in strays]
    return tuple(
        (x, day, position[x.kind, x.name])
        for x, day in rows
        if (x.kind, x.name) in position
    )


@rule
def skills(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``agent.speeds[work] > 0`` for every work the agent is put on."""
    for x, day, k in _on_works(problem, roster):
        if problem.agents[x.agent].speeds[k] == 0:
            yield Breach(
                x.agent,
                day,
                f"is on {x.name!r} {span(problem, x.start, x.end)} at speed 0, "
                f"must have a speed above 0",
            )


def _closed(problem: RosterProblem, roster: Roster, kind: Kind) -> Iterator[Breach]:
    """Yield each activity of a kind with minutes outside its work's ``open``."""
    for x, day, k in _on_works(problem, roster):
        if x.kind is kind:
            hours = problem.works[k].open
            if any(start <= x.start and x.end <= end for start, end in hours):
                continue
            inside = sum(overlap((x.start, x.end), stretch) for stretch in hours)
            if inside < x.end - x.start:
                yield Breach(
                    x.agent,
                    day,
                    f"is on {x.name!r} {span(problem, x.start, x.end)}, of which "
                    f"{x.end - x.start - inside} min, must be 0, are outside its "
                    f"hours",
                )


@rule
def opening_hours(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Voice only inside its work's ``open``."""
    yield from _closed(problem, roster, Kind.VOICE)


@rule
def case_hours(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Case work only inside its work's ``open``."""
    yield from _closed(problem, roster, Kind.CASE)


def _lengths(
    problem: RosterProblem,
    roster: Roster,
    kind: Kind,
    wrong: Callable[[Work, int], str],
) -> Iterator[Breach]:
    """Yield each run of a kind about whose work and length ``wrong`` has words."""
    for run in runs(problem, roster, kind):
        work = problem.works[run.work]
        if text := wrong(work, run.end - run.start):
            yield Breach(run.shift.agent, run.shift.day, _run(problem, run) + text)


def _run(problem: RosterProblem, run: Run) -> str:
    """Return a run and its length as words."""
    name = problem.works[run.work].name
    when = span(problem, run.start, run.end)
    return f"the run of {name!r} {when} lasts {run.end - run.start} min, "


def _short(work: Work, minutes: int) -> str:
    """Return words if a run of a work is too short."""
    return f"at least {work.shortest} needed" if minutes < work.shortest else ""


def _long(work: Work, minutes: int) -> str:
    """Return words if a run of a work is too long."""
    if work.longest is None or minutes <= work.longest:
        return ""
    return f"at most {work.longest} allowed"


@rule
def shortest_voice_run(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``length >= work.shortest`` for every uninterrupted run on one voice work."""
    yield from _lengths(problem, roster, Kind.VOICE, _short)


@rule
def shortest_case_block(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``length >= work.shortest`` for every uninterrupted run on one case work."""
    yield from _lengths(problem, roster, Kind.CASE, _short)


@rule
def longest_case_block(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """``length <= work.longest`` for every uninterrupted run on one case work."""
    yield from _lengths(problem, roster, Kind.CASE, _long)


@rule
def work_after_arrival(problem: RosterProblem, roster: Roster) -> Iterator[Breach]:
    """Case work done by ``cuts[i]`` has arrived by ``cuts[i - 1]``.

    No roster can break it: block time that finds nothing to do stays empty. It holds
    in the accounting of the goals ``overdue`` and ``open_work``.
    """
    yield from ()


DAY_RULES = (
    breaks_in_window,
    breaks_in_order,
    breaks_apart,
    meetings,
    skills,
    opening_hours,
    case_hours,
    shortest_voice_run,
    shortest_case_block,
    longest_case_block,
    work_after_arrival,
)
