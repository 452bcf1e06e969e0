"""Checks of the rule book: what a rule needs is given, and nothing else."""

import math
from collections.abc import Iterator

from scheduler.clock import as_minutes
from scheduler.domain import Weekday
from scheduler.tables import BookRow, RuleLevel, RuleName
from scheduler.tables.row import days_in
from scheduler.tables.rules import OF_WEEKENDS
from scheduler.validation.facts import Facts
from scheduler.validation.issue import PlanIssue, check

_COUNTS = ("min", "max")
_TIMES = ("start", "end")
NEEDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # rule: columns of which one at least must be given; columns that may be
    "hours_worked": (_COUNTS, ("per",)),
    "days_worked": (_COUNTS, ("per",)),
    "shifts_of_type": (_COUNTS, ("per", "shift_types", *_TIMES, "hours")),
    "nights": (_COUNTS, ("per", *_TIMES, "hours", "shift_types")),
    "working_times": (_TIMES, ("weekdays",)),
    "rotation": (("turn",), ("turns", "shift_types", "weekdays", "date")),
    "weekends_worked": (_COUNTS, ("per", "weekdays")),
    "whole_weekends": ((), ("weekdays",)),
    "weekends_in_a_row": (_COUNTS, ("weekdays",)),
    "days_in_a_row": (_COUNTS, ()),
    "days_off_in_a_row": (_COUNTS, ()),
    "shifts_in_a_row": (_COUNTS, ("shift_types", *_TIMES, "hours")),
    "days_off_together": (("min",), ("per",)),
    "weekly_rest": (("hours",), ("per",)),
    "rest_after": (("hours",), ("shift_types", "then", *_TIMES)),
    "successions": (("then",), ("shift_types", "days", *_TIMES)),
    "start_consistency": (("hours",), ("per",)),
    "case_share": ((*_COUNTS, "percent"), ("per",)),
}
_OF_HOURS = (RuleName.HOURS_WORKED, RuleName.CASE_SHARE)
_ALWAYS = {"rule", "contract", "agent_id", "level", "weight"}


@check()
def book_columns(facts: Facts) -> Iterator[PlanIssue]:
    """A rule has the numbers that it needs, and no others."""
    for i, row in enumerate(facts.plan.rule_book):
        one_of, others = NEEDS[row.rule.value]
        given = {
            name
            for name in type(row).model_fields
            if getattr(row, name) not in (None, [])
        }
        if one_of and given.isdisjoint(one_of) and row.level != "off":
            yield PlanIssue(
                ("rule_book", i, one_of[0]),
                f"a value for {' or '.join(one_of)}: {row.rule.value} asks for it",
            )
        for name in sorted(given - _ALWAYS - set(one_of) - set(others)):
            yield PlanIssue(
                ("rule_book", i, name),
                f"nothing: {row.rule.value} has {', '.join((*one_of, *others))}",
            )


@check()
def book_times(facts: Facts) -> Iterator[PlanIssue]:
    """A time of day of shifts has a start and an end."""
    for i, row in enumerate(facts.plan.rule_book):
        given = [name for name in _TIMES if getattr(row, name) is not None]
        if len(given) == 1 and row.rule is not RuleName.WORKING_TIMES:
            (missing,) = set(_TIMES) - set(given)
            expected = f"a time, as {given[0]} is given"
            yield PlanIssue(("rule_book", i, missing), expected)


@check()
def book_windows(facts: Facts) -> Iterator[PlanIssue]:
    """What must fit into a window can; counts are whole; weekends have their days."""
    for i, row in enumerate(facts.plan.rule_book):
        longest = days_in(row.window) or math.inf
        if row.rule is RuleName.DAYS_OFF_TOGETHER and longest < (row.min or 0):
            yield PlanIssue(
                ("rule_book", i, "min"), f"at most the {longest} days of it"
            )
        if row.rule is RuleName.WEEKLY_REST and 24 * longest < (row.hours or 0):
            expected = f"at most the {24 * longest} hours of it"
            yield PlanIssue(("rule_book", i, "hours"), expected)
        for column in () if row.rule in _OF_HOURS else _COUNTS:
            if (getattr(row, column) or 0) % 1:
                yield PlanIssue(("rule_book", i, column), "a whole number")
        if row.rule in OF_WEEKENDS and row.weekdays and not _is_block(row):
            expected = "weekdays that follow each other, two to six of them"
            yield PlanIssue(("rule_book", i, "weekdays"), expected)


def _is_block(row: BookRow) -> bool:
    """Whether the weekdays follow each other, perhaps from Sunday to Monday."""
    every, wanted = list(Weekday), set(row.days_of_week)
    begins = [
        day
        for k, day in enumerate(every)
        if day in wanted and every[k - 1] not in wanted
    ]
    return len(begins) == 1 and len(wanted) > 1


@check()
def book_said_once(facts: Facts) -> Iterator[PlanIssue]:
    """A rule that is off for somebody is not on for them as well."""
    said: dict[object, tuple[int, BookRow]] = {}
    for i, row in enumerate(facts.plan.rule_book):
        about = row.subject, row.contract, row.agent_id
        at, other = said.setdefault(about, (i, row))
        if (other.level is RuleLevel.OFF) != (row.level is RuleLevel.OFF):
            yield PlanIssue(
                ("rule_book", i, "level"),
                "off, or not off, as for the same in",
                other=("rule_book", at, "level"),
            )


@check()
def least_case_work(facts: Facts) -> Iterator[PlanIssue]:
    """The least case work can only be preferred: there may be none to do."""
    for i, row in enumerate(facts.plan.rule_book):
        is_share = row.rule is RuleName.CASE_SHARE
        if is_share and row.min and row.level is RuleLevel.REQUIRED:
            expected = "nothing, or level = preferred: there may be no case to work on"
            yield PlanIssue(("rule_book", i, "min"), expected)


@check()
def book_numbers(facts: Facts) -> Iterator[PlanIssue]:
    """The least is not more than the most, a turn is one of the turns."""
    for i, row in enumerate(facts.plan.rule_book):
        if row.min is not None and row.max is not None and row.min > row.max:
            yield PlanIssue(("rule_book", i, "min"), f"at most max = {row.max:g}")
        if row.turn is not None and row.turn > (row.turns or 1):
            yield PlanIssue(
                ("rule_book", i, "turn"), f"at most turns = {row.turns or 1}"
            )
        if row.contract is not None and row.agent_id is not None:
            yield PlanIssue(
                ("rule_book", i, "contract"), "nothing: the row is for one agent"
            )


@check("contracts", "shift_types")
def book_names(facts: Facts) -> Iterator[PlanIssue]:
    """Contracts and shift types exist."""
    for i, row in enumerate(facts.plan.rule_book):
        if row.contract is not None and row.contract not in facts.contracts:
            yield PlanIssue(
                ("rule_book", i, "contract"), "a contract of the plan", facts.contracts
            )
        for column in ("shift_types", "then"):
            for name in getattr(row, column):
                if name not in facts.shift_types:
                    yield PlanIssue(
                        ("rule_book", i, column),
                        f"shift types of the plan, {name!r} is none",
                        facts.shift_types,
                    )


@check()
def fair_times(facts: Facts) -> Iterator[PlanIssue]:
    """Times of day of what is shared out are times."""
    for i, kind in enumerate(facts.plan.fairness):
        for key in _TIMES:
            try:
                as_minutes(getattr(kind, key) or "00:00")
            except ValueError as error:
                yield PlanIssue(("fairness", i, key), str(error))


CHECKS = (
    fair_times,
    book_columns,
    book_numbers,
    book_times,
    book_windows,
    book_said_once,
    least_case_work,
    book_names,
)
