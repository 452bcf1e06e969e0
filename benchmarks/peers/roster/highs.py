"""The roster problem as a plain mixed-integer program, in HiGHS by way of SciPy."""

import json
import sys
import time
from itertools import product
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_matrix

from benchmarks.peers.roster.problem import Problem


def main() -> None:
    asked = json.load(sys.stdin)
    problem = Problem(**asked["problem"])
    began = time.perf_counter()
    people, days, kinds = len(problem.resources), problem.num_days, len(problem.shifts)
    cells = np.arange(people * days * kinds).reshape(people, days, kinds)
    found = milp(
        _costs(problem, cells),
        constraints=_rows(problem, cells),
        bounds=Bounds(0, _most(problem, cells)),
        integrality=np.ones(cells.size),
        options={"time_limit": asked["seconds"], "mip_rel_gap": 0.0},
    )
    chosen = [] if found.x is None else np.argwhere(found.x.reshape(cells.shape) > 0.5)
    answer = {
        "status": {0: "optimal", 1: "feasible"}.get(found.status, "failed"),
        "objective": found.fun,
        "bound": found.mip_dual_bound,
        "seconds": round(time.perf_counter() - began, 3),
        "shifts": [
            (problem.resources[r], int(d), problem.shifts[s]) for r, d, s in chosen
        ],
    }
    print(json.dumps(answer))


def _costs(problem: Problem, cells: Any) -> Any:
    cost = np.broadcast_to(np.array(problem.shifts_hours, float), cells.shape).copy()
    for liked in problem.resources_preferences:
        r = problem.resources.index(liked["resource"])
        cost[r, :, problem.shifts.index(liked["shift"])] -= 1
    return cost.ravel()


def _most(problem: Problem, cells: Any) -> Any:
    most = np.ones(cells.shape)
    for ban in problem.banned_shifts:
        r = problem.resources.index(ban["resource"])
        most[r, ban["day"], problem.shifts.index(ban["shift"])] = 0
    return most.ravel()


def _rows(problem: Problem, cells: Any) -> LinearConstraint:
    rows, columns, values, low, high = [], [], [], [], []

    def row(where: Any, weights: Any, least: float, most: float) -> None:
        where = np.ravel(where)
        rows.extend([len(low)] * len(where))
        columns.extend(where)
        values.extend(np.broadcast_to(weights, where.shape))
        low.append(least)
        high.append(most)

    people, days, _ = cells.shape
    for s, shift in enumerate(problem.shifts):
        for d in range(days):
            row(cells[:, d, s], 1.0, problem.required_resources[shift][d], np.inf)
    pairs = problem.non_sequential_shifts
    nights = [problem.shifts.index(pair["origin"]) for pair in pairs]
    hours = np.tile(problem.shifts_hours, days)
    for r in range(people):
        row(cells[r], 1.0, days - problem.max_resting, np.inf)
        row(cells[r], hours, problem.min_working_hours, np.inf)
        for d in range(days):
            row(cells[r, d], 1.0, 0, 1)
        for d, s in product(range(days - 1), nights):
            row([cells[r, d, s], *cells[r, d + 1]], 1.0, 0, 1)
    matrix = coo_matrix((values, (rows, columns)), shape=(len(low), cells.size))
    return LinearConstraint(matrix.tocsr(), low, high)


if __name__ == "__main__":
    main()
