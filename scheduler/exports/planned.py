"""What stands in an agent's calendar: shifts, and what fills them."""

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.roster.problem import Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.translate import Translation

SHIFT = "shift"
RING_FENCED = "ring-fenced: no calls"
_SPACE = uuid.uuid5(uuid.NAMESPACE_OID, "ringfence calendar event")
_WORDS = {
    Kind.VOICE: "Calls",
    Kind.CASE: "Cases",
    Kind.IDLE: "Nothing planned",
    Kind.BREAK: "Break",
    Kind.MEETING: "Meeting",
    Kind.OTHER: "Other",
}


@dataclass(frozen=True)
class Planned:
    """An event of an agent's calendar.

    Attributes
    ----------
    uid
        The same for the same thing in every version of a plan's roster.
    date
        On which its shift is rostered, also of what is done after midnight.
    category
        ``shift``, or the kind of the activity.
    parent
        The shift's ``uid``; ``None`` of shifts, and of what lies in none.
    name
        Of the shift type, the work, the break or the meeting.
    """

    uid: str
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    category: str
    summary: str
    description: str = ""
    parent: str | None = None
    name: str = ""


class Uids:
    """Names of an agent's events, the same in every version of a plan's roster."""

    def __init__(self, plan: str, agent: str) -> None:
        self._plan, self._agent = plan, agent
        self._seen: Counter[tuple[dt.date, str, str]] = Counter()

    def __call__(self, date: dt.date, category: str, name: str) -> str:
        """Return the name of the next event of a kind on a date."""
        key = (date, category, name)
        self._seen[key] += 1
        parts = [*key[1:], self._seen[key]]
        parts = [self._plan, self._agent, date.isoformat(), *parts]
        return str(uuid.uuid5(_SPACE, json.dumps(parts)))


def planned(
    translation: Translation, roster: Roster, *, shifts_only: bool = False
) -> dict[str, list[Planned]]:
    """Return the events of each agent, those without any among them."""
    names = [agent.name for agent in translation.problem.agents]
    shifts: list[list[Worked]] = [[] for _ in names]
    doings: list[list[Activity]] = [[] for _ in names]
    for shift in sorted(roster.worked, key=lambda w: w.start):
        shifts[shift.agent].append(shift)
    if not shifts_only:
        for doing in sorted(roster.activities or (), key=lambda x: x.start):
            doings[doing.agent].append(doing)
    return {
        names[a]: list(_of_agent(translation, names[a], shifts[a], doings[a]))
        for a in range(len(names))
    }


def _of_agent(
    translation: Translation,
    agent: str,
    shifts: Sequence[Worked],
    doings: Sequence[Activity],
) -> Iterator[Planned]:
    """Yield an agent's shifts, each with what is done in it, and what is in none.

    The n-th stretch of the same work on a date is the same event in every version: a
    lunch that moves is an event that changes, not one that goes and one that comes.
    """
    plan, axis = translation.plan.name, translation.axis
    uid = Uids(plan, agent)
    homes: dict[int, tuple[dt.date, str]] = {}
    for shift in shifts:
        date, own = axis.date(shift.day), uid(axis.date(shift.day), SHIFT, "")
        within = [x for x in doings if shift.start <= x.start < shift.end]
        homes.update(dict.fromkeys(map(id, within), (date, own)))
        start, end = axis.moment(shift.start), axis.moment(shift.end)
        kind = translation.problem.shift_types[shift.shift_type].name
        paid = paid_words(shift.paid_minutes)
        summary = shift_summary(kind, start, end)
        yield Planned(own, date, start, end, SHIFT, summary, paid, name=kind)
    for x in doings:
        date, parent = homes.get(id(x), (axis.date_of(x.start), None))
        yield Planned(
            uid=uid(date, x.kind.value, x.name),
            date=date,
            start=axis.moment(x.start),
            end=axis.moment(x.end),
            category=x.kind.value,
            summary=summary_of(x.kind, x.name),
            description=RING_FENCED if x.kind is Kind.CASE else "",
            parent=parent,
            name=x.name,
        )


def shift_summary(kind: str, start: dt.datetime, end: dt.datetime) -> str:
    """Return what a shift is called in a calendar."""
    return f"{kind} {start:%H:%M}-{end:%H:%M}"


def paid_words(minutes: int) -> str:
    """Return paid minutes as words.

    >>> paid_words(450)
    '7 h 30 min paid'
    """
    return "{} h {:02} min paid".format(*divmod(minutes, 60))


def summary_of(kind: Kind, name: str) -> str:
    """Return what an activity is called in a calendar.

    >>> summary_of(Kind.VOICE, "phones+loan line"), summary_of(Kind.BREAK, "lunch")
    ('Calls: phones, loan line', 'Break: lunch')
    >>> summary_of(Kind.BREAK, "first break"), summary_of(Kind.IDLE, "")
    ('first break', 'Nothing planned')
    """
    word = _WORDS[kind]
    if not name:
        return word
    if word.casefold() in name.casefold():
        return name
    shown = name.replace("+", ", ") if kind is Kind.VOICE else name
    return f"{word}: {shown}"
