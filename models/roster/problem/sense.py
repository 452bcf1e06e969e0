"""What cannot be right about a problem."""

from typing import TYPE_CHECKING

from models.roster.problem.demand import Cases, Cover
from models.roster.problem.fills import Fill
from models.roster.problem.people import Agent
from models.roster.problem.shifts import Shift
from models.roster.problem.units import JOINT_RULES, RULES

if TYPE_CHECKING:
    from models.roster.problem.whole import RosterProblem


def nonsense(problem: "RosterProblem") -> list[str]:
    """Return what cannot be right about a problem."""
    if problem.period <= 0 or problem.period % 5:
        return [f"period must be a multiple of 5 minutes, got {problem.period}"]
    return [
        *(f"no rule {name!r}" for name in sorted(problem.off - set(RULES))),
        *_nonsense_works(problem),
        *(m for shift in problem.shifts for m in _nonsense_shift(problem, shift)),
        *(m for agent in problem.agents for m in _nonsense_agent(problem, agent)),
        *(m for cover in problem.covers for m in _nonsense_cover(problem, cover)),
        *(m for cases in problem.cases for m in _nonsense_cases(problem, cases)),
        *_nonsense_fills(problem),
        *(
            f"headcount {row.name!r}: no rule {row.rule!r} joins agents"
            for row in problem.headcounts
            if row.rule not in JOINT_RULES
        ),
    ]


def _nonsense_works(problem: "RosterProblem") -> list[str]:
    names = [(work.kind, work.name) for work in problem.works]
    ruled = problem.enforces("shortest_case_block")
    unsettled = [
        f"case {work.name!r}: settling must be a multiple of 5 minutes, and no longer "
        f"than a period or the shortest block, got {work.settling}"
        for work in problem.works
        if work.settling % 5
        or work.settling < 0
        or work.settling > max(problem.period, work.shortest if ruled else 0)
    ]
    return unsettled + [
        f"{kind.value} {name!r}: two works have this name"
        for kind, name in sorted(set(names))
        if names.count((kind, name)) > 1
    ]


def _nonsense_shift(problem: "RosterProblem", shift: Shift) -> list[str]:
    label = f"shift [{shift.start}, {shift.end})"
    found = []
    if not 0 <= shift.start < shift.end <= problem.end:
        found.append(f"{label}: not inside the horizon")
    if not 0 <= shift.day < problem.days or not (
        problem.day_starts[shift.day] <= shift.start < problem.day_starts[shift.day + 1]
    ):
        found.append(f"{label}: does not start on day {shift.day}")
    if shift.start % problem.period or shift.end % problem.period:
        found.append(f"{label}: not on the grid")
    return found


def _nonsense_agent(problem: "RosterProblem", agent: Agent) -> list[str]:
    found = []
    if len(agent.speeds) != len(problem.works):
        found.append(f"agent {agent.name!r}: needs one speed for each work")
    if len(agent.weeks) != len(problem.weeks):
        found.append(f"agent {agent.name!r}: needs limits for each week")
    return found


def _nonsense_cover(problem: "RosterProblem", cover: Cover) -> list[str]:
    lengths = {len(cover.fixed), *(len(level.target) for level in cover.levels)}
    if lengths != {problem.periods}:
        return [f"cover {cover.name!r}: needs {problem.periods} periods"]
    curves = [curve for target in cover.targets for curve in target.curves]
    periods = {curve.period for curve in curves}
    if len(periods) < len(curves):
        return [f"cover {cover.name!r}: two late curves for one period"]
    if not periods <= set(range(problem.periods)):
        return [f"cover {cover.name!r}: a late curve outside the periods"]
    numbers = [(target.allowed, target.cost) for target in cover.targets]
    numbers += [step for curve in curves for step in curve.steps]
    if any(number < 0 for pair in numbers for number in pair):
        return [f"cover {cover.name!r}: a target or a late curve below 0"]
    return []


def _nonsense_cases(problem: "RosterProblem", cases: Cases) -> list[str]:
    found = []
    lengths = {len(cases.late_costs), len(cases.open_costs), len(cases.fixed)}
    if lengths - {0} != {len(problem.cuts)}:
        found.append(f"cases {cases.work}: needs one cost for each cut")
    for stream in cases.streams:
        if not {t for t, _ in stream.arrivals + stream.deadlines} <= set(problem.cuts):
            found.append(f"stream {stream.name!r}: has a time that is no cut")
    return found


def _nonsense_fills(problem: "RosterProblem") -> list[str]:
    filled = [fill.cases for fill in problem.fills]
    if sorted(filled) != sorted(set(filled) & set(range(len(problem.cases)))):
        return ["fills: must be of cases, and one of each at most"]
    return [m for fill in problem.fills for m in _nonsense_fill(problem, fill)]


def _nonsense_fill(problem: "RosterProblem", fill: Fill) -> list[str]:
    label = f"fill of cases {fill.cases}"
    if not {bar.cover for bar in fill.bars} <= set(range(len(problem.covers))):
        return [f"{label}: a bar of no cover"]
    barred = {w for bar in fill.bars for w in problem.covers[bar.cover].counts}
    found = []
    if not 1 <= fill.share <= 100:
        found.append(f"{label}: share must be from 1 to 100, got {fill.share}")
    if len(set(fill.works)) < len(fill.works) or not set(fill.works) <= barred:
        found.append(f"{label}: each work once, and under a bar")
    lengths = {len(row) for row in (*fill.fixed, *(bar.needed for bar in fill.bars))}
    if lengths - {problem.periods}:
        found.append(f"{label}: needs {problem.periods} periods")
    if len(fill.fixed) not in (0, len(fill.works)):
        found.append(f"{label}: needs a fixed row for each work, or none")
    return found
