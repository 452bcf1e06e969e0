"""Checks of the roster that people know of, and of what stays of it."""

from collections.abc import Iterator

from scheduler.tables import ActivityKind
from scheduler.validation.facts import Facts, start_minutes, weekday_of
from scheduler.validation.issue import PlanIssue, check

_WHY = "the shift began before changes.now and stays"


@check("shift_types")
def published_types(facts: Facts) -> Iterator[PlanIssue]:
    """The shift types of the published roster exist; a day has one shift."""
    first: dict[object, int] = {}
    for i, row in enumerate(facts.plan.published):
        if row.shift_type not in facts.shift_types:
            expected = "a shift type of the plan"
            path = ("published", i, "shift_type")
            yield PlanIssue(path, expected, facts.shift_types)
        at = first.setdefault((row.agent_id, row.date), i)
        if at != i:
            yield PlanIssue(
                ("published", i, "date"),
                "one shift on an agent's day; there is one in",
                other=("published", at, "date"),
            )


@check("agents", "contracts", "horizon", "shift_types")
def frozen_of_the_menu(facts: Facts) -> Iterator[PlanIssue]:
    """A shift that began before now, and so stays, is one that the agent may have."""
    line, now = facts.timeline, facts.plan.changes.now
    for i, row in enumerate(facts.plan.published):
        kind = facts.shift_types.get(row.shift_type)
        contract = facts.agent_contracts.get(row.agent_id)
        if now is None or kind is None or contract is None:
            continue
        start, end = line.minute(row.start), line.minute(row.end)
        if not line.covers(row.date) or start >= line.minute(now):
            continue
        if facts.leave_during(row.agent_id, start, end) is not None:
            continue  # called in sick: it does not stay
        local = (line.axis.local(row.date, own) for own in start_minutes(kind))
        if kind.name not in contract.shift_types:
            expected = f"a shift type of contract {contract.name!r}; {_WHY}"
            path = ("published", i, "shift_type")
            yield PlanIssue(path, expected, contract.shift_types)
        elif start not in local or weekday_of(row.date) not in kind.weekdays:
            expected = f"a start of shift type {kind.name!r}; {_WHY}"
            yield PlanIssue(("published", i, "start"), expected)
        elif end - start not in kind.length_minutes:
            lengths = ", ".join(map(str, kind.length_minutes))
            expected = f"a length of {lengths} minutes, as {kind.name!r} has; {_WHY}"
            yield PlanIssue(("published", i, "end"), expected)


@check("agents", "skills", "queues", "case_types")
def published_work(facts: Facts) -> Iterator[PlanIssue]:
    """What was done in published shifts is work that the agent has the skill for."""
    plan = facts.plan
    queues = {queue.name: queue.skill or queue.name for queue in plan.queues}
    cases = {kind.name: kind.skill or kind.name for kind in plan.case_types}
    skills = {(row.agent_id, row.skill) for row in plan.skills}
    for i, row in enumerate(plan.published_activities):
        if row.kind not in (ActivityKind.VOICE, ActivityKind.CASE):
            continue
        known = queues if row.kind is ActivityKind.VOICE else cases
        what = "queue" if row.kind is ActivityKind.VOICE else "case type"
        names = [row.activity] if row.activity in known else row.activity.split("+")
        path = ("published_activities", i, "activity")
        if unknown := [name for name in names if name not in known]:
            expected = f"a {what} of the plan, {unknown[0]!r} is none"
            yield PlanIssue(path, expected, known)
        elif any((row.agent_id, known[name]) not in skills for name in names):
            yield PlanIssue(path, f"a {what} that the agent has the skill for")


@check("horizon")
def activities_on_grid(facts: Facts) -> Iterator[PlanIssue]:
    """Published activities start and end on the grid."""
    minute = facts.timeline.minute
    for i, row in enumerate(facts.plan.published_activities):
        for column in ("start", "end"):
            if minute(getattr(row, column)) % facts.grid:
                expected = f"a moment on the grid of {facts.grid} minutes"
                yield PlanIssue(("published_activities", i, column), expected)


CHECKS = (published_types, frozen_of_the_menu, published_work, activities_on_grid)
