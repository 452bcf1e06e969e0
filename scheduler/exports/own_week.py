"""One agent's published weeks: a page, and a calendar to subscribe to."""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar

from models.roster.problem import Kind
from scheduler.exports.earlier import PRODUCT
from scheduler.exports.events import Version, made_event, text, zoned
from scheduler.exports.planned import (
    RING_FENCED,
    SHIFT,
    Planned,
    Uids,
    paid_words,
    shift_summary,
    summary_of,
)

_STYLE = """
:root{color-scheme:light dark;--ink:#1a1d21;--soft:#555c66;--page:#f6f7f8;--card:#fff;
--line:#d9dde2;--mark:#0b5cad}
@media (prefers-color-scheme:dark){:root{--ink:#eef1f4;--soft:#aab2bd;--page:#14171a;
--card:#1e2226;--line:#363c43;--mark:#7db8f5}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:40rem;padding:1rem;background:var(--page);color:var(--ink);
font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.35rem;margin:.2rem 0 1rem}
h2{font-size:1.05rem;margin:0}
main>h2{margin:1.2rem 0 .5rem}
section{background:var(--card);border:1px solid var(--line);border-radius:.6rem;
padding:.8rem 1rem;margin:0 0 .8rem}
section.today{border:2px solid var(--mark)}
p{margin:.2rem 0}
.soft{color:var(--soft)}
.shift{font-size:1.15rem;font-weight:600}
ol{list-style:none;margin:.5rem 0 0;padding:0}
li{display:flex;gap:.8rem;padding:.25rem 0;border-top:1px solid var(--line)}
time{min-width:6.4rem;font-variant-numeric:tabular-nums}
a{color:var(--mark)}
.calendar{margin:0 0 1rem}
.calendar a{display:inline-block;padding:.55rem .9rem;border:1px solid var(--mark);
border-radius:.6rem;font-weight:600;text-decoration:none}
summary{padding:.6rem 0;color:var(--soft)}
"""
_HOW = (
    "Your calendar then shows your shifts and follows every change by itself; most "
    "look for changes once a day or more often. Where it asks for an address, give it "
    "this page\u2019s with .ics at its end. Who has that address sees your shifts: "
    "keep it to yourself."
)
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True)
class OwnWeek:
    """What an agent has in a published version: rows as roster.csv has them.

    Attributes
    ----------
    name
        What the agent is called; empty where the plan does not say.
    """

    plan: str
    time_zone: str
    first_day: dt.date
    days: int
    number: int
    published: dt.datetime
    rows: Mapping[str, Any]
    name: str = ""


def page(weeks: Sequence[OwnWeek], agent: str, now: dt.datetime, calendar: str) -> str:
    """Return an agent's page: today first, then what comes, then what has been.

    ``calendar`` is the path of the calendar.
    """
    days = [day for week in weeks for day in _days(week, now)]
    ahead = sorted((d for d in days if d[0] >= 0), key=lambda d: d[0])
    past = sorted((d for d in days if d[0] < 0), key=lambda d: d[0])
    body = "".join(html for _, html in ahead)
    if not ahead:
        body = "<section><p>Nothing is published for today or later.</p></section>"
    if past:
        body += "<h2>Before today</h2>" + "".join(html for _, html in past)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow">'
        f"<title>My week</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(_called(weeks, agent))}: my shifts</h1>"
        f'<div class="calendar"><a href="{escape(calendar)}">Subscribe in my calendar'
        f"</a><details><summary>How does that work?</summary><p>{_HOW}</p></details>"
        f"</div>{body}"
        f'<p class="soft">{_versions(weeks)}</p></main></body></html>'
    )


def _called(weeks: Sequence[OwnWeek], agent: str) -> str:
    """Return the name that an agent has in the latest week that says one, or the id."""
    return next((week.name for week in reversed(weeks) if week.name), agent)


def _versions(weeks: Sequence[OwnWeek]) -> str:
    return "; ".join(
        f"{escape(week.plan) or 'Roster'} from {week.first_day.day} "
        f"{week.first_day:%b %Y}: version {week.number}, "
        f"times in {escape(week.time_zone)}"
        for week in weeks
    )


def _days(week: OwnWeek, now: dt.datetime) -> Iterator[tuple[int, str]]:
    """Yield how far each day is from today, and what is shown of it."""
    today = now.astimezone(ZoneInfo(week.time_zone)).date()
    for n in range(week.days):
        date = week.first_day + dt.timedelta(days=n)
        away = (date - today).days
        name = f"{date:%A} {date.day} {date:%B}"
        words = {0: f"Today, {name}", 1: f"Tomorrow, {name}"}.get(away, name)
        mark = ' class="today"' if away == 0 else ""
        shifts = [s for s in week.rows["roster"] if s["date"] == date.isoformat()]
        inside = "".join(_shift(week, shift) for shift in shifts)
        off = '<p class="soft">Day off</p>'
        yield away, f"<section{mark}><h2>{words}</h2>{inside or off}</section>"


def _shift(week: OwnWeek, shift: Mapping[str, Any]) -> str:
    first, last = _moment(week, shift["start"]), _moment(week, shift["end"])
    items = ""
    for x in week.rows["activities"]:
        start, end = _moment(week, x["start"]), _moment(week, x["end"])
        if first <= start < last:
            words = escape(summary_of(Kind(x["kind"]), x["activity"]))
            times = f"{start:%H:%M}\u2013{end:%H:%M}"
            items += f"<li><time>{times}</time><span>{words}</span></li>"
    return (
        f'<p class="shift">{first:%H:%M}\u2013{last:%H:%M} '
        f"{escape(shift['shift_type'])}</p>"
        f'<p class="soft">{paid_words(shift["paid_minutes"])}</p><ol>{items}</ol>'
    )


def _moment(week: OwnWeek, words: str) -> dt.datetime:
    return dt.datetime.fromisoformat(words).astimezone(ZoneInfo(week.time_zone))


def calendar(weeks: Sequence[OwnWeek], agent: str) -> str:
    """Return all published weeks of an agent as a calendar (RFC 5545)."""
    whole = Calendar()
    whole.add("PRODID", PRODUCT)
    whole.add("VERSION", "2.0")
    whole.add("METHOD", "PUBLISH")
    for name in ("NAME", "X-WR-CALNAME"):
        whole.add(name, text(_called(weeks, agent)))
    whole.add("REFRESH-INTERVAL", dt.timedelta(hours=1))
    for week in weeks:
        version = Version(week.number, week.published)
        for one in _planned(week, agent):
            whole.add_component(made_event(one, version))
    if whole.events:
        zoned(whole)
    return str(whole.to_ical(), "utf-8")


def _planned(week: OwnWeek, agent: str) -> Iterator[Planned]:
    """Yield an agent's shifts and what fills them, as other calendars name them."""
    uid, homes = Uids(week.plan, agent), []
    for shift in week.rows["roster"]:
        date = dt.date.fromisoformat(shift["date"])
        start, end = _moment(week, shift["start"]), _moment(week, shift["end"])
        kind, own = shift["shift_type"], uid(date, SHIFT, "")
        homes.append((start, end, date, own))
        words = shift_summary(kind, start, end)
        paid = paid_words(shift["paid_minutes"])
        yield Planned(own, date, start, end, SHIFT, words, paid, name=kind)
    for x in week.rows["activities"]:
        start, end = _moment(week, x["start"]), _moment(week, x["end"])
        inside = [home for home in homes if home[0] <= start < home[1]]
        date, parent = (inside[0][2], inside[0][3]) if inside else (start.date(), None)
        kind, name = Kind(x["kind"]), x["activity"]
        yield Planned(
            uid=uid(date, kind.value, name),
            date=date,
            start=start,
            end=end,
            category=kind.value,
            summary=summary_of(kind, name),
            description=RING_FENCED if kind is Kind.CASE else "",
            parent=parent,
            name=name,
        )
