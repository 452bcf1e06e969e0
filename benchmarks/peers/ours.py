"""Ours on a plan, in a process of its own: asked and answered as the peers are."""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers.environments import Told, run
from models.roster.result import Limits
from scheduler.bench.child import yardstick
from scheduler.domain import Plan
from scheduler.pipeline import Asked, build, prepare_made

AFTER = 120.0  # seconds beyond its limit after which a run is ended


def solve(
    plan: Plan, seconds: float, *, gap: float = 0.0, engine: str = "columns"
) -> Told:
    """Return the shifts of a plan's roster: agent, day, shift type; and its bound."""
    asked = {
        "plan": plan.model_dump_json(),
        "seconds": seconds,
        "gap": gap,
        "engine": engine,
    }
    return run(Path(sys.executable), __name__, asked, seconds + AFTER)


def main() -> None:
    asked = json.load(sys.stdin)
    plan = Plan.model_validate_json(asked["plan"])
    measure = yardstick()
    limits = Limits(asked["seconds"], asked["gap"], 0, 2)
    outcome = build(prepare_made(plan), Asked(asked["engine"], limits))
    print(json.dumps(_told(outcome) | {"yardstick": measure}))


def _told(outcome: Any) -> dict[str, Any]:
    document, roster = outcome.document, outcome.result.roster
    problem = outcome.prepared.problem
    worked = () if roster is None else roster.worked
    return {
        "status": document.status,
        "objective": document.objective,
        "bound": document.bound,
        "legal": document.legal,
        "seconds": document.seconds,
        "progress": [(step.seconds, step.best) for step in document.progress],
        "shifts": [
            (
                problem.agents[each.agent].name,
                each.day,
                problem.shift_types[each.shift_type].name,
            )
            for each in worked
        ],
    }


if __name__ == "__main__":
    main()
