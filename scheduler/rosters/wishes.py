"""Which wishes a roster grants: day by day, also as wishes.csv."""

from dataclasses import dataclass

from models.roster.check import granted_rules
from models.roster.problem import RosterProblem, Wish, WishKind
from models.roster.result import Roster, Worked
from scheduler.calendars import TimeAxis
from scheduler.rosters.cells import csv_text
from scheduler.tables.guarded import guarded

COLUMNS = ("agent_id", "date", "granted")


@dataclass(frozen=True)
class Asked:
    """A wish of an agent for a day (positions), and whether it is granted."""

    agent: int
    day: int
    is_granted: bool


def asked_wishes(problem: RosterProblem, roster: Roster) -> list[Asked]:
    """Return every wish of every day, by agent and day."""
    shifts: list[list[Worked]] = [[] for _ in problem.agents]
    for shift in roster.worked:
        shifts[shift.agent].append(shift)
    found = [
        Asked(a, wish.day, not _refused(wish, shifts[a]))
        for a, agent in enumerate(problem.agents)
        for wish in agent.wishes
    ]
    found += [
        Asked(a, rule.days[0], kept)
        for a, rule, kept in granted_rules(problem, roster, "preferences")
    ]
    return sorted(found, key=lambda each: (each.agent, each.day))


def wishes_text(problem: RosterProblem, axis: TimeAxis, roster: Roster) -> str:
    """Return wishes.csv: a row for each wish and day."""
    rows = (
        (
            guarded(problem.agents[each.agent].name),
            axis.date(each.day).isoformat(),
            "yes" if each.is_granted else "no",
        )
        for each in asked_wishes(problem, roster)
    )
    return csv_text(COLUMNS, rows)


def _refused(wish: Wish, shifts: list[Worked]) -> bool:
    """Whether a wish is not granted, wholly or in part."""
    if wish.kind is WishKind.AVOID:
        start, end = wish.stretch
        return any(w.start < end and start < w.end for w in shifts)
    same_day = [w for w in shifts if w.day == wish.day]
    if wish.kind is WishKind.WORK:
        return not same_day
    return any(w.shift_type != wish.shift_type for w in same_day)
