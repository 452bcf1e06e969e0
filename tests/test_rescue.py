"""What saves cases that breach: given those hours, none does; with less, some do."""

from random import Random

import numpy as np
import pytest

from models.throughput import Cohort, forecast, rescues

HOUR, DAY = 60, 1440


def case(arrives: int, due: float, items: float, minutes: float = 30) -> Cohort:
    return Cohort("claims", arrives, due, items, items * minutes, min(arrives, 0))


def test_the_hours_missing_at_a_deadline_in_the_last_slice_before() -> None:
    own = [case(0, 2 * HOUR, 6)]
    (found,) = rescues(own, [60, 120, 180], [60, 30, 60], [180], [True, True, True])
    # Ninety minutes are there for three hours' work.
    assert (found.items, found.agent_minutes) == (3, 90)
    assert (found.deadline, found.latest) == (120, 120)


def test_closed_slices_are_left_out() -> None:
    (found,) = rescues(
        [case(0, 120, 2)], [60, 120], [0, 0], [120], usable=[True, False]
    )
    assert found.latest == 60


def test_cases_that_come_too_late_cannot_be_saved() -> None:
    own = [case(90, 100, 1), case(0, 120, 1)]
    found = rescues(own, [60, 120], [0, 0], [120], [True, True])
    assert [(one.deadline, one.latest) for one in found] == [(100, None), (120, 120)]


def test_hours_given_early_count_for_those_due_later() -> None:
    # Late cases would else be done later, in the time of those due then.
    own = [case(0, 60, 4), case(0, 180, 4)]
    found = rescues(own, [60, 120, 180], [60, 60, 60], [180], [True] * 3)
    assert [(one.deadline, one.agent_minutes) for one in found] == [(60, 60)]


@pytest.mark.parametrize("seed", range(25))
def test_given_the_hours_nothing_breaches_and_with_less_something_does(
    seed: int,
) -> None:
    random = Random(seed)
    ends = np.arange(HOUR, 5 * DAY + 1, HOUR)
    usable = (ends % DAY > 8 * HOUR) & (ends % DAY <= 18 * HOUR)
    capacity = np.where(usable, 40.0 * np.array([random.random() for _ in ends]), 0)
    own = []
    for day in range(5):
        arrives = day * DAY + random.choice([0, 9, 12]) * HOUR
        due = arrives + random.choice([1, 2]) * DAY
        own.append(case(arrives, due, random.uniform(2, 14)))
    days = DAY * np.arange(1, 6)
    found = rescues(own, ends, capacity, days, usable)
    given = capacity.copy()
    for one in found:
        if one.latest is not None:
            given[np.searchsorted(ends, one.latest)] += one.agent_minutes
    saved = {one.deadline for one in found if one.latest is None}
    left = [
        m for m, items in forecast(own, ends, given, days).breach_list if items > 1e-5
    ]
    assert set(left) <= saved
    before = forecast(own, ends, capacity, days).breaches.sum()
    assert bool(found) == (before > 1e-6)
    for one in found[:1]:
        if one.latest is not None:
            given[np.searchsorted(ends, one.latest)] -= 0.5 * one.agent_minutes
            assert forecast(own, ends, given, days).breaches.sum() > 1e-6
