"""What is short while a roster is being built, as it is told."""

import datetime as dt

from pydantic import Field

from scheduler.rosters.document import Entry


class ShortInterval(Entry):
    """An interval with too few people."""

    start: dt.datetime = Field(description="Start of the interval.")
    people: float = Field(description="Missing of those who must be there.")


class ShortQueue(Entry):
    """What a queue lacks, or a set of queues that share agents."""

    queue: str
    queues: list[str] = Field(description="Its own name, or those of the set.")
    short_hours: list[float] = Field(description="Agent-hours missing, by day.")
    worst: list[ShortInterval] = Field(description="At most five, in order of time.")


class LateCases(Entry):
    """Cases of a type that would be late."""

    case_type: str
    late: list[float] = Field(
        description="Past their deadline when the day ends, by day: the work that is "
        "late then, in mean cases. Those late before the first day count from when the "
        "plan wants them done."
    )
    late_hours: list[float] = Field(description="The same in agent-hours.")


class SoFar(Entry):
    """What the best roster so far leaves short and late.

    Queues by themselves, and the sets that lie in no larger one.
    """

    days: list[dt.date] = Field(description="Dates of the horizon.")
    queues: list[ShortQueue] = Field(
        description="What is short, by queue or set of queues that share agents."
    )
    case_types: list[LateCases] = Field(description="What is late, by case type.")
