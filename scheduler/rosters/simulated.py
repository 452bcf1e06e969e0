"""What a simulation found, as a document."""

import datetime as dt

from pydantic import Field

from scheduler.rosters.document import Entry


class Mean(Entry):
    """A mean over replications, and by how much it may be off; null where unknown."""

    mean: float | None = Field(description="Mean over replications.")
    half: float | None = Field(description="Half of the interval of confidence.")


class SimulatedCalls(Entry):
    """Calls of an interval, a day, or all days."""

    offered: float = Field(description="Calls, a replication.")
    promised: float | None = Field(description="Service level that the plan predicts.")
    service_level: Mean = Field(description="Answered in time / offered.")
    abandonment: Mean = Field(description="Share of callers who give up.")
    wait_seconds: Mean = Field(description="Mean wait of all callers.")
    handle_hours: float = Field(description="Agent-hours on these calls.")


class IntervalCalls(SimulatedCalls):
    """Calls of an interval."""

    start: dt.datetime = Field(description="Start of the interval.")


class DayCalls(SimulatedCalls):
    """Calls of a day."""

    date: dt.date


class QueueEntry(Entry):
    """One queue."""

    queue: str
    total: SimulatedCalls = Field(description="All calls.")
    days: list[DayCalls] = Field(description="The same day by day.")
    intervals: list[IntervalCalls] = Field(description="The same interval by interval.")


class DayCases(Entry):
    """Cases of a type on a day."""

    date: dt.date
    received: float = Field(description="New cases.")
    completed: Mean = Field(description="Cases done.")
    due: float = Field(description="Cases whose deadline is that day.")
    promised_breaches: float = Field(description="Breaches that the plan predicts.")
    breaches: Mean = Field(description="Cases not done by their deadline that day.")
    open: Mean = Field(description="When the day ends.")
    overdue: Mean = Field(description="Open when the day ends, past their deadline.")
    age_days: Mean = Field(
        description="Mean age of open cases when the day ends; null without any."
    )


class SimulatedCases(Entry):
    """One case type."""

    case_type: str
    days: list[DayCases] = Field(description="The same day by day.")
    breaches: Mean = Field(description="Of all days.")
    promised_breaches: float = Field(
        description="Breaches that the plan predicts, of all days."
    )
    kept: float = Field(description="Share of replications without any breach.")


class DayOccupancy(Entry):
    """How busy people on calls are on a day."""

    date: dt.date
    occupancy: Mean = Field(
        description="Time at calls / time rostered for them; with chats more than 1."
    )


class SimulateDocument(Entry):
    """What a roster would really give, replication by replication."""

    name: str = Field(description="Title of the plan.")
    plan_hash: str
    blend: str = Field(
        description="How cases get their time: ring-fenced, in blocks; between-calls, "
        "when nobody calls; threshold, when more than a reserve of people are free."
    )
    reserve: int = Field(description="With threshold: people who stay free.")
    resume_seconds: float = Field(
        description="To find back to cases after a call, between calls."
    )
    replications: int = Field(description="How often the horizon was played.")
    seed: int
    confidence: float = Field(description="Of the intervals around means.")
    seconds: float = Field(description="That it took.")
    calls: int = Field(description="Calls simulated, all replications together.")
    queues: list[QueueEntry] = Field(description="Each queue.")
    occupancy: list[DayOccupancy] = Field(
        description="How busy people on calls are, day by day."
    )
    case_types: list[SimulatedCases] = Field(description="Each case type.")
    kept: float | None = Field(
        description="Share of replications without a breach of any case type; null "
        "where there are no cases."
    )
    flags: list[str] = Field(description="Where the plan promises more than it keeps.")
