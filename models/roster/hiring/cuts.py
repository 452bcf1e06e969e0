"""What prices of one mix prove of every other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.roster.certify.between import least_of_fills
from models.roster.certify.demand import least_of_cases, least_of_cover, rows_of
from models.roster.columns.units import FINE
from models.roster.problem import Cases, RosterProblem
from models.roster.result import CasePrices, Certificate
from models.roster.worth import hires


@dataclass(frozen=True)
class Cut:
    """A bound of a week that is a straight line in how many of each kind are hired.

    Cost units: no roster costs less than ``base + sum over kinds of_kind * number``.

    Attributes
    ----------
    base
        ``None``: somebody who is not hired has no legal tour, so no roster exists.
    of_kind
        What one costs at least, less what they are paid for help; ``None``: they have
        no legal tour, so no roster has any of them.
    """

    base: int | None
    of_kind: tuple[int | None, ...]


def cut_of(
    problem: RosterProblem,
    certificate: Certificate,
    kinds: Sequence[Sequence[int]],
    least: Sequence[Cases] | None = None,
) -> Cut:
    """Return what prices prove of every mix, whichever mix they were found for.

    The prices of a relaxation of the demand (Lagrangian; Geoffrion, 1974) prove for any
    agents that no roster costs less than what the demand and each agent, apart, cost at
    least; only the number of agents of each kind changes with the mix. With the prices
    that prove most of one mix this is a cut of Benders' method (1962) for all of them.

    Parameters
    ----------
    problem
        With as many of every kind as can be hired.
    kinds
        The agents of each kind, by position; those of a kind are alike.
    least
        The case work of the mix that has least of it, in proportion. Default: that of
        the problem, whatever the mix.
    """
    cases = problem.cases if least is None else tuple(least)
    demand = (
        least_of_cover(problem, certificate)
        + least_of_fills(problem, certificate, rows_of(problem, certificate))
        + least_of_cases(replace(problem, cases=cases), certificate)
    ) // FINE
    if least is not None:
        demand -= _rounded_away(cases)
    people = [
        price * (row.needed - row.fixed)
        for row, price in zip(problem.joint, certificate.people, strict=True)
    ]
    worth = hires(problem, certificate)
    hired = {a for own in kinds for a in own}
    there = [worth[a] for a in range(len(worth)) if a not in hired]
    own = [worth[members[0]] for members in kinds]
    known = [one for one in there if one is not None]
    base = demand + sum(people) // FINE - sum(known)
    return Cut(
        base=base if len(known) == len(there) else None,
        of_kind=tuple(None if one is None else -one for one in own),
    )


def _rounded_away(cases: Sequence[Cases]) -> int:
    """Return what less work may cost more as it comes in whole units, cost units.

    What is done of it may be short of the same share by a unit or two (arrivals, work
    done) in each stream and cut.
    """
    return 2 * sum(
        len(one.streams) * (sum(one.late_costs) + sum(one.open_costs)) for one in cases
    )


def no_prices(problem: RosterProblem) -> Certificate:
    """Return prices of nothing: they prove what tours cost by themselves."""
    cuts = (0,) * len(problem.cuts)
    cover = ((0,) * problem.periods,) * len(problem.covers)
    return Certificate(
        bound=0,
        cover=cover,
        heads=cover,
        cases=tuple(
            CasePrices(
                room=cuts,
                due=(cuts,) * len(one.streams),
                order=(cuts,) * len(one.streams),
                still=cuts,
            )
            for one in problem.cases
        ),
        targets=(0,) * sum(len(cover.targets) for cover in problem.covers),
        people=(0,) * len(problem.joint),
    )


def alike(problem: RosterProblem, kinds: Sequence[Sequence[int]]) -> bool:
    """Whether agents of a kind differ in nothing but their names."""
    return all(
        len({replace(problem.agents[a], name="") for a in own}) == 1 for own in kinds
    )


def only_more(
    few: RosterProblem, many: RosterProblem, kinds: Sequence[Sequence[int]]
) -> bool:
    """Whether a problem is another one with the agents of some kinds, nothing else.

    Shifts that only these can work are no difference, nor is how much case work there
    is: who goes from calls to a block loses some of it.
    """
    hired = {a for own in kinds for a in own}
    rest = tuple(one for a, one in enumerate(many.agents) if a not in hired)
    other = replace(many, agents=rest, shifts=few.shifts, cases=few.cases)
    return (
        other == few
        and set(few.shifts) <= set(many.shifts)
        and [_bare(one) for one in few.cases] == [_bare(one) for one in many.cases]
    )


def _bare(cases: Cases) -> tuple[object, ...]:
    """Return all of a case type but how much there is, and when."""
    names = [stream.name for stream in cases.streams]
    return cases.work, cases.late_costs, cases.open_costs, cases.fixed, names


def no_less(some: Sequence[Cases], least: Sequence[Cases]) -> bool:
    """Whether of all case work there is as much by each minute, but for a unit."""
    pairs = (
        (a, b)
        for one, other in zip(some, least, strict=True)
        for own, those in zip(one.streams, other.streams, strict=True)
        for a, b in (
            (own.arrivals, those.arrivals),
            (own.deadlines, those.deadlines),
        )
    )
    return all(
        _by(a, minute) >= _by(b, minute) - 1 for a, b in pairs for minute, _ in b
    )


def _by(row: Sequence[tuple[int, int]], minute: int) -> int:
    return sum(work for at, work in row if at <= minute)
