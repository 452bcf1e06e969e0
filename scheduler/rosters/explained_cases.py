"""Why cases of a type breach: what would save them, and where skilled hours go."""

from collections import Counter

from models.errors import InvalidInput
from models.roster.explain import day_of
from models.roster.problem import Kind, RosterProblem
from models.roster.result import Roster
from scheduler.rosters.explained import CaseTypeEntry, SkilledDay
from scheduler.rosters.figures import CaseFigures
from scheduler.rosters.measure_cases import case_figures
from scheduler.rosters.outlook import outlook
from scheduler.translate import Translation


def case_type_entry(
    translation: Translation, roster: Roster, name: str
) -> CaseTypeEntry:
    """Return why cases of a type breach.

    Raises
    ------
    InvalidInput
        For a case type that the plan does not have, or a roster of shifts.
    """
    if roster.activities is None:
        raise InvalidInput("an explanation needs the roster's activities")
    seen = {case.case_type: case for case in outlook(translation, roster).cases}
    if name not in seen:
        known = ", ".join(seen) or "none"
        raise InvalidInput(f"case type must be one of the plan ({known}), got {name!r}")
    figures = case_figures(translation, seen[name])
    return CaseTypeEntry(
        case_type=name,
        breaches=figures.breaches,
        already_breached=figures.already_breached,
        too_late=sum(one.cases for one in figures.rescues if one.latest is None),
        rescues=figures.rescues,
        days=_days(translation, roster, seen[name].work, figures),
    )


def _days(
    translation: Translation, roster: Roster, work: int, figures: CaseFigures
) -> list[SkilledDay]:
    problem, axis = translation.problem, translation.axis
    minutes, there = _minutes(problem, roster, work)
    needed = [0.0] * problem.days
    for one in figures.rescues:
        if one.latest is not None:
            needed[day_of(problem, axis.minute(one.latest) - 1)] += one.hours
    return [
        SkilledDay(
            date=day.date,
            due=day.due,
            breaches=day.breaches,
            needed_hours=needed[d],
            agents=len(there.get(d, ())),
            on_it=minutes[d, "it"] / 60,
            on_calls=minutes[d, Kind.VOICE] / 60,
            on_other_cases=minutes[d, Kind.CASE] / 60,
            idle=minutes[d, Kind.IDLE] / 60,
        )
        for d, day in enumerate(figures.days)
    ]


def _minutes(
    problem: RosterProblem, roster: Roster, work: int
) -> tuple[Counter[tuple[int, str]], dict[int, set[int]]]:
    """Return minutes of those with a skill by day and what for; and who works when."""
    able = {a for a, agent in enumerate(problem.agents) if agent.speeds[work]}
    name = problem.works[work].name
    minutes: Counter[tuple[int, str]] = Counter()
    there: dict[int, set[int]] = {}
    for x in roster.activities or ():
        if x.agent in able:
            day = day_of(problem, x.start)
            is_it = (x.kind, x.name) == (Kind.CASE, name)
            minutes[day, "it" if is_it else x.kind] += x.end - x.start
            there.setdefault(day, set()).add(x.agent)
    return minutes, there
