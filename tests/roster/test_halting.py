"""HiGHS as the engines use it: it ends when it is told to, and is freed."""

import weakref

import highspy
import numpy as np

from models.roster.halting import never, new_highs, run


def _program(highs: highspy.Highs) -> None:
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = 1, 2
    lp.col_cost_ = np.array([1.0, 2.0])
    lp.col_lower_, lp.col_upper_ = np.zeros(2), np.ones(2)
    lp.row_lower_ = lp.row_upper_ = np.array([1.0])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array([0, 1, 2])
    lp.a_matrix_.index_, lp.a_matrix_.value_ = np.array([0, 0]), np.ones(2)
    highs.passModel(lp)
    highs.setOptionValue("presolve", "off")


def test_it_is_freed_as_soon_as_nobody_uses_it() -> None:
    highs = new_highs()
    _program(highs)
    run(highs, never)
    assert highs.getInfo().objective_function_value == 1
    gone = weakref.ref(highs)
    del highs
    assert gone() is None


def test_it_runs_again_and_is_told_to_end_each_time() -> None:
    highs = new_highs()
    _program(highs)
    asked: list[int] = []

    def halt() -> bool:
        asked.append(1)
        return True

    for _ in range(3):
        highs.clearSolver()
        run(highs, halt)
        assert asked
        assert highs.getModelStatus() == highspy.HighsModelStatus.kInterrupt
        asked.clear()
    run(highs, never)
    assert highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
