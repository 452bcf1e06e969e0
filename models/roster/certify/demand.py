"""The demand's side: the least that it costs when it pays for help."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

from models.roster.certify.prices import FINE
from models.roster.certify.rewards import speed_of
from models.roster.problem import (
    FULL_SPEED,
    Cases,
    Cover,
    LateCurve,
    RosterProblem,
    Stream,
)
from models.roster.result import CasePrices, Certificate

Late = tuple[int, LateCurve]  # with the price of its late calls


@dataclass(frozen=True)
class Row:
    """A row of cover with its prices by period; ``lates`` by period.

    ``step`` is the greatest common divisor of all help that one agent can be; 0: none.
    """

    cover: Cover
    prices: tuple[int, ...]
    heads: tuple[int, ...]
    lates: dict[int, Late]
    step: int

    def price(self, p: int) -> int:
        """Return the price of help in a period: of heads, where they have one."""
        return self.heads[p] or self.prices[p]


def rows_of(problem: RosterProblem, certificate: Certificate) -> list[Row]:
    """Return all rows of cover."""
    found, known = [], iter(certificate.targets)
    for c, cover in enumerate(problem.covers):
        lates: dict[int, Late] = {}
        for target in cover.targets:
            late_price = next(known)
            lates |= {curve.period: (late_price, curve) for curve in target.curves}
        prices, heads = certificate.cover[c], certificate.heads[c]
        found.append(Row(cover, prices, heads, lates, _step(problem, cover)))
    return found


def least_of_cover(problem: RosterProblem, certificate: Certificate) -> int:
    """Return the sum over rows and periods of ``least_at``, in fine units.

    Less ``target price * allowed`` over targets: so much of the late calls is free.
    """
    targets = [target for cover in problem.covers for target in cover.targets]
    allowed = zip(certificate.targets, targets, strict=True)
    return sum(
        least_at(row, p)
        for row in rows_of(problem, certificate)
        for p in range(problem.periods)
    ) - sum(price * target.allowed for price, target in allowed)


def _step(problem: RosterProblem, cover: Cover) -> int:
    works = range(len(problem.works))
    return gcd(
        *(
            speed_of(problem, agent, work)
            for agent in problem.agents
            for work in works
            if work in cover.counts
        )
    )


def least_at(row: Row, p: int, paid: Sequence[tuple[int, int]] = ()) -> int:
    """Return the least of a row of cover in a period, in fine units.

    With ``f(x) = 1024 * sum over levels: cost * max(0, target - fixed - x)`` of help
    ``x``, and the price of late calls times what the late curve has at ``fixed + x``:

    * without a price of heads, the least ``f(x) + price * x`` over multiples of
      ``step``: what agents give is a sum of their speeds;
    * with one, the least ``f(h) + head_price * h`` over multiples ``h`` of 100. Help
      is never more than heads, and ``f`` falls. ``price * x >= 0`` is left out.

    Less ``pay * max(0, fixed + x - needed)`` for each (pay, needed) of ``paid``.
    """
    cover, price, step = row.cover, row.price(p), row.step
    if row.heads[p]:
        step = FULL_SPEED
    slopes = [
        (level.target[p] - cover.fixed[p], level.cost * FINE) for level in cover.levels
    ]
    if p in row.lates:
        late_price, curve = row.lates[p]
        slopes += [
            (height - cover.fixed[p], rate * late_price) for height, rate in curve.steps
        ]
    bars = [(needed - cover.fixed[p], pay) for pay, needed in paid]
    return min(
        _short(slopes, x) + price * x - sum(pay * max(0, x - bar) for bar, pay in bars)
        for x in _turns([height for height, _ in (*slopes, *bars)], step)
    )


def _short(slopes: list[tuple[int, int]], help_given: int) -> int:
    """Return what a row costs in a period with some help, fine units."""
    return sum(cost * max(0, need - help_given) for need, cost in slopes)


def _turns(needs: list[int], step: int) -> set[int]:
    """Return the multiples of ``step`` among which a least one is.

    Between two needs the cost is a straight line, so it is least next to a need or at
    0; above the highest need help only costs.
    """
    if not step:
        return {0}
    below = {max(0, need // step * step) for need in needs}
    return {0} | below | {x + step for x in below}


def least_of_cases(problem: RosterProblem, certificate: Certificate) -> int:
    """Return the sum over case types of ``least_of_type``, in fine units."""
    return sum(
        least_of_type(problem, cases, prices)
        for cases, prices in zip(problem.cases, certificate.cases, strict=True)
    )


def least_of_type(problem: RosterProblem, cases: Cases, prices: CasePrices) -> int:
    """Return the least of one case type over all work done, late and left.

    With arrivals ``A`` and deadlines ``D`` by cut, and ``0 <= done <= ready``:

        sum over cuts i >= 1: still A - room fixed + sum over streams: due D
        + ready min(0, - due - still - order + order' + room - room')

    where a dash means the next cut. Late and left cost no less than what they are paid
    (``refuse_unfit``), so none of them is least. What is late and left at the first cut
    is so in every roster and costs what it costs.
    """
    total = FINE * _at_the_start(cases)
    for i, cut in enumerate(problem.cuts[1:], start=1):
        arrived = sum(_until(stream.arrivals, cut) for stream in cases.streams)
        total += prices.still[i] * arrived - prices.room[i] * cases.fixed_at(i)
        for s, stream in enumerate(cases.streams):
            total += prices.due[s][i] * _until(stream.deadlines, cut)
            total += _ready(problem, stream, i) * min(0, _rest(prices, s, i))
    return total


def _at_the_start(cases: Cases) -> int:
    """Return what is late and left at the first cut, minute 0, costs; cost units."""
    late = sum(_until(stream.deadlines, 0) for stream in cases.streams)
    left = sum(_until(stream.arrivals, 0) for stream in cases.streams)
    return cases.late_costs[0] * late + cases.open_costs[0] * left


def _until(entries: tuple[tuple[int, int], ...], cut: int) -> int:
    return sum(work for minute, work in entries if minute <= cut)


def _ready(problem: RosterProblem, stream: Stream, i: int) -> int:
    """Return the work that can be done by cut ``i``: what was there a cut earlier."""
    if problem.enforces("work_after_arrival"):
        return _until(stream.arrivals, problem.cuts[i - 1])
    return _until(stream.arrivals, problem.cuts[-1])


def _rest(prices: CasePrices, s: int, i: int) -> int:
    """Return what a unit of a stream done by cut ``i`` costs less what it saves."""
    rest = prices.room[i] - prices.due[s][i] - prices.still[i] - prices.order[s][i]
    if i + 1 < len(prices.room):
        rest += prices.order[s][i + 1] - prices.room[i + 1]
    return rest
