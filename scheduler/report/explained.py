"""What `ringfence explain` tells people."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.table import Table

from scheduler.report.words import GOAL_WORDS, cell, count, grid, plural
from scheduler.rosters.explained import (
    AgentDay,
    BreachEntry,
    CaseTypeEntry,
    CoverEntry,
    ExplainDocument,
    InsteadEntry,
    IntervalEntry,
    MissingAgent,
    ReplacementEntry,
    ShiftEntry,
)

_LEAST = 0.05  # paid hours that are worth a word
_MOST_GOALS = 4
_LEGEND = (
    "Numbers are what the plan's weights make of it, in paid hours' worth, not calls "
    "or cases: + is worse, - better, for everybody together."
)
_ABSENT = ("leave", "availability", "pins")  # tell all that there is to tell
_DOES = {
    "here": "on these calls",
    "voice": "on other calls ({})",
    "case": "on cases ({})",
    "meeting": "in a meeting ({})",
    "break": "on a break ({})",
}


def explained_parts(found: ExplainDocument) -> Iterator[RenderableType]:
    """Yield the sentences and tables of an explanation."""
    if found.agent_day is not None:
        yield from _agent_day(found.agent_day)
    if found.missing_agent is not None:
        yield from _missing(found.missing_agent)
    if found.interval is not None:
        yield from _interval(found.interval)
    if found.case_type is not None:
        yield from _case_type(found.case_type)


def _agent_day(found: AgentDay) -> Iterator[RenderableType]:
    if found.shifts:
        yield f"{found.agent} works {_shifts(found.shifts)} on {_date(found.date)}."
    else:
        off = "has the day off" if found.off == "day off" else f"is {found.off}"
        yield f"{found.agent} {off} on {_date(found.date)}."
    without = next((each for each in found.instead if not each.shifts), None)
    if without is not None and without.cost is not None:
        cost = _cost_words(without.cost, without.goals)
        yield f"Without {found.agent} that day, the others as they are: {cost}."
    allowed = [x for x in found.instead if x.shifts and x.cost is not None]
    forbidden = [x for x in found.instead if x.breaks and not _is_foreign(x.breaks)]
    foreign = [x for x in found.instead if _is_foreign(x.breaks)]
    if allowed:
        yield ""
        yield _allowed(allowed)
        if (best := min(x.cost or 0.0 for x in allowed)) < -_LEAST:
            yield (
                f"One of them is better than the roster, by {-best:,.1f} paid hours' "
                "worth: it can be pinned, or the search given more time."
            )
    if forbidden:
        yield ""
        yield _forbidden(found.agent, forbidden)
    if foreign:
        types = ", ".join(each.shifts[0].shift_type for each in foreign)
        yield f"Not among {found.agent}'s shift types: {types}."
    yield ""
    yield f"{_LEGEND} Of each shift type the best start and length is told."


def _is_foreign(breaks: Sequence[BreachEntry]) -> bool:
    """Whether something is none of the agent's shift types, and so out of question."""
    return any(each.rule == "own_shift_types" for each in breaks)


def _allowed(allowed: Sequence[InsteadEntry]) -> Table:
    table = grid()
    table.add_column("instead, other days as they are")
    table.add_column("costs more", justify="right")
    table.add_column("of that", overflow="fold")
    for each in allowed:
        cost = each.cost or 0.0
        table.add_row(_shifts(each.shifts), _signed(cost), _goals(each.goals))
    return table


def _forbidden(agent: str, forbidden: Sequence[InsteadEntry]) -> Table:
    table = grid()
    table.add_column("not by the rules")
    table.add_column("because", overflow="fold")
    table.add_column("if other days move", overflow="fold")
    for each in forbidden:
        name = _shifts(each.shifts) if each.shifts else "day off"
        table.add_row(name, _why(agent, each.breaks), _moved(each))
    return table


def _moved(each: InsteadEntry) -> str:
    other = each.other_days
    if other is None:
        return "in no legal week"
    days = ", ".join(f"{date:%a}" for date in other.dates)
    return f"{_signed(other.cost)}" + (f" ({days} change)" if days else "")


def _missing(found: MissingAgent) -> Iterator[RenderableType]:
    yield (
        f"{found.agent} is missing on {_date(found.date)}: {_shifts(found.shifts)} is "
        f"open. If nobody steps in: {_cost_words(found.cost, found.goals)}."
    )
    yield ""
    if found.replacements:
        yield _ways("who could step in", found.replacements)
        best = found.replacements[0]
        left = max(0.0, found.cost + best.cost)
        yield f"With {best.agent} {left:,.1f} of the {found.cost:,.1f} are left."
    else:
        yield "Nobody can step in within the rules and make it better."
    if found.unable:
        yield ""
        table = grid()
        table.add_column("cannot take it over")
        table.add_column("because", overflow="fold")
        for other in found.unable:
            table.add_row(other.agent, _why(other.agent, other.breaks))
        yield table
        if found.cannot > len(found.unable):
            yield f"and {found.cannot - len(found.unable)} more who cannot."
    yield ""
    yield f"{_LEGEND} Whoever is not named would not help much."
    if found.not_asked:
        yield ""
        yield (
            f"{plural(found.not_asked, 'agent')} not asked: their week has times that "
            "the plan's menu does not."
        )


def _ways(title: str, ways: Sequence[ReplacementEntry]) -> Table:
    """Return who would work what instead, and what that costs more."""
    table = grid()
    table.add_column(title)
    table.add_column("works now")
    table.add_column("would work", overflow="fold")
    table.add_column("costs", justify="right")
    table.add_column("of that", overflow="fold")
    for way in ways:
        before = _shifts(way.before) if way.before else "day off"
        then = "the same" if way.shifts == way.before else _shifts(way.shifts)
        work = ", ".join(
            f"{name} {more:+.1f} h"
            for name, more in way.work.items()
            if abs(more) >= _LEAST
        )
        then += f": {work}" if work else ""
        table.add_row(way.agent, before, then, _signed(way.cost), _goals(way.goals))
    return table


def _interval(found: IntervalEntry) -> Iterator[RenderableType]:
    yield f"{found.moment:%a %Y-%m-%d %H:%M}"
    asked = [cover for cover in found.covers if cover.needed > 0]
    if not asked:
        yield "No calls are to be covered then."
    for cover in asked:
        yield ""
        yield from _cover(cover)


def _cover(cover: CoverEntry) -> Iterator[RenderableType]:
    short = f", {cover.short:.1f} short" if cover.short else ", enough"
    yield (
        f"{cover.queues}: {cover.needed:.1f} agents needed, {cover.planned:.1f} there, "
        f"by their speeds{short}."
    )
    counts: dict[str, int] = {}
    for each in cover.doing:
        word = _DOES.get(each.what, each.what).format(each.name)
        counts[word] = counts.get(word, 0) + len(each.agents)
    told = ", ".join(f"{number} {word}" for word, number in counts.items())
    yield f"Of those who can take them: {told}."
    if cover.short and cover.more:
        yield _ways("one more there", cover.more)
        if min(way.cost for way in cover.more) > 0:
            yield "Each costs more than it saves: to be short here is the cheapest."
    elif cover.short:
        yield "Nobody else can be there within the rules, other days as they are."


def _case_type(found: CaseTypeEntry) -> Iterator[RenderableType]:
    if found.already_breached:
        late = count(found.already_breached)
        yield f"{late} open cases of {found.case_type} are late before day one."
    if not found.breaches:
        yield f"No case of {found.case_type} that is due in the plan breaches."
        return
    hours = sum(one.hours for one in found.rescues if one.latest is not None)
    words = [f"{count(found.breaches)} cases of {found.case_type} breach."]
    if hours:
        words.append(f"{hours:,.1f} h more on it would save them, by day below.")
    if found.too_late:
        late = count(found.too_late)
        words.append(f"{late} come too late for their deadline: no hours save them.")
    yield " ".join(words)
    yield ""
    table = grid()
    for title in ("day", "due", "breach", "more h needed", "can do it", "h on it"):
        table.add_column(title, justify="left" if title == "day" else "right")
    for title in ("on calls", "other cases", "idle"):
        table.add_column(title, justify="right")
    for day in found.days:
        table.add_row(
            f"{day.date:%a %d}",
            count(day.due),
            count(day.breaches),
            cell(day.needed_hours),
            str(day.agents),
            *(cell(x) for x in (day.on_it, day.on_calls, day.on_other_cases, day.idle)),
        )
    yield table
    yield "Hours are of those who can do it, on the day."


def _cost_words(cost: float, goals: Mapping[str, float]) -> str:
    """Return what something costs more, and of which goals."""
    return f"{_signed(cost)} paid hours' worth ({_goals(goals) or 'no goal'})"


def _goals(goals: Mapping[str, float]) -> str:
    """Return the goals that change most, the largest first, and what is left."""
    told = sorted(goals.items(), key=lambda item: -abs(item[1]))
    shown = [(goal, cost) for goal, cost in told if abs(cost) >= _LEAST]
    words = [
        f"{GOAL_WORDS.get(goal, goal)} {_signed(cost)}"
        for goal, cost in shown[:_MOST_GOALS]
    ]
    left = sum(cost for _, cost in told) - sum(cost for _, cost in shown[:_MOST_GOALS])
    if abs(left) >= _LEAST:
        words.append(f"other {_signed(left)}")
    return ", ".join(words)


def _why(agent: str, breaks: Sequence[BreachEntry]) -> str:
    """Return what forbids something, without the agent's name before each."""
    if _is_foreign(breaks):
        return "not among the agent's shift types"
    absent = [each for each in breaks if each.rule in _ABSENT]
    told = (each.message.removeprefix(f"{agent}: ") for each in absent or breaks)
    return "; ".join(told)


def _signed(cost: float) -> str:
    return f"{cost:+,.1f}" if abs(cost) >= _LEAST else "±0"


def _shifts(shifts: Sequence[ShiftEntry]) -> str:
    """Return shifts as words: the type and its hours."""
    return " and ".join(f"{s.shift_type} {s.start:%H:%M}-{s.end:%H:%M}" for s in shifts)


def _date(date: dt.date) -> str:
    return f"{date:%a %Y-%m-%d}"
