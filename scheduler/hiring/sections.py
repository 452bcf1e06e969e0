"""The file of hires: who can be hired, for which weeks, and what must be met."""

from typing import Literal, Self

from pydantic import Field, model_validator

from scheduler.domain import Name, Section
from scheduler.tables import Amount
from scheduler.whatif.sections import ForecastSamples, Scenario

MOST_OF_A_KIND = 1000


class HireKind(Section):
    """Somebody who can be hired: like an agent of the plan, or by contract and skills.

    Nobody hired has leave, meetings, wishes or history.
    """

    name: Name
    like: Name | None = Field(
        None,
        description="Agent whose contract, skills, team, roles and availability they "
        "have.",
    )
    contract: Name | None = Field(
        None, description="Name of their contract. Default: that of whom they are like."
    )
    skills: list[Name] = Field([], description="Default: those of whom they are like.")
    speed: float = Field(1, gt=0, le=2, description="In their skills.")
    cost_per_week: Amount = Field(
        0,
        ge=0,
        description="What each costs a week beside the hours that they are paid for, "
        "in paid hours' worth.",
    )
    at_least: int = Field(0, ge=0, le=MOST_OF_A_KIND, description="So many at least.")
    at_most: int = Field(ge=1, le=MOST_OF_A_KIND, description="So many at most.")

    @model_validator(mode="after")
    def _says_who(self) -> Self:
        if self.like is None and self.contract is None:
            raise ValueError("expected a contract, or whom they are like")
        if self.like is None and not self.skills:
            raise ValueError("expected skills, or whom they are like")
        if self.at_least > self.at_most:
            raise ValueError(f"expected at_least <= at_most, which is {self.at_most}")
        return self


_WEIGHT = "How often it comes, against the others."


class HireWeek(Scenario):
    """A week to be met: the plan with changes as in a file of scenarios, or as it is.

    Changes come first, then the hires: nobody hired is away.
    """

    weight: Amount = Field(1, gt=0, description=_WEIGHT)


class HireSamples(ForecastSamples):
    """Weeks drawn from the errors of the forecast."""

    weight: Amount = Field(1, gt=0, description="How often each comes.")


class Targets(Section):
    """What the roster of every week must give; what is left out is not asked."""

    short_hours: Amount | None = Field(
        None,
        ge=0,
        description="Agent-hours short on calls at most, of each set of queues.",
    )
    breaches: Amount | None = Field(
        None, ge=0, description="Cases not done by their deadline at most."
    )
    service_level: float | None = Field(
        None, gt=0, le=1, description="Predicted, of all calls, at least."
    )


class HireLimits(Section):
    """Limits of all hires together."""

    hires: int | None = Field(None, ge=0, description="So many at most.")
    cost_per_week: Amount | None = Field(
        None, ge=0, description="Sum of what they cost a week beside their hours."
    )


class HiringFile(Section):
    """Hires, weeks, targets. Without weeks and samples the week is the plan itself."""

    format: Literal[1] = Field(1, description="Version of this format.")
    hires: list[HireKind] = Field(min_length=1, description="Who can be hired.")
    weeks: list[HireWeek] = Field([], description="That are to be met.")
    samples: list[HireSamples] = Field([], description="More of them, drawn.")
    targets: Targets = Field(
        Targets(), description="What every week's roster must give."
    )
    limits: HireLimits = Field(
        HireLimits(), description="Limits of all hires together."
    )
