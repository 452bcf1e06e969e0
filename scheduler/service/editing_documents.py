"""What the service says of drafts, published versions, and agents' links."""

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from scheduler.rosters.changes import Change, DoingChange, TimedShift
from scheduler.rosters.document import ViolationEntry
from scheduler.rosters.edits import EditEntry
from scheduler.service.documents import ActivityRow, RosterRow, Said


class Lock(BaseModel):
    """An agent's day that is not to change when the draft is solved again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agent_id: str = Field(min_length=1, max_length=200)
    date: dt.date = Field(description="Day that is not to change.")


class LocksAsked(BaseModel):
    """All locks of a draft."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    locks: list[Lock] = Field(
        max_length=500, description="They take the place of all that there were."
    )


class EditsAsked(BaseModel):
    """Edits of a draft, one after the other: all of them are made, or none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    edits: list[EditEntry] = Field(
        min_length=1, max_length=50, description="In the order in which they are made."
    )


class PublishAsked(BaseModel):
    """What goes with a roster that is published."""

    reason: str = Field(
        "",
        max_length=1000,
        description="Why it is published although it breaks rules; without one it is "
        "refused then.",
    )


class DraftDocument(Said):
    """A draft as it stands; its ETag goes with every change."""

    id: str = Field(description="Id of the draft.")
    roster: str = Field(description="Id of the job whose roster it began with.")
    name: str = Field(description="Title of the plan.")
    plan_hash: str
    version: int = Field(description="Grows with every change.")
    edits: int = Field(description="That can be undone.")
    undone: int = Field(description="That can be done again.")
    locks: list[Lock] = Field(
        description="Days that are not to change when it is solved again."
    )
    created_at: dt.datetime = Field(description="When it was made.")
    changed_at: dt.datetime = Field(description="When it was changed last.")


class DraftList(Said):
    """Drafts, those changed last first."""

    items: list[DraftDocument] = Field(description="The drafts.")


class AgentWeek(Said):
    """All shifts of an agent, and what fills them."""

    agent_id: str
    roster: list[RosterRow] = Field(description="Their rows of roster.csv.")
    activities: list[ActivityRow] = Field(description="Their rows of activities.csv.")


class WeekList(Said):
    """Weeks of agents."""

    items: list[AgentWeek] = Field(description="One for each agent.")


class OnCalls(Said):
    """People on calls in some intervals: of a queue, or queues that share agents."""

    queue: str = Field(description="Name of the queue, or of queues that share agents.")
    starts: list[dt.datetime] = Field(description="Starts of the intervals.")
    rostered: list[float] = Field(description="People, by their speed.")
    short: list[float] = Field(description="Missing of those who must be there.")


class OnCallsList(Said):
    """People on calls, where a draft differs from what it began with."""

    items: list[OnCalls] = Field(
        description="Queues, and sets of queues that share agents."
    )
    violations: int = Field(description="All breaches that there are now.")


class EditedDocument(Said):
    """What has become of a draft; breaches are at most 200 of each kind.

    ``new`` were not there before, ``kept`` were, ``mended`` are gone.
    """

    draft: DraftDocument = Field(description="The draft as it stands now.")
    agents: list[AgentWeek] = Field(description="Whose weeks have changed.")
    legal: bool
    new: list[ViolationEntry] = Field(
        description="Breaches that were not there before."
    )
    kept: list[ViolationEntry] = Field(description="Breaches that were there before.")
    mended: list[ViolationEntry] = Field(description="Breaches that are gone.")
    violations: int = Field(description="All breaches that there are now.")
    change: dict[str, float] = Field(
        description="What each goal costs more, paid hours."
    )
    objective: float = Field(description="Paid hours.")
    objective_parts: dict[str, float]
    calls: list[OnCalls] = Field(description="People on calls, where that changes.")


class VersionDocument(Said):
    """A published version; it is never changed."""

    id: str = Field(description="Id of the version.")
    number: int = Field(description="Among the versions of the same days of a plan.")
    published_by: str = Field(description="Key or subject of who published it.")
    published_at: dt.datetime = Field(description="When it was published.")
    name: str = Field(description="Of the plan.")
    first_day: dt.date = Field(description="First day of the roster.")
    days: int = Field(description="Number of days.")
    time_zone: str
    roster: str = Field(description="Id of the job that it comes from.")
    draft: str | None = Field(
        description="Id of the draft that it comes from; null: none."
    )
    plan_hash: str
    legal: bool
    violations: int
    reason: str = Field(description="Why it was published although it breaks rules.")
    changed_agents: int = Field(
        description="Whose days differ from the version before."
    )


class VersionList(Said):
    """Versions, the latest first."""

    items: list[VersionDocument] = Field(description="The versions.")


class DayChanged(Said):
    """What has changed on a date."""

    date: dt.date
    change: Change = Field(description="What has become of it.")
    before: TimedShift | None = Field(description="The shift that it was; null: none.")
    after: TimedShift | None = Field(
        description="The shift that it is now; null: none."
    )
    activities: list[DoingChange] = Field(
        description="What has other times in the same shift."
    )


class AgentChanges(Said):
    """What has changed for an agent."""

    agent_id: str
    days: list[DayChanged] = Field(description="Days that have changed.")


class ChangesDocument(Said):
    """What a version changes against the one before; nothing in the first."""

    number: int = Field(description="Of the version, also of one that is yet to be.")
    before: int | None = Field(
        description="Number of the version before; null for the first."
    )
    agents: list[AgentChanges] = Field(description="Whose days have changed.")


class LinkAsked(BaseModel):
    """Whose link is to be made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agent_id: str = Field(min_length=1, max_length=200)


class LinkDocument(Said):
    """An agent's link to their own published weeks."""

    id: str = Field(description="Id of the link.")
    agent_id: str
    created_at: dt.datetime = Field(description="When it was made.")
    revoked_at: dt.datetime | None = Field(
        description="When it was revoked; null: it is good."
    )


class NewLink(LinkDocument):
    """A link that was just made; its path is told this once."""

    path: str = Field(description="Path of the agent's page; it holds the secret.")
    calendar_path: str = Field(description="Path of the same weeks as a calendar.")


class LinkList(Said):
    """Links of agents, without their paths."""

    items: list[LinkDocument] = Field(description="The links.")
