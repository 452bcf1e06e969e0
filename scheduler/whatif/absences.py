"""People who are away, unforeseen: on days drawn by chance, or as shrinkage."""

import datetime as dt
import hashlib
from collections import defaultdict

from scheduler.calendars import TimeAxis
from scheduler.domain import Contract, Plan
from scheduler.tables import Leave
from scheduler.whatif.changes import Absence


def absent(plan: Plan, absence: Absence) -> Plan:
    """Return a plan in which a share of agents' days is lost."""
    if absence.how == "shrinkage":
        return _shrunk(plan, absence.share)
    return _away(plan, absence.share, absence.seed)


def _shrunk(plan: Plan, share: float) -> Plan:
    """Return a plan with that much more unplanned shrinkage, of who is left."""
    return plan.model_copy(
        update={
            key: [
                one.model_copy(
                    update={
                        "unplanned_shrinkage": _both(one.unplanned_shrinkage, share)
                    }
                )
                for one in getattr(plan, key)
            ]
            for key in ("queues", "case_types")
        }
    )


def _both(one: float, other: float) -> float:
    """Return the share lost to two causes that do not know of each other.

    >>> _both(0.05, 0.08)
    0.126
    """
    return round(1 - (1 - one) * (1 - other), 9)


def _away(plan: Plan, share: float, seed: int) -> Plan:
    """Return a plan with leave on days drawn by chance.

    Each day of an agent has a number of its own, so that the same days are lost
    whatever else is other in the plan, and more of them with a larger share.
    """
    days = _days(plan)
    drawn = sorted(days, key=lambda one: _number(seed, *one))
    contracts = {contract.name: contract for contract in plan.contracts}
    of = {agent.agent_id: contracts[agent.contract] for agent in plan.agents}
    rows = [
        Leave(agent_id=agent, start=date, end=date, credited_hours=_credit(of[agent]))
        for agent, date in sorted(drawn[: round(share * len(days))])
    ]
    return plan.model_copy(update={"leave": [*plan.leave, *rows]})


def _days(plan: Plan) -> list[tuple[str, dt.date]]:
    """Return the days of agents on which nothing is settled yet.

    Pins, meetings and leave stay what they are.
    """
    settled: dict[str, set[dt.date]] = defaultdict(set)
    axis = TimeAxis.of(plan.horizon)
    for pin in plan.pins:
        settled[pin.agent_id].add(pin.date)
    for meeting in plan.meetings:
        if meeting.start is not None:
            settled[meeting.agent_id].add(axis.date_at(meeting.start))
    first = plan.horizon.first_day
    dates = [first + dt.timedelta(n) for n in range(plan.horizon.days)]
    for leave in plan.leave:
        begins, ends = _date(axis, leave.start), _date(axis, leave.end)
        settled[leave.agent_id].update(d for d in dates if begins <= d <= ends)
    for row in plan.availability:
        if not row.available:
            settled[row.agent_id].update(_dates(plan, row.day))
    return [
        (agent.agent_id, date)
        for agent in plan.agents
        for date in dates
        if date not in settled[agent.agent_id]
    ]


def _dates(plan: Plan, day: dt.date | str) -> list[dt.date]:
    """Return the dates of the horizon that a weekday or date means."""
    first = plan.horizon.first_day
    dates = [first + dt.timedelta(n) for n in range(plan.horizon.days)]
    return [date for date in dates if day in (date, f"{date:%A}".lower())]


def _date(axis: TimeAxis, day: dt.date) -> dt.date:
    return axis.date_at(day) if isinstance(day, dt.datetime) else day


def _credit(contract: Contract) -> float:
    """Return the hours of a day away: a sick day is paid as a day of the contract."""
    days = max(1, contract.max_days_per_week)
    return round(contract.min_hours_per_week / days, 4)


def _number(seed: int, agent: str, date: dt.date) -> bytes:
    return hashlib.sha256(f"{seed}\n{date}\n{agent}".encode()).digest()
