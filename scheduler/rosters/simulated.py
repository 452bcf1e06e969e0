"""What a simulation found, as a document."""

import datetime as dt

from pydantic import Field

from scheduler.rosters.document import Entry


class Mean(Entry):
    """A mean over replications, and by how much it may be off; null where unknown."""

    mean: float | None
    half: float | None = Field(description="Half of the interval of confidence.")


class SimulatedCalls(Entry):
    """Calls of an interval, a day, or all days."""

    offered: float = Field(description="Calls, a replication.")
    promised: float | None = Field(description="Service level that the plan predicts.")
    service_level: Mean
    abandonment: Mean
    wait_seconds: Mean = Field(description="Mean wait of all callers.")
    handle_hours: float = Field(description="Agent-hours on these calls.")


class IntervalCalls(SimulatedCalls):
    """Calls of an interval."""

    start: dt.datetime


class DayCalls(SimulatedCalls):
    """Calls of a day."""

    date: dt.date


class QueueEntry(Entry):
    """One queue."""

    queue: str
    total: SimulatedCalls
    days: list[DayCalls]
    intervals: list[IntervalCalls]


class DayCases(Entry):
    """Cases of a type on a day."""

    date: dt.date
    received: float
    completed: Mean
    due: float
    promised_breaches: float = Field(description="Breaches that the plan predicts.")
    breaches: Mean
    open: Mean = Field(description="When the day ends.")
    overdue: Mean
    age_days: Mean = Field(
        description="Mean age of open cases when the day ends; null without any."
    )


class SimulatedCases(Entry):
    """One case type."""

    case_type: str
    days: list[DayCases]
    breaches: Mean = Field(description="Of all days.")
    promised_breaches: float
    kept: float = Field(description="Share of replications without any breach.")


class DayOccupancy(Entry):
    """How busy people on calls are on a day."""

    date: dt.date
    occupancy: Mean = Field(
        description="Time at calls / time rostered for them; with chats more than 1."
    )


class SimulateDocument(Entry):
    """What a roster would really give, replication by replication."""

    name: str
    plan_hash: str
    blend: str
    reserve: int
    resume_seconds: float = Field(
        description="To find back to cases after a call, between calls."
    )
    replications: int
    seed: int
    confidence: float
    seconds: float
    calls: int = Field(description="Calls simulated, all replications together.")
    queues: list[QueueEntry]
    occupancy: list[DayOccupancy]
    case_types: list[SimulatedCases]
    kept: float | None = Field(
        description="Share of replications without a breach of any case type; null "
        "where there are no cases."
    )
    flags: list[str] = Field(description="Where the plan promises more than it keeps.")
