"""Draw what was measured of the targets: gap over time, and scaling."""

import matplotlib as mpl

from benchmarks.acceptance import suite
from scheduler.bench import read
from scheduler.bench.plots import STYLE, over_time, save, scaling

LOAD = 0.95


def main() -> None:
    runs = [run for run in read(suite.RESULTS) if run["asked_load"] in (LOAD, None)]
    targets = {name: (t.seconds, t.gap) for name, t in suite.TARGETS.items()}
    larger = read(suite.RESULTS_OF_SCALING)
    with mpl.rc_context(STYLE):
        figures = {
            "gap-over-time": over_time.drawn(runs, targets),
            "scaling": scaling.drawn(larger, suite.SCALING_GAP),
        }
    for name, figure in figures.items():
        if figure is not None:
            print(save(figure, suite.PLOTS / f"{name}.svg"))


if __name__ == "__main__":
    main()
