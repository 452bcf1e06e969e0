"""The content of hire.json."""

from typing import Literal

from pydantic import Field

from scheduler.rosters.document import Entry, StatusOfMany
from scheduler.whatif.document import Outlook
from scheduler.whatif.head import PlanSolvesDocument

TABLE_FILE, DOCUMENT_FILE, PAGE_FILE = "hire.csv", "hire.json", "hire.html"


class BesideEntry(Entry):
    """The mix with one more or one fewer of a kind."""

    mix: list[int] = Field(description="How many of each kind, in the kinds' order.")
    cost: float | None = Field(
        description="Of the rosters found; null where none were looked for, or none "
        "meet the targets."
    )
    bound: float | None = Field(
        description="It costs no less; null: proved that it does not meet everything."
    )
    more: float | None = Field(description="What it costs more than the mix.")
    meets: bool | None = Field(
        description="Whether its rosters meet the targets; null where none were "
        "looked for."
    )
    missed: list[str] = Field(description="Targets that some week does not meet.")
    too_small: bool = Field(
        description="Whether the gaps leave open which of the two costs less."
    )


class KindEntry(Entry):
    """Somebody who can be hired."""

    name: str
    number: int | None = Field(description="How many are hired; null without a mix.")
    at_least: int = Field(description="So many at least.")
    at_most: int = Field(description="So many at most.")
    cost_per_week: float = Field(
        description="What each costs a week beside paid hours."
    )
    one_more: BesideEntry | None = Field(
        description="Null without a mix, or at a limit."
    )
    one_fewer: BesideEntry | None = Field(
        description="The mix with one fewer of them; null without a mix, or at a limit."
    )


class HireWeekEntry(Entry):
    """A week with the mix: its roster, found by the ordinary engine."""

    name: str
    share: float = Field(description="Of the mean over all weeks.")
    folder: str | None = Field(
        description="Has its plan.json, and its roster in roster/; null without one."
    )
    status: StatusOfMany = Field(description="How its solve ended.")
    error: str | None = Field(description="Why its solve failed; null unless it did.")
    why: list[str] = Field(description="Why no roster exists.")
    plan_hash: str
    figures: Outlook = Field(description="What its roster gives.")
    service_level_at_best: bool = Field(
        description="Whether people of several queues count in full in each."
    )
    bound: float | None = Field(description="No roster of it costs less.")
    gap: float | None
    seconds: float | None
    missed: list[str] = Field(description="Targets that its roster does not meet.")


class TriedEntry(Entry):
    """A mix whose rosters were looked for."""

    mix: list[int] = Field(description="How many of each kind, in the kinds' order.")
    hires_cost: float = Field(description="Of the hires beside their hours.")
    cost: float | None = Field(
        description="Of hires and rosters; null where a week has no legal one."
    )
    bound: float | None = Field(
        description="It costs no less; null: proved that it does not meet everything."
    )
    meets: bool = Field(description="Whether its rosters meet the targets.")
    missed: list[str] = Field(description="Targets that some week does not meet.")
    short_hours: float | None = Field(description="Of the week that misses most.")
    breaches: float | None = Field(description="Of the week with most.")
    service_level: float | None = Field(description="Of the week with the lowest.")


class TargetsEntry(Entry):
    """What every week must meet; null: not asked."""

    short_hours: float | None = Field(description="Agent-hours short on calls at most.")
    breaches: float | None = Field(
        description="Cases not done by their deadline at most."
    )
    service_level: float | None = Field(
        description="Predicted, of all calls, at least."
    )


class HireDocument(PlanSolvesDocument):
    """hire.json: the mix of hires of least cost. Costs are in paid hours' worth.

    A cost is that of the hires and of a mean week's roster together, for as long as the
    plan is.
    """

    status: Literal["optimal", "feasible", "infeasible", "unknown", "failed"] = Field(
        description="optimal: proved that no mix costs less; feasible: one that meets "
        "everything; infeasible: proved that none does; unknown: none found, and not "
        "proved that none does; failed: a solve failed."
    )
    targets: TargetsEntry = Field(description="What every week must meet.")
    kinds: list[KindEntry] = Field(description="Who can be hired, and how many are.")
    cost: float | None = Field(description="Of the mix.")
    hires_cost: float | None = Field(description="Of its hires beside their hours.")
    weeks_cost: float | None = Field(description="Of a mean week's roster.")
    bound: float | None = Field(
        description="No mix costs less; null: proved that none meets everything."
    )
    columns_bound: float = Field(
        description="What column generation alone proves, with whole hires."
    )
    gap: float | None = Field(description="(cost - bound) / bound.")
    mixes: int = Field(description="Within the limits.")
    ruled_out: int = Field(description="Proved not to meet everything.")
    weeks: list[HireWeekEntry] = Field(description="With the mix.")
    tried: list[TriedEntry] = Field(description="Mixes whose rosters were looked for.")
