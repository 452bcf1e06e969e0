"""The content of results.json."""

from pydantic import Field

from scheduler.rosters.document import Entry, StatusOfMany
from scheduler.whatif.head import SolvesDocument


class SiteEntry(Entry):
    """One site. Costs are in paid hours' worth."""

    name: str
    time_zone: str
    agents: int
    status: StatusOfMany
    cost: float | None
    bound: float | None = Field(
        description="No roster costs less, with this site's part of shared queues."
    )
    gap: float | None = Field(description="(cost - bound) / bound.")
    paid_hours: float | None
    short_hours: float | None = Field(
        description="People missing on calls, of the set of queues that misses most."
    )
    breaches: float | None = Field(
        description="Cases not done by their deadline in the horizon."
    )
    seconds: float | None = Field(description="Of the search.")
    megabytes: float | None = Field(description="Most memory of its process.")
    found_before: bool = Field(description="Whether an earlier run has solved it.")
    folder: str | None = Field(
        description="Has its plan.json, and its roster in roster/; null without one."
    )
    plan_hash: str
    error: str | None
    why: list[str] = Field(description="Why no roster exists.")


class SharedEntry(Entry):
    """Sites that share queues, directly or by way of others."""

    queues: list[str]
    sites: list[str]
    cost: float | None = Field(description="Of all its sites.")
    bound: float | None = Field(
        description="Rosters of its sites cost no less together, however the people "
        "that shared queues need are divided among them."
    )
    gap: float | None
    divisions: int = Field(description="That were tried.")


class SitesTotal(Entry):
    """All sites together; null where a site has none."""

    sites: int
    solved: int = Field(description="Sites with a roster.")
    agents: int
    cost: float | None
    bound: float | None = Field(
        description="Of sites alone, and of those that share queues together."
    )
    gap: float | None
    widest_gap: float | None = Field(description="Of any site.")
    paid_hours: float | None
    breaches: float | None
    seconds: float = Field(
        description="Of the searches for these rosters, one after the other."
    )
    megabytes: float | None = Field(description="Of the largest process.")


class SitesDocument(SolvesDocument):
    """results.json: every site, and all of them together."""

    sites: list[SiteEntry]
    shared: list[SharedEntry]
    total: SitesTotal
