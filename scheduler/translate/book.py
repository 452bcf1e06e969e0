"""Rows of the rule book as rules of one agent."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from models.roster.problem import UNIT, Limit, Measure, Rule, Spread
from scheduler.tables import BookRow, RuleLevel
from scheduler.translate import book_counts, book_order
from scheduler.translate.frame import whole
from scheduler.translate.subject import Subject

_HOUR = 60
_KINDS: dict[str, Callable[[Subject, BookRow], Iterator[Rule]]] = {
    "hours_worked": book_counts.hours_worked,
    "days_worked": book_counts.days_worked,
    "shifts_of_type": book_counts.shifts_counted,
    "nights": book_counts.shifts_counted,
    "working_times": book_counts.working_times,
    "rotation": book_counts.rotation,
    "weekends_worked": book_counts.weekends_worked,
    "whole_weekends": book_order.whole_weekends,
    "weekends_in_a_row": book_order.weekends_in_a_row,
    "days_in_a_row": book_order.days_in_a_row,
    "days_off_in_a_row": book_order.days_off_in_a_row,
    "shifts_in_a_row": book_order.shifts_in_a_row,
    "days_off_together": book_order.days_off_together,
    "weekly_rest": book_order.weekly_rest,
    "rest_after": book_order.rest_after,
    "successions": book_order.successions,
    "start_consistency": book_order.start_consistency,
}


def book_rules(of: Subject, rows: Sequence[BookRow]) -> Iterator[Rule]:
    """Yield the rules that rows are of an agent; a row that is off is none."""
    for row in rows:
        if row.level is not RuleLevel.OFF and row.rule.value in _KINDS:
            for rule in _KINDS[row.rule.value](of, row):
                yield _priced(of, row, rule)


def _priced(of: Subject, row: BookRow, rule: Rule) -> Rule:
    """Return a rule with what a unit outside costs, if it is only preferred."""
    if row.level is RuleLevel.REQUIRED:
        return rule
    hours = row.weight * of.frame.plan.weights.preferred_rule
    by_minute = isinstance(rule, Spread) or (
        isinstance(rule, Limit) and rule.measure is not Measure.SHIFTS
    )
    return replace(rule, cost=whole(hours * UNIT / (_HOUR if by_minute else 1)))
