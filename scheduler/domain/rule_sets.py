"""Sets of labour rules to start from, each with its legal source."""

from enum import StrEnum

from scheduler.tables import BookRow, RuleLevel, RuleName


class RuleSet(StrEnum):
    """Labour rules to start from."""

    EU = "eu-working-time"  #: Directive 2003/88/EC
    US = "us-basic"  #: Fair Labor Standards Act
    NONE = "none"


_US_HOURS = 40
_SETS: dict[RuleSet, tuple[BookRow, ...]] = {
    RuleSet.EU: (
        # Article 5: 24 hours of rest in each week, and the 11 hours of article 3
        BookRow(rule=RuleName("weekly_rest"), per="week", hours=35),
        # Article 3: 11 hours of rest in each 24
        BookRow(rule=RuleName("rest_after"), hours=11),
        # Article 6: 48 hours a week on average over four months (17 weeks)
        BookRow(rule=RuleName("hours_worked"), per="17 weeks", max=48 * 17),
    ),
    RuleSet.US: (
        # 29 U.S.C. 207: half as much again beyond 40 hours a week
        BookRow(
            rule=RuleName("hours_worked"),
            level=RuleLevel.PREFERRED,
            per="week",
            max=_US_HOURS,
            weight=0.5,
        ),
    ),
    RuleSet.NONE: (),
}


def rows_of(chosen: RuleSet, max_hours_per_week: float) -> tuple[BookRow, ...]:
    """Return the rules of a set as rows of the rule book.

    What lies beyond a contract's hours costs as overtime anyway: the American surcharge
    is for contracts of more than 40 hours only.
    """
    if chosen is RuleSet.US and max_hours_per_week <= _US_HOURS:
        return ()
    return _SETS[chosen]


def required_by(chosen: RuleSet) -> frozenset[str]:
    """Return the names of the rules that a set requires."""
    required = (row for row in _SETS[chosen] if row.level is RuleLevel.REQUIRED)
    return frozenset(str(row.rule) for row in required)
