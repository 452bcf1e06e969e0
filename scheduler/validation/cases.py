"""Checks of case types: SLA, blocks, inflow and open cases."""

import datetime as dt
from collections.abc import Iterator

from scheduler.calendars import ALWAYS
from scheduler.domain import Blend, Calendar, CaseType, Clock, SlaUnit
from scheduler.validation.facts import WEEKDAYS, Facts
from scheduler.validation.issue import Path, PlanIssue, check

LONGEST_SLA_DAYS = 3660
_ROUNDING = 1e-6
WHOLE = (SlaUnit.BUSINESS_DAYS, SlaUnit.CALENDAR_DAYS)
OF_OPENING_HOURS = (SlaUnit.BUSINESS_DAYS, SlaUnit.BUSINESS_HOURS)


def _clocks(facts: Facts) -> Iterator[tuple[Path, Clock]]:
    """Yield each SLA, and what the rest of the cases have, with its place."""
    for i, case_type in enumerate(facts.plan.case_types):
        yield ("case_types", i, "sla"), case_type.sla
        if case_type.sla.rest is not None:
            yield ("case_types", i, "sla", "rest"), case_type.sla.rest


@check()
def sla_whole_days(facts: Facts) -> Iterator[PlanIssue]:
    """An SLA in days has a whole number of them."""
    for place, sla in _clocks(facts):
        if sla.unit in WHOLE and sla.within != int(sla.within):
            yield PlanIssue(
                (*place, "within"), f"a whole number, because it counts {sla.unit}"
            )


@check()
def sla_length(facts: Facts) -> Iterator[PlanIssue]:
    """An SLA lasts ten years at most."""
    for place, sla in _clocks(facts):
        most = LONGEST_SLA_DAYS * (1 if sla.unit in WHOLE else 24)
        if sla.within > most:
            yield PlanIssue((*place, "within"), f"at most {most:,} {sla.unit}")


@check("calendars")
def sla_calendar_opens(facts: Facts) -> Iterator[PlanIssue]:
    """An SLA in business days or hours has opening hours to count, week by week."""
    for place, sla in _clocks(facts):
        name = sla.calendar or facts.plan.case_types[int(place[1])].calendar or ""
        calendar = facts.plan.calendars.get(name, ALWAYS)
        if sla.unit in OF_OPENING_HOURS and not _opens_weekly(calendar):
            yield PlanIssue(
                place,
                f"opening hours to count: calendar {name!r} has no open weekday",
            )


@check("calendars")
def case_calendar_opens(facts: Facts) -> Iterator[PlanIssue]:
    """A case type has hours in which it may be worked."""
    for i, case_type in enumerate(facts.plan.case_types):
        calendar = facts.plan.calendars.get(case_type.calendar or "", ALWAYS)
        if not _opens_weekly(calendar) and not any(calendar.dates.values()):
            yield PlanIssue(
                ("case_types", i, "calendar"), "a calendar with opening hours"
            )


def _opens_weekly(calendar: Calendar) -> bool:
    return any(getattr(calendar, day) for day in WEEKDAYS)


@check("horizon")
def block_on_grid(facts: Facts) -> Iterator[PlanIssue]:
    """The shortest block is a multiple of the grid."""
    for i, case_type in enumerate(facts.plan.case_types):
        if case_type.minimum_block_minutes % facts.grid:
            yield PlanIssue(
                ("case_types", i, "minimum_block_minutes"),
                f"a multiple of the grid of {facts.grid} minutes",
            )


@check()
def block_lengths(facts: Facts) -> Iterator[PlanIssue]:
    """The longest block is not shorter than the shortest."""
    for i, case_type in enumerate(facts.plan.case_types):
        shortest, longest = (
            case_type.minimum_block_minutes,
            case_type.maximum_block_minutes,
        )
        if longest is not None and longest < shortest:
            yield PlanIssue(
                ("case_types", i, "maximum_block_minutes"),
                f"at least minimum_block_minutes = {shortest}",
            )


@check("shift_types")
def block_in_shift(facts: Facts) -> Iterator[PlanIssue]:
    """The shortest block fits into the longest shift."""
    for i, case_type in enumerate(facts.plan.case_types):
        if case_type.minimum_block_minutes > facts.longest_shift:
            yield PlanIssue(
                ("case_types", i, "minimum_block_minutes"),
                f"at most {facts.longest_shift} minutes, the longest shift",
            )


@check()
def efficiency_of_fill(facts: Facts) -> Iterator[PlanIssue]:
    """Only fill has an efficiency, and no surplus is counted on more than once."""
    total = 0.0
    for i, case_type in enumerate(facts.plan.case_types):
        if case_type.fill_efficiency and case_type.blend is not Blend.FILL:
            yield PlanIssue(
                ("case_types", i, "fill_efficiency"),
                f"nothing, or blend 'fill' instead of {case_type.blend.value!r}",
            )
        elif case_type.blend is Blend.FILL:
            left = max(0.0, 1 - total)
            total += case_type.fill_efficiency
            if total > 1 + _ROUNDING:
                yield PlanIssue(
                    ("case_types", i, "fill_efficiency"),
                    f"at most {left:g}, what earlier case types leave: the shares of "
                    f"all add up to 1 at most, or a surplus would count twice",
                )


def _dedicated(case_type: CaseType) -> bool:
    return case_type.blend is Blend.DEDICATED


@check("queues", "case_types")
def dedicated_agents(facts: Facts) -> Iterator[PlanIssue]:
    """Who has the skill of a dedicated case type has no other work's."""
    dedicated = {c.skill or c.name for c in facts.plan.case_types if _dedicated(c)}
    shared = {queue.skill or queue.name for queue in facts.plan.queues}
    shared |= {c.skill or c.name for c in facts.plan.case_types if not _dedicated(c)}
    of_agent: dict[str, str] = {}
    for row in facts.plan.skills:
        if row.skill in dedicated:
            of_agent.setdefault(row.agent_id, row.skill)
    for i, row in enumerate(facts.plan.skills):
        if row.skill in shared and row.agent_id in of_agent:
            yield PlanIssue(
                ("skills", i, "skill"),
                f"no other work for agent {row.agent_id!r}, who is dedicated to "
                f"{of_agent[row.agent_id]!r}",
            )


@check("horizon")
def inflow_in_horizon(facts: Facts) -> Iterator[PlanIssue]:
    """Inflow comes on days of the horizon."""
    line = facts.timeline
    for i, row in enumerate(facts.plan.inflow):
        if not line.covers(row.date):
            yield PlanIssue(
                ("inflow", i, "date"),
                f"a date from {line.first_day} to {line.last_day}",
            )


@check()
def one_inflow_per_day(facts: Facts) -> Iterator[PlanIssue]:
    """A case type has at most one row of inflow a day."""
    first: dict[tuple[str, dt.date], int] = {}
    for i, row in enumerate(facts.plan.inflow):
        at = first.setdefault((row.case_type, row.date), i)
        if at != i:
            yield PlanIssue(
                ("inflow", i, "date"),
                f"one row for a day of {row.case_type!r}; there is one in",
                other=("inflow", at, "date"),
            )


@check("horizon")
def received_before_start(facts: Facts) -> Iterator[PlanIssue]:
    """Open cases were received before the first day."""
    line = facts.timeline
    start = dt.datetime.combine(line.first_day, dt.time())
    for i, row in enumerate(facts.plan.open_cases):
        if isinstance(row.received, dt.datetime):
            late = line.wall(row.received) > start
        else:
            late = row.received >= line.first_day
        if late:
            yield PlanIssue(
                ("open_cases", i, "received"),
                f"a moment before {line.first_day}: what comes later is inflow",
            )


@check()
def ages_rise(facts: Facts) -> Iterator[PlanIssue]:
    """A group of ages ends after it begins, within ten years."""
    for i, row in enumerate(facts.plan.backlog_ages):
        if not row.from_days < row.to_days <= LONGEST_SLA_DAYS:
            yield PlanIssue(
                ("backlog_ages", i, "to_days"),
                f"more than from_days = {row.from_days}, at most {LONGEST_SLA_DAYS}: "
                f"of cases of any age the age of the oldest",
            )


@check("horizon")
def due_after_received(facts: Facts) -> Iterator[PlanIssue]:
    """Open cases are not due before they were received."""
    begins, ends = facts.timeline.begins, facts.timeline.ends
    for i, row in enumerate(facts.plan.open_cases):
        if row.due is not None and ends(row.due) < begins(row.received):
            yield PlanIssue(
                ("open_cases", i, "due"),
                f"a deadline after the case was received ({row.received})",
            )


CHECKS = (
    sla_whole_days,
    sla_length,
    sla_calendar_opens,
    case_calendar_opens,
    block_on_grid,
    block_lengths,
    block_in_shift,
    efficiency_of_fill,
    dedicated_agents,
    inflow_in_horizon,
    one_inflow_per_day,
    received_before_start,
    ages_rise,
    due_after_received,
)
