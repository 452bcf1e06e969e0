"""Work beyond what is expected, so that deadlines hold with the plan's confidence."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from models.throughput import Cohort, buffered_work
from scheduler.domain import CaseType
from scheduler.translate.frame import Frame

_OF_SHIFT = 0.75  # at cases of one type, of a day on which somebody is at them
_SEEN = 0.35  # of what may go wrong
_SOON, _EVENING = 50 * 60, 4 * 60  # minutes

Floats = npt.NDArray[np.float64]
Typed = tuple[int, CaseType, tuple[Cohort, ...]]  # position of the work


def planned(frame: Frame, typed: Sequence[Typed]) -> list[Typed]:
    """Return the work to plan for: as expected, or more with a confidence.

    What may go wrong is shared out evenly over the case types, and two thirds are kept
    for what a plan that flows does not see: cases are whole, and begin when somebody
    comes.
    """
    confidence = frame.plan.rules.case_confidence
    if confidence is None:
        return list(typed)
    each = 1 - _SEEN * (1 - confidence) / max(1, len(typed))
    return [
        (work, kind, _buffered(frame, kind, own, each)) for work, kind, own in typed
    ]


def _buffered(
    frame: Frame,
    kind: CaseType,
    own: tuple[Cohort, ...],
    confidence: float,
) -> tuple[Cohort, ...]:
    """Return cohorts of which those due inside the horizon have more work."""
    due = [cohort for cohort in own if cohort.due <= frame.horizon_end]
    if not due:
        return own
    times, at = np.unique([cohort.due for cohort in due], return_inverse=True)
    items = np.array([cohort.items for cohort in due])
    there = np.array([cohort.start == 0 for cohort in due])
    each = due[0].work_minutes / due[0].items
    so_far, known = (
        np.cumsum(np.bincount(at, weights=items * some, minlength=len(times)))
        for some in (np.ones_like(there), there)
    )
    work = buffered_work(
        so_far,
        each,
        kind.spread,
        confidence,
        kind.forecast_cv,
        known,
        kind.unplanned_shrinkage,
        _lost_minutes(frame),
        _arrived(own, times),
    )
    expected = np.bincount(at, weights=items, minlength=len(times)) * each
    extra = np.diff(work, prepend=0.0) - expected
    extra = _with_evenings(frame, kind, due, times, extra, confidence)
    times_more = 1 + extra / expected
    more = dict(zip(times.tolist(), times_more.tolist(), strict=True))
    return tuple(
        replace(cohort, work_minutes=cohort.work_minutes * more.get(cohort.due, 1.0))
        for cohort in own
    )


def _with_evenings(
    frame: Frame,
    kind: CaseType,
    due: Sequence[Cohort],
    times: Floats,
    extra: Floats,
    confidence: float,
) -> Floats:
    """Return the extra work by deadline: enough of it for each evening by itself.

    Cases of an evening that are due within two days can hardly be done ahead, however
    far ahead all others are: what they may bring more than expected has to find time
    then, and somebody to do it if one does not come. Where cases have more time, that
    is made up for.
    """
    found = extra.copy()
    days = np.searchsorted(frame.day_starts, times, side="left")
    each = 1 - (1 - confidence) / len(np.unique(days))
    for day in np.unique(days).tolist():
        own = np.flatnonzero(days == day)
        of_day = [c for c in due if times[own[0]] <= c.due <= times[own[-1]]]
        last = max(cohort.start for cohort in of_day)
        if last <= 0 or times[own[-1]] - last > _SOON:
            continue
        late = [cohort for cohort in of_day if cohort.start > last - _EVENING]
        items = sum(cohort.items for cohort in late)
        mean = late[0].work_minutes / late[0].items
        more = buffered_work([items], mean, kind.spread, each, kind.forecast_cv)
        least = float(more[0]) - items * mean
        if kind.unplanned_shrinkage:
            least = max(least, _lost_minutes(frame) / (1 - kind.unplanned_shrinkage))
        there = sum(
            extra[n] for n in own if times[n] >= min(cohort.due for cohort in late)
        )
        found[own[-1]] += max(0.0, least - there)
    return found


def _arrived(own: Sequence[Cohort], times: Floats) -> Floats:
    """Return how many cases have come by each of some times."""
    order = sorted(own, key=lambda cohort: cohort.start)
    upto = np.cumsum([0.0, *(cohort.items for cohort in order)])
    starts = np.array([cohort.start for cohort in order])
    return np.asarray(upto[np.searchsorted(starts, times, side="right")])


def _lost_minutes(frame: Frame) -> float:
    """Return the minutes at cases of one type that somebody who does not come loses."""
    lengths = [shift.end - shift.start for shift in frame.shifts]
    return _OF_SHIFT * sum(lengths) / max(1, len(lengths))


def buffer_notes(typed: Sequence[Typed], with_more: Sequence[Typed]) -> list[str]:
    """Return how much more than expected is planned for each type."""
    notes = []
    for (_, kind, own), (_, _, more) in zip(typed, with_more, strict=True):
        extra = sum(c.work_minutes for c in more) - sum(c.work_minutes for c in own)
        if extra >= 1:
            notes.append(
                f"case type {kind.name!r}: {extra / 60:.1f} h more than expected are "
                f"planned for, so that its deadlines hold (case_confidence)"
            )
    return notes
