"""Plans at 95 % confidence: how often do their rosters keep every deadline?

Generated centres with three case types (24 hours, 2 days, 3 business days), without and
with unplanned absence. Appends a line for each to ``confidence.jsonl`` and
prints a table.
"""

import argparse
import os

from benchmarks.studies import records
from benchmarks.studies.records import CONFIDENCE
from models.roster.result import Limits
from scheduler.domain import MovingLoad, Plan
from scheduler.pipeline import Asked, build, prepare_made
from scheduler.samples.centre import centre
from scheduler.simulating import Wanted, simulate

SIZES, ABSENT = (20, 40, 60, 100, 200), (0.0, 0.06)
LOAD = 0.75  # of the hours that contracts give: to be sure takes time


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--absent", type=float, nargs="+", default=ABSENT)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--confidence", type=float, default=0.95)
    parser.add_argument("--time-limit", type=float, default=30)
    parser.add_argument("--replications", type=int, default=400)
    asked = parser.parse_args()
    print("| agents | absent | seed | kept | by case type | promised breaches |")
    print("| --- | --- | --- | --- | --- | --- |")
    for agents in asked.sizes:
        for absent in asked.absent:
            for seed in asked.seeds:
                measure(agents, absent, seed, asked)


def measure(agents: int, absent: float, seed: int, asked: argparse.Namespace) -> None:
    """Roster and simulate one centre; record and print what was kept."""
    prepared = prepare_made(certain(agents, absent, seed, asked.confidence))
    limits = Limits(asked.time_limit, 0.01, 0, os.cpu_count() or 1)
    roster = build(prepared, Asked(limits=limits)).result.roster
    if roster is None:
        raise SystemExit(f"{agents} agents: no roster in {asked.time_limit} s")
    found = simulate(prepared, roster, Wanted(replications=asked.replications))
    kept = {kind.case_type: kind.kept for kind in found.case_types}
    promised = sum(kind.promised_breaches for kind in found.case_types)
    record = {
        **records.origin(),
        **vars(asked),
        "sizes": agents,
        "absent": absent,
        "seeds": seed,
        "kept": found.kept,
        "kept_by_type": kept,
        "promised_breaches": promised,
    }
    records.append(CONFIDENCE, record)
    by_type = ", ".join(f"{name} {share:.1%}" for name, share in kept.items())
    print(
        f"| {agents} | {absent:.0%} | {seed} | {found.kept:.1%} | {by_type} "
        f"| {promised:.1f} |",
        flush=True,
    )


def certain(agents: int, absent: float, seed: int, confidence: float) -> Plan:
    """Return a centre planned with a confidence, whose people may be ill."""
    plan = centre(agents, load=LOAD, seed=seed)
    gone = {"unplanned_shrinkage": absent}
    moving = gone | {"moving_load": MovingLoad.MODIFIED}
    sure = plan.rules.model_copy(update={"case_confidence": confidence})
    return plan.model_copy(
        update={
            "queues": [each.model_copy(update=moving) for each in plan.queues],
            "case_types": [each.model_copy(update=gone) for each in plan.case_types],
            "rules": sure,
        }
    )


if __name__ == "__main__":
    main()
