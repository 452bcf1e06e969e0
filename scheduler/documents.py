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
    value: str | None = Field(None, description="What stands there.")
    expected: str = Field(description="What should stand there.")
    suggestion: str | None = Field(None, description="What was probably meant.")


class ValidateDocument(Document):
    """Whether a plan is right, and everything that is not."""

    valid: bool
    findings: list[FindingEntry] = Field(description="Everything that is wrong.")
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
    start: dt.datetime = Field(description="Start of the interval.")
    calls: float = Field(description="Offered, by the forecast.")
    handle_seconds: float = Field(description="Mean handle time of a call.")
    offered_erlangs: float = Field(
        description="Load: people busy on calls if none had to wait."
    )
    required: float = Field(description="People needed.")
    least: float = Field(
        description="People who must be there: fewer than needed where the level is "
        "one of the day or week."
    )


class RequirementsDocument(Document):
    """People that the calls need."""

    requirements: list[RequirementEntry] = Field(
        description="One for each queue and interval."
    )
    notes: list[str]


class StructuralEntry(Document):
    """Whether capacity keeps up with inflow."""

    ok: bool = Field(description="Whether hours for cases keep up with the inflow.")
    shortfall_hours: float = Field(
        description="Agent-hours missing over the horizon; 0: none."
    )
    sentence: str = Field(description="The same in words.")


class CapacityHours(Document):
    """Agent-hours over the horizon."""

    contract: float = Field(description="That contracts give.")
    leave: float = Field(description="Of leave, and of earlier work that counts.")
    holidays: float = Field(description="Credited for public holidays.")
    meetings: float = Field(description="In meetings.")
    paid_breaks: float = Field(description="In paid breaks.")
    voice: float = Field(description="That the calls need.")
    cases: float = Field(description="That the calls leave for cases.")


class BurnDownEntry(Document):
    """What clearing the backlog takes."""

    weeks_to_clear: float | None = Field(description="null: it never clears.")
    weeks: float = Field(
        description="In so many weeks the backlog is cleared by the people below."
    )
    fte: float = Field(
        description="Full-time people on cases who clear it and keep up with the "
        "inflow."
    )
    steady_state_fte: float = Field(
        description="Full-time people who keep up with the inflow for good."
    )
    extra_fte: float = Field(
        description="The difference: they can stand down afterwards."
    )
    extra_hours_per_week: float = Field(
        description="Agent-hours a week of the difference."
    )
    overtime_hours_per_week: float = Field(
        description="Overtime that contracts allow, agent-hours a week."
    )


class ThroughputEntry(Document):
    """The work of one case type on a day."""

    case_type: str
    date: dt.date
    week: str = Field(description="Week of ISO 8601: 2026-W10.")
    available_hours: float = Field(
        description="Work that comes that day, agent-hours; on the first day with "
        "what is there."
    )
    due_hours: float = Field(description="Work due that day, agent-hours.")
    available_hours_so_far: float = Field(
        description="Work that has come until the day's end, agent-hours."
    )
    due_hours_so_far: float = Field(
        description="Work due until the day's end, agent-hours."
    )
    items_due: float = Field(description="Cases due that day.")
    required_daily_completions: float = Field(
        description="Cases that come that day, and those there whose deadline is "
        "still to come: more than must be done where the SLA is longer than a day."
    )


class OpeningEntry(Document):
    """The work of one case type that is there when the first day begins."""

    case_type: str
    available_hours: float = Field(description="Agent-hours of open cases.")
    due_hours: float = Field(description="Of them due by then.")


class ThroughputDocument(Document):
    """Hours of deferred work by day, and whether capacity holds."""

    structural_check: StructuralEntry = Field(
        description="Whether capacity keeps up with inflow."
    )
    capacity_hours: CapacityHours = Field(
        description="Agent-hours that there are for cases, and what they are left of."
    )
    inflow_hours: float = Field(description="New work over the horizon, agent-hours.")
    backlog_hours: float = Field(description="Work there at the start, agent-hours.")
    burn_down: BurnDownEntry = Field(description="What clearing the backlog takes.")
    opening: list[OpeningEntry] = Field(description="At the start of day one.")
    throughput: list[ThroughputEntry] = Field(description="Work by case type and day.")
    notes: list[str]


class CheckDocument(Document):
    """Is a roster legal, and what does it cost."""

    legal: bool
    violations: list[ViolationEntry] = Field(description="Rules that it breaks.")
    objective: float | None = Field(description="null where only shifts are known.")
    objective_parts: dict[str, float]
    not_judged: list[str] = Field(description="Rules that need its activities.")


class ErlangDocument(Document):
    """Agents that a number of calls needs, and what they achieve."""

    agents_required: int = Field(description="Fewest that meet the targets.")
    agents: int = Field(
        description="Of whom the rest speaks: those asked about, else those required."
    )
    agents_scheduled: int = Field(
        description="To be scheduled so that so many are there, with the shrinkage."
    )
    service_level: float
    average_speed_of_answer_seconds: float | None = Field(description="null: endless.")
    queue_length: float | None = Field(
        description="Callers who wait at any moment, the mean; null: endless."
    )
    occupancy: float = Field(description="Share of agents' time on calls.")
    probability_of_wait: float = Field(description="Share of callers who wait.")
    abandonment: float = Field(description="Share of callers who give up.")
    largest_calls: float = Field(
        description="Calls in an interval at most with which so many agents meet the "
        "targets."
    )


class BurndownDocument(Document):
    """People who clear a backlog, and who keep it cleared."""

    fte: float = Field(
        description="Full-time people who clear the backlog in time and keep up with "
        "the inflow."
    )
    steady_state_fte: float = Field(
        description="Full-time people who keep up with the inflow for good."
    )
    extra_fte: float = Field(
        description="The difference: they can stand down afterwards."
    )
