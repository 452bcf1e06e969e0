"""Measure what is promised: every target, load and seed, or ever larger centres.

Hours; what was interrupted goes on where it was. Then ``table.py`` prints the worst of
each target beside it, and ``plots.py`` draws.
"""

import argparse
import sys

from benchmarks.acceptance import suite
from scheduler.bench import Grid, case_named, run_all


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scaling", action="store_true", help="ever larger centres")
    parser.add_argument("--again", action="store_true", help="skip nothing")
    asked = parser.parse_args()
    grid, into = TARGETS, suite.RESULTS
    if asked.scaling:
        grid, into = SCALING, suite.RESULTS_OF_SCALING
    run_all(
        list(grid.runs()),
        into,
        again=asked.again,
        tell=lambda line: print(line, flush=True),
    )


TARGETS = Grid(
    cases=[case_named(name) for name in suite.TARGETS],
    loads=suite.LOADS,
    seeds=suite.SEEDS,
)
SCALING = Grid(
    cases=[case_named(name) for name in suite.SCALING],
    loads=suite.SCALING_LOADS,
    seeds=suite.SCALING_SEEDS,
    time_limits=(suite.SCALING_SECONDS,),
    gap=suite.SCALING_GAP,
)

if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("interrupted: the run under way is not kept, start again to go on")
