"""Weeks as they may come: a plan whose forecast has turned out wrong.

The factor of a queue (case type) on a day is ``F⁻¹(Φ(z))``, with ``F`` of mean 1 and
the asked deviation and ``z`` a normal number: what all queues have in common and what
each has of its own, both going on from day to day (autoregressive). Every number
depends only on the seed, the sample, and the name that it is of: scenarios that meet
the same sample meet the same errors, whatever else they change.
"""

import datetime as dt
import hashlib
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv, ndtr

from scheduler.calendars import TimeAxis
from scheduler.domain import Plan
from scheduler.whatif.absences import absent
from scheduler.whatif.changes import Absence
from scheduler.whatif.patches import renewed
from scheduler.whatif.sections import ForecastSamples, Uncertain

Floats = npt.NDArray[np.float64]


def sampled(plan: Plan, samples: ForecastSamples, sample: int) -> Plan:
    """Return a plan as one of the samples (0, 1, ...) would have it.

    What is drawn is known then: ``forecast_cv`` of what it is drawn for becomes 0.
    """
    draw = _Draw(samples.seed, sample)
    if samples.calls is not None:
        plan = _calls(plan, samples, draw)
    if samples.handle_time is not None:
        plan = _handle_time(plan, samples.handle_time, draw)
    if samples.inflow is not None:
        plan = _inflow(plan, samples.inflow, draw)
    if samples.case_handle_time is not None:
        plan = _case_time(plan, samples.case_handle_time, draw)
    if samples.absence:
        plan = absent(
            plan, Absence(share=samples.absence, seed=draw.seed_of("absence"))
        )
    return plan


class _Draw:
    """Random numbers of one sample, by name."""

    def __init__(self, seed: int, sample: int) -> None:
        self._lead = f"{seed}\n{sample}\n"

    def seed_of(self, name: str) -> int:
        """Return a seed that only this name has."""
        digest = hashlib.sha256((self._lead + name).encode()).digest()
        return int.from_bytes(digest[:8], "big")

    def normal(self, name: str, count: int) -> Floats:
        """Return standard normal numbers; more of them begin with the same ones."""
        return np.random.default_rng(self.seed_of(name)).standard_normal(count)

    def days(self, kind: str, name: str, days: int, of: Uncertain) -> Floats:
        """Return a factor for each day."""
        common = _running(self.normal(kind, days), of.day_to_day)
        own = _running(self.normal(f"{kind}\n{name}", days), of.day_to_day)
        z = sqrt(of.together) * common + sqrt(1 - of.together) * own
        return factors(z, of.cv, of.distribution)


def _running(noise: Floats, correlation: float) -> Floats:
    """Return numbers of which each has this correlation with the next."""
    found = noise.copy()
    for day in range(1, len(noise)):
        fresh = sqrt(1 - correlation**2) * noise[day]
        found[day] = correlation * found[day - 1] + fresh
    return found


def factors(z: Floats, cv: float, distribution: str) -> Floats:
    """Return factors of mean 1 and a standard deviation for standard normal numbers.

    >>> factors(np.zeros(1), 0.0, "gamma").tolist()
    [1.0]
    """
    if cv == 0:
        return np.ones_like(z)
    if distribution == "lognormal":
        variance = np.log1p(cv**2)
        return np.asarray(np.exp(sqrt(variance) * z - variance / 2))
    return np.asarray(gammaincinv(cv**-2, ndtr(z)) * cv**2)


def _calls(plan: Plan, samples: ForecastSamples, draw: _Draw) -> Plan:
    of = samples.calls
    assert of is not None
    by_day = {
        queue.name: draw.days("calls", queue.name, plan.horizon.days, of)
        for queue in plan.queues
    }
    rows, axis = [], TimeAxis.of(plan.horizon)
    for row in plan.calls:
        day = _day(plan, axis.date_at(row.start))
        own = draw.normal(f"calls\n{row.queue}\n{row.start.isoformat()}", 1)
        noise = factors(own, of.interval_cv, of.distribution)[0]
        factor = float(by_day[row.queue][day] * noise)
        rows.append(renewed(row, calls=round(row.calls * factor, 6)))
    queues = [one.model_copy(update={"forecast_cv": 0.0}) for one in plan.queues]
    return plan.model_copy(update={"calls": rows, "queues": queues})


def _handle_time(plan: Plan, of: Uncertain, draw: _Draw) -> Plan:
    by_day = {
        queue.name: draw.days("handle_time", queue.name, plan.horizon.days, of)
        for queue in plan.queues
    }
    rows, axis = [], TimeAxis.of(plan.horizon)
    for row in plan.calls:
        factor = float(by_day[row.queue][_day(plan, axis.date_at(row.start))])
        seconds = round(row.handle_seconds * factor, 6)
        rows.append(renewed(row, handle_seconds=seconds))
    return plan.model_copy(update={"calls": rows})


def _inflow(plan: Plan, of: Uncertain, draw: _Draw) -> Plan:
    by_day = {
        kind.name: draw.days("inflow", kind.name, plan.horizon.days, of)
        for kind in plan.case_types
    }
    rows = []
    for row in plan.inflow:
        factor = float(by_day[row.case_type][_day(plan, row.date)])
        rows.append(renewed(row, cases=round(row.cases * factor, 6)))
    kinds = [one.model_copy(update={"forecast_cv": 0.0}) for one in plan.case_types]
    return plan.model_copy(update={"inflow": rows, "case_types": kinds})


def _case_time(plan: Plan, of: Uncertain, draw: _Draw) -> Plan:
    kinds = []
    for kind in plan.case_types:
        factor = float(draw.days("case_handle_time", kind.name, 1, of)[0])
        mix = [
            renewed(part, handle_minutes=round(part.handle_minutes * factor, 6))
            for part in kind.mix
        ]
        minutes = round(kind.handle_minutes * factor, 6)
        kinds.append(renewed(kind, handle_minutes=minutes, mix=mix))
    return plan.model_copy(update={"case_types": kinds})


def _day(plan: Plan, date: dt.date) -> int:
    """Return which day of the horizon a date is; the nearest where it is outside."""
    days = (date - plan.horizon.first_day).days
    return max(0, min(days, plan.horizon.days - 1))
