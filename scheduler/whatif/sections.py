"""The file of scenarios: single ones, grids, and samples of what may come."""

from typing import Literal

from pydantic import Field

from scheduler.domain import Name, Section
from scheduler.whatif.changes import (
    Absences,
    BlendChanges,
    CallChanges,
    CaseTimeChanges,
    Changes,
    InflowChanges,
    MenuChanges,
    Overrides,
    OvertimeChanges,
    ShrinkageChanges,
    SlaChanges,
    StaffChanges,
    TargetChanges,
)

BASE = "base"


class Scenario(Changes):
    """One change of the plan, or several together."""

    name: Name


class Grid(Section):
    """Every combination of some values: each key has a list of what a scenario has."""

    name: Name
    calls: list[CallChanges] = Field([], description="Calls.")
    handle_time: list[CallChanges] = Field([], description="Handle time of calls.")
    inflow: list[InflowChanges] = Field([], description="New cases.")
    case_handle_time: list[CaseTimeChanges] = Field(
        [], description="Handle time of cases."
    )
    shrinkage: list[ShrinkageChanges] = Field([], description="Unplanned shrinkage.")
    absence: list[Absences] = Field([], description="People who are away, unforeseen.")
    targets: list[TargetChanges] = Field([], description="What queues promise.")
    sla: list[SlaChanges] = Field([], description="Deadlines of cases.")
    agents: list[StaffChanges] = Field([], description="More agents, or fewer.")
    overtime: list[OvertimeChanges] = Field([], description="Hours of it a week.")
    shift_types: list[MenuChanges] = Field([], description="Other menus of shifts.")
    blend: list[BlendChanges] = Field([], description="How case types get their time.")
    set: list[Overrides] = Field(
        [], description="Other keys of the plan, by their paths."
    )


class Uncertain(Section):
    """How far what comes is from its forecast: a factor for each day, 1 on average."""

    cv: float = Field(ge=0, le=2, description="Standard deviation of the factor.")
    distribution: Literal["lognormal", "gamma"] = Field(
        "lognormal", description="Of the factor."
    )
    day_to_day: float = Field(
        0, gt=-1, lt=1, description="Correlation of a day with the next."
    )
    together: float = Field(
        0, ge=0, le=1, description="Correlation of two queues (case types) on a day."
    )


class UncertainCalls(Uncertain):
    """The same, and besides a factor of each interval by itself."""

    interval_cv: float = Field(
        0, ge=0, le=2, description="Standard deviation of the interval's own factor."
    )


class ForecastSamples(Section):
    """Weeks as they may come, drawn from the errors of the forecast.

    The same sample has the same errors in every scenario.
    """

    name: Name
    count: int = Field(ge=1, le=1000, description="How many.")
    seed: int = Field(
        0, ge=0, description="Of the draws: the same seed, the same samples."
    )
    scenarios: list[Name] = Field(
        [BASE],
        min_length=1,
        description="Scenarios (or grids: all of it) that meet them; base: the plan.",
    )
    calls: UncertainCalls | None = Field(
        None, description="How far calls are from their forecast."
    )
    handle_time: Uncertain | None = Field(
        None, description="How far handle times of calls are from their forecast."
    )
    inflow: Uncertain | None = Field(
        None, description="How far new cases are from their forecast."
    )
    case_handle_time: Uncertain | None = Field(
        None, description="One factor for the whole horizon."
    )
    absence: float = Field(
        0, ge=0, lt=1, description="Share of agents' days away, drawn for each sample."
    )


class ScenarioFile(Section):
    """All scenarios; the plan as it is, ``base``, is always one of them."""

    format: Literal[1] = Field(1, description="Version of this format.")
    scenarios: list[Scenario] = Field(
        [], description="Changes of the plan, each by itself."
    )
    grids: list[Grid] = Field([], description="Combinations of changes, all of them.")
    samples: list[ForecastSamples] = Field(
        [], description="Weeks as they may come, drawn from the errors of the forecast."
    )
