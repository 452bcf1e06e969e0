"""The content of whatif.json."""

from pydantic import Field

from scheduler.rosters.document import Entry, StatusOfMany
from scheduler.whatif.head import PlanSolvesDocument

TABLE_FILE, DOCUMENT_FILE, PAGE_FILE = "whatif.csv", "whatif.json", "whatif.html"
METRICS = (
    "service_level",
    "short_hours",
    "breaches",
    "paid_hours",
    "overtime_hours",
    "objective",
)


class Outlook(Entry):
    """What a roster gives; null where nothing is known."""

    service_level: float | None = Field(
        description="Predicted, of all calls: answered in time / offered."
    )
    short_hours: float | None = Field(
        description="People missing on calls, of the set of queues that misses most."
    )
    breaches: float | None = Field(
        description="Cases not done by their deadline in the horizon."
    )
    paid_hours: float | None = Field(description="Paid hours of the roster.")
    overtime_hours: float | None = Field(
        description="Paid hours beyond contracts' hours."
    )
    objective: float | None = Field(description="Cost in paid hours' worth.")


class Difference(Outlook):
    """What a scenario's roster has more than that of the base.

    The best rosters of the two differ in cost by at least ``cost_least`` and at most
    ``cost_most``, which the gaps leave open.
    """

    cost_least: float | None = Field(
        description="In paid hours' worth; null where no bound is known."
    )
    cost_most: float | None = Field(
        description="In paid hours' worth; null where no bound is known."
    )
    too_small: list[str] = Field(
        description="Figures whose difference may be only that of two gaps."
    )


class ScenarioEntry(Entry):
    """One scenario."""

    name: str
    folder: str | None = Field(
        description="Has its plan.json, and its roster in roster/; null without one."
    )
    changes: str = Field(description="What it changes, in words.")
    circumstances: str = Field(
        description="What happens in it; others with the same differ by decisions."
    )
    grid: str | None = Field(
        description="Name of the grid that it comes from; null: none."
    )
    of: str = Field(description="Scenario that meets a sample; else its own name.")
    samples: str | None = Field(
        description="Name of the samples that it meets; null: none."
    )
    sample: int | None = Field(description="Counted from 1.")
    status: StatusOfMany = Field(description="How its solve ended.")
    error: str | None = Field(description="Why its solve failed; null unless it did.")
    why: list[str] = Field(description="Why no roster exists.")
    found_before: bool = Field(description="Whether it was solved in an earlier run.")
    repeatable: bool = Field(description="Whether the same call gives the same again.")
    plan_hash: str
    figures: Outlook = Field(description="What its roster gives.")
    service_level_at_best: bool = Field(
        description="Whether people of several queues count in full in each."
    )
    bound: float | None = Field(description="No roster costs less.")
    gap: float | None = Field(description="(objective - bound) / bound.")
    seconds: float | None
    against: str | None = Field(
        description="Scenario that it is compared with: the base, of the same sample."
    )
    difference: Difference | None = Field(
        description="What that is more than the base's; null where nothing is compared."
    )
    on_frontier: bool = Field(
        description="Whether no other decision in the same circumstances is as good in "
        "paid hours, service level and breaches, and better in one."
    )


class Spread(Entry):
    """A figure over samples."""

    mean: float = Field(description="Mean over the samples.")
    low: float = Field(description="Of a tenth of the samples it is at most this.")
    high: float = Field(description="Of a tenth of the samples it is at least this.")
    more: float | None = Field(
        description="Mean of what it is more than the base's in the same sample."
    )
    margin: float | None = Field(
        description="Half the width of the 95 % confidence interval of that mean."
    )


class SampledEntry(Entry):
    """A scenario over the samples that it meets."""

    samples: str = Field(description="Name of the samples.")
    of: str = Field(description="Name of the scenario.")
    count: int = Field(description="Samples with a roster.")
    without: int = Field(description="Samples with none.")
    figures: dict[str, Spread] = Field(description="What its rosters give, by figure.")


class WhatIfDocument(PlanSolvesDocument):
    """whatif.json: scenarios of a plan side by side. Costs are in paid hours' worth."""

    scenarios: list[ScenarioEntry] = Field(description="The plan as it is first.")
    sampled: list[SampledEntry] = Field(
        description="Scenarios over all samples that they meet."
    )
