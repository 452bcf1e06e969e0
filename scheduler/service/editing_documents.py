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
    date: dt.date


class LocksAsked(BaseModel):
    """All locks of a draft."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    locks: list[Lock] = Field(max_length=500)


class EditsAsked(BaseModel):
    """Edits of a draft, one after the other: all of them are made, or none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    edits: list[EditEntry] = Field(min_length=1, max_length=50)


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

    id: str
    roster: str = Field(description="Id of the job whose roster it began with.")
    name: str
    plan_hash: str
    version: int = Field(description="Grows with every change.")
    edits: int = Field(description="That can be undone.")
    undone: int = Field(description="That can be done again.")
    locks: list[Lock]
    created_at: dt.datetime
    changed_at: dt.datetime


class DraftList(Said):
    """Drafts, those changed last first."""

    items: list[DraftDocument]


class AgentWeek(Said):
    """All shifts of an agent, and what fills them."""

    agent_id: str
    roster: list[RosterRow]
    activities: list[ActivityRow]


class WeekList(Said):
    """Weeks of agents."""

    items: list[AgentWeek]


class OnCalls(Said):
    """People on calls in some intervals: of a queue, or queues that share agents."""

    queue: str
    starts: list[dt.datetime]
    rostered: list[float] = Field(description="People, by their speed.")
    short: list[float] = Field(description="Missing of those who must be there.")


class OnCallsList(Said):
    """People on calls, where a draft differs from what it began with."""

    items: list[OnCalls]
    violations: int = Field(description="All breaches that there are now.")


class EditedDocument(Said):
    """What has become of a draft; breaches are at most 200 of each kind.

    ``new`` were not there before, ``kept`` were, ``mended`` are gone.
    """

    draft: DraftDocument
    agents: list[AgentWeek] = Field(description="Whose weeks have changed.")
    legal: bool
    new: list[ViolationEntry]
    kept: list[ViolationEntry]
    mended: list[ViolationEntry]
    violations: int = Field(description="All breaches that there are now.")
    change: dict[str, float] = Field(
        description="What each goal costs more, paid hours."
    )
    objective: float = Field(description="Paid hours.")
    objective_parts: dict[str, float]
    calls: list[OnCalls] = Field(description="People on calls, where that changes.")


class VersionDocument(Said):
    """A published version; it is never changed."""

    id: str
    number: int = Field(description="Among the versions of the same days of a plan.")
    published_by: str
    published_at: dt.datetime
    name: str = Field(description="Of the plan.")
    first_day: dt.date
    days: int
    time_zone: str
    roster: str = Field(description="Id of the job that it comes from.")
    draft: str | None
    plan_hash: str
    legal: bool
    violations: int
    reason: str = Field(description="Why it was published although it breaks rules.")
    changed_agents: int = Field(
        description="Whose days differ from the version before."
    )


class VersionList(Said):
    """Versions, the latest first."""

    items: list[VersionDocument]


class DayChanged(Said):
    """What has changed on a date."""

    date: dt.date
    change: Change
    before: TimedShift | None
    after: TimedShift | None
    activities: list[DoingChange]


class AgentChanges(Said):
    """What has changed for an agent."""

    agent_id: str
    days: list[DayChanged]


class ChangesDocument(Said):
    """What a version changes against the one before; nothing in the first."""

    number: int
    before: int | None
    agents: list[AgentChanges]


class LinkAsked(BaseModel):
    """Whose link is to be made."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    agent_id: str = Field(min_length=1, max_length=200)


class LinkDocument(Said):
    """An agent's link to their own published weeks."""

    id: str
    agent_id: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None


class NewLink(LinkDocument):
    """A link that was just made; its path is told this once."""

    path: str
    calendar_path: str


class LinkList(Said):
    """Links of agents, without their paths."""

    items: list[LinkDocument]
