"""Local time: minutes of the horizon, opening hours and SLA deadlines.

Only here, and where files are read and written, are there dates and time zones. All
arithmetic is in elapsed minutes (UTC), so days with a clock change are right.
"""

from scheduler.calendars.axis import TimeAxis
from scheduler.calendars.hours import ALWAYS, OpenHours
from scheduler.calendars.sla import deadline, received, resumed
from scheduler.calendars.stretches import clipped, gaps, merged

__all__ = [
    "ALWAYS",
    "OpenHours",
    "TimeAxis",
    "clipped",
    "deadline",
    "gaps",
    "merged",
    "received",
    "resumed",
]
