"""Calls and cases of a plan, for the simulator."""

from collections.abc import Iterator, Sequence

import numpy as np

from models.simulation import FeedModel, KindModel, PartModel, QueueModel
from models.simulation.world import Floats
from scheduler.domain import Blend as CaseBlend
from scheduler.domain import CaseType, Part, Queue, ReopenClock
from scheduler.tables import Inflow
from scheduler.translate import QueueDemand, Translation
from scheduler.translate.clocks import Clocks
from scheduler.translate.cohorts import (
    Sources,
    automated,
    lots,
    open_batch,
    open_groups,
)
from scheduler.translate.frame import Frame

MINUTE, DAY = 60.0, 86400.0
STEP_MINUTES = 15  # of the tables of deadlines


def queue_models(translation: Translation) -> tuple[QueueModel, ...]:
    """Return the plan's queues with their calls within the horizon."""
    of_queue = {
        demand.queues[0]: demand
        for demand in translation.demands
        if len(demand.queues) == 1
    }
    end = translation.problem.day_starts[-1]
    return tuple(
        _queue(queue, of_queue.get(queue.name), end)
        for queue in translation.plan.queues
    )


def _queue(queue: Queue, demand: QueueDemand | None, end: int) -> QueueModel:
    calls = handle = np.zeros(1)
    if demand is not None:
        inside = demand.starts < end
        calls, handle = demand.calls[inside], demand.handle_seconds[inside]
    return QueueModel(
        name=queue.name,
        calls=calls,
        handle_seconds=handle,
        patience_seconds=queue.patience_seconds,
        answer_within_seconds=queue.answer_within_seconds,
        forecast_cv=queue.forecast_cv,
        factors=tuple(queue.handle_factors),
    )


def kind_models(translation: Translation, resume: float) -> tuple[KindModel, ...]:
    """Return the plan's case types with their cases, in its order.

    ``resume``: seconds that it takes to find back to cases after a call, or longer
    where a type takes longer to settle in.
    """
    plan = translation.plan
    frame, sources = Frame.of(plan), Sources.of(plan)
    numbers = {kind.name: k for k, kind in enumerate(plan.case_types)}
    return tuple(
        _kind(frame, sources, kind, numbers, resume) for kind in plan.case_types
    )


def _kind(
    frame: Frame,
    sources: Sources,
    kind: CaseType,
    numbers: dict[str, int],
    resume: float,
) -> KindModel:
    clocks = Clocks(frame, kind)
    opened = list(_open(clocks, sources))
    windows = list(_windows(clocks, sources.new.get(kind.name, ())))
    parts = kind.mix or [
        Part(
            name=kind.name,
            share=1,
            handle_minutes=kind.handle_minutes,
            handle_cv=kind.handle_cv,
        )
    ]
    return KindModel(
        name=kind.name,
        windows=MINUTE * np.array([w[:2] for w in windows]).reshape(-1, 2),
        inflow=np.array([w[2] for w in windows]),
        open_due=MINUTE * np.array([due for _, due, _ in opened], dtype=float),
        open_late=np.array([late for _, _, late in opened], dtype=np.int8),
        open_age=-MINUTE * np.array([came for came, _, _ in opened], dtype=float),
        parts=tuple(
            PartModel(part.share, MINUTE * part.handle_minutes, part.handle_cv)
            for part in parts
        ),
        due_table=_due_table(clocks),
        first_share=kind.sla.share,
        forecast_cv=kind.forecast_cv,
        between_calls=kind.blend is CaseBlend.FILL,
        settling_seconds=MINUTE * kind.settling_minutes,
        resume_seconds=max(resume, MINUTE * kind.settling_minutes),
        utilisation=kind.utilisation,
        reopen_rate=kind.reopen_rate,
        reopen_after_seconds=DAY * kind.reopen_after_days,
        reopen_same_due=kind.reopen_clock is ReopenClock.SAME,
        feeds=tuple(
            FeedModel(
                kind=numbers[stage.case_type],
                share=stage.share,
                wait_seconds=DAY * stage.wait_days,
                same_clock=stage.same_clock,
            )
            for stage in kind.feeds
        ),
    )


def _windows(
    clocks: Clocks, rows: Sequence[Inflow]
) -> Iterator[tuple[int, int, float]]:
    """Yield stretches of time in which cases come, minutes, and how many."""
    end = clocks.frame.horizon_end
    for row in rows:
        cases = row.cases - automated(clocks.case_type, row.cases)
        for start, until, share in lots(clocks, row.date):
            if start < end:
                yield start, until, cases * share


def _open(clocks: Clocks, sources: Sources) -> Iterator[tuple[int, int, bool]]:
    """Yield receipt and deadline of each open case, minutes, and whether it was late.

    Such a one is due when the plan wants it done.
    """
    rows = sources.open.get(clocks.case_type.name, ())
    for (came, dues), group in open_groups(clocks, rows).items():
        cases = sum(row.cases for row in group)
        batch = open_batch(clocks, came, dues, cases)
        done = 0
        for n, (share, due) in enumerate(batch.dues):
            last = n == len(batch.dues) - 1
            upto = round(cases) if last else round(cases * share) + done
            yield from [(came, due, batch.breached)] * (upto - done)
            done = upto


def _due_table(clocks: Clocks) -> Floats:
    """Return deadlines by the SLA of cases that come in each step of the horizon."""
    moments = range(0, clocks.frame.horizon_end, STEP_MINUTES)
    dues = [clocks.dues(moment) for moment in moments]
    return MINUTE * np.array([[d[0][1] for d in dues], [d[-1][1] for d in dues]])
