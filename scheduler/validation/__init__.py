"""Rules that a plan keeps although every value in it is well formed.

Each rule is a function of its own; ``CHECKS`` lists them. Nothing here knows of files.
"""

from collections.abc import Collection, Iterator

from scheduler.domain import Plan
from scheduler.validation import (
    absence,
    book,
    calendars,
    cases,
    contracts,
    effort,
    horizon,
    joint,
    names,
    published,
    shifts,
    voice,
    weeks,
    wishes,
)
from scheduler.validation.facts import Facts
from scheduler.validation.issue import Check, Path, PlanIssue
from scheduler.validation.notes import notes

CHECKS: tuple[Check, ...] = (
    *horizon.CHECKS,
    *names.CHECKS,
    *calendars.CHECKS,
    *voice.CHECKS,
    *cases.CHECKS,
    *effort.CHECKS,
    *shifts.CHECKS,
    *contracts.CHECKS,
    *absence.CHECKS,
    *wishes.CHECKS,
    *book.CHECKS,
    *joint.CHECKS,
    *published.CHECKS,
    weeks.contract_can_be_fulfilled,
)


def findings(plan: Plan, incomplete: Collection[str] = ()) -> Iterator[PlanIssue]:
    """Yield everything that is wrong with a plan.

    Parameters
    ----------
    plan
        A plan whose values are well formed.
    incomplete
        Parts of the plan (``"agents"``, ``"queues"``) of which something could not be
        read: rules that need them whole are not judged.
    """
    facts = Facts(plan)
    missing = set(incomplete)
    for basic in horizon.BASIC:
        for issue in _broken(basic, facts):
            missing.add("horizon")
            yield issue
    for check in CHECKS:
        if missing.isdisjoint(check.needs):
            yield from _broken(check, facts)


def _broken(check: Check, facts: Facts) -> Iterator[PlanIssue]:
    for issue in check.rule(facts):
        yield issue.under(check.name)


__all__ = ["CHECKS", "Check", "Path", "PlanIssue", "findings", "notes"]
