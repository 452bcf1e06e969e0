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
    paid_hours: float | None
    overtime_hours: float | None
    objective: float | None = Field(description="Cost in paid hours' worth.")


class Difference(Outlook):
    """What a scenario's roster has more than that of the base.

    The best rosters of the two differ in cost by at least ``cost_least`` and at most
    ``cost_most``, which the gaps leave open.
    """

    cost_least: float | None
    cost_most: float | None
    too_small: list[str] = Field(
        description="Figures whose difference may be only that of two gaps."
    )


class ScenarioEntry(Entry):
    """One scenario."""

    name: str
    folder: str | None = Field(
        description="Has its plan.json, and its roster in roster/; null without one."
    )
    changes: str
    circumstances: str = Field(
        description="What happens in it; others with the same differ by decisions."
    )
    grid: str | None
    of: str = Field(description="Scenario that meets a sample; else its own name.")
    samples: str | None
    sample: int | None = Field(description="Counted from 1.")
    status: StatusOfMany
    error: str | None
    why: list[str] = Field(description="Why no roster exists.")
    found_before: bool = Field(description="Whether it was solved in an earlier run.")
    repeatable: bool
    plan_hash: str
    figures: Outlook
    service_level_at_best: bool = Field(
        description="Whether people of several queues count in full in each."
    )
    bound: float | None = Field(description="No roster costs less.")
    gap: float | None = Field(description="(objective - bound) / bound.")
    seconds: float | None
    against: str | None = Field(
        description="Scenario that it is compared with: the base, of the same sample."
    )
    difference: Difference | None
    on_frontier: bool = Field(
        description="Whether no other decision in the same circumstances is as good in "
        "paid hours, service level and breaches, and better in one."
    )


class Spread(Entry):
    """A figure over samples."""

    mean: float
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

    samples: str
    of: str
    count: int = Field(description="Samples with a roster.")
    without: int = Field(description="Samples with none.")
    figures: dict[str, Spread]


class WhatIfDocument(PlanSolvesDocument):
    """whatif.json: scenarios of a plan side by side. Costs are in paid hours' worth."""

    scenarios: list[ScenarioEntry] = Field(description="The plan as it is first.")
    sampled: list[SampledEntry]
