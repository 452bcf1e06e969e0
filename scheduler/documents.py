"""What commands and the service answer in JSON, where it is no document of its own."""

import datetime as dt
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from scheduler.rosters.document import ViolationEntry


class Document(BaseModel):
    """Base of all of them: frozen, and nothing else in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FindingEntry(Document):
    """One thing that is wrong with a plan, and where."""

    code: str = Field(description="Name of the rule that is broken.")
    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    pointer: str | None = Field(None, description="JSON pointer, in a plan of JSON.")
    value: str | None = None
    expected: str
    suggestion: str | None = None


class ValidateDocument(Document):
    """Whether a plan is right, and everything that is not."""

    valid: bool
    findings: list[FindingEntry]
    notes: list[str]
    plan_hash: str | None = Field(None, description="SHA-256 of a plan that is right.")


class PlanDocument(Document):
    """A plan as one document, as it was typed, and everything that is wrong with it."""

    plan: dict[str, Any] | None = Field(
        description="As plan.json has it; null where too little can be read."
    )
    valid: bool
    findings: list[FindingEntry] = Field(description="With pointers into `plan`.")
    lost: list[FindingEntry] = Field(
        description="What is wrong with the files that were sent, and has no place in "
        "`plan`."
    )
    notes: list[str]


class RequirementEntry(Document):
    """People that the calls of a queue need in an interval."""

    queue: str
    start: dt.datetime
    calls: float
    handle_seconds: float
    offered_erlangs: float
    required: float
    least: float


class RequirementsDocument(Document):
    """People that the calls need."""

    requirements: list[RequirementEntry]
    notes: list[str]


class StructuralEntry(Document):
    """Whether capacity keeps up with inflow."""

    ok: bool
    shortfall_hours: float
    sentence: str


class CapacityHours(Document):
    """Agent-hours over the horizon."""

    contract: float
    leave: float
    holidays: float
    meetings: float
    paid_breaks: float
    voice: float
    cases: float = Field(description="That the calls leave for cases.")


class BurnDownEntry(Document):
    """What clearing the backlog takes."""

    weeks_to_clear: float | None = Field(description="null: it never clears.")
    weeks: float
    fte: float
    steady_state_fte: float
    extra_fte: float
    extra_hours_per_week: float
    overtime_hours_per_week: float


class ThroughputEntry(Document):
    """The work of one case type on a day."""

    case_type: str
    date: dt.date
    week: str
    available_hours: float
    due_hours: float
    available_hours_so_far: float
    due_hours_so_far: float
    items_due: float
    required_daily_completions: float


class OpeningEntry(Document):
    """The work of one case type that is there when the first day begins."""

    case_type: str
    available_hours: float
    due_hours: float = Field(description="Of them due by then.")


class ThroughputDocument(Document):
    """Hours of deferred work by day, and whether capacity holds."""

    structural_check: StructuralEntry
    capacity_hours: CapacityHours
    inflow_hours: float
    backlog_hours: float
    burn_down: BurnDownEntry
    opening: list[OpeningEntry] = Field(description="At the start of day one.")
    throughput: list[ThroughputEntry]
    notes: list[str]


class CheckDocument(Document):
    """Is a roster legal, and what does it cost."""

    legal: bool
    violations: list[ViolationEntry]
    objective: float | None = Field(description="null where only shifts are known.")
    objective_parts: dict[str, float]
    not_judged: list[str]


class ErlangDocument(Document):
    """Agents that a number of calls needs, and what they achieve."""

    agents_required: int
    agents: int
    agents_scheduled: int
    service_level: float
    average_speed_of_answer_seconds: float | None = Field(description="null: endless.")
    queue_length: float | None
    occupancy: float
    probability_of_wait: float
    abandonment: float
    largest_calls: float


class BurndownDocument(Document):
    """People who clear a backlog, and who keep it cleared."""

    fte: float
    steady_state_fte: float
    extra_fte: float
