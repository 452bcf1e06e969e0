"""The performance profile (Dolan and Moré, 2002).

How many of the problems an engine ends within a factor of the best roster that any
engine found in the same time.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator, PercentFormatter

from scheduler.bench.grid import Record, wanted_of
from scheduler.bench.plots.colours import colours
from scheduler.bench.results import best_of, engine_of

FURTHEST = 10.0  # from the best, as a ratio: whatever is beyond counts for nothing


def drawn(runs: Sequence[Record]) -> Figure | None:
    """Return the picture; ``None`` where there are not two engines to compare."""
    engines = colours(runs)
    ratios = _ratios(runs)
    if len(engines) < 2 or not ratios:
        return None
    figure = Figure(figsize=(6.0, 3.6), layout="constrained")
    panel = figure.subplots()
    for engine, colour in engines.items():
        found = np.sort([each[engine] for each in ratios if engine in each])
        inside = found[found <= FURTHEST]
        places = np.concatenate([[1.0], inside, [FURTHEST]])
        shares = np.arange(1, len(inside) + 1) / len(ratios)
        begins = float(np.mean([each.get(engine, np.inf) <= 1 for each in ratios]))
        heights = np.concatenate([[begins], shares, [shares[-1] if len(shares) else 0]])
        panel.step(places, heights, where="post", color=colour, label=engine)
    panel.set(xscale="log", xlim=(1, FURTHEST), ylim=(0, 1.03))
    panel.set_xticks([1, 1.1, 1.5, 2, 5, 10], ["1", "1.1", "1.5", "2", "5", "10"])
    panel.xaxis.set_minor_locator(NullLocator())
    panel.yaxis.set_major_formatter(PercentFormatter(1.0))
    panel.set_xlabel("cost over the best that any engine found in the same time")
    panel.set_title(f"Share of {len(ratios)} problems ended so near")
    panel.legend(frameon=False, loc="lower right")
    return figure


def _ratios(runs: Sequence[Record]) -> list[dict[str, float]]:
    """Return what each engine's roster cost over the best, by problem and time."""
    problems = defaultdict(list)
    for run in runs:
        asked = wanted_of(run)
        problems[asked.case, asked.asked_load, asked.seed, asked.time_limit].append(run)
    found = []
    for group in problems.values():
        best = best_of(group)
        if best and best > 0:
            costs = {engine_of(r): r["objective"] for r in group if r.get("legal")}
            found.append({engine: cost / best for engine, cost in costs.items()})
    return found
