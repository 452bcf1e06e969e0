"""Sheets of the rules that a roster breaks, and of the wishes it does not keep."""

from models.roster.problem import UNIT
from scheduler.exports.book import Book, Column
from scheduler.exports.rostered import Rostered

_RULE = Column("rule", width=26)
_AGENT = Column("agent", width=14)
_DATE = Column("date", "date", 16, "Empty when it is about several days.")
_WORDS = Column("what", width=95)
_BROKEN = (_AGENT, _DATE, _RULE, _WORDS)
_NOT_KEPT = (
    _AGENT,
    _DATE,
    _RULE,
    Column("cost", "tenths", 9, "What not keeping it costs, in paid hours."),
    _WORDS,
)


def rules_sheets(book: Book, seen: Rostered) -> None:
    """Add what is required and broken, and what is preferred and not kept, if any."""
    axis = seen.prepared.translation.axis
    if seen.violations:
        page = book.page("Rules broken", tab="#C0392B")
        page.table(
            _BROKEN,
            (
                (
                    v.agent,
                    None if v.day is None else axis.date(v.day),
                    v.rule,
                    v.message,
                )
                for v in seen.violations
            ),
        )
    missed = sorted(seen.missed, key=lambda each: -each.cost)
    if missed:
        page = book.page("Not kept", tab="#E0A030")
        page.table(
            _NOT_KEPT,
            (
                (
                    m.agent,
                    None if m.day is None else axis.date(m.day),
                    m.rule,
                    m.cost / UNIT,
                    m.message,
                )
                for m in missed
            ),
        )
