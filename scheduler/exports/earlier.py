"""The calendars that a folder holds from an earlier export."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from icalendar import Calendar, Event

from models.errors import PlanError
from scheduler.exports.events import date_of, version_of
from scheduler.reading.finding import Finding

PRODUCT = "-//Ringfence//Calendars//EN"
_AGENT, _PLAN = "X-RINGFENCE-AGENT", "X-RINGFENCE-PLAN"


@dataclass(frozen=True, eq=False)
class Earlier:
    """An agent's calendar as it was written before.

    Attributes
    ----------
    file
        Its name in the folder.
    plan
        Name of the plan that it was written for.
    events
        By uid.
    """

    file: str
    content: str
    plan: str
    events: dict[str, Event]


NONE = Earlier("", "", "", {})


def marked_with(calendar: Calendar, agent: str, plan: str) -> None:
    """Write into a calendar whose it is, and of which plan."""
    for name, value in ((_AGENT, agent), (_PLAN, plan)):
        calendar.add(name, quote(value, safe="", errors="surrogatepass"))


def read_earlier(folder: Path, files: Mapping[str, str]) -> dict[str, Earlier]:
    """Return by agent the calendars of a folder that were written before.

    ``files`` tells which file each agent is to have. Other calendars, which are not of
    this product, are left alone.

    Raises
    ------
    PlanError
        With every file that would be written over and is none of this product.
    """
    found: dict[str, Earlier] = {}
    strange = []
    wanted = set(files.values())
    for path in sorted(folder.glob("*.ics")):
        read = _read(path)
        if read is None and path.name in wanted:
            expected = "a calendar that ringfence has written, or no file of that name"
            strange.append(Finding(str(path), None, None, None, expected))
        elif read is not None:
            agent, earlier = read
            if agent not in found or path.name == files.get(agent):
                found[agent] = earlier
    if strange:
        raise PlanError(strange)
    return found


def _read(path: Path) -> tuple[str, Earlier] | None:
    """Return whose calendar it is, and what it says; ``None`` if it is not ours."""
    try:
        content = path.read_bytes().decode()
        if PRODUCT not in content:
            return None
        calendar = Calendar.from_ical(content)
        agent, plan = (
            unquote(str(calendar[name]), errors="surrogatepass")
            for name in (_AGENT, _PLAN)
        )
        events = {str(event["UID"]): event for event in calendar.events}
        for event in events.values():
            _checked(event)
    except (ValueError, KeyError, AttributeError):
        return None
    return agent, Earlier(path.name, content, plan, events)


def _checked(event: Event) -> None:
    """Raise ``ValueError`` or ``KeyError`` where an event lacks what ours have."""
    version_of(event)
    date_of(event)
    if not isinstance(event.start, dt.datetime) or event.start.tzinfo is None:
        raise ValueError
