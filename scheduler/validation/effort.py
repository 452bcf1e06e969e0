"""Checks of how much work a case type is: handle times, reopens, robots, bounds."""

import datetime as dt
from collections.abc import Iterator

from scheduler.domain import ReopenClock, SlaUnit, in_order
from scheduler.validation.facts import Facts
from scheduler.validation.issue import PlanIssue, check

_ROUNDING = 1e-6
_OF_HOURS = (SlaUnit.HOURS, SlaUnit.BUSINESS_HOURS)


@check()
def handle_time_or_mix(facts: Facts) -> Iterator[PlanIssue]:
    """A case type has a handle time, or a mix of kinds whose shares are all of it."""
    for i, kind in enumerate(facts.plan.case_types):
        if not kind.mix and not kind.handle_minutes:
            yield PlanIssue(
                ("case_types", i, "handle_minutes"), "a number above 0, or a mix"
            )
        if kind.mix and (kind.handle_minutes or kind.handle_cv):
            name = "handle_minutes" if kind.handle_minutes else "handle_cv"
            yield PlanIssue(("case_types", i, name), "nothing beside a mix")
        total = sum(part.share for part in kind.mix)
        if kind.mix and abs(total - 1) > _ROUNDING:
            yield PlanIssue(
                ("case_types", i, "mix"), f"shares that add up to 1, not {total:g}"
            )


@check()
def sla_as_long_as_the_work(facts: Facts) -> Iterator[PlanIssue]:
    """An SLA in hours is not shorter than it takes to do a case."""
    for i, kind in enumerate(facts.plan.case_types):
        if kind.sla.unit in _OF_HOURS and 60 * kind.sla.within < kind.mean_minutes:
            yield PlanIssue(
                ("case_types", i, "sla", "within"),
                f"at least {kind.mean_minutes / 60:g} hours, the mean handle time",
            )


@check()
def settling_within_a_block(facts: Facts) -> Iterator[PlanIssue]:
    """The shortest block is longer than it takes to settle into it."""
    for i, kind in enumerate(facts.plan.case_types):
        if kind.settling_minutes >= kind.minimum_block_minutes:
            yield PlanIssue(
                ("case_types", i, "settling_minutes"),
                f"less than minimum_block_minutes = {kind.minimum_block_minutes}",
            )


@check()
def rest_of_the_share(facts: Facts) -> Iterator[PlanIssue]:
    """An SLA for a share of the cases says by when the rest must be done."""
    for i, kind in enumerate(facts.plan.case_types):
        if kind.sla.share < 1 and kind.sla.rest is None:
            yield PlanIssue(
                ("case_types", i, "sla", "share"),
                "rest beside it, by when the other cases must be done: else they "
                "would wait for ever",
            )
        if kind.sla.share == 1 and kind.sla.rest is not None:
            yield PlanIssue(
                ("case_types", i, "sla", "rest"), "a share below 1 beside it"
            )


@check()
def reopens_and_robots(facts: Facts) -> Iterator[PlanIssue]:
    """What is said of cases that come back, and of robots, has cases to be about."""
    for i, kind in enumerate(facts.plan.case_types):
        if kind.reopen_after_days and not kind.reopen_rate:
            yield PlanIssue(
                ("case_types", i, "reopen_after_days"), "a reopen_rate beside it"
            )
        if kind.reopen_clock is not ReopenClock.NEW and not kind.reopen_after_days:
            yield PlanIssue(
                ("case_types", i, "reopen_clock"),
                "reopen_after_days beside it: a case that comes back at once has no "
                "other deadline",
            )
        if kind.automation_per_day is not None and not kind.automation_share:
            yield PlanIssue(
                ("case_types", i, "automation_per_day"),
                "an automation_share beside it",
            )


@check("case_types")
def stages_lead_on(facts: Facts) -> Iterator[PlanIssue]:
    """Cases go on in other case types of the plan, and never come back to one."""
    kinds = facts.plan.case_types
    names = {kind.name for kind in kinds}
    settled = {kind.name for kind in in_order(kinds)}
    for i, kind in enumerate(kinds):
        for n, stage in enumerate(kind.feeds):
            place = ("case_types", i, "feeds", n, "case_type")
            if stage.case_type not in names:
                yield PlanIssue(place, "a case type of the plan", names)
            elif kind.name not in settled and stage.case_type not in settled:
                yield PlanIssue(
                    place, "a case type whose cases do not come back to this one"
                )


@check("horizon")
def backlog_targets_in_horizon(facts: Facts) -> Iterator[PlanIssue]:
    """A bound on the backlog is of a date of the horizon, each date once."""
    line = facts.timeline
    for i, kind in enumerate(facts.plan.case_types):
        seen: set[dt.date] = set()
        for n, target in enumerate(kind.backlog_targets):
            place = ("case_types", i, "backlog_targets", n, "date")
            if not line.covers(target.date):
                yield PlanIssue(
                    place, f"a date from {line.first_day} to {line.last_day}"
                )
            elif target.date in seen:
                yield PlanIssue(place, "each date once")
            seen.add(target.date)


CHECKS = (
    handle_time_or_mix,
    sla_as_long_as_the_work,
    settling_within_a_block,
    rest_of_the_share,
    reopens_and_robots,
    stages_lead_on,
    backlog_targets_in_horizon,
)
