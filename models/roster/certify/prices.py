"""Whether prices are such that they prove anything."""

from collections.abc import Iterator, Sequence

from models.errors import InvalidInput
from models.roster.problem import Cases, RosterProblem
from models.roster.result import CasePrices, Certificate

FINE = 1024  # prices are in this part of a cost unit

Row = Sequence[int]


def refuse_unfit(problem: RosterProblem, certificate: Certificate) -> None:
    """Raise ``InvalidInput`` for prices that do not fit the problem or prove nothing.

    All are ``>= 0``. A unit of work due or open pays at most what it costs late or
    open, one of late calls what it costs beyond its target: else leaving it would pay
    for itself without end.
    """
    for rows in (certificate.cover, certificate.heads):
        _refuse_count("rows of cover", rows, len(problem.covers))
        for row in rows:
            _refuse_row("cover", row, problem.periods)
    targets = [target for cover in problem.covers for target in cover.targets]
    _refuse_count("targets", certificate.targets, len(targets))
    _refuse_row("targets", certificate.targets, len(targets))
    for price, target in zip(certificate.targets, targets, strict=True):
        if price > target.cost * FINE:
            raise InvalidInput(
                f"target {target.name!r}: price {price}, must be <= "
                f"{target.cost * FINE}, what a late call more costs"
            )
    _refuse_people(problem, certificate.people)
    _refuse_count("case types", certificate.cases, len(problem.cases))
    for cases, prices in zip(problem.cases, certificate.cases, strict=True):
        for name, priced in _rows(cases, prices):
            _refuse_row(name, priced, len(problem.cuts))
        for due in prices.due:
            _refuse_above("due", due, cases.late_costs)
        _refuse_above("still", prices.still, cases.open_costs)


def _refuse_people(problem: RosterProblem, people: Row) -> None:
    _refuse_count("headcounts", people, len(problem.joint))
    for row, price in zip(problem.joint, people, strict=True):
        under, over = row.prices
        least, most = -over * FINE, under * FINE
        if not least <= price <= most:
            raise InvalidInput(
                f"headcount {row.name!r}: price {price}, must be from {least} to {most}"
                ", what one too many and one too few cost"
            )


def _rows(cases: Cases, prices: CasePrices) -> Iterator[tuple[str, Row]]:
    """Yield each row of prices of a case type, with what it is called."""
    _refuse_count("streams", prices.due, len(cases.streams))
    _refuse_count("streams", prices.order, len(cases.streams))
    yield "room", prices.room
    yield "still", prices.still
    yield from (("due", row) for row in prices.due)
    yield from (("order", row) for row in prices.order)


def _refuse_count(what: str, found: Sequence[object], expected: int) -> None:
    if len(found) != expected:
        raise InvalidInput(f"prices of {len(found)} {what}, must be {expected}")


def _refuse_row(name: str, row: Row, length: int) -> None:
    if len(row) != length:
        raise InvalidInput(f"{name}: {len(row)} prices, must be {length}")
    if min(row, default=0) < 0:
        raise InvalidInput(f"{name}: price {min(row)}, must be >= 0")


def _refuse_above(name: str, row: Row, costs: Row) -> None:
    """Refuse a price above what the unit costs; nothing is decided at the first cut."""
    for i, (price, cost) in enumerate(zip(row, costs, strict=True)):
        if i and price > cost * FINE:
            raise InvalidInput(
                f"{name}: price {price} at cut {i}, must be <= {cost * FINE}, "
                f"what a unit costs there"
            )
