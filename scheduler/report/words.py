"""Numbers as a planner reads them."""

import datetime as dt
import math
from collections.abc import Mapping

from rich import box
from rich.table import Table
from rich.text import Text

GOAL_WORDS = {
    "voice_shortfall": "calls short",
    "late_calls": "calls late",
    "headcount": "people short or over",
    "overdue": "cases overdue",
    "paid_hours": "paid hours",
    "overtime": "overtime",
    "preferences": "wishes",
    "preferred_rules": "preferred rules",
    "fairness": "fair shares",
    "changes": "changes",
    "voice_cushion": "thin cushion",
    "open_work": "open work",
    "block_starts": "block starts",
    "idle": "idle",
}


def hours(value: float) -> str:
    """Return agent-hours: one decimal below a hundred, none above.

    >>> hours(12.34), hours(1234.5), hours(0.0)
    ('12.3', '1,234', '0')
    """
    if abs(value) < 0.05:
        return "0"
    return f"{value:,.1f}" if abs(value) < 99.95 else f"{value:,.0f}"


def cell(value: float) -> str:
    """Return agent-hours for a table, where a dot stands for none.

    >>> cell(12.34), cell(0.0)
    ('12.3', '·')
    """
    return "·" if abs(value) < 0.05 else hours(value)


def count(value: float) -> str:
    """Return a number of cases or people: whole where it is, one decimal else.

    >>> count(12.0), count(0.4), count(1234.0)
    ('12', '0.4', '1,234')
    """
    return f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"


def percent(value: float | None, digits: int = 0) -> str:
    """Return a share as per cent; a share short of all is never shown as 100.

    >>> percent(0.888), percent(0.9996), percent(1.0), percent(None)
    ('89%', '99.9%', '100%', '-')
    """
    if value is None or not math.isfinite(value):
        return "-"
    if digits == 0 and 0.995 <= value < 1:
        return f"{math.floor(value * 1000) / 10:.1f}%"
    return f"{100 * value:.{digits}f}%"


def ratio(value: float) -> str:
    """Return a gap: per cent, or how many times where it is many.

    >>> ratio(0.0288), ratio(25.3)
    ('2.9%', '25x')
    """
    return percent(value, 1) if value < 10 else f"{value:,.0f}x"


def seconds(value: float) -> str:
    """Return a time span in its plainest unit.

    >>> seconds(20), seconds(1800), seconds(7.8352), seconds(5400)
    ('20 s', '30 min', '7.8 s', '90 min')
    """
    if value >= 120 and value % 60 == 0:
        return f"{value / 60:g} min"
    return f"{value:.1f} s" if value % 1 else f"{value:.0f} s"


def costs(parts: Mapping[str, float]) -> str:
    """Return what each goal costs, dearest first; free ones are left out.

    >>> costs({"idle": 0.0, "overtime": 1.5, "paid_hours": 82.5})
    'paid hours 82.5, overtime 1.5'
    """
    dear = sorted(parts.items(), key=lambda part: -part[1])
    return ", ".join(
        f"{GOAL_WORDS.get(goal, goal)} {cost:,.1f}"
        for goal, cost in dear
        if cost >= 0.05
    )


def plural(number: float, noun: str, nouns: str = "") -> str:
    """Return a number and its noun.

    >>> plural(1, "agent"), plural(3, "agent"), plural(0, "wish", "wishes")
    ('1 agent', '3 agents', '0 wishes')
    """
    return f"{count(number)} {noun if number == 1 else nouns or noun + 's'}"


def shown(name: str) -> str:
    r"""Return a name that a terminal only shows: no control characters.

    >>> shown("Zoë\x1b[2J")
    'Zoë [2J'
    """
    return "".join(c if c.isprintable() else " " for c in name)


def day(date: dt.date) -> str:
    """Return a date within a week.

    >>> day(dt.date(2026, 3, 2))
    'Mon 2'
    """
    return f"{date:%a} {date.day}"


def moment(when: dt.datetime) -> str:
    """Return day and time of a moment.

    >>> moment(dt.datetime(2026, 3, 2, 9, 30))
    'Mon 2 09:30'
    """
    return f"{day(when)} {when:%H:%M}"


def entry(label: str, words: str | Text) -> Table:
    """Return a labelled paragraph with a hanging indent."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=10, no_wrap=True, overflow="ellipsis", style="dim")
    table.add_column(overflow="fold")  # a long path is never cut
    table.add_row(Text(label), words if isinstance(words, Text) else Text(words))
    return table


def grid(*, title: str | None = None) -> Table:
    """Return an empty table in the style of all reports."""
    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1, 0, 0),
        header_style="dim",
    )
