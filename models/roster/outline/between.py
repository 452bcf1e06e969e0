"""Case work between calls in the outline."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from models.roster.outline.rows import Rows, Term
from models.roster.outline.tours import Works
from models.roster.problem import FULL_SPEED, WORK_PER_MINUTE, Bar, Fill, RosterProblem
from models.roster.reach import cut_of, open_periods

Does = dict[tuple[int, int, int], int]  # (group, work, period) -> column
Group = tuple[tuple[int, ...], list[Works]]  # speeds, and the tours of its agents
Missing = dict[tuple[int, int], tuple[int, int]]  # (cover, period) -> column, need

Terms = dict[tuple[int, int], list[Term]]

_WHOLE = 100 * FULL_SPEED


def fill_time(
    rows: Rows,
    problem: RosterProblem,
    groups: Sequence[Group],
    does: Does,
    missing: Missing,
    fill: Fill,
) -> dict[int, list[Term]]:
    """Add who is freed for cases between calls; return minus their work, by cut.

    On each work no more are freed than are there, and under each bar no more than its
    surplus. Where a requirement at least as high as the bar is priced, what is missing
    of it makes up for a surplus below 0; else the bar is left out.
    """
    work = problem.cases[fill.cases].work
    cuts, worked = cut_of(problem).tolist(), open_periods(problem, work)
    able: Terms = defaultdict(list)
    for (g, w, p), column in does.items():
        if groups[g][0][work] and w in fill.works:
            able[w, p].append((column, -groups[g][0][work]))
    share = fill.share * problem.period * WORK_PER_MINUTE / _WHOLE
    time: dict[int, list[Term]] = defaultdict(list)
    freed: dict[tuple[int, int], int] = {}
    for n, w in enumerate(fill.works):
        for p in sorted(worked):
            fixed = fill.fixed[n][p] if fill.fixed else 0
            if cuts[p] and (able[w, p] or fixed):
                freed[w, p] = rows.column()
                rows.row([(freed[w, p], 1.0), *able[w, p]], high=fixed)
                time[cuts[p]].append((freed[w, p], -share))
    for bar in fill.bars:
        _add_bar(rows, problem, groups, does, missing, bar, freed)
    return time


def _add_bar(
    rows: Rows,
    problem: RosterProblem,
    groups: Sequence[Group],
    does: Does,
    missing: Missing,
    bar: Bar,
    freed: Mapping[tuple[int, int], int],
) -> None:
    """Let those freed under a bar be no more than its surplus, in each period."""
    cover = problem.covers[bar.cover]
    there: dict[int, list[Term]] = defaultdict(list)
    for (g, w, p), column in does.items():
        if w in cover.counts:
            there[p].append((column, -groups[g][0][w]))
    over: dict[int, list[Term]] = defaultdict(list)
    for (w, p), column in freed.items():
        if w in cover.counts:
            over[p].append((column, 1.0))
    for p, terms in over.items():
        spare = cover.fixed[p] - bar.needed[p]
        short, need = missing.get((bar.cover, p), (-1, 0))
        if spare >= 0:
            rows.row([*terms, *there[p]], high=spare)
        elif need >= -spare:
            rows.row([*terms, *there[p], (short, -1.0)], high=spare)
