"""Items as cohorts, and the fluid forecast against single cases, one by one."""

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from models.errors import InvalidInput
from models.throughput import Cohort, cohorts_of, curves, forecast

DAY, QUARTER = 1440, 15
OPENS, CLOSES = 9 * 60, 17 * 60

minutes = st.floats(-5 * DAY, 5 * DAY)


@given(
    st.lists(st.tuples(minutes, st.floats(0, 3 * DAY), st.floats(1, 90)), max_size=40)
)
@example(rows=[(0.0, 0.0, 1.0), (1.0, 0.0, 1.0)])
@example(rows=[(8.0, 0.0, 1.0), (13.0, 1.0, 1.0), (14.0, 0.0, 1.0)])
@settings(max_examples=60, deadline=None)
def test_no_item_and_no_work_is_lost_and_none_is_eased(rows: list[Any]) -> None:
    came, sla, work = (np.array([row[n] for row in rows]) for n in range(3))
    own = cohorts_of("claims", came, came + sla, work)
    assert sum(c.items for c in own) == pytest.approx(len(rows))
    assert sum(c.work_minutes for c in own) == pytest.approx(work.sum())
    alone = [
        Cohort("claims", a, a + s, 1, w, min(a, max(a, 0)))
        for a, s, w in zip(came, sla, work, strict=True)
    ]
    times = np.arange(0, 9 * DAY, 7.0)
    available, due = curves(own, times)
    there, asked = curves(alone, times)
    assert (available <= there + 1e-6).all() and (due >= asked - 1e-6).all()


@pytest.mark.parametrize(
    "wrong",
    [
        {"received": [0.0, np.nan]},
        {"deadline": [1.0]},
        {"deadline": [np.nan, 1.0]},
        {"handle_minutes": 0},
        {"handle_minutes": [3.0, -1.0]},
        {"arrives": [np.inf, 0.0]},
        {"received_step": 0.0},
        {"deadline_step": -1.0},
    ],
)
def test_items_that_are_nonsense_are_refused(wrong: dict[str, Any]) -> None:
    right = {"received": [0.0, 9.0], "deadline": [9.0, 99.0], "handle_minutes": 5.0}
    with pytest.raises(InvalidInput):
        cohorts_of("claims", **(right | wrong))


def test_items_that_never_come_are_no_cohorts() -> None:
    assert cohorts_of("claims", [], [], 5) == []


@dataclass(frozen=True)
class Week:
    """A week of one case type: cases a day, days of SLA, people in each quarter."""

    inflow: tuple[float, ...]
    backlog: int
    sla_days: int
    people: np.ndarray
    mean: float
    cv: float


def drawn(seed: int) -> Week:
    rng = np.random.default_rng(seed)
    mean, inflow = float(rng.uniform(8, 25)), tuple(rng.uniform(60, 200, 5))
    backlog = int(rng.integers(50, 250))
    quarters = np.arange(5 * DAY // QUARTER) * QUARTER % DAY
    open_ = (quarters >= OPENS) & (quarters < CLOSES)
    work = (sum(inflow) + backlog) * mean
    level = work * rng.uniform(0.75, 1.15) / (open_.sum() * QUARTER)
    people = np.where(open_, rng.poisson(level, len(quarters)), 0)
    return Week(inflow, backlog, int(rng.integers(1, 4)), people, mean, 0.8)


def due_of(week: Week, day: int) -> float:
    return (day + week.sla_days) * DAY + CLOSES


def fluid(week: Week) -> tuple[float, float]:
    """Completed and breached by the forecast."""
    hours = np.arange(OPENS, CLOSES, 60)
    own = [
        Cohort(
            "claims", 0, due_of(week, -1), week.backlog, week.backlog * week.mean, -DAY
        )
    ]
    for day, cases in enumerate(week.inflow):
        share = cases / len(hours)
        own += [
            Cohort(
                "claims",
                day * DAY + hour + 30,
                due_of(week, day),
                share,
                share * week.mean,
                day * DAY + hour,
            )
            for hour in hours
        ]
    ends = QUARTER * np.arange(1, len(week.people) + 1)
    seen = forecast(own, ends, week.people * QUARTER, DAY * np.arange(1, 6))
    return float(seen.completed.sum()), float(seen.breaches.sum())


def one_by_one(week: Week, rng: np.random.Generator) -> tuple[float, float]:
    """Completed and breached case by case: people take the next, and finish it.

    Who leaves a case at the end of a quarter hands it on, as it is.
    """
    sigma = np.sqrt(np.log(1 + week.cv**2))
    came = [(0.0, due_of(week, -1))] * week.backlog
    for day, cases in enumerate(week.inflow):
        number = rng.poisson(cases)
        moments = day * DAY + rng.uniform(OPENS, CLOSES, number)
        came += [(float(m), due_of(week, day)) for m in moments]
    came.sort(reverse=True)
    desk = _Desk(rng, week.mean, sigma)
    for quarter, people in enumerate(week.people.tolist()):
        start = quarter * QUARTER
        while came and came[-1][0] <= start:
            desk.take_in(came.pop()[1])
        desk.move_late(start)
        for _ in range(people):
            desk.work(float(QUARTER))
    desk.move_late(len(week.people) * QUARTER)
    return desk.done, desk.missed


class _Desk:
    """Cases by deadline, then as they came; those that are late last."""

    def __init__(self, rng: np.random.Generator, mean: float, sigma: float) -> None:
        self._rng, self._log_mean = rng, np.log(mean) - sigma**2 / 2
        self._sigma, self._number = sigma, 0
        self._waiting: list[tuple[float, int, float]] = []  # due, number, minutes left
        self._late: list[tuple[float, int, float]] = []
        self.done = self.missed = 0

    def take_in(self, due: float) -> None:
        self._number += 1
        work = float(self._rng.lognormal(self._log_mean, self._sigma))
        heappush(self._waiting, (due, self._number, work))

    def move_late(self, now: float) -> None:
        while self._waiting and self._waiting[0][0] <= now:
            heappush(self._late, heappop(self._waiting))
            self.missed += 1

    def work(self, minutes: float) -> None:
        while minutes > 0 and (queue := self._waiting or self._late):
            due, number, work = heappop(queue)
            if work > minutes:
                heappush(queue, (due, number, work - minutes))
                return
            minutes -= work
            self.done += 1


@pytest.mark.parametrize(
    "seed",
    [*range(4), *(pytest.param(s, marks=pytest.mark.full) for s in range(4, 30))],
)
def test_the_forecast_is_what_single_cases_give(seed: int) -> None:
    week, rng = drawn(seed), np.random.default_rng(100 + seed)
    completed, breached = fluid(week)
    runs = np.array([one_by_one(week, rng) for _ in range(60)])
    assert completed == pytest.approx(runs[:, 0].mean(), rel=0.02)
    low, high = np.quantile(runs[:, 1], [0.005, 0.995])
    assert low - 1 <= breached <= high + 1
