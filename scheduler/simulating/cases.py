"""Cases of a type, from counts of replications to what a planner reads of them."""

from collections.abc import Iterator

import numpy as np

from models.simulation import Centre
from models.simulation.confidence import mean, ratio
from models.simulation.tally import CASE_COUNTS
from models.simulation.world import Floats
from scheduler.calendars import TimeAxis
from scheduler.rosters.outlook import Outlook
from scheduler.rosters.simulated import DayCases, SimulatedCases
from scheduler.simulating.means import as_entries, as_entry

_DAY = 86400.0
COUNT = {name: n for n, name in enumerate(CASE_COUNTS)}


def case_entries(
    axis: TimeAxis, centre: Centre, counts: Floats, promised: Outlook, confidence: float
) -> Iterator[SimulatedCases]:
    """Yield what is told of each type; ``counts`` by replication and type first."""
    days = counts.shape[2]
    predicted = {each.case_type: each.forecast.breaches for each in promised.cases}
    for k, kind in enumerate(centre.kinds):
        own = counts[:, k]
        breaches = predicted.get(kind.name, np.zeros(days))[:days]
        late = own[..., COUNT["late"]].sum(axis=1)
        yield SimulatedCases(
            case_type=kind.name,
            days=list(_days(axis, own, breaches, confidence)),
            breaches=as_entry(mean(late, confidence)),
            promised_breaches=float(breaches.sum()),
            kept=float((late == 0).mean()),
        )


def _days(
    axis: TimeAxis, own: Floats, breaches: Floats, confidence: float
) -> Iterator[DayCases]:
    plain = own.mean(axis=0)
    late, there, overdue, completed = (
        as_entries(mean(own[..., COUNT[name]], confidence))
        for name in ("late", "open", "overdue", "completed")
    )
    ages = as_entries(
        ratio(own[..., COUNT["age"]] / _DAY, own[..., COUNT["open"]], confidence)
    )
    for d, promised in enumerate(breaches.tolist()):
        yield DayCases(
            date=axis.date(d),
            received=float(plain[d, COUNT["received"]]),
            completed=completed[d],
            due=float(plain[d, COUNT["due"]]),
            promised_breaches=promised,
            breaches=late[d],
            open=there[d],
            overdue=overdue[d],
            age_days=ages[d],
        )
