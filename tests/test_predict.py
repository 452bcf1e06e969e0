"""What to expect of a roster, from figures that can be checked by hand."""

import numpy as np
import pytest

from models.erlang import chat_performance
from models.erlang import performance as erlang_performance
from models.roster import predict
from models.roster.problem import RosterProblem
from models.throughput import Cohort


def problem(*, periods: int, days: int = 1, period: int = 60) -> RosterProblem:
    return RosterProblem(
        period=period,
        day_starts=tuple(1440 * day for day in range(days + 1)),
        periods=periods,
        weeks=(tuple(range(days)),),
        shift_types=(),
        shifts=(),
        works=(),
        agents=(),
    )


def test_people_are_the_mean_over_an_intervals_periods_less_who_is_away() -> None:
    people = predict.people_on_calls([100, 300, 0, 50], 2, unplanned_shrinkage=0.25)
    assert people.tolist() == [1.5, 0.1875]


def test_performance_is_erlangs_where_there_are_calls() -> None:
    found = predict.performance(
        people=[14.5, 0, 3],
        load=[10, 0.3, 1],
        handle_seconds=[180, 0, 180],
        answer_within=20,
        patience_seconds=300,
    )
    expected = erlang_performance([14.5, 3], [10, 1], 180, 20, patience_seconds=300)
    for name in vars(expected):
        values = getattr(found, name)
        assert np.isnan(values[1])
        assert values[[0, 2]] == pytest.approx(getattr(expected, name))


def test_a_fraction_of_an_agent_holds_chats_a_fraction_of_the_time() -> None:
    factors = [1, 1.5]
    found = predict.performance(
        [2.25, 3, 0.5], [3, 3, 0], [300, 200, 0], 30, None, handle_factors=factors
    )
    two, three = (
        chat_performance(n, 3 / 300, [300, 450], 30).service_level for n in (2, 3)
    )
    assert found.service_level[0] == pytest.approx(0.75 * two + 0.25 * three)
    whole = chat_performance(3, 3 / 200, [200, 300], 30)
    assert found.occupancy[1] == whole.occupancy
    assert np.isnan(found.service_level[2])
    nothing = predict.performance([2], [3], [300], 30, handle_factors=())
    assert np.isnan(nothing.service_level).all()


def test_nobody_there_answers_nobody() -> None:
    found = predict.performance([0], [5], [180], answer_within=20)
    assert found.service_level.tolist() == [0]
    assert found.average_speed_of_answer_seconds.tolist() == [np.inf]


def test_no_calls_at_all() -> None:
    found = predict.performance([3, 3], [0, 0.2], [0, 0], answer_within=20)
    assert np.isnan(found.service_level).all()
    assert np.isnan(predict.mean_over_calls(found.service_level, [0, 0]))


def test_means_are_weighted_by_calls_and_stop_at_the_last_days_end() -> None:
    level, calls = [1.0, 0.5, np.nan, 0.2, 0.0], [10, 30, 0, 50, 9]
    starts = [0, 720, 1440, 2160, 2880]  # the last lies after the horizon
    by_day = predict.mean_by_day(level, calls, starts, day_starts=[0, 1440, 2880])
    assert by_day == pytest.approx([0.625, 0.2])
    assert predict.mean_over_calls(level[:4], calls[:4]) == pytest.approx(35 / 90)


def test_backlog_uses_the_case_time_of_the_horizon_alone() -> None:
    # Four cases of half an hour, due at noon. An hour before noon does two of them, the
    # hour after it the third; the hour in the tail is next week's.
    cases = [Cohort("claims", 0, 720, items=4, work_minutes=120, received=-60)]
    minutes = np.zeros(26)
    minutes[[11, 12, 24]] = 60, 30, 60
    found = predict.backlog(problem(periods=26), cases, minutes)
    assert found.completed.tolist() == [3]
    assert found.breaches.tolist() == [2]
    assert found.closing.tolist() == [1]
