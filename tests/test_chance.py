"""Breaches by chance: nothing left to it, the forecast; more room, fewer breaches."""

from typing import Any

import numpy as np
import pytest

from models.errors import InvalidInput
from models.throughput import Cohort, breach_chance, buffered_work, forecast

DAY = 1440
ENDS, DAYS = [480, 960, DAY], [DAY]


def backlog(items: float, minutes: float = 20) -> list[Cohort]:
    return [Cohort("claims", 0, DAY, items, items * minutes, -DAY)]


def test_with_nothing_left_to_chance_it_is_the_forecast() -> None:
    own = backlog(100)
    seen = breach_chance(own, ENDS, [400, 400, 400], DAYS, cv=0, runs=3)
    told = forecast(own, ENDS, [400, 400, 400], DAYS).breaches
    assert seen.mean.tolist() == seen.high.tolist() == told.tolist() == [40]
    assert seen.none == 0 and seen.high_in_all == 40
    assert breach_chance(own, ENDS, [900] * 3, DAYS, cv=0, runs=3).none == 1


def test_just_enough_time_is_enough_in_half_of_the_runs() -> None:
    own = [Cohort("claims", 0.5, DAY, 100, 2000, 0.5)]
    seen = breach_chance(own, ENDS, [0, 1000, 1000], DAYS, cv=0.8, runs=600)
    assert seen.none == pytest.approx(0.52, abs=0.06)
    assert 0 < seen.mean.sum() < seen.high_in_all


@pytest.mark.parametrize("forecast_cv", [0.0, 0.2])
def test_the_buffer_of_a_confidence_is_enough_as_often(forecast_cv: float) -> None:
    own = [Cohort("claims", 0.5, DAY, 100, 2000, 0.5)]
    need = float(buffered_work([100], 20, 0.8, 0.9, forecast_cv)[0])
    room = [0, need / 2, need / 2]
    seen = breach_chance(own, ENDS, room, DAYS, 0.8, forecast_cv, runs=600)
    assert seen.none == pytest.approx(0.9, abs=0.035)


def test_the_same_seed_gives_the_same() -> None:
    own = [*backlog(30), Cohort("claims", 9, DAY, 40, 800, 9)]
    one, other, third = (
        breach_chance(own, ENDS, [400] * 3, DAYS, 1.0, runs=20, seed=seed)
        for seed in (1, 1, 2)
    )
    assert one.mean.tolist() == other.mean.tolist() != third.mean.tolist()
    assert np.array_equal(one.high, other.high)


@pytest.mark.parametrize(
    "wrong",
    [{"cv": -1}, {"forecast_cv": -0.1}, {"confidence": 1.0}, {"runs": 0}],
)
def test_nonsense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        breach_chance(backlog(3), ENDS, [9] * 3, DAYS, **({"cv": 1.0} | wrong))
