"""A CP-SAT model as a mixed integer program, where all of it is linear.

Rosters of shifts are: their program is small and its relaxation close, which is what a
solver of linear programs is good at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import highspy
import numpy as np
from ortools.sat.python import cp_model

_NO_LESS, _NO_MORE = -(1 << 62), 1 << 62  # bounds of CP-SAT from here on are none


@dataclass
class _Rows:
    """Rows as they are added; a literal below 0 is the opposite of a variable."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[int] = field(default_factory=list)

    def add(
        self, variables: Iterable[int], values: Iterable[int], low: int, high: int
    ) -> None:
        self.index.extend(variables)
        self.value.extend(values)
        self.start.append(len(self.index))
        self.low.append(-np.inf if low <= _NO_LESS else low)
        self.high.append(np.inf if high >= _NO_MORE else high)

    def literals(self, literals: Sequence[int], low: int, high: int) -> None:
        """Add bounds on how many of some literals are true."""
        opposite = sum(x < 0 for x in literals)
        self.add(
            (x if x >= 0 else ~x for x in literals),
            (1 if x >= 0 else -1 for x in literals),
            low - opposite,
            high - opposite,
        )


def linear_form(model: cp_model.CpModel) -> highspy.HighsLp | None:
    """Return a model's program over the same variables; ``None`` if it is not linear.

    Linear are: sums within one range, clauses, at most and exactly one of some, what
    one literal implies, and a literal that is the largest of others.
    """
    proto, rows = model.proto, _Rows()
    domains = [tuple(variable.domain) for variable in proto.variables]
    if any(len(domain) > 2 for domain in domains):
        return None
    for row in proto.constraints:
        if not _added(rows, row, domains):
            return None
    return _program(proto, domains, rows)


def _added(rows: _Rows, row: Any, domains: Sequence[tuple[int, ...]]) -> bool:
    """Add one constraint; say whether it is linear."""
    if row.has_linear() and not len(row.enforcement_literal):
        domain = tuple(row.linear.domain)
        if len(domain) == 2:
            rows.add(row.linear.vars, row.linear.coeffs, *domain)
        return len(domain) == 2
    given = [~x for x in row.enforcement_literal]
    if row.has_bool_or():
        rows.literals([*given, *row.bool_or.literals], 1, _NO_MORE)
        return True
    if row.has_bool_and():
        for literal in row.bool_and.literals:
            rows.literals([*given, literal], 1, _NO_MORE)
        return True
    return not given and _added_as_it_is(rows, row, domains)


def _added_as_it_is(rows: _Rows, row: Any, domains: Sequence[tuple[int, ...]]) -> bool:
    """Do the same with what holds whatever else does."""
    if row.has_at_most_one():
        rows.literals(list(row.at_most_one.literals), _NO_LESS, 1)
    elif row.has_exactly_one():
        rows.literals(list(row.exactly_one.literals), 1, 1)
    elif row.has_lin_max():
        return _is_any(rows, row.lin_max, domains)
    else:
        return False
    return True


def _is_any(rows: _Rows, found: Any, domains: Sequence[tuple[int, ...]]) -> bool:
    """Add that a literal is true if any of others is; say whether it is that."""
    every = [found.target, *found.exprs]
    if not all(
        len(each.vars) == 1
        and tuple(each.coeffs) == (1,)
        and not each.offset
        and domains[each.vars[0]] == (0, 1)
        for each in every
    ):
        return False
    target, *others = (each.vars[0] for each in every)
    for other in others:
        rows.add((target, other), (1, -1), 0, _NO_MORE)
    rows.add((target, *others), (1, *(-1 for _ in others)), _NO_LESS, 0)
    return True


def _program(
    proto: Any, domains: Sequence[tuple[int, ...]], rows: _Rows
) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    cost = np.zeros(len(domains))
    np.add.at(
        cost,
        np.array(proto.objective.vars, dtype=np.int64),
        np.array(proto.objective.coeffs, dtype=np.float64),
    )
    lp.num_col_, lp.num_row_ = len(domains), len(rows.low)
    lp.offset_ = proto.objective.offset
    lp.col_cost_ = cost
    lp.col_lower_ = np.array([domain[0] for domain in domains], dtype=np.float64)
    lp.col_upper_ = np.array([domain[-1] for domain in domains], dtype=np.float64)
    lp.row_lower_ = np.array(rows.low, dtype=np.float64)
    lp.row_upper_ = np.array(rows.high, dtype=np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.array(rows.start, dtype=np.int32)
    lp.a_matrix_.index_ = np.array(rows.index, dtype=np.int32)
    lp.a_matrix_.value_ = np.array(rows.value, dtype=np.float64)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * len(domains)
    return lp
