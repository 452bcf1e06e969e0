"""Bands of overtime: paid time beyond some hours costs something on top."""

from collections.abc import Iterator, Sequence

from models.roster.problem import UNIT, Limit, Measure
from scheduler.domain import Contract
from scheduler.tables import History, Leave
from scheduler.translate.frame import Frame, whole
from scheduler.translate.weeks import all_credits, counted, part_of

_HOUR = 60


def overtime_bands(
    frame: Frame, contract: Contract, history: Sequence[History], leave: Sequence[Leave]
) -> Iterator[Limit]:
    """Yield what an agent's paid minutes cost on top, band by band.

    Of a week what leave credits, and what was worked in it before day one, counts; a
    week that is cut has its share of the hours, as in ``week_limits``.
    """
    credited = all_credits(frame, contract, history, leave)
    for band in contract.overtime:
        cost = whole(band.surcharge * contract.cost_per_hour * UNIT / _HOUR)
        if band.per == "day":
            for day in range(frame.days):
                yield _band((day,), round(_HOUR * band.above_hours), cost)
            continue
        above = {"max_hours_per_week": band.above_hours}
        for week in frame.weeks:
            first, last = counted(frame, week, bool(history))
            part = part_of(contract.model_copy(update=above), (last - first).days + 1)
            known = sum(c.minutes for c in credited if first <= c.date <= last)
            yield _band(tuple(week), round(part.most), cost, round(known))


def _band(days: tuple[int, ...], most: int, cost: int, before: int = 0) -> Limit:
    """Return the time of some days beyond a band's start; what was before is paid."""
    free = max(0, most - before)
    return Limit(
        "overtime", days, measure=Measure.PAID, most=free, cost=cost, goal="overtime"
    )
