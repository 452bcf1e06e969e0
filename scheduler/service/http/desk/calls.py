"""People on calls in a draft: where an edit has made more or fewer of them."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from models.roster.editing import Standing
from models.roster.predict import people_on_calls
from scheduler.rosters.writing import moment_text
from scheduler.service.http.desk.answering import in_json
from scheduler.service.http.desk.given import Answer, Given
from scheduler.service.http.desk.held import COLD, Base, standing_of
from scheduler.translate.demand import centi_agents


def draft_calls(given: Given) -> Answer:
    """Rules that a draft breaks, and where it has other people on calls than before."""
    found = standing_of(given)
    if found is None:
        return COLD
    base, standing = found
    calls = calls_changed(base, base.standing, standing)
    return in_json({"items": calls, "violations": len(standing.violations)})


def calls_changed(base: Base, before: Standing, then: Standing) -> list[dict[str, Any]]:
    """Return people on calls of each queue (set of them) in what differs."""
    return list(_changed(base, before, then))


def _changed(base: Base, before: Standing, then: Standing) -> Iterator[dict[str, Any]]:
    problem, axis = base.prepared.problem, base.prepared.translation.axis
    rows = zip(
        base.prepared.translation.demands,
        np.asarray(before.cover, dtype=float),
        np.asarray(then.cover, dtype=float),
        strict=True,
    )
    for demand, was, now in rows:
        periods = demand.minutes // problem.period
        there = people_on_calls(now, periods)
        at = np.flatnonzero(there != people_on_calls(was, periods))
        if not at.size:
            continue
        missing = np.maximum(0, centi_agents(demand.least, periods) - now)
        short = people_on_calls(missing, periods)
        yield {
            "queue": demand.name,
            "starts": [moment_text(axis, int(each)) for each in demand.starts[at]],
            "rostered": there[at].round(3).tolist(),
            "short": short[at].round(3).tolist(),
        }
