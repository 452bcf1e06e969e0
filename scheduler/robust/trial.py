"""Rosters tried on samples: a pure function of bytes, wherever it runs."""

import hashlib
import json
import threading
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from models.roster import check, predict
from models.roster.problem import UNIT, Kind, RosterProblem
from models.roster.result import Activity, Roster, Worked
from models.roster.robust import Refilling
from scheduler.domain import Plan
from scheduler.executing import Task
from scheduler.preparing import Prepared, prepare_made
from scheduler.robust.absent import lost_days, without
from scheduler.robust.document import Figures
from scheduler.rosters.outlook import trained_minutes
from scheduler.whatif.sampling import sampled
from scheduler.whatif.sections import ForecastSamples

WORK = "scheduler.robust.trial:tried"
_AT_ONCE = 25  # samples of one task at most: its process takes seconds to begin


def tasks_of(
    plan: Plan, rosters: Sequence[Roster], samples: ForecastSamples, seed: int
) -> Iterator[Task]:
    """Yield the tasks of trying rosters on samples, about as many in each."""
    count = -(-samples.count // _AT_ONCE)
    for some in np.array_split(np.arange(samples.count), count):
        given = {
            "plan": plan.model_dump(mode="json"),
            "rosters": [_written(one) for one in rosters],
            "samples": samples.model_dump(mode="json"),
            "seed": seed,
            "some": some.tolist(),
        }
        content = json.dumps(given, sort_keys=True).encode()
        yield Task(hashlib.sha256(content).hexdigest(), zlib.compress(content))


def tried(content: bytes, stop: threading.Event) -> bytes:
    """Return the figures of rosters in some samples, as ``figures_of`` reads them."""
    given: dict[str, Any] = json.loads(zlib.decompress(content))
    plan = Plan.of(given["plan"])
    samples = ForecastSamples.model_validate(given["samples"])
    prepared = prepare_made(plan)
    rosters = [_read(one) for one in given["rosters"]]
    on = [Refilling(prepared.problem, one) for one in rosters]
    found: dict[int, list[dict[str, float]]] = {}
    for sample in given["some"]:
        if stop.is_set():
            break
        made = sampled(plan, samples, sample)
        lost = lost_days(plan, made)
        came = prepare_made(made)
        found[sample] = []
        for refilling, roster in zip(on, rosters, strict=True):
            problem, own = refilling.problem, refilling
            if lost:
                problem, left = without(problem, roster, lost)
                own = Refilling(problem, left)
            figures = _figures(came, problem, own, roster, given["seed"])
            found[sample].append(figures.model_dump())
    return json.dumps(found).encode()


def figures_of(content: bytes) -> dict[int, list[Figures]]:
    """Return by sample the figures of each roster, as ``tried`` wrote them."""
    told = json.loads(content)
    return {
        int(sample): [Figures.model_validate(one) for one in own]
        for sample, own in told.items()
    }


def _figures(
    came: Prepared,
    problem: RosterProblem,
    refilling: Refilling,
    roster: Roster,
    seed: int,
) -> Figures:
    """Return what a roster gives in a sample, by the checker and the forecast.

    Of the sample only what comes is taken: agents are those of the plan.
    """
    problem = replace(
        problem,
        covers=came.problem.covers,
        cases=came.problem.cases,
        fills=came.problem.fills,
        cuts=came.problem.cuts,
    )
    if not refilling.fits(problem):
        refilling = Refilling(problem, roster)
    roster = refilling.filled(problem, seed)
    parts = check.objective(problem, roster)
    late = came.translation.plan.weights.late_call
    return Figures(
        short_hours=_short_hours(problem, roster),
        late_calls=parts["late_calls"] / UNIT / late if late else 0.0,
        breaches=_breaches(came, problem, roster),
        cost=sum(parts.values()) / UNIT,
    )


def _short_hours(problem: RosterProblem, roster: Roster) -> float:
    """Return the agent-hours missing of the set of queues that misses most."""
    inside = problem.day_starts[-1] // problem.period
    most = 0
    for row, has in zip(problem.covers, check.cover(problem, roster), strict=True):
        for level in [lv for lv in row.levels if lv.goal == "voice_shortfall"]:
            short = np.maximum(0, np.subtract(level.target, has))[:inside]
            most = max(most, int(short.sum()))
    return most / 100 * problem.period / 60


def _breaches(came: Prepared, problem: RosterProblem, roster: Roster) -> float:
    """Return the cases that miss their deadline, item by item."""
    between = np.asarray(check.fill_minutes(problem, roster), dtype=float)
    total = 0.0
    for k, row in enumerate(problem.cases):
        minutes = trained_minutes(problem, roster, row.work) + between[k]
        seen = predict.backlog(problem, came.translation.cohorts[k], minutes)
        total += float(seen.breaches.sum())
    return total


def _written(roster: Roster) -> dict[str, Any]:
    return {
        "worked": [list(vars(one).values()) for one in roster.worked],
        "activities": [
            [one.agent, one.start, one.end, one.kind.value, one.name]
            for one in roster.activities or ()
        ],
    }


def _read(told: dict[str, Any]) -> Roster:
    kinds = {kind.value: kind for kind in Kind}
    return Roster(
        tuple(Worked(*one) for one in told["worked"]),
        tuple(
            Activity(agent, start, end, kinds[kind], name)
            for agent, start, end, kind, name in told["activities"]
        ),
    )
