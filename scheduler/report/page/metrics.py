"""What case work is measured by: each figure with its definition and its use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from scheduler.report.page.document import Metric, MetricGroup
from scheduler.rosters.figures import CaseFigures

_Unit = Literal["cases", "share", "hours", "days", "rate"]


@dataclass(frozen=True)
class _Asked:
    """A metric: how it is called, what it says, and where it comes from."""

    name: str
    definition: str
    use: str
    unit: _Unit
    value: Callable[[CaseFigures], float | None]


def flow(figures: CaseFigures) -> float | None:
    """Return completed / new cases; above 1 the backlog falls.

    ``None`` where no cases come.
    """
    return figures.completed / figures.inflow if figures.inflow else None


def closed_a_day(figures: CaseFigures) -> float | None:
    """Return the mean share of the open and new cases that a day completes.

    Of the days that have cases to do: what is open in the evening, and was completed,
    was there.
    """
    shares = [
        day.completed / (day.completed + day.closing)
        for day in figures.days
        if day.completed + day.closing > 0
    ]
    return sum(shares) / len(shares) if shares else None


def closed_right(figures: CaseFigures) -> float | None:
    """Return the share of open and new cases that are completed and stay so.

    Those that come back are not: ``closed_share * (1 - reopen_rate)``.
    """
    if figures.closed_share is None:
        return None
    return figures.closed_share * (1 - figures.reopen_rate)


def quality(figures: CaseFigures) -> float | None:
    """Return the share done right the first time; ``None`` where none are done."""
    per_hour, adjusted = figures.items_per_hour, figures.quality_adjusted_per_hour
    if not per_hour or adjusted is None:
        return None
    return adjusted / per_hour


def old_share(figures: CaseFigures) -> float | None:
    """Return the share of the cases open at the end that are in the oldest band."""
    closing = sum(group.cases for group in figures.ages_at_end)
    return figures.ages_at_end[-1].cases / closing if closing else None


def backlog_in_days(figures: CaseFigures) -> float | None:
    """Return how many days' completions are open at the end; ``None`` if none are."""
    a_day = figures.completed / len(figures.days) if figures.days else 0
    return figures.closing / a_day if a_day else None


_CASES = (
    _Asked(
        "Backlog",
        "Cases open at the end of the last day.",
        "Is it under control, and how old is it (next row)?",
        "cases",
        lambda f: f.closing,
    ),
    _Asked(
        "Old cases in the backlog",
        "Of them, the share open for 5 days or more.",
        "Age profile: a cluster that ages falls due together.",
        "share",
        old_share,
    ),
    _Asked(
        "Oldest open case",
        "Age of the oldest case open at the end, days since receipt.",
        "Is somebody forgotten?",
        "days",
        lambda f: f.oldest_age_days,
    ),
    _Asked(
        "Completed of inflow",
        "Cases completed ÷ new cases; above 100 % the backlog falls.",
        "Does capacity keep up at all?",
        "share",
        flow,
    ),
    _Asked(
        "Forecast SLA breaches",
        "Cases whose deadline comes within these days and who are not done by then.",
        "Act before they happen: hours that save them are under What is wrong.",
        "cases",
        lambda f: f.breaches,
    ),
    _Asked(
        "Mean age at completion",
        "Mean days from receipt to completion, of the completed cases.",
        "What customers wait.",
        "days",
        lambda f: f.mean_age_days,
    ),
    _Asked(
        "Processing capacity used",
        "Case hours with cases to do ÷ case hours rostered.",
        "Far below 100 %: time stands in the wrong place.",
        "share",
        lambda f: f.utilisation,
    ),
    _Asked(
        "Reopen rate",
        "Share of completed cases that come back, by the plan.",
        "Work that is done twice.",
        "share",
        lambda f: f.reopen_rate,
    ),
)

_PRODUCTIVITY = (
    _Asked(
        "Cases per hour",
        "Cases completed ÷ hours used on them.",
        "Turns a forecast of cases into hours.",
        "rate",
        lambda f: f.items_per_hour,
    ),
    _Asked(
        "Quality-adjusted cases per hour",
        "The same times the share done right the first time.",
        "Speed that does not come back as rework.",
        "rate",
        lambda f: f.quality_adjusted_per_hour,
    ),
    _Asked(
        "SLA compliance",
        "Of the cases due, the share done by their deadline.",
        "The promise to customers.",
        "share",
        lambda f: f.sla_compliance,
    ),
    _Asked(
        "SLA compliance of protected time",
        "The same if nothing at all is done between calls.",
        "What ring-fenced blocks alone keep.",
        "share",
        lambda f: f.protected_compliance,
    ),
    _Asked(
        "Backlog health index",
        "Of the cases open at the end, the share not past their deadline.",
        "Is the backlog recoverable?",
        "share",
        lambda f: f.backlog_health,
    ),
    _Asked(
        "Cycle time",
        "Mean days from receipt to completion, by type of work.",
        "What can be promised to the next customer.",
        "days",
        lambda f: f.mean_age_days,
    ),
    _Asked(
        "Backlog in days of work",
        "Cases open at the end ÷ cases completed a day.",
        "Backlog against capacity.",
        "days",
        backlog_in_days,
    ),
    _Asked(
        "Utilisation",
        "Case hours with cases to do ÷ case hours rostered.",
        "Room for more, or none.",
        "share",
        lambda f: f.utilisation,
    ),
)

_KPIS = (
    _Asked(
        "Reopened",
        "Share of completed cases that come back, by the plan.",
        "Failure demand.",
        "share",
        lambda f: f.reopen_rate,
    ),
    _Asked(
        "Productivity",
        "Case hours used ÷ rostered.",
        "Time paid for cases that cases get.",
        "share",
        lambda f: f.utilisation,
    ),
    _Asked(
        "Closed, a day",
        "Mean over days: completed ÷ (completed + still open in the evening).",
        "The daily rhythm.",
        "share",
        closed_a_day,
    ),
    _Asked(
        "Closed, against the backlog",
        "Completed ÷ (open at the start + new).",
        "How much of what was there is done.",
        "share",
        lambda f: f.closed_share,
    ),
    _Asked(
        "Closed correctly",
        "The same without those that come back.",
        "Done means done.",
        "share",
        closed_right,
    ),
    _Asked(
        "Closed on time",
        "Of the cases due, those done by their deadline.",
        "The promise to customers.",
        "share",
        lambda f: f.sla_compliance,
    ),
    _Asked(
        "Case quality",
        "Share done right the first time, by the plan.",
        "Sample completed work and compare.",
        "share",
        quality,
    ),
)

_GROUPS = (
    ("Case metrics", _CASES),
    ("Productivity", _PRODUCTIVITY),
    ("Case KPIs", _KPIS),
)


def metric_groups(cases: Sequence[CaseFigures]) -> list[MetricGroup]:
    """Return every metric with its values by case type; none without cases."""
    if not cases:
        return []
    return [
        MetricGroup(
            name=name,
            metrics=[
                Metric(
                    name=each.name,
                    definition=each.definition,
                    use=each.use,
                    unit=each.unit,
                    values=[_rounded(each.value(case)) for case in cases],
                )
                for each in asked
            ],
        )
        for name, asked in _GROUPS
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)
