"""Checks of contracts: what they ask for can be worked."""

from collections.abc import Iterator

from scheduler.domain import Contract
from scheduler.validation.facts import Facts, Offer, offers
from scheduler.validation.issue import PlanIssue, check


@check()
def contract_ranges(facts: Facts) -> Iterator[PlanIssue]:
    """The least hours and days of a week are not more than the most."""
    for i, contract in enumerate(facts.plan.contracts):
        if contract.min_hours_per_week > contract.max_hours_per_week:
            yield PlanIssue(
                ("contracts", i, "min_hours_per_week"),
                f"at most max_hours_per_week = {contract.max_hours_per_week:g}",
            )
        if contract.min_days_per_week > contract.max_days_per_week:
            yield PlanIssue(
                ("contracts", i, "min_days_per_week"),
                f"at most max_days_per_week = {contract.max_days_per_week}",
            )


def _menu(facts: Facts, contract: Contract) -> list[Offer]:
    return [
        offer
        for name in contract.shift_types
        if name in facts.shift_types
        for offer in offers(facts.shift_types[name])
    ]


def _weekdays(facts: Facts, contract: Contract) -> int:
    """Return on how many weekdays a shift of the contract may start."""
    types = [facts.shift_types.get(name) for name in contract.shift_types]
    return len({day for each in types if each for day in each.weekdays})


@check("shift_types")
def days_reachable(facts: Facts) -> Iterator[PlanIssue]:
    """A contract's least days are not more than its shift types have weekdays."""
    for i, contract in enumerate(facts.plan.contracts):
        weekdays = _weekdays(facts, contract)
        if 0 < weekdays < contract.min_days_per_week:
            yield PlanIssue(
                ("contracts", i, "min_days_per_week"),
                f"at most {weekdays}, the weekdays of its shift types",
            )


@check("shift_types")
def hours_reachable(facts: Facts) -> Iterator[PlanIssue]:
    """The longest shifts on the most days reach the least hours."""
    for i, contract in enumerate(facts.plan.contracts):
        days = min(contract.max_days_per_week, _weekdays(facts, contract))
        longest = max((offer.paid for offer in _menu(facts, contract)), default=0)
        if longest and 60 * contract.min_hours_per_week > days * longest:
            yield PlanIssue(
                ("contracts", i, "min_hours_per_week"),
                f"at most {days * longest / 60:g}, which is {days} days of "
                f"{longest / 60:g} paid hours, its longest shift",
            )


@check("shift_types")
def hours_not_exceeded(facts: Facts) -> Iterator[PlanIssue]:
    """The shortest shifts on the least days stay within hours and overtime."""
    for i, contract in enumerate(facts.plan.contracts):
        most = contract.max_hours_per_week + contract.max_overtime_hours_per_week
        shortest = min((offer.paid for offer in _menu(facts, contract)), default=0)
        if contract.min_days_per_week * shortest > 60 * most:
            yield PlanIssue(
                ("contracts", i, "max_hours_per_week"),
                f"at least {contract.min_days_per_week * shortest / 60:g} with "
                f"overtime, which is {contract.min_days_per_week} days of "
                f"{shortest / 60:g} paid hours, its shortest shift",
            )


CHECKS = (contract_ranges, days_reachable, hours_reachable, hours_not_exceeded)
