"""A linear program, built row by row and solved with HiGHS."""

from collections import defaultdict
from collections.abc import Iterable

import highspy
import numpy as np

from models.errors import RingfenceError
from models.roster.halting import Halt, new_highs, run
from models.roster.problem import UNIT

Term = tuple[int, float]


class Rows:
    """A linear program, built row by row.

    Columns are amounts from 0 to ``upper``; goals are vectors of column costs.
    """

    def __init__(self) -> None:
        self.upper: list[float] = []
        self.goals: dict[str, dict[int, float]] = defaultdict(dict)
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.values: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def column(self, upper: float = np.inf) -> int:
        """Create a column."""
        self.upper.append(upper)
        return len(self.upper) - 1

    def row(
        self, terms: Iterable[Term], low: float = -np.inf, high: float = np.inf
    ) -> None:
        """Ask for ``low <= sum of coefficient * column <= high``."""
        for column, coefficient in terms:
            self.columns.append(column)
            self.values.append(coefficient)
        self.starts.append(len(self.columns))
        self.low.append(low)
        self.high.append(high)

    def solver(self, goals: Iterable[str]) -> highspy.Highs:
        """Return HiGHS, holding the program with the sum of goals to minimise."""
        cost = np.zeros(len(self.upper))
        for goal in goals:
            for column, value in self.goals[goal].items():
                cost[column] += value
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.upper), len(self.low)
        lp.col_cost_ = cost / UNIT
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self.upper)), np.array(self.upper)
        lp.row_lower_, lp.row_upper_ = np.array(self.low), np.array(self.high)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self.starts)
        lp.a_matrix_.index_ = np.array(self.columns)
        lp.a_matrix_.value_ = np.array(self.values, dtype=float)
        highs = new_highs()
        if highs.passModel(lp) == highspy.HighsStatus.kError:
            raise RingfenceError("HiGHS refused the outline")
        return highs

    def least(self, goals: Iterable[str], seconds: float, halt: Halt) -> float | None:
        """Return the least of the sum of goals; ``None`` if it took too long."""
        highs = self.solver(goals)
        highs.setOptionValue("time_limit", seconds)
        run(highs, halt)
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return float(highs.getInfo().objective_function_value) * UNIT
