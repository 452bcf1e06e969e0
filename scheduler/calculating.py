"""Answers to the questions that need no plan."""

import math

import numpy as np

from models import erlang as mathematics
from scheduler.report.calculators import CallAnswer, CallQuestion


def call_answer(asked: CallQuestion) -> CallAnswer:
    """Return the agents needed, and what they or the agents asked about achieve.

    Raises
    ------
    InvalidInput
        Where something that was asked cannot be right.
    """
    level, within = asked.target
    load = mathematics.offered_load(asked.calls, asked.per, asked.aht)
    targets = (asked.aht, within, level, asked.patience, asked.max_occupancy)
    others: mathematics.More = {
        "maximum_wait_seconds": asked.max_wait,
        "maximum_abandonment": asked.max_abandonment,
        "rate_cv": asked.forecast_error,
        "definition": asked.definition,
    }
    required = int(mathematics.required_agents(load, *targets, **others))
    agents = required if asked.agents is None else asked.agents
    achieved = mathematics.performance(
        *(agents, load, asked.aht, within, asked.patience),
        rate_cv=asked.forecast_error,
        definition=asked.definition,
    )
    most = float(mathematics.largest_load(agents, *targets, **others))
    scheduled = float(mathematics.scheduled_agents(agents, asked.shrinkage))
    return CallAnswer(
        agents_required=required,
        agents=agents,
        agents_scheduled=math.ceil(round(scheduled, 9)),
        service_level=float(achieved.service_level),
        average_speed_of_answer_seconds=_finite(
            achieved.average_speed_of_answer_seconds
        ),
        queue_length=_finite(achieved.queue_length),
        occupancy=float(achieved.occupancy),
        probability_of_wait=float(achieved.probability_of_wait),
        abandonment=float(achieved.abandonment),
        largest_calls=most * asked.per / asked.aht,
    )


def _finite(figure: mathematics.Floats) -> float | None:
    return float(figure) if np.isfinite(figure) else None
