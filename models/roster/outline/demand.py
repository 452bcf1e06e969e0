"""Activities of groups in the outline: cover, case work, and the time for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

from models.roster.outline.between import Does, Group, Missing, fill_time
from models.roster.outline.rows import Rows, Term
from models.roster.outline.tours import Works
from models.roster.problem import (
    LATE,
    Cases,
    Cover,
    Level,
    RosterProblem,
    Stream,
    Target,
)
from models.roster.reach import curve, cut_of, open_periods, units_per_period


def add_activities(rows: Rows, problem: RosterProblem, groups: Sequence[Group]) -> Does:
    """Add how many of each group are on each work in each period.

    In each period no more than are present; over each stretch of days that shifts do
    not leave, no more than presence less the time that breaks take.
    """
    opens = [open_periods(problem, w) for w in range(len(problem.works))]
    stretch_of = _stretches(problem)
    does: Does = {}
    for g, (speeds, tours) in enumerate(groups):
        present, net = _presence(problem, tours, stretch_of)
        busy: dict[int, list[Term]] = defaultdict(list)
        for p, there in present.items():
            able = [w for w, speed in enumerate(speeds) if speed and p in opens[w]]
            does |= {(g, w, p): rows.column() for w in able}
            own = [(does[g, w, p], 1.0) for w in able]
            rows.row([*own, *there], high=0)
            busy[stretch_of[p]] += own
        for stretch, time in net.items():
            rows.row([*busy[stretch], *time], high=0)
    return does


def _presence(
    problem: RosterProblem, tours: Sequence[Works], stretch_of: Sequence[int]
) -> tuple[dict[int, list[Term]], dict[int, list[Term]]]:
    """Return minus who is present in each period, and minus the net time by stretch."""
    present: dict[int, list[Term]] = defaultdict(list)
    net: dict[int, list[Term]] = defaultdict(list)
    for works in tours:
        for i, column in works.items():
            shift = problem.shifts[i]
            first = shift.start // problem.period
            for p in range(first, shift.end // problem.period):
                present[p].append((column, -1.0))
            breaks = sum(rest.minutes for rest in problem.breaks_of[i])
            minutes = shift.end - shift.start - breaks
            net[stretch_of[first]].append((column, -minutes / problem.period))
    return present, net


def add_cover(
    rows: Rows, problem: RosterProblem, groups: Sequence[Group], does: Does
) -> Missing:
    """Add what is missing below each level of cover, and late calls of targets.

    Returns
    -------
    Missing
        What is missing below requirements.
    """
    short: Missing = {}
    for c, cover in enumerate(problem.covers):
        there: dict[int, list[Term]] = defaultdict(list)
        for (g, w, p), column in does.items():
            if w in cover.counts:
                there[p].append((column, groups[g][0][w]))
        for level in cover.levels:
            missing = _add_level(rows, cover, level, there)
            if level.goal == "voice_shortfall":
                short |= {(c, p): found for p, found in missing.items()}
        for promised in cover.targets:
            _add_target(rows, cover, promised, there)
    return short


def _add_level(
    rows: Rows, cover: Cover, level: Level, there: Mapping[int, list[Term]]
) -> dict[int, tuple[int, int]]:
    """Add what is missing below a level; return by period its column, and the need."""
    found = {}
    for p, target in enumerate(level.target):
        need = target - cover.fixed[p]
        if need > 0:
            missing = rows.column()
            rows.goals[level.goal][missing] = level.cost
            rows.row([*there.get(p, []), (missing, 1)], low=need)
            found[p] = missing, need
    return found


def _add_target(
    rows: Rows, cover: Cover, target: Target, there: dict[int, list[Term]]
) -> None:
    """Add the late calls of a target, in calls, and those beyond what it allows."""
    late: list[Term] = []
    for own in target.curves:
        for height, rate in own.steps:
            need = height - cover.fixed[own.period]
            if need > 0 and rate:
                missing = rows.column()
                late.append((missing, -rate / LATE))
                rows.row([*there[own.period], (missing, 1)], low=need)
    beyond = rows.column()
    rows.goals["late_calls"][beyond] = target.cost * LATE
    rows.row([(beyond, 1.0), *late], low=-target.allowed / LATE)


def add_case_work(
    rows: Rows,
    problem: RosterProblem,
    groups: Sequence[Group],
    does: Does,
    missing: Missing,
) -> None:
    """Add the flow of case work between what has arrived and what is due."""
    cuts = cut_of(problem)
    fills = {
        fill.cases: fill_time(rows, problem, groups, does, missing, fill)
        for fill in problem.fills
    }
    for k, cases in enumerate(problem.cases):
        time = fills.get(k, defaultdict(list))
        for (g, w, p), column in does.items():
            if w == cases.work and cuts[p]:
                units = units_per_period(problem, groups[g][0][w])
                time[cuts[p]].append((column, -units))
        done = [_stream(rows, problem, cases, stream) for stream in cases.streams]
        arrived = [curve(problem, stream.arrivals) for stream in cases.streams]
        for i in range(1, len(problem.cuts)):
            new = [(d[i], 1.0) for d in done]
            new += [(d[i - 1], -1.0) for d in done if i > 1]
            rows.row([*new, *time[i]], high=cases.fixed_at(i))
        for i, cost in enumerate(cases.open_costs):
            come = sum(curve[i] for curve in arrived)
            if not cost or not come:
                continue
            left = rows.column()
            rows.goals["open_work"][left] = cost
            finished = [(d[i], 1.0) for d in done if i]
            rows.row([(left, 1.0), *finished], low=come)


def _stream(
    rows: Rows, problem: RosterProblem, cases: Cases, stream: Stream
) -> list[int]:
    """Add the work of a stream done by each cut (none by the first)."""
    arrived = curve(problem, stream.arrivals)
    if not problem.enforces("work_after_arrival"):
        arrived = [arrived[-1]] * len(arrived)
    due = curve(problem, stream.deadlines)
    done = [-1]
    for i in range(1, len(problem.cuts)):
        done.append(rows.column(arrived[i - 1]))
        if i > 1:
            rows.row([(done[i], 1.0), (done[i - 1], -1.0)], low=0)
    for i, cost in enumerate(cases.late_costs):
        if cost and due[i]:
            late = rows.column()
            rows.goals["overdue"][late] = cost
            finished = [(done[i], 1.0)] if i else []
            rows.row([(late, 1.0), *finished], low=due[i])
    return done


def _stretches(problem: RosterProblem) -> list[int]:
    """Return for each period a number that changes where no shift of the menu goes on.

    So a shift lies in one stretch, and days without nights are stretches of their own.
    """
    goes_on = [False] * (problem.periods + 1)
    for shift in problem.shifts:
        for p in range(shift.start // problem.period + 1, shift.end // problem.period):
            goes_on[p] = True
    return list(accumulate(0 if goes_on[p] else 1 for p in range(problem.periods)))
