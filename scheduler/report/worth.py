"""What `ringfence worth` tells people: a heat map, the largest worths, and checks."""

import datetime as dt
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.report.words import grid
from scheduler.rosters.worth import CheckedWorth, HourWorth, WorthDocument

_MOST = 20
_WARM = ((0.66, "white on red3"), (0.33, "black on orange1"), (0.05, "black on khaki1"))


def worth_parts(found: WorthDocument) -> Iterator[RenderableType]:
    """Yield hours by day and time, the largest, hires, rules, and what was checked."""
    yield (
        "Paid hours' worth that something saves at most. The roster costs "
        f"{found.objective:,.1f}, no roster less than {found.bound:,.1f}."
    )
    if found.hours:
        yield ""
        yield "An hour more of somebody who can do what is worth most then:"
        yield _heat(found.hours)
        pays = sum(hour > found.overtime_cost for hour in _best(found.hours).values())
        yield (
            f"In {pays} of these hours one of overtime, which costs "
            f"{found.overtime_cost:,.1f}, could pay."
        )
        yield ""
        yield _largest(found.hours[:_MOST])
    else:
        yield "No hour more would save anything that is worth a word."
    yield ""
    yield _hires(found)
    if found.room:
        yield ""
        yield _room(found)
    if found.checked:
        yield ""
        yield _checked(found.checked)
        if not all(each.decides for each in found.checked):
            yield "The gaps are wider than such a worth: more time would tell more."


def _best(hours: Sequence[HourWorth]) -> dict[tuple[dt.date, str], float]:
    """Return the largest worth of each date and hour."""
    found: dict[tuple[dt.date, str], float] = {}
    for hour in hours:
        key = hour.start.date(), f"{hour.start:%H:%M}"
        found[key] = max(found.get(key, 0.0), hour.worth)
    return found


def _heat(hours: Sequence[HourWorth]) -> Table:
    best = _best(hours)
    dates = sorted({date for date, _ in best})
    times = sorted({time for _, time in best})
    most = max(best.values())
    table = grid()
    table.add_column("from")
    for date in dates:
        table.add_column(f"{date:%a %d}", justify="right")
    for time in times:
        own = [best.get((date, time), 0.0) for date in dates]
        table.add_row(time, *(_cell(worth, most) for worth in own))
    return table


def _cell(worth: float, most: float) -> Text:
    """Return a worth, warmer the larger it is."""
    if worth < 0.05:
        return Text("·")
    style = next((style for least, style in _WARM if worth >= least * most), "")
    return Text(f"{worth:,.1f}", style=style)


def _largest(hours: Sequence[HourWorth]) -> Table:
    table = grid()
    table.add_column("an hour more on", overflow="fold")
    table.add_column("from")
    table.add_column("saves at most", justify="right")
    for hour in hours:
        moment = f"{hour.start:%a %Y-%m-%d %H:%M}"
        table.add_row(" or ".join(hour.work), moment, f"{hour.worth:,.1f}")
    return table


def _hires(found: WorthDocument) -> Table:
    table = grid()
    table.add_column("one more agent, this week")
    table.add_column("like")
    table.add_column("saves at most", justify="right")
    for hire in found.hires:
        cost = f"{hire.worth:,.1f}" if hire.worth > 0 else "costs more than it saves"
        table.add_row(hire.contract, hire.like, cost)
    return table


def _room(found: WorthDocument) -> Table:
    table = grid()
    table.add_column("for one agent")
    table.add_column("contract")
    table.add_column("most for")
    table.add_column("saves at most", justify="right")
    for each in found.room[:_MOST]:
        table.add_row(each.change, each.contract, each.agent, f"{each.worth:,.1f}")
    return table


def _checked(checked: Sequence[CheckedWorth]) -> Table:
    table = grid()
    table.add_column("solved again with", overflow="fold")
    table.add_column("at most", justify="right")
    table.add_column("saved", justify="right")
    table.add_column("bound fell", justify="right")
    table.add_column("agrees", overflow="fold")
    for each in checked:
        within = f"within {each.tolerance:,.1f}"
        if not each.decides:
            within += ": too wide to tell"
        table.add_row(
            each.change,
            f"{each.worth:,.1f}",
            f"{each.saved:,.1f}",
            f"{each.bound_saved:,.1f}",
            within if each.agrees else f"no: {each.why_not}",
        )
    return table
