"""Agents: what each may work, when, and what they wish."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol, TypeVar

from models.errors import InvalidInput
from models.roster.problem import UNIT, Agent, Meeting, Pin, Task, Wish, WishKind
from scheduler import tables
from scheduler.domain import Contract, Weekday, rows_of
from scheduler.tables import PinKind, PreferenceKind
from scheduler.translate.absence import (
    leave_stretches,
    range_on,
    stretch_on,
    unavailable,
)
from scheduler.translate.bands import overtime_bands
from scheduler.translate.book import book_rules
from scheduler.translate.changes import Known
from scheduler.translate.fair import Fair
from scheduler.translate.fair_wishes import weighed
from scheduler.translate.frame import Frame, ceil_to, floor_to, whole
from scheduler.translate.shares import FairCases, case_limits
from scheduler.translate.skills import Skills
from scheduler.translate.subject import Subject
from scheduler.translate.voice import Voice
from scheduler.translate.weeks import week_limits
from scheduler.translate.windows import past
from scheduler.translate.wished import wished_rules


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
    is_known: bool

    def book(self, frame: Frame, contract: Contract) -> list[tables.BookRow]:
        """Return the rows of the rule book that count for the agent."""
        plan = frame.plan
        chosen = contract.rules or plan.rules.set
        general = [row for row in plan.rule_book if row.agent_id is None]
        every = [
            *rows_of(chosen, contract.max_hours_per_week),
            *(row for row in general if row.contract is None),
            *(row for row in general if row.contract == contract.name),
            *self.own_book,
        ]
        return list({_subject(row): row for row in every}.values())


def agents(
    frame: Frame, skills: Skills, calls: Voice, case_hours: float
) -> tuple[Agent, ...]:
    """Return the plan's agents in its order; their names are their ids.

    ``case_hours`` is the case work that is due in the horizon.
    """
    plan = frame.plan
    contracts = {contract.name: contract for contract in plan.contracts}
    rows = _rows(frame)
    fair = Fair(
        frame,
        contracts,
        {a: own.history for a, own in rows.items()},
        {a: unavailable(frame, own.availability) for a, own in rows.items()}
        if plan.fairness
        else {},
    )
    return tuple(
        _agent(
            frame,
            row.agent_id,
            contracts[row.contract],
            rows[row.agent_id],
            (
                *calls.speeds(frame, skills, row.agent_id),
                *(skills.speed(row.agent_id, kind) for kind in plan.case_types),
            ),
            fair,
            [*_shared_cases(frame, contracts, rows, skills, case_hours)],
            _works(frame, calls, skills, row.agent_id),
        )
        for row in plan.agents
    )


def _rows(frame: Frame) -> dict[str, Rows]:
    """Return the rows of each agent of the plan."""
    plan = frame.plan
    availability, leave = _by_agent(plan.availability), _by_agent(plan.leave)
    meetings, history = _by_agent(plan.meetings), _by_agent(plan.history)
    pins, preferences = _by_agent(plan.pins), weighed(plan)
    published = _by_agent(plan.published)
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
            is_known=bool(plan.published),
        )
        for a in (agent.agent_id for agent in plan.agents)
    }


def _subject(row: tables.BookRow) -> tuple[object, ...]:
    """Return what a row of the rule book is about: all but its numbers and level."""
    return (
        row.rule,
        row.per,
        *(tuple(part) for part in (row.shift_types, row.then, row.weekdays)),
        row.start,
        row.end,
        row.turn,
    )


def _by_agent(rows: Iterable[_Row]) -> dict[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.agent_id or "", []).append(row)
    return found


def _agent(
    frame: Frame,
    name: str,
    contract: Contract,
    rows: Rows,
    speeds: tuple[int, ...],
    fair: Fair,
    shared_cases: Sequence[FairCases],
    works: Mapping[str, int],
) -> Agent:
    weights = frame.plan.weights
    leave = leave_stretches(frame, rows.leave)
    minute_cost = contract.cost_per_hour * UNIT / 60
    return Agent(
        name=name,
        shift_types=frozenset(
            s
            for s, kind in enumerate(frame.plan.shift_types)
            if kind.name in contract.shift_types
        ),
        speeds=speeds,
        weeks=week_limits(frame, contract, rows.history, rows.leave),
        min_rest=ceil(60 * contract.min_rest_hours),
        max_run=contract.max_days_in_a_row,
        run_before=_run_before(frame, rows.history),
        last_end=max((frame.axis.minute(r.end) for r in rows.history), default=None),
        unavailable=unavailable(frame, rows.availability),
        leave=leave,
        meetings=tuple(_meeting(frame, row) for row in rows.meetings),
        pins=tuple(_pin(frame, row) for row in rows.pins if row.pin in _DAYS),
        tasks=tuple(
            Task(works[what], *stretch_on(frame, row.date, row.start, row.end))
            for row in rows.pins
            if row.pin is PinKind.ACTIVITY and (what := row.activity or "") in works
        ),
        wishes=tuple(_wishes(frame, rows.preferences)),
        rules=(
            *book_rules(
                Subject(frame, past(frame, rows.history)), rows.book(frame, contract)
            ),
            *wished_rules(frame, rows.preferences),
            *fair.rules(name),
            *overtime_bands(frame, contract, rows.history, rows.leave),
            *(Known.of(frame, rows.published, leave).rules() if rows.is_known else ()),
        ),
        case_limits=(
            *case_limits(frame, rows.history, rows.book(frame, contract)),
            *(limit for each in shared_cases for limit in each.limits(name)),
        ),
        paid_cost=whole(weights.paid_hour * minute_cost),
        overtime_cost=whole(weights.overtime_hour * minute_cost),
    )


def _works(frame: Frame, calls: Voice, skills: Skills, agent_id: str) -> dict[str, int]:
    """Return the work that each queue and case type is for an agent.

    A queue is the first work of the agent on which its calls are taken.
    """
    plan = frame.plan
    found = {
        kind.name: len(calls.works) + k
        for k, kind in enumerate(plan.case_types)
        if skills.speed(agent_id, kind)
    }
    speeds = calls.speeds(frame, skills, agent_id)
    for w, queues in reversed(list(enumerate(calls.sets))):
        if speeds[w]:
            found |= {plan.queues[q].name: w for q in queues}
    return found


def _shared_cases(
    frame: Frame,
    contracts: dict[str, Contract],
    rows: dict[str, Rows],
    skills: Skills,
    case_hours: float,
) -> Iterator[FairCases]:
    """Yield the case work that the plan wants shared out."""
    plan = frame.plan
    both: dict[str, Contract] = {}
    cases_only: dict[str, Contract] = {}
    for agent in plan.agents:
        name = agent.agent_id
        if any(skills.speed(name, kind) for kind in plan.case_types):
            calls = any(skills.speed(name, queue) for queue in plan.queues)
            (both if calls else cases_only)[name] = contracts[agent.contract]
    history = {name: own.history for name, own in rows.items()}
    for kind in plan.fairness:
        if kind.of == "case_work":
            yield FairCases(kind, case_hours, both, cases_only, history, frame)


def _run_before(frame: Frame, history: Sequence[tables.History]) -> int:
    """Return how many dates in a row up to the day before day one have a shift."""
    dates = {frame.axis.date_of(frame.axis.minute(row.start)) for row in history}
    run = 0
    while frame.axis.date(-1 - run) in dates:
        run += 1
    return run


def _meeting(frame: Frame, row: tables.Meeting) -> Meeting:
    """Return a meeting: at its time, or to be placed between earliest and latest."""
    if row.start is not None:
        start = frame.axis.minute(row.start)
        return Meeting(row.name, row.minutes, start, start)
    earliest, end = 0, frame.horizon_end
    if row.earliest is not None:
        earliest = max(earliest, frame.begins(row.earliest))
    if row.latest is not None:
        end = min(end, frame.ends(row.latest))
    return Meeting(
        name=row.name,
        minutes=row.minutes,
        earliest=ceil_to(earliest, frame.period),
        latest=floor_to(end - row.minutes, frame.period),
    )


def _pin(frame: Frame, row: tables.Pin) -> Pin:
    """Return a pin; a pinned shift is the one of the menu that it describes."""
    day = (row.date - frame.axis.first_day).days
    if row.pin is PinKind.OFF:
        return Pin(day, None)
    names = [kind.name for kind in frame.plan.shift_types]
    start = frame.axis.local(row.date, row.start or 0)
    for shift in frame.shifts:
        if (
            (shift.day, shift.start) == (day, start)
            and names[shift.shift_type] == row.shift_type
            and row.length_minutes in (None, shift.end - shift.start)
        ):
            return Pin(day, shift)
    raise InvalidInput(
        f"pins: the shift of {row.agent_id!r} on {row.date} starts in an hour that the "
        "clock skips"
    )


_DAYS = (PinKind.OFF, PinKind.SHIFT)
_WISHES = (PreferenceKind.AVOID, PreferenceKind.WORK, PreferenceKind.SHIFT_TYPE)


def _wishes(frame: Frame, rows: Sequence[tables.Preference]) -> Iterator[Wish]:
    """Yield a wish for each day of the horizon that a row speaks of."""
    for day in range(frame.days):
        date = frame.axis.date(day)
        weekday = list(Weekday)[date.weekday()]
        for row in rows:
            if row.day in (date, weekday) and row.wish in _WISHES:
                yield _wish(frame, row, day)


def _wish(frame: Frame, row: tables.Preference, day: int) -> Wish:
    hours = row.weight * frame.plan.weights.preference
    if row.wish is PreferenceKind.WORK:
        return Wish(WishKind.WORK, day, whole(hours * UNIT))
    if row.wish is PreferenceKind.SHIFT_TYPE:
        names = [kind.name for kind in frame.plan.shift_types]
        position = names.index(row.shift_type or "")
        return Wish(WishKind.SHIFT_TYPE, day, whole(hours * UNIT), shift_type=position)
    stretch = range_on(frame, row, frame.axis.date(day))
    return Wish(WishKind.AVOID, day, whole(hours * UNIT / 60), stretch=stretch)
