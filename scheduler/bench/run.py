"""Runs one case and measures it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite

import psutil

from models.roster.problem import RosterProblem
from models.roster.result import Progress
from scheduler.bench.cases import Case
from scheduler.bench.figures import Run
from scheduler.bench.memory import PeakMemory
from scheduler.domain import Plan
from scheduler.load import load_of, voice_hours
from scheduler.pipeline import Asked, Outcome, build, prepare_made


@dataclass(frozen=True)
class Ran:
    """A case that was run: what came of it, and what is told of it."""

    outcome: Outcome
    figures: Run


def run(
    case: Case,
    plan: Plan,
    asked: Asked,
    watch: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Ran:
    """Solve the plan of a case, have the roster checked, and measure it all.

    Once ``stop`` is set the search ends with the best roster found.
    """
    with PeakMemory().watching() as memory:
        prepared = prepare_made(plan)
        begun = time.perf_counter()
        outcome = build(prepared, asked, watch, stop)
        seconds = time.perf_counter() - begun
    return Ran(outcome, _figures(case, outcome, seconds, memory.megabytes))


def _figures(case: Case, outcome: Outcome, seconds: float, megabytes: float) -> Run:
    found, translation = outcome.document, outcome.prepared.translation
    problem, weights = translation.problem, translation.plan.weights
    load = load_of(translation)
    short_at_least = found.bound_parts.get("voice_shortfall")
    return Run(
        case=case.name,
        engine=found.engine,
        seed=found.seed,
        load=round(load, 4) if isfinite(load) else None,
        agents=len(problem.agents),
        classes=_classes(problem),
        days=problem.days,
        status=found.status,
        stop_reason=found.stop_reason,
        objective=found.objective,
        bound=found.bound,
        floor=found.floor,
        gap=found.gap,
        influenced_gap=found.influenced_gap,
        seconds=round(seconds, 2),
        total_seconds=round(time.time() - psutil.Process().create_time(), 2),
        peak_mb=round(megabytes, 1),
        legal=found.legal,
        shortfall_agent_hours=_amount(
            found.objective_parts.get("voice_shortfall"), weights.voice_short_hour
        ),
        shortfall_bound=_amount(short_at_least, weights.voice_short_hour),
        required_agent_hours=round(
            voice_hours(translation.demands, problem.day_starts[-1]), 2
        ),
        overdue_hour_days=_amount(
            found.objective_parts.get("overdue"), weights.overdue_hour_day
        ),
        breaches=None
        if found.summary is None
        else round(sum(case.breaches for case in found.summary.cases), 2),
        versions=found.versions,
    )


def _classes(problem: RosterProblem) -> int:
    """Return how many agents differ in more than their name."""
    return len({replace(agent, name="") for agent in problem.agents})


def _amount(cost: float | None, price: float) -> float | None:
    """Return the amount that has a cost; ``None`` where nothing is known."""
    return None if cost is None or not price else round(cost / price, 4)
