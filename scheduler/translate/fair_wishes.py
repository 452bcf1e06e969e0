"""Wishes with memory: who was refused more of them has wishes that weigh more."""

import datetime as dt

from scheduler.domain import Plan
from scheduler.tables import Preference

_LEAST, _MOST = 0.25, 4.0  # times the weight that the plan gives a wish


def weighed(plan: Plan) -> dict[str, list[Preference]]:
    """Return each agent's wishes, weights times ``1 + weight (level - rate)``.

    An agent's *rate* is the share of wishes granted in the last weeks, the *level* the
    mean rate of all who asked. Who has asked for nothing stands at the level.
    """
    found: dict[str, list[Preference]] = {}
    factors = _factors(plan)
    for row in plan.preferences:
        weight = row.weight * factors.get(row.agent_id, 1.0)
        changed = row.model_copy(update={"weight": weight})
        found.setdefault(row.agent_id, []).append(changed)
    return found


def _factors(plan: Plan) -> dict[str, float]:
    factors: dict[str, float] = {}
    for kind in plan.fairness:
        if kind.of != "wishes":
            continue
        first = plan.horizon.first_day - dt.timedelta(weeks=kind.weeks)
        asked: dict[str, list[bool]] = {}
        for row in plan.wish_history:
            if first <= row.date < plan.horizon.first_day:
                asked.setdefault(row.agent_id, []).append(row.granted)
        rates = {a: sum(own) / len(own) for a, own in asked.items()}
        level = sum(rates.values()) / len(rates) if rates else 0.0
        for a, rate in rates.items():
            factor = factors.get(a, 1.0) * (1 + kind.weight * (level - rate))
            factors[a] = min(_MOST, max(_LEAST, factor))
    return factors
