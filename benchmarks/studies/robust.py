"""Shifts made for samples of forecast error against shifts made for the mean.

Both rosters have the same paid hours, agent by agent and week by week. Both are tried
on samples of another seed: shifts stay, breaks, calls and case blocks are chosen anew
for each. Appends a line to a file of results.
"""

import argparse
import json
import threading

from benchmarks.studies import records
from models.roster.result import Limits
from scheduler.bench.cases import case_of
from scheduler.executing import Processes
from scheduler.pipeline import Asked
from scheduler.preparing import prepare_made
from scheduler.robust.building import Wanted, build
from scheduler.whatif.sections import ForecastSamples

RESULTS = records.RESULTS / "robust.jsonl"
ERRORS = {
    "calls": {"cv": 0.12, "interval_cv": 0.1, "day_to_day": 0.3},
    "inflow": {"cv": 0.2},
    "case_handle_time": {"cv": 0.05},
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", default="centre-24-different")
    parser.add_argument("--plan-seed", type=int, default=0)
    parser.add_argument("--samples", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1, help="Of the samples.")
    parser.add_argument("--unseen", type=int, default=200)
    parser.add_argument("--unseen-seed", type=int, default=1001)
    parser.add_argument("--seconds", type=float, default=3600.0, help="To search.")
    parser.add_argument("--work-limit", type=int, default=900, help="Steps of both.")
    parser.add_argument("--processes", type=int, default=0)
    asked = parser.parse_args()
    samples = ForecastSamples.model_validate(
        {"name": "errors", "count": asked.samples, "seed": asked.seed, **ERRORS}
    )
    plan = case_of(asked.case).plan(seed=asked.plan_seed)
    built = build(
        prepare_made(plan),
        Asked(limits=Limits(asked.seconds, 0.005, 0, 1, asked.work_limit)),
        Wanted(samples, asked.unseen, asked.unseen_seed),
        Processes(asked.processes),
        print,
        threading.Event(),
    )
    if built.document is None:
        raise SystemExit("no roster")
    told = built.document.model_dump(mode="json", exclude={"tried", "notes"})
    record = {**records.origin(), **vars(asked), **told}
    records.append(RESULTS, record)
    print(json.dumps(record))


if __name__ == "__main__":
    main()
