"""Peers beside ours, on the same problems, judged by the same evaluators."""

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.hour.scale import Scale
from benchmarks.peers import compact as compact_peers
from benchmarks.peers import ours
from benchmarks.peers import roster as roster_peer
from benchmarks.peers import slots as slots_peer
from benchmarks.peers.compact.cases import fitting
from benchmarks.peers.environments import Told, python_of, run
from benchmarks.peers.erlang import voice
from benchmarks.peers.example import instance
from benchmarks.peers.example import plan as example_plan
from benchmarks.peers.roster import plan as roster_plan
from benchmarks.peers.roster import problem as rostering
from benchmarks.peers.slots import plan as slots_plan
from benchmarks.peers.slots import problem as slotting
from models.errors import PlanError
from models.roster import check
from models.roster.problem import UNIT
from scheduler.bench import Record
from scheduler.compact import export, read_solution
from scheduler.pipeline import prepare_made

AFTER = 240.0  # seconds beyond a limit: models are built, Java begins
HERE = Path(sys.executable)


def roster(scale: Scale, _: Path) -> Iterator[Record]:
    """Yield pyworkforce, HiGHS and ours on the roster problem."""
    folder = Path(roster_peer.__path__[0])
    for people in scale.roster:
        problem = rostering.drawn(people, seed=0)
        asked = {"problem": problem.as_dict(), "seconds": scale.roster_seconds}
        most = scale.roster_seconds + AFTER
        offset = roster_plan.offset(problem)
        told = {
            "pyworkforce": run(
                python_of("pyworkforce"), folder / "theirs.py", asked, most
            ),
            "HiGHS": run(HERE, "benchmarks.peers.roster.highs", asked, most),
            "ours": ours.solve(roster_plan.plan_of(problem), scale.our_roster_seconds),
        }
        for solver, each in told.items():
            shifts = [tuple(shift) for shift in each.answer.get("shifts", ())]
            yield {
                "people": people,
                "solver": solver,
                **_figures(each, offset if solver == "ours" else 0.0),
                "cost": rostering.cost(problem, shifts) if shifts else None,
                "breaches": len(list(rostering.breaches(problem, shifts))),
            }


def slots(scale: Scale, _: Path) -> Iterator[Record]:
    """Yield Timefold and ours on slots, with the same time."""
    folder = Path(slots_peer.__path__[0])
    for people in scale.slots:
        problem = slotting.drawn(people, seed=0)
        for seconds in scale.slot_seconds:
            asked = {"problem": problem.as_dict(), "seconds": seconds}
            plan = slots_plan.plan_of(problem)
            told = {
                "Timefold": run(
                    python_of("timefold"), folder / "theirs.py", asked, seconds + AFTER
                ),
                "ours": ours.solve(plan, seconds),
                "ours, cpsat": ours.solve(plan, seconds, engine="cpsat"),
            }
            for solver, each in told.items():
                shifts = [tuple(shift) for shift in each.answer.get("shifts", ())]
                yield {
                    "people": people,
                    "limit": seconds,
                    "solver": solver,
                    **_figures(each),
                    "cost": slotting.cost(problem, shifts) if shifts else None,
                    "breaches": len(list(slotting.breaches(problem, shifts))),
                }


def example(scale: Scale, _: Path) -> Iterator[Record]:
    """Yield CP-SAT as in OR-Tools' example, and ours."""
    seconds = scale.example_seconds
    plan = example_plan.plan_of()
    told = {
        "OR-Tools": run(
            HERE,
            "benchmarks.peers.example.theirs",
            {"seconds": seconds},
            seconds + AFTER,
        ),
        "ours": ours.solve(plan, seconds),
        "ours, cpsat": ours.solve(plan, seconds, engine="cpsat"),
    }
    for solver, each in told.items():
        answer = each.answer
        rows = answer.get("rows") or example_plan.rows(answer.get("shifts", []))
        score = instance.score(rows)
        offset = example_plan.offset() if solver != "OR-Tools" else 0
        yield {
            "solver": solver,
            **_figures(each, offset),
            "cost": score.cost,
            "breaches": len(score.breaches),
        }


def compact(scale: Scale, _: Path) -> Iterator[Record]:
    """Yield Gurobi, HiGHS and CBC on exported models, and ours on the plans."""
    programs = Path(compact_peers.__path__[0])
    pythons = {"gurobi": python_of("gurobi"), "highs": HERE, "cbc": HERE}
    for name, plan in fitting():
        prepared = prepare_made(plan)
        problem, axis = prepared.problem, prepared.translation.axis
        with TemporaryDirectory() as folder:
            model = Path(folder, "model.mps")
            made = export(problem, axis, model)
            size = {"case": name, "variables": made.variables, "rows": made.rows}
            for solver, python in pythons.items():
                solution = Path(folder, f"{solver}.sol")
                asked = {
                    "model": str(model),
                    "solution": str(solution),
                    "seconds": scale.compact_seconds,
                }
                told = run(
                    python,
                    programs / f"{solver}.py",
                    asked,
                    scale.compact_seconds + AFTER,
                )
                record = {**size, "solver": solver, **_figures(told)}
                try:
                    found = read_solution(problem, axis, solution)
                except PlanError:
                    yield record
                    continue
                cost = sum(check.objective(problem, found).values()) / UNIT
                yield {
                    **record,
                    "cost": round(cost, 6),
                    "breaches": len(check.violations(problem, found)),
                }
        for engine in ("columns", "cpsat"):
            told = ours.solve(plan, scale.compact_seconds, engine=engine)
            yield {
                **size,
                "solver": f"ours, {engine}",
                **_figures(told),
                "cost": told.answer.get("objective"),
                "breaches": 0 if told.answer.get("legal") else 1,
            }


def erlang(_: Scale, __: Path) -> Iterator[Record]:
    """Yield a week of fifty queues, ours and pyworkforce's."""
    yield voice.measured(seed=0)


def _figures(told: Told, offset: float = 0.0) -> dict[str, Any]:
    """Return what is kept of an answer; costs less ``offset``."""
    answer = told.answer

    def less(name: str) -> float | None:
        value = answer.get(name)
        return None if value is None else round(value - offset, 6)

    steps = [
        (seconds, best - offset)
        for seconds, best in answer.get("progress", ())
        if best is not None
    ]
    return {
        "status": answer.get("status", "failed"),
        "error": answer.get("error"),
        "objective": less("objective"),
        "bound": less("bound"),
        "seconds": answer.get("seconds"),
        "wall_seconds": round(told.seconds, 1),
        "peak_mb": round(told.megabytes),
        "progress": steps,
    }
