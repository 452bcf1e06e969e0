"""How many hours and people cases need, and what becomes of a backlog: formulas.

Sources named below, without author or year: *turnella* is turnella.com, back-office
case work WFM; *WFM Labs* is that wiki's page on back office and knowledge workers.
"""

from dataclasses import dataclass
from math import inf

from models.errors import InvalidInput
from models.throughput.checks import above_zero, at_least_zero


@dataclass(frozen=True)
class BurnDown:
    """Full-time equivalents that clear a backlog, see :func:`burn_down`."""

    fte: float
    steady_state_fte: float
    extra_fte: float


@dataclass(frozen=True)
class StructuralCheck:
    """Whether capacity keeps up with inflow, see :func:`structural_check`."""

    ok: bool
    shortfall_hours: float
    sentence: str


def hours(items: float, handle_minutes: float, utilisation: float = 1.0) -> float:
    """Return the agent-hours that cases need: ``items * handle / 60 / utilisation``.

    Items ``>= 0``, handle minutes per case ``>= 0``, utilisation (the productive share
    of case time) in ``(0, 1]``; else :class:`InvalidInput`.

    Cases times minutes *per case* are minutes. Dividing by the handle time gives cases
    squared per minute: it fits only a rate, cases per hour (WFM Labs, corrected).

    >>> hours(items=120, handle_minutes=25, utilisation=0.8)
    62.5
    """
    at_least_zero(items=items, handle_minutes=handle_minutes)
    if not 0 < utilisation <= 1:
        raise InvalidInput(f"utilisation must be in (0, 1], got {utilisation}")
    return items * handle_minutes / 60 / utilisation


def burn_down(
    inflow_per_week: float,
    backlog: float,
    weeks: float,
    handle_minutes: float,
    productive_hours: float,
) -> BurnDown:
    """Return the people who clear a backlog in time and keep up with inflow.

    Parameters
    ----------
    inflow_per_week, backlog
        Cases, ``>= 0``.
    weeks
        Weeks in which to clear the backlog, ``> 0``.
    handle_minutes
        Mean handle time per case in minutes, ``>= 0``.
    productive_hours
        Hours of case work per full-time equivalent and week, ``> 0``.

    Raises
    ------
    InvalidInput
        If a number is outside its range.

    Notes
    -----
    ``FTE = (inflow + backlog / weeks) * handle_hours / productive_hours``; the steady
    state is the same without backlog, the extra people stand down after ``weeks``
    (turnella).

    Examples
    --------
    >>> plan = burn_down(540, 2000, weeks=4, handle_minutes=30, productive_hours=30)
    >>> round(plan.fte, 2), plan.steady_state_fte, round(plan.extra_fte, 2)
    (17.33, 9.0, 8.33)
    """
    above_zero(weeks=weeks, productive_hours=productive_hours)
    steady = hours(inflow_per_week, handle_minutes) / productive_hours
    extra = hours(backlog, handle_minutes) / weeks / productive_hours
    return BurnDown(fte=steady + extra, steady_state_fte=steady, extra_fte=extra)


def weeks_to_clear(capacity: float, inflow: float, backlog: float) -> float:
    """Return the weeks until no backlog is left: ``backlog / (capacity - inflow)``.

    All in cases (a week), ``>= 0``, else :class:`InvalidInput`. A backlog never clears,
    ``inf``, unless capacity exceeds inflow (turnella).

    >>> weeks_to_clear(capacity=1040, inflow=540, backlog=2000)
    4.0
    """
    at_least_zero(capacity=capacity, inflow=inflow, backlog=backlog)
    if backlog == 0:
        return 0.0
    return backlog / (capacity - inflow) if capacity > inflow else inf


def required_daily_completions(
    arrivals_today: float, expiring_in_window: float
) -> float:
    """Return today's arrivals plus the backlog that expires in the SLA window.

    Both in cases, ``>= 0``, else :class:`InvalidInput`. It asks too much where the SLA
    is longer than a day: arrivals need not be done today, and what is still in the
    window is asked for again tomorrow (WFM Labs).

    >>> required_daily_completions(arrivals_today=80, expiring_in_window=200 / 5)
    120.0
    """
    at_least_zero(arrivals_today=arrivals_today, expiring_in_window=expiring_in_window)
    return arrivals_today + expiring_in_window


def daily_fte(
    completions: float, handle_minutes: float, productive_hours: float
) -> float:
    """Return the people for a day's cases: ``completions * handle_hours / productive``.

    Completions and handle minutes per case ``>= 0``, productive hours per person and
    day ``> 0``; else :class:`InvalidInput` (turnella, back-office staffing).

    >>> round(daily_fte(120, handle_minutes=25, productive_hours=5.5), 2)
    9.09
    """
    above_zero(productive_hours=productive_hours)
    return hours(completions, handle_minutes) / productive_hours


def effective_inflow(inflow: float, reopen_rate: float) -> float:
    """Return the inflow with the cases that come back: ``inflow / (1 - r)``.

    Inflow in cases, ``>= 0``; ``r``, reopened per completed case, in ``[0, 1)``; else
    :class:`InvalidInput`. A geometric series: reopened cases reopen too (turnella).

    >>> effective_inflow(inflow=90, reopen_rate=0.1)
    100.0
    """
    at_least_zero(inflow=inflow)
    if not 0 <= reopen_rate < 1:
        raise InvalidInput(f"reopen_rate must be in [0, 1), got {reopen_rate}")
    return inflow / (1 - reopen_rate)


def conservation(opening: float, arrivals: float, completions: float) -> float:
    """Return the closing backlog: ``B(t+1) = B(t) + arrivals - completions``.

    All in cases, ``>= 0``, and no more completed than there were, up to rounding; else
    :class:`InvalidInput` (WFM Labs).

    >>> conservation(opening=200, arrivals=80, completions=120)
    160
    """
    at_least_zero(opening=opening, arrivals=arrivals, completions=completions)
    there = opening + arrivals
    if completions > there * (1 + 1e-9):
        raise InvalidInput(f"completions must be <= {there}, got {completions}")
    return max(there - completions, 0)


def structural_check(inflow_hours: float, capacity_hours: float) -> StructuralCheck:
    """Say whether capacity keeps up with inflow, the first thing to ask.

    Both in agent-hours over the same time, ``>= 0``, else :class:`InvalidInput`. Below
    inflow the backlog grows without limit (turnella).

    >>> structural_check(inflow_hours=270, capacity_hours=240).shortfall_hours
    30
    """
    at_least_zero(inflow_hours=inflow_hours, capacity_hours=capacity_hours)
    facts = f"capacity {capacity_hours:.1f} h, inflow {inflow_hours:.1f} h"
    if capacity_hours >= inflow_hours:
        return StructuralCheck(True, 0.0, f"capacity keeps up with inflow ({facts})")
    short = inflow_hours - capacity_hours
    verdict = f"breaches are certain whatever the priorities: {short:.1f} h short"
    return StructuralCheck(False, short, f"{verdict} ({facts})")
