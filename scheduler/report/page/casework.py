"""The case types of a page: what comes, what is done, what is late."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.throughput import Cohort, curves
from scheduler.report.page.document import Curve, PageCaseType
from scheduler.report.page.doings import Doings
from scheduler.report.page.sources import Sources
from scheduler.rosters.figures import CaseFigures
from scheduler.rosters.outlook import CaseOutlook
from scheduler.rosters.simulated import Mean, SimulateDocument
from scheduler.translate import Translation

Floats = npt.NDArray[np.float64]

_STEP = 60  # minutes between points of a curve
_MOST_POINTS = 700
_HOUR = 60


def case_types(sources: Sources, doings: Doings) -> list[PageCaseType]:
    """Return the case types that have cases, in the plan's order."""
    translation = sources.prepared.translation
    found = []
    for k, cases in enumerate(translation.problem.cases):
        name = translation.problem.works[cases.work].name
        found.append(
            _case_type(
                translation,
                name,
                doings.case_group(name),
                translation.cohorts[k],
                None if sources.outlook is None else sources.outlook.cases[k],
                None if sources.summary is None else sources.summary.cases[k],
                _simulated(sources.simulated, name),
            )
        )
    return found


def _case_type(
    translation: Translation,
    name: str,
    group: int,
    cohorts: Sequence[Cohort],
    seen: CaseOutlook | None,
    figures: CaseFigures | None,
    simulated: list[Mean] | None,
) -> PageCaseType:
    return PageCaseType(
        name=name,
        group=group,
        curve=_curve(translation, cohorts, seen),
        inflow=None if seen is None else _rounded(seen.forecast.inflow),
        overdue=None if seen is None else _rounded(seen.forecast.overdue),
        hours_needed=None if seen is None else _rounded(seen.hours_needed),
        hours_rostered=None if seen is None else _rounded(seen.hours_rostered),
        hours_fill=None if seen is None else _rounded(seen.hours_fill),
        simulated_breaches=simulated,
        figures=figures,
    )


def _curve(
    translation: Translation, cohorts: Sequence[Cohort], seen: CaseOutlook | None
) -> Curve:
    """Return the curves between which the work done must lie."""
    problem = translation.problem
    end = problem.day_starts[-1]
    step = max(_STEP, _STEP * (end // (_STEP * _MOST_POINTS)))
    minutes = np.append(np.arange(0, end, step), end)
    available, due = curves(cohorts, minutes)
    rostered = done = None
    if seen is not None:
        edges = problem.period * np.arange(len(seen.minutes) + 1)
        given = np.concatenate([[0.0], np.cumsum(seen.minutes)])
        came = curves(cohorts, edges[:-1])[0]
        worked = work_done(np.append(came, came[-1:]), given)
        rostered = _rounded(np.interp(minutes, edges, given) / _HOUR)
        done = _rounded(np.interp(minutes, edges, worked) / _HOUR)
    return Curve(
        minutes=[int(minute) for minute in minutes],
        available=_rounded(available / _HOUR),
        due=_rounded(due / _HOUR),
        rostered=rostered,
        done=done,
    )


def work_done(available: Floats, given: Floats) -> Floats:
    """Return the work done so far, of work that came and time that was given.

    Parameters
    ----------
    available, given
        Cumulative agent-minutes at the same moments: work that can be done in the time
        up to the next moment, and time on it; neither ever falls.

    Notes
    -----
    Time without work is lost: ``W(t) = min(G(t), min_{s < t} A(s) + G(t) - G(s))``, the
    reflection of a queue's net input (Harrison, *Brownian Motion and Stochastic Flow
    Systems*, 1985, ch. 2), on a grid on which work comes at the start of a step.

    Examples
    --------
    >>> work_done(np.array([5.0, 5, 20, 20]), np.array([0.0, 10, 20, 30]))
    array([ 0.,  5.,  5., 15.])
    """
    done = np.zeros(len(given))
    for i, more in enumerate(np.diff(given)):
        done[i + 1] = max(done[i], min(done[i] + more, available[i]))
    return done


def _simulated(found: SimulateDocument | None, name: str) -> list[Mean] | None:
    """Return the simulated breaches of a case type by day."""
    for each in found.case_types if found else []:
        if each.case_type == name:
            return [day.breaches for day in each.days]
    return None


def _rounded(values: Floats) -> list[float]:
    return [round(value, 3) + 0.0 for value in values.tolist()]
