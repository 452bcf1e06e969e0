"""Work beyond what is expected, so that deadlines hold with the plan's confidence."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from models.throughput import Cohort, buffered_work
from scheduler.domain import CaseType
from scheduler.translate.frame import Frame

Typed = tuple[int, CaseType, tuple[Cohort, ...]]  # position of the work


def planned(frame: Frame, typed: Sequence[Typed]) -> list[Typed]:
    """Return the work to plan for: as expected, or more with a confidence.

    What may go wrong is shared out evenly over the case types.
    """
    confidence = frame.plan.rules.case_confidence
    if confidence is None:
        return list(typed)
    each = 1 - (1 - confidence) / max(1, len(typed))
    return [
        (work, kind, _buffered(frame, kind, own, each)) for work, kind, own in typed
    ]


def _buffered(
    frame: Frame, kind: CaseType, own: tuple[Cohort, ...], confidence: float
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
    work = buffered_work(so_far, each, kind.spread, confidence, kind.forecast_cv, known)
    expected = np.bincount(at, weights=items, minlength=len(times)) * each
    times_more = np.diff(work, prepend=0.0) / expected
    more = dict(zip(times.tolist(), times_more.tolist(), strict=True))
    return tuple(
        replace(cohort, work_minutes=cohort.work_minutes * more.get(cohort.due, 1.0))
        for cohort in own
    )


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
