"""Finds how many calls and cases make the load of the sample ``centre``."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from scheduler.domain import Plan
from scheduler.load import due_hours, net_hours, voice_hours
from scheduler.samples.centre import work
from scheduler.samples.centre.draws import dice
from scheduler.translate import translate
from scheduler.translate.cohorts import Sources, cohorts
from scheduler.translate.frame import Frame
from scheduler.translate.skills import Skills
from scheduler.translate.voice import voice

VOICE_SHARE = 0.62  # of all the work
STEPS = 16  # of bisection
CALL_LUCK = 1  # stream of the seed

Amounts = dict[str, list[Any]]


def with_work(plan: Plan, load: float, seed: int) -> Plan:
    """Return a plan without work with the calls and cases that make its load.

    The cases make up for what whole people on calls leave of their share.
    """
    hours = load * net_hours(translate(plan).problem)
    # History only says who is still there at the start, and none reaches so far.
    bare = plan.model_copy(update={"history": []})
    calls, on_calls = _calls(bare, VOICE_SHARE * hours, seed)
    cases = _cases(bare, hours - on_calls)
    return plan.model_copy(update=calls | cases)


def _calls(plan: Plan, hours: float, seed: int) -> tuple[Amounts, float]:
    """Return calls that need about so many agent-hours, and what they do need."""
    frame, skills, days = Frame.of(plan), Skills(plan), plan.horizon.days
    shape = work.rates(days)
    luck = [dice(seed, CALL_LUCK + q).random(shape.shape) for q in range(2)]

    def forecast(scale: float) -> Amounts:
        rows = [
            row
            for q, _ in enumerate(plan.queues)
            for row in work.calls(q, scale, luck[q], plan.horizon.first_day)
        ]
        return {"calls": rows}

    def needed(amounts: Amounts) -> float:
        asked = replace(frame, plan=plan.model_copy(update=amounts))
        return voice_hours(voice(asked, skills).demands, frame.horizon_end)

    # Agents busy all the time would be the most calls for these hours.
    shortest = min(work.HANDLE_BY_HOUR.values()) / 3600
    found = _bisected(forecast, needed, hours, high=hours / shortest / shape.sum() * 2)
    return found, needed(found)


def _cases(plan: Plan, hours: float) -> Amounts:
    """Return new and open cases of which about so many hours are due."""
    frame = Frame.of(plan)
    monday, days = plan.horizon.first_day, plan.horizon.days
    flows = work.FLOWS[: len(plan.case_types)]

    def amounts(mean_day: float) -> Amounts:
        return {
            "inflow": [
                row
                for flow in flows
                for row in work.inflow(flow, mean_day, days, monday)
            ],
            "open_cases": [
                row for flow in flows for row in work.open_cases(flow, mean_day, monday)
            ],
        }

    def due(found: Amounts) -> float:
        asked = replace(frame, plan=plan.model_copy(update=found))
        own = (
            each
            for kind in plan.case_types
            for each in cohorts(asked, kind, Sources.of(asked.plan))
        )
        return due_hours(own, frame.horizon_end)

    return _bisected(amounts, due, hours, high=4 * hours / days)


def _bisected(
    made: Callable[[float], Amounts],
    measured: Callable[[Amounts], float],
    target: float,
    high: float,
) -> Amounts:
    """Return what is made of the number up to ``high`` that measures near ``target``.

    What is measured rises with the number, in steps where people and cases are whole.
    """
    low = 0.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if measured(made(middle)) > target:
            high = middle
        else:
            low = middle
    return min((made(low), made(high)), key=lambda one: abs(measured(one) - target))
