"""What a scenario changes, as it is written in a file of scenarios.

Keys that have a list also take one entry, and one that is short for it:
``calls = "+10%"`` is ``calls = [{change = "+10%"}]``.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from scheduler.domain import (
    Blend,
    Break,
    Name,
    Scope,
    Section,
    SlaUnit,
    Weekday,
)
from scheduler.tables import Amount, WeekdayOrDate
from scheduler.whatif.percent import Percent


def _listed(short: str) -> BeforeValidator:
    """Return what makes a list of one entry, or of the key it is short for."""

    def listed(value: Any) -> Any:
        entries = value if isinstance(value, list) else [value]
        return [
            one if isinstance(one, dict | Section) else {short: one} for one in entries
        ]

    return BeforeValidator(listed)


class _OfQueue(Section):
    """Base of what is said of one queue, or of all."""

    queue: Name | None = Field(None, description="Default: all of them.")


class _OfCaseType(Section):
    """Base of what is said of one case type, or of all."""

    case_type: Name | None = Field(None, description="Default: all of them.")


_DAYS = "Weekdays or ISO dates. Default: all days."


class CallChange(_OfQueue):
    """Calls, or their handle time, by so many per cent."""

    change: Percent = Field(description="In per cent: +10%, -5%.")
    days: list[WeekdayOrDate] = Field([], description=_DAYS)


class InflowChange(_OfCaseType):
    """New cases by so many per cent."""

    change: Percent = Field(description="In per cent: +10%, -5%.")
    days: list[WeekdayOrDate] = Field([], description=_DAYS)


class CaseTimeChange(_OfCaseType):
    """Handle time of cases, mixes included, by so many per cent."""

    change: Percent = Field(description="In per cent: +10%, -5%.")


class ShrinkageChange(Section):
    """Unplanned shrinkage of queues and case types: of one, or of all."""

    to: float | None = Field(None, ge=0, lt=1, description="A share: 0.1.")
    by: float | None = Field(None, gt=-1, lt=1, description="Added: 0.02, -0.02.")
    queue: Name | None = Field(None, description="Only of this queue.")
    case_type: Name | None = Field(None, description="Only of this case type.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.to is None) == (self.by is None):
            raise ValueError("expected one of to and by")
        return self


class TargetChange(_OfQueue):
    """What a queue promises; what is left out stays."""

    service_level: float | None = Field(
        None, gt=0, lt=1, description="Share of calls answered in time."
    )
    answer_within_seconds: Amount | None = Field(
        None, ge=0, description="In time means this."
    )
    service_level_scope: Scope | None = Field(
        None,
        description="What reaches it: every interval by itself, or all calls of a day "
        "or week.",
    )
    maximum_wait_seconds: Amount | None = Field(
        None, gt=0, description="Longest mean wait, over all calls."
    )
    maximum_abandonment: float | None = Field(
        None, gt=0, lt=1, description="Largest share of callers who give up."
    )
    maximum_occupancy: float | None = Field(
        None, gt=0, le=1, description="Most of an agent's time spent on calls."
    )


class SlaChange(_OfCaseType):
    """By when cases must be done; what is left out stays."""

    within: float | None = Field(
        None, gt=0, description="How many units; whole for days."
    )
    unit: SlaUnit | None = Field(None, description="What is counted.")
    share: float | None = Field(
        None, gt=0, le=1, description="Share of cases that must be done within it."
    )


class StaffChange(Section):
    """More agents, or fewer."""

    add: int = Field(0, ge=0, le=10_000, description="So many new ones.")
    remove: int = Field(
        0, ge=0, le=10_000, description="So many of those below, the last first."
    )
    who: list[Name] = Field([], description="Agents who leave, by id.")
    like: Name | None = Field(
        None,
        description="Agent whose contract, skills, team, roles and availability new "
        "ones have.",
    )
    contract: Name | None = Field(None, description="Of those who come or leave.")
    skills: list[Name] = Field(
        [], description="Of new ones; those who leave have them all."
    )
    speed: float = Field(1, gt=0, le=2, description="Of new ones in their skills.")

    @model_validator(mode="after")
    def _says_who(self) -> Self:
        if not (self.add or self.remove or self.who):
            raise ValueError("expected add, remove or who")
        if self.add and (self.remove or self.who):
            raise ValueError("expected either new ones or some who leave: two entries")
        if self.add and self.like is None and self.contract is None:
            raise ValueError("expected the contract of new ones, or whom they are like")
        return self


class OvertimeChange(Section):
    """Overtime that contracts allow; 0: none."""

    hours: float = Field(ge=0, le=168, description="A week.")
    contract: Name | None = Field(None, description="Default: all of them.")


class ShiftChange(Section):
    """A shift type that is another or new; what is left out stays."""

    name: Name = Field(description="Name of the shift type.")
    like: Name | None = Field(
        None, description="Of a new one: shift type that it is like otherwise."
    )
    starts: list[Name] | None = Field(
        None, min_length=1, description="Start times, as in the plan."
    )
    length_minutes: list[int] | None = Field(
        None, min_length=1, description="Lengths, unpaid breaks included."
    )
    weekdays: list[Weekday] | None = Field(
        None, min_length=1, description="Days on which it may start."
    )
    breaks: list[Break] | None = Field(
        None, description="In the order in which they come."
    )
    minutes_between_breaks: int | None = Field(
        None, ge=0, description="Least time from the end of a break to the next."
    )
    contracts: list[Name] | None = Field(
        None,
        description="Contracts that get a new one. Default: those that have what it is "
        "like, else all.",
    )


def _names(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class MenuChange(Section):
    """Another menu of shifts."""

    remove: Annotated[list[Name], BeforeValidator(_names)] = Field(
        [], description="Shift types that nobody has any more."
    )
    change: list[ShiftChange] = Field([], description="Other or new shift types.")


class BlendChange(_OfCaseType):
    """How case types get their time."""

    to: Blend = Field(description="How they get it: ring-fenced, dedicated or fill.")
    fill_efficiency: float | None = Field(
        None,
        ge=0,
        le=1,
        description="With fill: share of the time of people on calls beyond what "
        "calls require that counts as work on cases.",
    )


class Absence(Section):
    """A share of all agents' days on which they are away, unforeseen."""

    share: float = Field(ge=0, lt=1, description="0.08: eight of a hundred days.")
    how: Literal["people", "shrinkage"] = Field(
        "people",
        description="people: leave on days drawn by chance; shrinkage: that much more "
        "unplanned shrinkage of every queue and case type.",
    )
    seed: int = Field(0, ge=0, description="Of the days drawn.")


CallChanges = Annotated[list[CallChange], _listed("change")]
InflowChanges = Annotated[list[InflowChange], _listed("change")]
CaseTimeChanges = Annotated[list[CaseTimeChange], _listed("change")]
ShrinkageChanges = Annotated[list[ShrinkageChange], _listed("by")]
TargetChanges = Annotated[list[TargetChange], _listed("service_level")]
SlaChanges = Annotated[list[SlaChange], _listed("within")]
StaffChanges = Annotated[list[StaffChange], _listed("add")]
OvertimeChanges = Annotated[list[OvertimeChange], _listed("hours")]
MenuChanges = Annotated[list[MenuChange], _listed("remove")]
BlendChanges = Annotated[list[BlendChange], _listed("to")]
Absences = Annotated[list[Absence], _listed("share")]
Overrides = dict[str, Any]

#: Keys of what happens to a centre; the others are what its planner decides.
CIRCUMSTANCES = (
    "calls",
    "handle_time",
    "inflow",
    "case_handle_time",
    "shrinkage",
    "absence",
)


class Changes(Section):
    """What is other than in the plan; what is left out stays."""

    calls: CallChanges = Field([], description="Calls.")
    handle_time: CallChanges = Field([], description="Handle time of calls.")
    inflow: InflowChanges = Field([], description="New cases.")
    case_handle_time: CaseTimeChanges = Field([], description="Handle time of cases.")
    shrinkage: ShrinkageChanges = Field([], description="Unplanned shrinkage.")
    absence: Absences = Field([], description="People who are away, unforeseen.")
    targets: TargetChanges = Field([], description="What queues promise.")
    sla: SlaChanges = Field([], description="Deadlines of cases.")
    agents: StaffChanges = Field([], description="More agents, or fewer.")
    overtime: OvertimeChanges = Field([], description="Hours of it a week.")
    shift_types: MenuChanges = Field([], description="Another menu of shifts.")
    blend: BlendChanges = Field([], description="How case types get their time.")
    set: Overrides = Field(
        {},
        description="Any other key of the plan, by its path; names stand for positions "
        "in lists: set.queues.phones.patience_seconds = 60.",
    )
