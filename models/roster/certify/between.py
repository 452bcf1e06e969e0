"""Case work between calls: what it changes in the least that the demand costs."""

from bisect import bisect_left
from collections.abc import Iterator

from models.roster.certify.demand import Row, least_at
from models.roster.certify.rewards import speed_of
from models.roster.problem import (
    FULL_SPEED,
    WORK_PER_MINUTE,
    Fill,
    RosterProblem,
)
from models.roster.result import Certificate

_WHOLE = 100 * FULL_SPEED


def least_of_fills(
    problem: RosterProblem, certificate: Certificate, rows: list[Row]
) -> int:
    """Return what fills change in the sum of ``least_at`` over rows and periods.

    Each hundredth of an agent freed gains ``room * share * period * 20 // 10,000``,
    rounded up. Bars may pay for what is freed under them, ``pay >= 0``: a row of cover
    then costs ``least f(x) + price * x - sum pay * max(0, x + fixed - needed)``, and
    what a work gains beyond what its bars pay is lost once for everybody who can be on
    it. Any payment proves something that leaves ``price - sum pay >= 0``. Taken is, bar
    by bar, as much as that allows, or nothing where that proves more.
    """
    total = 0
    people = {fill.cases: _people(problem, fill) for fill in problem.fills}
    for p in range(problem.periods):
        spent: dict[int, list[tuple[int, int]]] = {}
        for fill, gain in _gains(problem, certificate, p):
            most = _most(people[fill.cases], fill, p)
            paid, beyond = _payments(problem, fill, gain, rows, spent, p)
            with_pay = -sum(g * n for g, n in zip(beyond, most, strict=True))
            after = dict(spent)
            for b, pay in enumerate(paid):
                c, needed = fill.bars[b].cover, fill.bars[b].needed[p]
                before = after.get(c, [])
                after[c] = [*before, (pay, needed)]
                with_pay += least_at(rows[c], p, after[c])
                with_pay -= least_at(rows[c], p, before)
            without = -gain * sum(most)
            if with_pay >= without:
                spent = after
            total += max(with_pay, without)
    return total


def _gains(
    problem: RosterProblem, certificate: Certificate, p: int
) -> Iterator[tuple[Fill, int]]:
    """Yield the fills credited in a period, and what a hundredth freed gains."""
    start, end = p * problem.period, (p + 1) * problem.period
    cut = bisect_left(problem.cuts, end)
    for fill in problem.fills if cut < len(problem.cuts) else ():
        opened = problem.works[problem.cases[fill.cases].work].open
        worked = any(a <= start and end <= b for a, b in opened)
        if worked or not problem.enforces("case_hours"):
            room = certificate.cases[fill.cases].room[cut]
            parts = room * fill.share * problem.period * WORK_PER_MINUTE
            yield fill, -(-parts // _WHOLE)


def _people(problem: RosterProblem, fill: Fill) -> list[int]:
    """Return by work the hundredths, at speed on the cases, who can be on it."""
    work = problem.cases[fill.cases].work
    return [
        sum(
            speed_of(problem, a, work)
            for a in problem.agents
            if speed_of(problem, a, w)
        )
        for w in fill.works
    ]


def _most(people: list[int], fill: Fill, p: int) -> list[int]:
    """Return the same in a period, with those who are there anyway."""
    if not fill.fixed:
        return people
    return [n + row[p] for n, row in zip(people, fill.fixed, strict=True)]


def _payments(
    problem: RosterProblem,
    fill: Fill,
    gain: int,
    rows: list[Row],
    spent: dict[int, list[tuple[int, int]]],
    p: int,
) -> tuple[list[int], list[int]]:
    """Return what each bar pays, and what each work gains beyond that."""
    paid = [0 for _ in fill.bars]
    left = [
        rows[bar.cover].price(p) - sum(pay for pay, _ in spent.get(bar.cover, []))
        for bar in fill.bars
    ]
    over = [
        [b for b, bar in enumerate(fill.bars) if w in problem.covers[bar.cover].counts]
        for w in fill.works
    ]
    for bars in over:
        for b in bars:
            missing = max(0, gain - sum(paid[x] for x in bars))
            paid[b] += min(missing, left[b] - paid[b])
    return paid, [max(0, gain - sum(paid[b] for b in bars)) for bars in over]
