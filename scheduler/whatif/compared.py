"""Scenarios side by side: differences to the base, frontier, spread over samples."""

from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import fmean, stdev

import numpy as np
from scipy.special import stdtrit

from scheduler.whatif.document import (
    METRICS,
    Difference,
    Outlook,
    SampledEntry,
    ScenarioEntry,
    Spread,
)
from scheduler.whatif.sections import BASE

_SAME = 1e-9


def compared(entries: Sequence[ScenarioEntry]) -> list[ScenarioEntry]:
    """Return scenarios with their differences and who is on the frontier."""
    bases = {(one.samples, one.sample): one for one in entries if one.of == BASE}
    frontier = _frontier(entries)
    found = []
    for one in entries:
        base = bases.get((one.samples, one.sample))
        own = base is not None and base.name != one.name
        update: dict[str, object] = {"on_frontier": one.name in frontier}
        if base is not None and own and _known(one) and _known(base):
            update |= {"against": base.name, "difference": difference(one, base)}
        found.append(one.model_copy(update=update))
    return found


def _known(one: ScenarioEntry) -> bool:
    return one.figures.objective is not None


def difference(one: ScenarioEntry, base: ScenarioEntry) -> Difference:
    """Return what a roster has more than another, and what of it says nothing.

    The cost of the best roster of a plan lies between bound and objective, so the two
    gaps leave open how much of a difference in cost the search has made. As much may be
    paid hours or overtime, at a price of one; and where the costs may be the same, so
    may be everything else.
    """
    more = {name: _more(one.figures, base.figures, name) for name in METRICS}
    least, most = _range(one, base)
    cost = more["objective"]
    open_ = least is None or most is None or least <= 0 <= most
    slack = None if least is None or most is None else most - least
    small = []
    for name in METRICS:
        value = more[name]
        hours = name in ("paid_hours", "overtime_hours")
        within = slack is None or (value is not None and abs(value) <= slack)
        if value is not None and (open_ if not hours else open_ or within):
            small.append(name)
    assert cost is not None
    return Difference(**more, cost_least=least, cost_most=most, too_small=small)


def _more(one: Outlook, base: Outlook, name: str) -> float | None:
    a, b = getattr(one, name), getattr(base, name)
    return None if a is None or b is None else round(a - b, 6)


def _range(
    one: ScenarioEntry, base: ScenarioEntry
) -> tuple[float | None, float | None]:
    """Return between what the costs of the two best rosters differ."""
    a, b = one.figures.objective, base.figures.objective
    if a is None or b is None or one.bound is None or base.bound is None:
        return None, None
    return round(one.bound - b, 6), round(a - base.bound, 6)


def _frontier(entries: Sequence[ScenarioEntry]) -> set[str]:
    """Return those that no other of the same circumstances is better than.

    What happens to a centre is nobody's choice: a week with fewer calls is no better
    decision than one with more.
    """
    alike: dict[str, list[tuple[str, tuple[float, ...]]]] = {}
    for one in entries:
        losses = _losses(one)
        if losses is not None:
            alike.setdefault(one.circumstances, []).append((one.name, losses))
    return {
        name
        for group in alike.values()
        for name, losses in group
        if not any(_better(other, losses) for _, other in group)
    }


def _losses(one: ScenarioEntry) -> tuple[float, ...] | None:
    """Return paid hours, share of calls late, and breaches: the less the better."""
    f = one.figures
    if f.paid_hours is None or one.status == "illegal":
        return None
    level = 1.0 if f.service_level is None else f.service_level
    return (f.paid_hours, 1 - level, f.breaches or 0.0)


def _better(one: Iterable[float], other: Iterable[float]) -> bool:
    """Whether one is nowhere worse, and somewhere better."""
    pairs = list(zip(one, other, strict=True))
    nowhere_worse = all(a <= b + _SAME for a, b in pairs)
    return nowhere_worse and any(a < b - _SAME for a, b in pairs)


def sampled(entries: Sequence[ScenarioEntry]) -> list[SampledEntry]:
    """Return each scenario over the samples that it meets."""
    groups: dict[tuple[str, str], list[ScenarioEntry]] = {}
    for one in entries:
        if one.samples is not None:
            groups.setdefault((one.samples, one.of), []).append(one)
    return [_spread(samples, of, own) for (samples, of), own in groups.items()]


def _spread(samples: str, of: str, own: Sequence[ScenarioEntry]) -> SampledEntry:
    known = [one for one in own if _known(one)]
    figures = {}
    for name in METRICS:
        values = [v for one in known if (v := getattr(one.figures, name)) is not None]
        if values:
            figures[name] = _of(values, _paired(known, name))
    return SampledEntry(
        samples=samples,
        of=of,
        count=len(known),
        without=len(own) - len(known),
        figures=figures,
    )


def _paired(known: Sequence[ScenarioEntry], name: str) -> list[float]:
    told = [one.difference for one in known if one.difference is not None]
    values = (getattr(one, name) for one in told)
    return [value for value in values if value is not None]


def _of(values: Sequence[float], more: Sequence[float]) -> Spread:
    """Return mean and tenths of values; mean and margin of paired differences."""
    margin = None
    if len(more) > 1:
        width = float(stdtrit(len(more) - 1, 0.975))
        margin = round(width * stdev(more) / sqrt(len(more)), 6)
    return Spread(
        mean=round(fmean(values), 6),
        low=round(float(np.quantile(values, 0.1)), 6),
        high=round(float(np.quantile(values, 0.9)), 6),
        more=round(fmean(more), 6) if more else None,
        margin=margin,
    )
