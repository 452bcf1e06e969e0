"""The one screen that says what a roster is worth."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.domain import Scope
from scheduler.report.casework import fill_entries, rescue_entries
from scheduler.report.days import day_table
from scheduler.report.fair import fair_entries
from scheduler.report.words import (
    costs,
    count,
    day,
    entry,
    grid,
    hours,
    moment,
    percent,
    plural,
    ratio,
)
from scheduler.rosters.document import MissedEntry, RosterResult, StartEntry
from scheduler.rosters.figures import CaseFigures, PeopleFigures, QueueFigures, Summary

MOST_REASONS = 10
_NOTHING = 0.05  # hours
_NAMES = 4  # of people whose rules are not kept
_KEPT_GOALS = ("preferred_rules", "headcount", "changes")
STOP_WORDS = {
    "proof": "finished",
    "gap": "stopped at the gap asked for",
    "time_limit": "stopped at the time limit",
    "work_limit": "stopped at the work limit",
    "stopped": "stopped by you",
    "near": "nothing more near the start pays",
}
STATUS_WORDS = {
    "optimal": "legal, and proved best",
    "feasible": "legal, not proved best",
    "infeasible": "no roster exists: proved",
    "unknown": "no roster found",
    "illegal": "ILLEGAL: the checker refuses it",
}


def summary(result: RosterResult, files: Sequence[Path]) -> Iterator[RenderableType]:
    """Yield the parts of the summary, in order."""
    yield from headline(result)
    if result.summary is None:
        return
    figures = result.summary
    if figures.queues:
        yield ""
        yield from _calls(figures)
    yield ""
    yield day_table(figures.days)
    if figures.cases:
        yield ""
        yield _case_table(figures.cases)
        yield from fill_entries(figures.cases)
        yield from rescue_entries(figures.cases)
    yield ""
    yield from _people(figures.people)
    yield from fair_entries(figures.fair)
    yield from _not_kept(result.not_kept)
    yield entry("costs", costs(result.objective_parts))
    for n, each in enumerate(result.verified):
        words = (
            f"{each.late_calls:.1f} calls late beyond their level, "
            f"{each.breaches:.1f} breaches, cost {each.cost:,.1f}"
            + ": kept"
            * each.kept
        )
        yield entry("" if n else "simulated", words)
    if files:
        names = ", ".join(path.name for path in files)
        yield entry("files", f"{names} in {files[0].parent}")


def headline(result: RosterResult) -> Iterator[RenderableType]:
    """Yield title, status, and how near the best possible the roster is."""
    title = Text(result.name or "roster", style="bold")
    if result.summary:
        first, last = result.summary.days[0].date, result.summary.days[-1].date
        title.append(f"  {first} to {last}", style="dim")
    yield title
    colour = {"optimal": "green", "feasible": "green"}.get(result.status, "red")
    status = Text(STATUS_WORDS[result.status], style=colour)
    status.append(
        f" ({STOP_WORDS[result.stop_reason]}, {result.seconds:.0f} s, engine "
        f"{result.engine})",
        style="dim",
    )
    yield entry("roster", status)
    if result.objective is not None:
        yield entry("cost", _nearness(result))
    if result.start is not None:
        yield entry("start", _started(result.start))
    yield from _reasons(result)


def _started(start: StartEntry) -> str:
    """Return what the search started from, as words."""
    words = f"from {plural(start.agents, 'week')} of the roster in {start.folder}"
    if start.left_out:
        words += f"; {plural(len(start.left_out), 'agent')} left out"
    if start.objective is not None:
        words += f"; they cost {start.objective:,.1f}"
    return words


def _reasons(result: RosterResult) -> Iterator[RenderableType]:
    """Yield why there is no roster, or why the one found is refused."""
    remedies = {each.message: each.remedies for each in result.conflicts}
    reasons = [*remedies, *(v.message for v in result.violations)]
    for reason in reasons[:MOST_REASONS]:
        yield entry("because", reason)
        for k, remedy in enumerate(remedies.get(reason, [])):
            law = f" (mind {' and '.join(remedy.laws)})" if remedy.laws else ""
            yield entry("or" if k else "would do", remedy.words + law)
    if len(reasons) > MOST_REASONS:
        more = len(reasons) - MOST_REASONS
        yield entry("", f"and {more} more, see result.json")
    if result.status == "unknown" and result.stop_reason != "stopped":
        yield entry("try", "a longer --time-limit")


def _nearness(result: RosterResult) -> str:
    """Return the cost, the bound, and what lies between, as words."""
    cost = f"{result.objective:,.1f} paid hours' worth"
    if result.bound is None:
        return f"{cost}; nothing is known about the best possible"
    words = f"{cost}; no roster costs less than {result.bound:,.1f}"
    if result.status == "optimal" or result.gap == 0:
        return words
    if result.gap is not None:
        words += f": gap {ratio(result.gap)}"
    if result.influenced_gap is not None:
        words += f", {ratio(result.influenced_gap)} of what planning can influence"
    return words


def _calls(figures: Summary) -> Iterator[RenderableType]:
    """Yield cover and service level in words, and the worst moments."""
    told = told_queues(
        [queue.queue for queue in figures.queues],
        [queue.short_hours for queue in figures.queues],
    )
    for queue in (figures.queues[q] for q in told):
        names = queue.queue.split("+")
        label = queue.queue if len(names) == 1 else "together"
        words = f"{', '.join(names)}: " if len(names) > 1 else ""
        yield entry(
            label,
            f"{words}{hours(queue.required_hours)} h needed, "
            f"{hours(queue.rostered_hours)} rostered, "
            f"{hours(queue.short_hours)} short; {_kept(queue)}{_level(queue)}",
        )
    if figures.worst:
        moments = ", ".join(
            f"{moment(worst.start)} "
            f"({count(worst.short)} of {count(worst.required)} missing)"
            + (f" on {worst.queue}" if len(figures.queues) > 1 else "")
            for worst in figures.worst
        )
        yield entry("most short", moments)


def told_queues(names: Sequence[str], short: Sequence[float]) -> list[int]:
    """Return the positions of the queues worth a line: each, and the widest sets.

    Of other sets those that are short of more than any part of them.

    >>> told_queues(["a", "b", "c", "a+b", "a+b+c"], [0, 0, 0, 0, 2])
    [0, 1, 2, 4]
    """
    every = [set(name.split("+")) for name in names]
    found = []
    for q, own in enumerate(every):
        parts = [short[i] for i, other in enumerate(every) if other < own]
        widest = not any(own < other for other in every)
        if widest or not parts or short[q] > max(parts) + _NOTHING:
            found.append(q)
    return found


def _level(queue: QueueFigures) -> str:
    """Return the service level; of shared people what it is at best."""
    if queue.service_level is None:
        return ""
    words = "service level up to" if queue.at_best else "service level"
    return f"; {words} {percent(queue.service_level, 1)}"


def _kept(queue: QueueFigures) -> str:
    """Return in how many intervals, days or weeks the target is kept."""
    if queue.service_level_scope is Scope.INTERVAL:
        share = queue.intervals_covered / queue.intervals if queue.intervals else None
        return f"{percent(share)} of {plural(queue.intervals, 'interval')} covered"
    spans = plural(queue.spans, queue.service_level_scope.value)
    target = percent(queue.service_level_target)
    return f"{queue.spans_reached} of {spans} at {target} or more"


def _case_table(cases: Sequence[CaseFigures]) -> Table:
    """Return the case types: backlog, due, breaches, hours."""
    table = grid()
    table.add_column("case work", overflow="fold")
    for name in ("backlog", "new", "done", "due", "breaches", "late", "hours"):
        table.add_column(name, justify="right", no_wrap=True)
    for case in cases:
        table.add_row(
            Text(case.case_type),
            f"{case.opening:,.0f} > {case.closing:,.0f}",
            f"{case.inflow:,.0f}",
            f"{case.completed:,.0f}",
            f"{case.due:,.0f}",
            _breaches(case),
            f"{case.already_breached:,.0f} > {case.overdue:,.0f}",
            f"{hours(case.hours_rostered)} of {hours(case.hours_needed)}",
        )
    return table


def _people(people: PeopleFigures) -> Iterator[RenderableType]:
    """Yield hours, what share of them is useful, and what people did not get."""
    yield entry(
        "people",
        f"{hours(people.paid_hours)} paid hours, "
        f"{hours(people.overtime_hours)} of them overtime; "
        f"{plural(people.shifts, 'shift')} for {people.agents_rostered} of "
        f"{plural(people.agents, 'agent')}; {people.wishes_missed} of "
        f"{plural(people.wishes, 'wish', 'wishes')} refused",
    )
    yield entry(
        "useful",
        f"{percent(people.useful_share)} of paid hours: calls up to their need and "
        f"cases done, {hours(people.useful_hours)} h; blocks without cases "
        f"{hours(people.unused_case_hours)} h, idle {hours(people.idle_hours)} h",
    )


def _not_kept(missed: Sequence[MissedEntry]) -> Iterator[RenderableType]:
    """Yield which preferred rules are not kept, the dearest first, and for whom."""
    by_rule: dict[str, list[MissedEntry]] = {}
    for each in missed:
        if each.goal in _KEPT_GOALS:
            by_rule.setdefault(each.rule, []).append(each)
    dearest = sorted(by_rule.values(), key=lambda own: -sum(x.cost for x in own))
    words = []
    for own in dearest:
        people = list(dict.fromkeys(each.agent for each in own))
        some = ", ".join(people[:_NAMES])
        more = f" and {len(people) - _NAMES} more" if len(people) > _NAMES else ""
        cost = sum(each.cost for each in own)
        words.append(f"{own[0].rule} {cost:,.1f} ({some}{more})")
    if words:
        yield entry("not kept", "; ".join(words))


def _breaches(case: CaseFigures) -> Text:
    """Return the breaches and the first day with one, red unless there is none."""
    if case.first_breach is None:
        return Text("0", style="green")
    return Text(f"{count(case.breaches)}, {day(case.first_breach)}", style="bold red")
