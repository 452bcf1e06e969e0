"""The rows of all tables, agent by agent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from scheduler import tables
from scheduler.domain import Contract, rows_of
from scheduler.translate.fair_wishes import weighed
from scheduler.translate.frame import Frame


class _OfAgent(Protocol):
    @property
    def agent_id(self) -> str | None: ...


_Row = TypeVar("_Row", bound=_OfAgent)


@dataclass(frozen=True)
class Rows:
    """The rows of the tables that are about one agent."""

    availability: Sequence[tables.Availability]
    leave: Sequence[tables.Leave]
    meetings: Sequence[tables.Meeting]
    history: Sequence[tables.History]
    pins: Sequence[tables.Pin]
    preferences: Sequence[tables.Preference]
    own_book: Sequence[tables.BookRow]
    published: Sequence[tables.Published]
    published_activities: Sequence[tables.PublishedActivity]
    is_known: bool

    def book(self, frame: Frame, contract: Contract) -> list[tables.BookRow]:
        """Return the rows of the rule book that count for the agent."""
        plan = frame.plan
        chosen = contract.rules or plan.rules.set
        general = [row for row in plan.rule_book if row.agent_id is None]
        found: dict[tuple[object, ...], list[tables.BookRow]] = {}
        for scope in (
            rows_of(chosen, contract.max_hours_per_week),
            [row for row in general if row.contract is None],
            [row for row in general if row.contract == contract.name],
            self.own_book,
        ):
            own: dict[tuple[object, ...], list[tables.BookRow]] = {}
            for row in scope:
                own.setdefault(row.subject, []).append(row)
            found |= own  # in the place of what wider rows say of these subjects
        return [row for rows in found.values() for row in rows]


def rows_by_agent(frame: Frame) -> dict[str, Rows]:
    """Return the rows of each agent of the plan."""
    plan = frame.plan
    availability, leave = _by_agent(plan.availability), _by_agent(plan.leave)
    meetings, history = _by_agent(plan.meetings), _by_agent(plan.history)
    pins, preferences = _by_agent(plan.pins), weighed(plan)
    published = _by_agent(plan.published)
    activities = _by_agent(plan.published_activities)
    books = _by_agent(row for row in plan.rule_book if row.agent_id is not None)
    return {
        a: Rows(
            availability=availability.get(a, []),
            leave=leave.get(a, []),
            meetings=meetings.get(a, []),
            history=history.get(a, []),
            pins=pins.get(a, []),
            preferences=preferences.get(a, []),
            own_book=books.get(a, []),
            published=published.get(a, []),
            published_activities=activities.get(a, []),
            is_known=bool(plan.published),
        )
        for a in (agent.agent_id for agent in plan.agents)
    }


def _by_agent(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.agent_id or "", []).append(row)
    return found
