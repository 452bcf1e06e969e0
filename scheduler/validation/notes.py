"""What is worth saying of a plan that is no error."""

import datetime as dt
from collections.abc import Collection, Iterator

from scheduler.calendars.holidays import holiday
from scheduler.domain import Plan, RuleSet
from scheduler.validation.calendars import openings
from scheduler.validation.facts import Facts

MOST_NAMED = 5
_BREAK_AFTER = 360  # minutes


def notes(plan: Plan) -> tuple[str, ...]:
    """Return what is worth saying of a plan without errors."""
    facts = Facts(plan)
    return tuple(note for tell in NOTES for note in tell(facts))


def _some(names: Collection[str]) -> str:
    """Return the first names, and how many more there are.

    >>> _some(["a", "b", "c", "d", "e", "f", "g"])
    'a, b, c, d, e and 2 more'
    """
    more = len(names) - MOST_NAMED
    listed = ", ".join(list(names)[:MOST_NAMED])
    return f"{listed} and {more} more" if more > 0 else listed


def leave_outside(facts: Facts) -> Iterator[str]:
    """Leave that lies outside the horizon changes nothing."""
    line = facts.timeline
    outside = sum(
        line.ends(row.end) <= 0 or line.begins(row.start) >= line.end
        for row in facts.plan.leave
    )
    if outside:
        yield f"leave: {outside} rows outside the horizon change nothing"


def dates_outside(facts: Facts) -> Iterator[str]:
    """Rows about dates outside the horizon change nothing."""
    for table in ("preferences", "availability", "headcount", "floor_mix"):
        days = [row.day for row in getattr(facts.plan, table)]
        outside = sum(
            isinstance(day, dt.date) and not facts.timeline.covers(day) for day in days
        )
        if outside:
            yield f"{table}: {outside} rows for dates outside the horizon"


def types_of_history(facts: Facts) -> Iterator[str]:
    """Shift types of history that the plan does not have."""
    known = facts.shift_types
    told = {row.shift_type for row in facts.plan.history if row.shift_type}
    unknown = sorted(name for name in told if name not in known)
    if unknown:
        yield f"history: no rule speaks of shift types {_some(unknown)}"
    asked = any(row.shift_types for row in facts.plan.rule_book)
    untold = sum(row.shift_type is None for row in facts.plan.history)
    if asked and untold:
        yield (
            f"history: {untold} shifts have no shift_type; to rules that speak of some "
            "types they are of none"
        )


def cut_by_leave(facts: Facts) -> Iterator[str]:
    """A published shift that has begun goes as a whole where leave cuts it."""
    plan, line = facts.plan, facts.timeline
    if plan.changes.now is None:
        return
    now = line.minute(plan.changes.now)
    cut = []
    for row in plan.published:
        start, end = line.minute(row.start), line.minute(row.end)
        at = facts.leave_during(row.agent_id, start, end)
        if at is not None and start < now and line.begins(plan.leave[at].start) > start:
            cut.append(f"{row.agent_id} on {row.date}")
    if cut:
        yield (
            "published: leave cuts shifts that have begun; they go as a whole, hours "
            f"worked until then included: {_some(cut)}"
        )


def holidays_in_horizon(facts: Facts) -> Iterator[str]:
    """Public holidays of the horizon on which a calendar is closed."""
    line = facts.timeline
    days = (line.last_day - line.first_day).days + 1
    dates = [line.first_day + dt.timedelta(days=n) for n in range(days)]
    for name, calendar in facts.plan.calendars.items():
        found = [
            f"{date:%a} {date} ({title})"
            for date in dates
            if (title := holiday(calendar.holidays, date))
            and date not in calendar.dates
        ]
        if found:
            yield f"calendar {name!r} is closed on {_some(found)}"


def agents_without_skill(facts: Facts) -> Iterator[str]:
    """An agent without a skill can do nothing."""
    skilled = {row.agent_id for row in facts.plan.skills}
    idle = [a.agent_id for a in facts.plan.agents if a.agent_id not in skilled]
    if idle:
        yield f"skills: agents without any skill can do no work: {_some(idle)}"


def skills_of_nobody(facts: Facts) -> Iterator[str]:
    """Work whose skill nobody has is not done."""
    missing = facts.skills - {row.skill for row in facts.plan.skills}
    if missing:
        yield f"skills: nobody has {_some(sorted(missing))}"


def hours_off_grid(facts: Facts) -> Iterator[str]:
    """Opening hours off the grid are worked only from grid time to grid time."""
    off = [
        name
        for name, calendar in facts.plan.calendars.items()
        if any(
            hours.start % facts.grid or hours.end % facts.grid
            for _, hours in openings(calendar)
        )
    ]
    if off:
        yield (
            f"calendars: hours off the grid of {facts.grid} minutes are worked from "
            f"the first to the last time on it (midnight is 24:00): {_some(off)}"
        )


def shifts_without_a_break(facts: Facts) -> Iterator[str]:
    """Directive 2003/88/EC, article 4: who works more than six hours has a break."""
    plan = facts.plan
    ruled = {
        name
        for contract in plan.contracts
        if (contract.rules or plan.rules.set) is RuleSet.EU
        for name in contract.shift_types
    }
    without = [
        kind.name
        for kind in plan.shift_types
        if kind.name in ruled
        and max(kind.length_minutes) > _BREAK_AFTER
        and not kind.breaks
    ]
    if without:
        yield (
            "shift_types: eu-working-time asks for a break in shifts of more than "
            f"6 hours, there is none in {_some(without)}"
        )


def activities_not_kept(facts: Facts) -> Iterator[str]:
    """Published activities count only for shifts that have begun."""
    plan = facts.plan
    if plan.published_activities and (plan.changes.now is None or not plan.published):
        missing = "published.csv" if not plan.published else "changes.now"
        yield f"published_activities: without {missing} nothing of it is kept"


NOTES = (
    leave_outside,
    dates_outside,
    types_of_history,
    cut_by_leave,
    holidays_in_horizon,
    agents_without_skill,
    skills_of_nobody,
    hours_off_grid,
    shifts_without_a_break,
    activities_not_kept,
)
