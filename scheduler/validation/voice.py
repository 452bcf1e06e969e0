"""Checks of queues: their calls and requirements, interval by interval."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from scheduler.domain import Scope
from scheduler.validation.calendars import openings
from scheduler.validation.facts import Facts
from scheduler.validation.issue import PlanIssue, check

_DAY = dt.timedelta(days=1)
_NOT_OF_CHATS = ("maximum_wait_seconds", "maximum_abandonment", "forecast_cv")
TAIL_DAYS = 2  # demand may go on so long after the horizon's end: shifts do


def _rows(facts: Facts) -> Iterator[tuple[str, int, Any, int]]:
    """Yield table, position, row and minute of demand whose moment is clear."""
    tables = (
        ("calls", facts.plan.calls, facts.calls_minutes),
        ("required", facts.plan.required, facts.required_minutes),
    )
    for table, rows, minutes in tables:
        for i, (row, minute) in enumerate(zip(rows, minutes, strict=True)):
            if minute is not None:
                yield table, i, row, minute


@check("horizon")
def demand_in_horizon(facts: Facts) -> Iterator[PlanIssue]:
    """Demand lies in the horizon or at most two days after its end."""
    line = facts.timeline
    last = line.last_day + TAIL_DAYS * _DAY
    end = line.ends(last)
    for table, i, _, minute in _rows(facts):
        if not 0 <= minute < end:
            yield PlanIssue(
                (table, i, "start"), f"a moment from {line.first_day} to {last}"
            )


@check("horizon")
def demand_on_intervals(facts: Facts) -> Iterator[PlanIssue]:
    """A row of demand starts where an interval does."""
    minutes = facts.plan.horizon.interval_minutes
    for table, i, row, minute in _rows(facts):
        if minute % minutes or row.start.second:
            yield PlanIssue(
                (table, i, "start"), f"the start of an interval of {minutes} minutes"
            )


@check("horizon")
def one_row_per_interval(facts: Facts) -> Iterator[PlanIssue]:
    """A queue has at most one row of calls, and one required, in an interval."""
    first: dict[tuple[str, str, int], int] = {}
    for table, i, row, minute in _rows(facts):
        at = first.setdefault((table, row.queue, minute), i)
        if at != i:
            yield PlanIssue(
                (table, i, "start"),
                f"one row for an interval of {row.queue!r}; there is one in",
                other=(table, at, "start"),
            )


@check("calls", "required")
def queues_have_demand(facts: Facts) -> Iterator[PlanIssue]:
    """A queue has calls or required people, or minimum_agents while it is open."""
    demanded = {row.queue for row in facts.plan.calls}
    demanded |= {row.queue for row in facts.plan.required}
    for i, queue in enumerate(facts.plan.queues):
        kept_open = queue.calendar is not None and queue.minimum_agents > 0
        if queue.name not in demanded and not kept_open:
            yield PlanIssue(
                ("queues", i, "name"),
                "rows for this queue in calls.csv or required.csv",
            )


@check("queues", "shift_types", "rules")
def voice_run_in_shift(facts: Facts) -> Iterator[PlanIssue]:
    """The shortest time on calls fits into the longest shift."""
    run = facts.plan.rules.shortest_voice_run_minutes
    if facts.plan.queues and run > facts.longest_shift:
        yield PlanIssue(
            ("rules", "shortest_voice_run_minutes"),
            f"at most {facts.longest_shift} minutes, the longest shift",
        )


@check("queues", "calendars", "horizon")
def queues_open_on_intervals(facts: Facts) -> Iterator[PlanIssue]:
    """A queue opens and closes where an interval of its forecast starts."""
    minutes = facts.plan.horizon.interval_minutes
    used = {queue.calendar for queue in facts.plan.queues}
    for name, calendar in facts.plan.calendars.items():
        for place, hours in openings(calendar) if name in used else ():
            if hours.start % minutes or hours.end % minutes:
                yield PlanIssue(
                    ("calendars", name, *place),
                    f"hours from and to the start of an interval of {minutes} minutes: "
                    "a queue has this calendar",
                )


@check("queues")
def queue_limits_can_be_met(facts: Facts) -> Iterator[PlanIssue]:
    """Limits on waits and abandonment are of a kind that agents can meet."""
    for i, queue in enumerate(facts.plan.queues):
        if queue.patience_seconds is not None:
            continue
        if queue.maximum_abandonment is not None:
            yield PlanIssue(
                ("queues", i, "maximum_abandonment"),
                "patience_seconds beside it: without it nobody gives up",
            )
        if queue.maximum_wait_seconds is not None and queue.forecast_cv:
            yield PlanIssue(
                ("queues", i, "maximum_wait_seconds"),
                "patience_seconds beside it, or no forecast_cv: with an uncertain "
                "forecast some queues never end",
            )


@check("queues", "calls")
def scope_of_service_level(facts: Facts) -> Iterator[PlanIssue]:
    """A level for a day or week has calls and a floor, which only such a level has."""
    forecast = {row.queue for row in facts.plan.calls}
    for i, queue in enumerate(facts.plan.queues):
        if queue.service_level_scope is Scope.INTERVAL:
            if queue.service_level_floor is not None:
                yield PlanIssue(
                    ("queues", i, "service_level_floor"),
                    'service_level_scope = "day" or "week" beside it',
                )
        elif queue.level_of_intervals > queue.service_level:
            yield PlanIssue(
                ("queues", i, "service_level_floor"),
                f"at most {queue.service_level:g}, the service level of all",
            )
        elif queue.name not in forecast:
            yield PlanIssue(
                ("queues", i, "service_level_scope"),
                '"interval", or rows for this queue in calls.csv',
            )


@check("queues")
def chats_gain_something(facts: Facts) -> Iterator[PlanIssue]:
    """An agent who holds more chats gets more done, and each takes no less time."""
    for i, queue in enumerate(facts.plan.queues):
        factors = queue.handle_factors
        done = [n / factor for n, factor in enumerate(factors, start=1)]
        right = factors[0] == 1 and factors == sorted(factors) and done == sorted(done)
        if not right:
            yield PlanIssue(
                ("queues", i, "handle_factors"),
                "1, then numbers that rise, but less than chats do: [1, 1.4, 1.9]",
            )
        for name in _NOT_OF_CHATS if len(factors) > 1 else ():
            if getattr(queue, name):
                yield PlanIssue(
                    ("queues", i, name), "nothing where an agent holds several chats"
                )


@check("queues")
def queue_names_without_plus(facts: Facts) -> Iterator[PlanIssue]:
    """A queue's name has no plus sign: with one, sets of queues are named."""
    for i, queue in enumerate(facts.plan.queues):
        if "+" in queue.name:
            yield PlanIssue(("queues", i, "name"), "a name without a plus sign")


CHECKS = (
    demand_in_horizon,
    demand_on_intervals,
    one_row_per_interval,
    queues_have_demand,
    voice_run_in_shift,
    queues_open_on_intervals,
    queue_limits_can_be_met,
    scope_of_service_level,
    chats_gain_something,
    queue_names_without_plus,
)
