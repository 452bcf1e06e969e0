"""Rows of the tables that are files of an earlier run, copied as they are."""

import datetime as dt
from enum import StrEnum
from typing import Any

from pydantic import Field, model_validator

from scheduler.tables.guarded import plain
from scheduler.tables.row import Id, Moment, Row


class Copied(Row):
    """Base of them: names are written so that no spreadsheet runs them."""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {
                key: plain(cell) if isinstance(cell, str) else cell
                for key, cell in data.items()
            }
        return data


class WishHistory(Copied):
    """wish_history.csv: wishes granted or not before the first day.

    Rows of wishes.csv of earlier runs.
    """

    agent_id: Id
    date: dt.date
    granted: bool = Field(description="yes or no.")


class Published(Copied):
    """published.csv: the roster that people know of; roster.csv of an earlier run."""

    agent_id: Id
    date: dt.date
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
