"""What becomes of the cases in a roster: on time, how old, and what would save them."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from scheduler.report.words import count, day, entry, grid, hours, percent
from scheduler.rosters.figures import AgeGroup, CaseFigures, ChanceFigures

_MOST_DAYS = 5
_A_CASE = 0.5


def case_parts(cases: Sequence[CaseFigures]) -> Iterator[RenderableType]:
    """Yield how the cases do, how old they are, bounds kept, what would save them."""
    if not cases:
        yield "no deferred work in this plan"
        return
    yield _health(cases)
    yield _by_chance(cases[0].chance)
    yield ""
    yield _ages(cases)
    yield from fill_entries(cases)
    yield from _days_of_chance(cases)
    missed = list(_missed(cases))
    saving = list(rescue_entries(cases))
    if missed or saving:
        yield ""
    yield from missed
    yield from saving


def _by_chance(chance: ChanceFigures) -> Text:
    """Return what the columns about chance mean."""
    return Text(
        f"{chance.confidence:.0%}: breaches in {chance.confidence:.0%} of "
        f"{chance.runs} runs in which numbers and handle times are left to chance; "
        f"none: runs without any",
        style="dim",
    )


def _days_of_chance(cases: Sequence[CaseFigures]) -> Iterator[RenderableType]:
    """Yield on which days cases may breach by chance, of each type the worst few."""
    for case in cases:
        worst = sorted(case.days, key=lambda d: -d.breaches_high)[:_MOST_DAYS]
        some = sorted(d.date for d in worst if d.breaches_high >= _A_CASE)
        high = {d.date: math.ceil(d.breaches_high) for d in worst}
        if some:
            days = ", ".join(f"{day(date)} <= {count(high[date])}" for date in some)
            yield entry("by chance", f"{case.case_type}: breaches {days}")


def _health(cases: Sequence[CaseFigures]) -> Table:
    """Return the metrics of each case type."""
    table = grid(title="with this roster")
    table.add_column("case type", overflow="fold")
    names = (
        "in time",
        "breaches",
        "95%",
        "none",
        "health",
        "used",
        "an hour",
    )
    for name in (*names, "age done"):
        table.add_column(name, justify="right", no_wrap=True)
    for case in cases:
        table.add_row(
            Text(case.case_type),
            percent(case.sla_compliance),
            Text(count(case.breaches), style="bold red" if case.breaches else "green"),
            f"<= {count(math.ceil(case.chance.high))}",
            percent(case.chance.none),
            percent(case.backlog_health),
            percent(case.utilisation),
            _per_hour(case),
            f"{case.mean_age_days:.1f} d",
        )
    return table


def _per_hour(case: CaseFigures) -> str:
    """Return cases done in an hour; in brackets those done right the first time."""
    if case.items_per_hour is None or case.quality_adjusted_per_hour is None:
        return "-"
    if case.items_per_hour == case.quality_adjusted_per_hour:
        return f"{case.items_per_hour:.1f}"
    return f"{case.items_per_hour:.1f} ({case.quality_adjusted_per_hour:.1f})"


def _ages(cases: Sequence[CaseFigures]) -> Table:
    """Return the open cases by age, at the start and at the end."""
    table = grid()
    table.add_column("open, by age in days", overflow="fold")
    for group in cases[0].ages_at_end:
        table.add_column(_span(group), justify="right", no_wrap=True)
    table.add_column("all", justify="right", no_wrap=True, style="bold")
    table.add_column("oldest", justify="right", no_wrap=True)
    for case in cases:
        pairs = list(zip(case.ages_at_start, case.ages_at_end, strict=True))
        table.add_row(
            Text(case.case_type),
            *(f"{old.cases:,.0f} > {now.cases:,.0f}" for old, now in pairs),
            f"{case.opening:,.0f} > {case.closing:,.0f}",
            f"{case.oldest_age_days:.1f} d",
        )
    return table


def _span(group: AgeGroup) -> str:
    if group.to_days is None:
        return f"{group.from_days}+"
    return f"{group.from_days}-{group.to_days}"


def _missed(cases: Sequence[CaseFigures]) -> Iterator[RenderableType]:
    """Yield the bounds on the backlog that the roster does not keep."""
    for case in cases:
        over = [one for one in case.bounds if one.closing > one.most + 0.05]
        if over:
            worst = max(over, key=lambda one: one.closing - one.most)
            yield entry(
                case.case_type,
                f"backlog above its bound at the end of {len(over)} of "
                f"{len(case.bounds)} days: {day(worst.date)} "
                f"{count(worst.closing)} open, {count(worst.most)} at most",
            )


def fill_entries(cases: Sequence[CaseFigures]) -> Iterator[RenderableType]:
    """Yield what is done between calls, and what is in time without that."""
    for case in cases:
        if case.hours_fill:
            yield entry(
                "fill",
                f"{case.case_type}: {hours(case.hours_fill)} h between calls, beside "
                f"{hours(case.hours_rostered)} h in blocks; "
                f"{percent(case.sla_compliance, 1)} in time, "
                f"{percent(case.protected_compliance, 1)} if nothing is done then",
            )


def rescue_entries(cases: Sequence[CaseFigures]) -> Iterator[RenderableType]:
    """Yield how many cases breach, and how many more hours on which day save them."""
    for case in cases:
        by_day: dict[dt.date, float] = {}
        for one in case.rescues:
            if one.latest is not None:
                date = (one.latest - dt.timedelta(minutes=1)).date()
                by_day[date] = by_day.get(date, 0.0) + one.hours
        lost = sum(one.cases for one in case.rescues if one.latest is None)
        parts = []
        if by_day:
            days = ", ".join(f"{day(d)} {hours(h)} h" for d, h in by_day.items())
            parts.append(f"more time would save them: {days}")
        if lost:
            parts.append(f"{count(lost)} come too late for their deadline")
        if parts:
            late = f"{count(case.breaches)} cases breach"
            yield entry(case.case_type, f"{late}; {'; '.join(parts)}")
