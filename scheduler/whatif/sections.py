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
    calls: list[CallChanges] = []
    handle_time: list[CallChanges] = []
    inflow: list[InflowChanges] = []
    case_handle_time: list[CaseTimeChanges] = []
    shrinkage: list[ShrinkageChanges] = []
    absence: list[Absences] = []
    targets: list[TargetChanges] = []
    sla: list[SlaChanges] = []
    agents: list[StaffChanges] = []
    overtime: list[OvertimeChanges] = []
    shift_types: list[MenuChanges] = []
    blend: list[BlendChanges] = []
    set: list[Overrides] = []


class Uncertain(Section):
    """How far what comes is from its forecast: a factor for each day, 1 on average."""

    cv: float = Field(ge=0, le=2, description="Standard deviation of the factor.")
    distribution: Literal["lognormal", "gamma"] = "lognormal"
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
    seed: int = Field(0, ge=0)
    scenarios: list[Name] = Field(
        [BASE],
        min_length=1,
        description="Scenarios (or grids: all of it) that meet them; base: the plan.",
    )
    calls: UncertainCalls | None = None
    handle_time: Uncertain | None = None
    inflow: Uncertain | None = None
    case_handle_time: Uncertain | None = Field(
        None, description="One factor for the whole horizon."
    )
    absence: float = Field(
        0, ge=0, lt=1, description="Share of agents' days away, drawn for each sample."
    )


class ScenarioFile(Section):
    """All scenarios; the plan as it is, ``base``, is always one of them."""

    format: Literal[1] = Field(1, description="Version of this format.")
    scenarios: list[Scenario] = []
    grids: list[Grid] = []
    samples: list[ForecastSamples] = []
