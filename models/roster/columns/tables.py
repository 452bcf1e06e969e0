"""The tables of the compiled search, made from a problem's legs and classes."""

from collections.abc import Sequence, Sized

import numpy as np
import numpy.typing as npt

from models.machine_code import NEVER
from models.roster.columns.between import PARTS, fill_parts
from models.roster.columns.case_rows import CaseRows, case_rows
from models.roster.columns.kernels.books import (
    ABSENT,
    MISSING,
    Demand,
    FillTable,
    LegTable,
    ShareTable,
    State,
    TaskTable,
    WorkTable,
)
from models.roster.columns.kernels.tasks import NO_WORK
from models.roster.columns.pricing import Pricer
from models.roster.columns.units import FINE, NO_LIMIT
from models.roster.problem import FULL_SPEED, SHARE, Bar, Fill, Kind, RosterProblem
from models.roster.reach import cut_of, open_periods, units_per_period

Ints = npt.NDArray[np.int64]


def work_table(pricer: Pricer) -> WorkTable:
    """Return works and speeds of a problem."""
    problem, made = pricer.problem, pricer.arrays
    counts = np.zeros((len(problem.covers), len(problem.works)), dtype=np.int64)
    for c, cover in enumerate(problem.covers):
        counts[c, sorted(cover.counts)] = 1
    speeds = pricer.legs.speeds
    return WorkTable(
        can=made.can.astype(np.int64),
        runs=made.runs,
        stretches=made.stretches,
        longest=made.longest,
        counts=counts,
        case_of=np.array([cases.work for cases in problem.cases], dtype=np.int64),
        cut_of=made.cut_of,
        speed=_table(speeds, len(problem.works)),
        units=_table(
            [[units_per_period(problem, s) for s in own] for own in speeds],
            len(problem.works),
        ),
        shares=share_table(pricer),
        tasks=task_table(pricer),
        fills=fill_table(problem, counts),
    )


def task_table(pricer: Pricer) -> TaskTable:
    """Return the pinned work by class."""
    problem, g = pricer.problem, pricer.problem.period
    on = problem.enforces("pinned_work")
    every = [
        problem.agents[kind.members[0]].tasks if on else () for kind in pricer.classes
    ]
    rows = [
        (NO_WORK if x.work is None else x.work, x.start // g, x.end // g)
        for own in every
        for x in own
    ]
    return TaskTable(_firsts(every), _table(rows, 3))


def share_table(pricer: Pricer) -> ShareTable:
    """Return the limits of case work by class."""
    problem = pricer.problem
    on = problem.enforces(SHARE)
    every = [
        problem.agents[kind.members[0]].case_limits if on else ()
        for kind in pricer.classes
    ]
    limits = [limit for own in every for limit in own]
    days = np.zeros((len(limits), problem.days), dtype=np.int64)
    for x, limit in enumerate(limits):
        days[x, list(limit.days)] = 1
    return ShareTable(
        first=_firsts(every),
        days=days,
        number=_table(
            [
                (
                    limit.least,
                    NO_LIMIT if limit.most is None else limit.most,
                    limit.percent,
                    -NEVER if limit.cost is None else limit.cost * FINE,
                )
                for limit in limits
            ],
            4,
        ),
        is_case=np.array([w.kind is Kind.CASE for w in problem.works], dtype=np.int64),
        period=problem.period,
    )


def fill_table(problem: RosterProblem, counts: Ints) -> FillTable:
    """Return the fills of a problem; ``counts`` as of ``WorkTable``."""
    fills = problem.fills
    hands = [(w, problem.cases[f.cases].work) for f in fills for w in f.works]
    kept = [_kept(problem, fill) for fill in fills]
    bars = [bar for own in kept for bar in own]
    return FillTable(
        cases=np.array([fill.cases for fill in fills], dtype=np.int64),
        cut=_table([_fill_cuts(problem, fill) for fill in fills], problem.periods),
        parts=np.array([fill_parts(problem, fill) for fill in fills], dtype=np.int64),
        whole_parts=PARTS,
        hand_first=_firsts([fill.works for fill in fills]),
        hand_work=np.array([w for w, _ in hands], dtype=np.int64),
        hand_cases=np.array([work for _, work in hands], dtype=np.int64),
        bar_first=_firsts(kept),
        bar_cover=np.array([bar.cover for bar in bars], dtype=np.int64),
        bar_needed=_table([bar.needed for bar in bars], problem.periods),
        voice=np.asarray(counts.any(axis=0), dtype=np.int64),
    )


def _kept(problem: RosterProblem, fill: Fill) -> list[Bar]:
    """Return the bars of a fill, one for all rows of cover that count the same works.

    These rows differ by what is fixed only, and the highest bar above that binds.
    """
    found: dict[frozenset[int], Bar] = {}
    for bar in fill.bars:
        counts = problem.covers[bar.cover].counts
        first = found.setdefault(counts, bar)
        shift = np.subtract(
            problem.covers[first.cover].fixed, problem.covers[bar.cover].fixed
        )
        needed = np.maximum(first.needed, np.add(bar.needed, shift))
        found[counts] = Bar(first.cover, tuple(needed.tolist()))
    return list(found.values())


def leg_table(pricer: Pricer) -> LegTable:
    """Return the legs of a problem."""
    return LegTable(pricer.spans, pricer.group, pricer.stop_first, pricer.stops)


def demand(problem: RosterProblem) -> Demand:
    """Return what must be covered and cleared."""
    levels = [
        (c, level)
        for c, cover in enumerate(problem.covers)
        for level in cover.levels
        if level.cost
    ]
    targets = [
        (c, target)
        for c, cover in enumerate(problem.covers)
        for target in cover.targets
    ]
    steps = [
        [
            (c, curve.period, height, rate)
            for curve in target.curves
            for height, rate in curve.steps
        ]
        for c, target in targets
    ]
    rows = case_rows(problem)
    lots = [_lots(own) for own in rows]
    every = [lot for own in lots for lot in own]
    cuts = len(problem.cuts)
    return Demand(
        level_cover=np.array([c for c, _ in levels], dtype=np.int64),
        target=_table([level.target for _, level in levels], problem.periods),
        level_cost=np.array([level.cost for _, level in levels], dtype=np.int64),
        late_first=_firsts(steps),
        late_steps=_table([step for own in steps for step in own], 4),
        late_allowed=np.array([target.allowed for _, target in targets], np.int64),
        late_over=np.array([target.cost for _, target in targets], np.int64),
        lot_first=_firsts(lots),
        lot_ready=np.array([ready for _, ready, _ in every], dtype=np.int64),
        lot_due=np.array([due for due, _, _ in every], dtype=np.int64),
        lot_amount=np.array([amount for _, _, amount in every], dtype=np.int64),
        late_cost=_table([own.late_costs for own in rows], cuts),
        open_cost=_table([own.open_costs for own in rows], cuts),
        come=_table([own.come for own in rows], cuts),
        fixed=_table([own.fixed for own in rows], cuts),
        heads=_table([(r.needed, *r.prices) for r in problem.joint], 3),
    )


def _fill_cuts(problem: RosterProblem, fill: Fill) -> Ints:
    """Return the cut period of each period in which a fill is credited, else 0."""
    worked = open_periods(problem, problem.cases[fill.cases].work)
    inside = np.isin(np.arange(problem.periods), sorted(worked))
    return np.where(inside, cut_of(problem), 0)


def empty_state(pricer: Pricer) -> State:
    """Return the state in which nobody works."""
    problem = pricer.problem
    count = len(problem.agents)
    kinds = np.zeros(count, dtype=np.int64)
    for c, kind in enumerate(pricer.classes):
        kinds[list(kind.members)] = c
    return State(
        kind=kinds,
        options=np.full((count, problem.days), -1, dtype=np.int64),
        codes=np.full((count, problem.periods), ABSENT, dtype=np.int16),
        own=np.full(count, MISSING, dtype=np.int64),
        cover=_table([cover.fixed for cover in problem.covers], problem.periods),
        room=np.zeros((len(problem.cases), len(problem.cuts)), dtype=np.int64),
        heads=np.array(
            [FULL_SPEED * row.fixed for row in problem.joint], dtype=np.int64
        ),
        hands=_table(
            [
                row
                for fill in problem.fills
                for row in fill.fixed or ((0,) * problem.periods,) * len(fill.works)
            ],
            problem.periods,
        ),
        free=np.zeros((len(problem.fills), problem.periods), dtype=np.int64),
        parts=np.zeros((len(problem.fills), len(problem.cuts)), dtype=np.int64),
    )


def _lots(rows: CaseRows) -> list[tuple[int, int, int]]:
    """Return (cut at which it is due, first cut period for it, amount), by deadline.

    First in, first out inside a stream: between two steps of either curve is one lot.
    What is due at no cut is due after the last one.
    """
    found = []
    cuts = len(rows.fixed)
    for ready, due in zip(rows.ready, rows.due, strict=True):
        heights = np.unique(np.concatenate((ready, due)))
        low = 0
        for height in heights[heights > 0].tolist():
            there = int(np.searchsorted(ready, height))
            late = int(np.searchsorted(due, height))
            found.append((late, there, height - low))
            low = height
    return sorted(lot for lot in found if min(lot[0], lot[1]) < cuts)


def _firsts(parts: Sequence[Sized]) -> Ints:
    """Return where each part begins if all are in one row, and the end."""
    return np.cumsum([0, *(len(own) for own in parts)]).astype(np.int64)


def _table(rows: Sequence[object], width: int) -> Ints:
    """Return rows as a table, also where there are none."""
    return np.array(rows, dtype=np.int64).reshape(len(rows), width)
