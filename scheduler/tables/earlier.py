"""Rows of the tables that are files of an earlier run, copied as they are."""

import datetime as dt
from enum import StrEnum

from pydantic import Field

from scheduler.tables.row import Copied, Id, Moment


class WishHistory(Copied):
    """wish_history.csv: wishes granted or not before the first day.

    Rows of wishes.csv of earlier runs.
    """

    agent_id: Id
    date: dt.date = Field(description="Day of the wish.")
    granted: bool = Field(description="yes or no.")


class Published(Copied):
    """published.csv: the roster that people know of; roster.csv of an earlier run."""

    agent_id: Id
    date: dt.date = Field(description="Day on which the shift starts.")
    shift_type: Id
    start: Moment
    end: Moment
    paid_minutes: int | None = Field(
        None, description="As in roster.csv; the shift type says it anyway."
    )


class ActivityKind(StrEnum):
    """What an agent does at a moment of a shift."""

    VOICE = "voice"
    CASE = "case"
    IDLE = "idle"
    BREAK = "break"
    MEETING = "meeting"
    OTHER = "other"


class PublishedActivity(Copied):
    """published_activities.csv: what fills its shifts; activities.csv of that run."""

    agent_id: Id
    start: Moment
    end: Moment
    kind: ActivityKind = Field(
        description="voice, case, idle, break, meeting or other."
    )
    activity: str = Field("", description="Its queue (or queues), or case type.")
