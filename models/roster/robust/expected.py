"""The problem whose cost is the mean cost over samples of what may come."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.errors import InvalidInput
from models.roster.problem import Cases, Cover, Level, RosterProblem, Stream

Ints = npt.NDArray[np.int64]
SLICES = 10  # of the samples, each with the same chance
NEEDED = "voice_shortfall"


def expected(
    problem: RosterProblem, samples: Sequence[RosterProblem], slices: int = SLICES
) -> RosterProblem:
    """Return the problem whose shared goals cost what they do on average.

    Agents, menu and works are those of ``problem``. What is short of people costs its
    mean over the samples, as levels; late calls and overdue work cost the mean over a
    few of the samples, one of each slice of them. Everything is decided before it is
    known what comes, so a roster costs here at least what it does once breaks and
    blocks follow the sample (section 10.4 of the formulation).

    Parameters
    ----------
    problem
        What is expected: cushions, open work and case work between calls are its own.
    samples
        The same plan with other demand: with the same covers and works.
    slices
        Into how many parts of equal chance the samples are cut; at most one each.

    Raises
    ------
    InvalidInput
        Where a sample has other covers or works, or there is none.
    """
    if not samples or slices < 1:
        raise InvalidInput("at least one sample and one slice")
    for sample in samples:
        if [c.counts for c in sample.covers] != [c.counts for c in problem.covers]:
            raise InvalidInput("samples must have the covers of the problem")
        if [w.name for w in sample.works] != [w.name for w in problem.works]:
            raise InvalidInput("samples must have the works of the problem")
    parts = min(slices, len(samples))
    cuts = _common_cuts([problem, *samples])
    whole = _on_cuts(problem, cuts)
    covers, more = [], list[Cover]()
    for c, row in enumerate(problem.covers):
        rows = [sample.covers[c] for sample in samples]
        covers.append(_cover(row, rows, parts))
        more += _targets(row, rows, parts)
    cases = [_cases(problem, samples, cuts, k, parts) for k in range(len(whole.cases))]
    return replace(
        whole,
        covers=(*covers, *more),
        cases=(*(own[0] for own in cases), *(row for own in cases for row in own[1:])),
    )


def _cover(row: Cover, rows: Sequence[Cover], parts: int) -> Cover:
    """Return a row whose shortfall costs its mean over samples: a level for each slice.

    In every period the samples are sorted and cut into slices; the level of a slice is
    its mean. So the sum of the levels is the mean of the requirement, and between two
    slices the mean cost is exact. A row without a level asks for nobody: in some
    samples another one asks for all that it would.
    """
    asked = [_needed(one) for one in rows]
    needed = next((level for level in (_needed(row), *asked) if level), None)
    if needed is None:
        return replace(row, targets=())
    nobody = (0,) * len(needed.target)
    heights = np.sort([level.target if level else nobody for level in asked], axis=0)
    cost = _part(needed.cost, parts)
    levels = [
        Level(NEEDED, tuple(np.rint(own.mean(axis=0)).astype(int).tolist()), cost)
        for own in np.array_split(heights, parts)[::-1]
    ]
    others = [lv for lv in row.levels if lv.goal != NEEDED]
    return replace(row, levels=(*levels, *others), targets=())


def _needed(row: Cover) -> Level | None:
    return next((level for level in row.levels if level.goal == NEEDED), None)


def _targets(row: Cover, rows: Sequence[Cover], parts: int) -> list[Cover]:
    """Return a row for each slice that has late calls: those of its middle sample."""
    if not any(one.targets for one in (row, *rows)):
        return []
    steps = [
        sum(
            height * rate
            for target in one.targets
            for curve in target.curves
            for height, rate in curve.steps
        )
        for one in rows
    ]
    return [
        replace(
            rows[n],
            name=f"{row.name}, sample {n + 1}",
            levels=(),
            targets=tuple(
                replace(target, cost=_part(target.cost, parts))
                for target in rows[n].targets
            ),
        )
        for n in _middles(steps, parts)
    ]


def _cases(
    problem: RosterProblem,
    samples: Sequence[RosterProblem],
    cuts: tuple[int, ...],
    k: int,
    parts: int,
) -> list[Cases]:
    """Return the row of a case type, and rows of samples that are late for it.

    What is done between calls is counted for one row of a type only: such a type keeps
    the work that is expected.
    """
    row = _row_on(problem, k, cuts)
    if any(fill.cases == k for fill in problem.fills):
        return [row]
    alike = [
        (sample, own)
        for sample in samples
        for own, one in enumerate(sample.cases)
        if one.work == row.work
    ]
    if len(alike) < len(samples):
        return [row]
    due = [
        sum(units for s in sample.cases[own].streams for _, units in s.deadlines)
        for sample, own in alike
    ]
    nothing = (0,) * len(cuts)
    sampled = [
        replace(
            _row_on(*alike[n], cuts),
            streams=_named(alike[n][0].cases[alike[n][1]].streams, n),
            late_costs=tuple(_part(cost, parts) for cost in row.late_costs),
            open_costs=nothing,
        )
        for n in _middles(due, parts)
    ]
    return [replace(row, late_costs=nothing), *sampled]


def _named(streams: Sequence[Stream], n: int) -> tuple[Stream, ...]:
    return tuple(replace(s, name=f"{s.name}, sample {n + 1}") for s in streams)


def _part(cost: int, parts: int) -> int:
    """Return a part of a cost, which is not nothing unless all of it is."""
    return max(1, round(cost / parts)) if cost else 0


def _middles(sizes: Sequence[int], parts: int) -> list[int]:
    """Return the middle one of each slice, by size.

    >>> _middles([50, 10, 40, 20, 30, 60], 2)
    [3, 0]
    """
    slices = np.array_split(np.argsort(sizes, kind="stable"), parts)
    return [int(own[len(own) // 2]) for own in slices]


def _common_cuts(problems: Sequence[RosterProblem]) -> tuple[int, ...]:
    return tuple(sorted({cut for problem in problems for cut in problem.cuts}))


def _on_cuts(problem: RosterProblem, cuts: tuple[int, ...]) -> RosterProblem:
    """Return a problem with more cuts, which costs the same."""
    rows = tuple(_row_on(problem, k, cuts) for k in range(len(problem.cases)))
    return replace(problem, cuts=cuts, cases=rows)


def _row_on(problem: RosterProblem, k: int, cuts: tuple[int, ...]) -> Cases:
    """Return a case row on more cuts: what is late costs by the time to the next cut.

    Raises
    ------
    InvalidInput
        Where others do work of it, for that is counted by cut.
    """
    row = problem.cases[k]
    if cuts == problem.cuts:
        return row
    if any(row.fixed):
        raise InvalidInput("case work of others cannot be put on other cuts")
    position = {cut: i for i, cut in enumerate(problem.cuts)}
    late, cost, length = [], 0.0, 0
    ends = [*problem.cuts[1:], problem.cuts[-1] + _DAY]
    for cut, end in pairwise([*cuts, cuts[-1] + _DAY]):
        if cut in position:
            i = position[cut]
            length = ends[i] - cut
            cost = row.late_costs[i] / length
        late.append(round(cost * (end - cut)))
    costs = dict(zip(problem.cuts, row.open_costs, strict=True))
    open_costs = tuple(costs.get(cut, 0) for cut in cuts)
    return replace(row, late_costs=tuple(late), open_costs=open_costs, fixed=())


_DAY = 1440
