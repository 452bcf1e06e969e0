"""What several checks want to know of a plan, worked out once."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from scheduler.clock import as_starts
from scheduler.domain import Contract, Horizon, Plan, ShiftType, Weekday
from scheduler.tables import Leave
from scheduler.validation.timeline import Timeline

WEEKDAYS = tuple(Weekday)


class Offer(NamedTuple):
    """A shift of the menu: start in minutes after midnight, length, paid minutes."""

    start: int
    length: int
    paid: int


class Facts:
    """A plan with what follows from it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.grid = grid_minutes(plan.horizon)

    @cached_property
    def timeline(self) -> Timeline:
        """Minutes of the horizon; the time zone must be known."""
        return Timeline(self.plan.horizon)

    @cached_property
    def contracts(self) -> dict[str, Contract]:
        """Contracts by name."""
        return {contract.name: contract for contract in self.plan.contracts}

    @cached_property
    def shift_types(self) -> dict[str, ShiftType]:
        """Shift types by name."""
        return {each.name: each for each in self.plan.shift_types}

    @cached_property
    def agent_contracts(self) -> dict[str, Contract]:
        """Each agent's contract, where it is known."""
        return {
            agent.agent_id: self.contracts[agent.contract]
            for agent in self.plan.agents
            if agent.contract in self.contracts
        }

    @cached_property
    def skills(self) -> set[str]:
        """Skills that a queue or case type needs."""
        queues = {queue.skill or queue.name for queue in self.plan.queues}
        return queues | {each.skill or each.name for each in self.plan.case_types}

    @cached_property
    def longest_shift(self) -> int:
        """Minutes of the longest shift of the plan."""
        return max(max(each.length_minutes) for each in self.plan.shift_types)

    @cached_property
    def calls_minutes(self) -> list[int | None]:
        """Minute of each row of calls; none where its moment is not clear."""
        return [self._clear_minute(row.start) for row in self.plan.calls]

    @cached_property
    def required_minutes(self) -> list[int | None]:
        """Minute of each row of required; none where its moment is not clear."""
        return [self._clear_minute(row.start) for row in self.plan.required]

    @cached_property
    def leave_rows(self) -> dict[str, list[tuple[int, Leave]]]:
        """Each agent's rows of leave, with their positions in the table."""
        rows: dict[str, list[tuple[int, Leave]]] = {}
        for i, row in enumerate(self.plan.leave):
            rows.setdefault(row.agent_id, []).append((i, row))
        return rows

    def leave_during(self, agent_id: str, start: int, end: int) -> int | None:
        """Return the row of an agent's leave that overlaps ``[start, end)``, if any."""
        for i, row in self.leave_rows.get(agent_id, []):
            begins, ends = self.timeline.begins(row.start), self.timeline.ends(row.end)
            if begins < end and start < ends:
                return i
        return None

    def _clear_minute(self, moment: dt.datetime) -> int | None:
        if self.timeline.trouble(moment):
            return None
        return self.timeline.minute(moment)


def grid_minutes(horizon: Horizon) -> int:
    """Return the grid of a plan: its own, or the longest of 15, 10 and 5 that fits."""
    if horizon.grid_minutes is not None:
        return horizon.grid_minutes
    fitting = (grid for grid in (15, 10, 5) if horizon.interval_minutes % grid == 0)
    return next(fitting, 5)


def start_minutes(shift_type: ShiftType) -> Iterator[int]:
    """Yield the start times of a shift type that can be read."""
    for text in shift_type.starts:
        try:
            yield from as_starts(text)
        except ValueError:
            continue


def paid_minutes(shift_type: ShiftType, length: int) -> int:
    """Return the paid minutes of a shift: its length without unpaid breaks."""
    return length - sum(each.minutes for each in shift_type.breaks if not each.paid)


def offers(shift_type: ShiftType) -> list[Offer]:
    """Return the menu of a shift type."""
    return [
        Offer(start, length, paid_minutes(shift_type, length))
        for start in start_minutes(shift_type)
        for length in shift_type.length_minutes
    ]


def weekday_of(date: dt.date) -> Weekday:
    """Return the weekday of a date."""
    return WEEKDAYS[date.weekday()]
