"""Deferred work: small cases proved by hand, and properties of the forward pass."""

import math
from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from models.errors import InvalidInput
from models.throughput import (
    Cohort,
    burn_down,
    conservation,
    curves,
    daily_fte,
    effective_inflow,
    forecast,
    hours,
    monotone_streams,
    required_daily_completions,
    structural_check,
    weeks_to_clear,
)

DAY = 1440
DAYS = [DAY, 2 * DAY]


def claims(arrives, deadline, items, *, minutes=30.0, received=None, breached=False):
    """Claims of 30 agent-minutes each, received when they arrive."""
    received = arrives if received is None else received
    return Cohort(
        "claim", arrives, deadline, items, items * minutes, received, breached
    )


# Formulas


def test_burn_down_golden() -> None:
    plan = burn_down(540, backlog=2000, weeks=4, handle_minutes=30, productive_hours=30)
    assert plan.fte == pytest.approx(17.33, abs=0.005)
    assert plan.steady_state_fte == pytest.approx(9)
    assert plan.extra_fte == pytest.approx(8.33, abs=0.005)


def test_burn_down_clears_in_the_weeks_it_was_given() -> None:
    plan = burn_down(540, backlog=2000, weeks=4, handle_minutes=30, productive_hours=30)
    capacity = plan.fte * 30 / 0.5
    assert weeks_to_clear(capacity, inflow=540, backlog=2000) == pytest.approx(4)


@pytest.mark.parametrize(
    ("capacity", "backlog", "weeks"),
    [(541, 10, 10), (540, 10, math.inf), (539, 10, math.inf), (500, 0, 0)],
)
def test_weeks_to_clear_at_the_edge(capacity, backlog, weeks) -> None:
    assert weeks_to_clear(capacity, inflow=540, backlog=backlog) == weeks


def test_required_daily_completions_golden() -> None:
    # turnella.com/back-office-staffing
    completions = required_daily_completions(80, expiring_in_window=200 / 5)
    assert completions == 120
    assert daily_fte(completions, 25, productive_hours=5.5) == pytest.approx(
        9.09, abs=0.005
    )
    assert daily_fte(50_000 / 20, 15, productive_hours=8) == 78.125


def test_effective_inflow_is_the_geometric_series() -> None:
    series = sum(100 * 0.2**k for k in range(60))
    assert effective_inflow(100, reopen_rate=0.2) == pytest.approx(series)
    assert effective_inflow(100, reopen_rate=0) == 100


def test_structural_check_on_both_sides_of_the_edge() -> None:
    assert structural_check(inflow_hours=270, capacity_hours=270).ok
    short = structural_check(inflow_hours=270, capacity_hours=269.5)
    assert not short.ok
    assert short.shortfall_hours == 0.5
    assert "breaches are certain whatever the priorities" in short.sentence


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: hours(-1, 30), "items must be >= 0, got -1"),
        (lambda: hours(1, math.nan), "handle_minutes must be >= 0, got nan"),
        (lambda: hours(1, 30, 0), r"utilisation must be in \(0, 1\], got 0"),
        (lambda: hours(1, 30, 1.2), r"utilisation must be in \(0, 1\], got 1\.2"),
        (lambda: burn_down(540, 2000, 0, 30, 30), "weeks must be > 0, got 0"),
        (lambda: burn_down(540, 2000, 4, 30, 0), "productive_hours must be > 0, got 0"),
        (lambda: burn_down(540, -1, 4, 30, 30), "must be >= 0, got -1"),
        (lambda: weeks_to_clear(-1, 0, 0), "capacity must be >= 0, got -1"),
        (lambda: daily_fte(1, 30, 0), "productive_hours must be > 0, got 0"),
        (lambda: effective_inflow(1, 1), r"reopen_rate must be in \[0, 1\), got 1"),
        (lambda: conservation(5, 5, 11), "completions must be <= 10, got 11"),
        (lambda: structural_check(1, -1), "capacity_hours must be >= 0, got -1"),
    ],
)
def test_formulas_refuse_nonsense(call, message) -> None:
    with pytest.raises(InvalidInput, match=message):
        call()


# Cohorts, curves, streams


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"items": -1.0}, r"items must be >= 0, got -1\.0"),
        ({"items": 0.0}, r"'claim': work_minutes must be > 0 exactly where items are"),
        ({"work_minutes": 0.0}, r"got 0\.0 for 2\.0 items"),
        ({"received": 61.0}, r"must have received <= arrives, got 61\.0 and 60\.0"),
        ({"deadline": math.nan}, "'claim': deadline is not a number"),
    ],
)
def test_cohort_refuses_nonsense(change, message) -> None:
    right = {"arrives": 60.0, "deadline": 90.0, "items": 2.0, "work_minutes": 60.0}
    with pytest.raises(InvalidInput, match=message):
        Cohort("claim", **{"received": 0.0, **right, **change})


def test_curves_step_at_arrivals_and_deadlines() -> None:
    # 60 min are there at 0 and due at 480, 30 min come at 100 and are due at 200.
    cohorts = [claims(-50, 480, 2), claims(100, 200, 1)]
    available, due = curves(cohorts, [[-1, 0, 99], [100, 200, 480]])
    assert available.tolist() == [[0, 60, 60], [90, 90, 90]]
    assert due.tolist() == [[0, 0, 0], [0, 30, 90]]


def test_curves_never_ask_for_what_has_not_arrived() -> None:
    # Reopened at 300 on its old clock, which ended at 100.
    available, due = curves([claims(300, 100, 1)], [100, 299, 300])
    assert due.tolist() == available.tolist() == [0, 0, 30]


def test_no_cohorts_no_work() -> None:
    available, due = curves([], [0, 10])
    assert available.tolist() == due.tolist() == [0, 0]
    assert monotone_streams([]) == []


def test_streams_split_where_a_later_arrival_is_due_earlier() -> None:
    # 900 (at 0), then 480 (at 60) falls: two streams. 700 (at 90) can join 480 only.
    a, b, c = claims(0, 900, 1), claims(60, 480, 1), claims(90, 700, 1)
    assert monotone_streams([c, a, b]) == [[a], [b, c]]


def test_what_is_there_at_the_start_is_one_stream() -> None:
    # By arrival deadlines fall, yet all three are there at 0 together.
    backlog = [claims(-30, 100, 1), claims(-20, 90, 1), claims(0, 80, 1)]
    assert monotone_streams(backlog) == [backlog[::-1]]


cohort_lists = st.lists(
    st.builds(
        lambda arrives, slack, items, breached: claims(
            0 if breached else arrives, max(arrives, 0) + slack, items,
            received=min(arrives, 0), breached=breached,
        ),
        st.integers(-3, 20).map(lambda k: 100.0 * k),
        st.integers(0, 15).map(lambda k: 100.0 * k),
        st.integers(1, 12).map(lambda k: k / 2),
        st.booleans(),
    ),
    max_size=8,
)  # fmt: skip
# About as much capacity as work, so that deadlines bind.
capacities = st.lists(st.integers(0, 200).map(float), min_size=14, max_size=14)
ENDS = np.arange(1, 15) * 200.0


@given(cohort_lists)
@settings(max_examples=60, deadline=None)
def test_streams_are_monotone_and_the_fewest(cohorts) -> None:
    streams = monotone_streams(cohorts)
    assert sorted(map(id, chain(*streams))) == sorted(map(id, cohorts))
    for stream in streams:
        for first, second in combinations(stream, 2):
            assert (first.start, first.deadline) <= (second.start, second.deadline)
            assert first.deadline <= second.deadline
    assert len(streams) == longest_falling_run(cohorts)


def longest_falling_run(cohorts) -> int:
    """No two of a run of falling deadlines can share a stream: a lower bound."""
    ordered = sorted(cohorts, key=lambda c: (c.start, c.deadline))
    longest: list[int] = []
    for k, cohort in enumerate(ordered):
        before = (longest[j] for j in range(k) if ordered[j].deadline > cohort.deadline)
        longest.append(1 + max(before, default=0))
    return max(longest, default=0)


# The forward pass, by hand


def test_forecast_of_one_overloaded_day() -> None:
    # 10 claims (300 min) received a day ago, due at the end of day 1. Day 1 has 240 min
    # evenly from 0 to 480: 8 are done, at minute 240 on average, and 2 breach. Day 2
    # has 120 min from 1440 to 1920: the 2 take the first half, 1560 on average.
    cohorts = [claims(0, DAY, 10, received=-DAY)]
    result = forecast(cohorts, [480, DAY, DAY + 480], [240, 0, 120], DAYS)
    assert result.opening.tolist() == [10, 2]
    assert result.inflow.tolist() == [0, 0]
    assert result.completed.tolist() == [8, 2]
    assert result.closing.tolist() == [2, 0]
    assert result.due.tolist() == [10, 0]
    assert result.breaches.tolist() == [2, 0]
    assert result.overdue.tolist() == [2, 0]
    assert result.used_minutes.tolist() == [240, 60]
    assert result.idle_minutes.tolist() == [0, 60]
    assert result.breach_list == ((DAY, 2),)
    assert result.mean_age_days == pytest.approx(1 + (8 * 240 + 2 * 1560) / 10 / DAY)
    # Received a day before the start: two days old at the end of day 1.
    assert result.oldest_days.tolist() == [2, 0]
    assert result.ages.tolist() == [[0, 2, 0, 0], [0, 0, 0, 0]]
    assert result.oldest_age_days == 0
    assert result.already_breached == 0


@pytest.mark.parametrize(("deadline", "breaches"), [(300, 0), (299, 0.1), (240, 6)])
def test_forecast_at_the_edge_of_a_deadline(deadline, breaches) -> None:
    # 30 claims are 900 min, 300 min of 3 agents; each minute missing leaves 0.1 claim.
    result = forecast([claims(0, deadline, 30)], [480], [1440], [DAY])
    assert result.breaches[0] == pytest.approx(breaches)
    assert result.completed[0] == 30


def test_the_last_minute_of_the_horizon_counts() -> None:
    cohorts = [claims(0, 2 * DAY, 2), claims(0, 2 * DAY + 1, 2)]
    result = forecast(cohorts, [DAY], [30], DAYS)
    # One of the first two is done. Due at the end: breached; a minute later: not yet.
    assert result.breaches.tolist() == [0, 1]
    assert result.due.tolist() == [0, 2]
    assert result.open_items.tolist() == [1, 2]
    assert result.oldest_age_days == 2


def test_work_waits_for_a_slice_that_begins_after_its_arrival() -> None:
    # At 100 the slice 0-200 is running: its 60 min stay idle, those of 200-400 do not.
    result = forecast([claims(100, 390, 2)], [200, 400], [60, 60], [DAY])
    assert result.idle_minutes.tolist() == [60]
    # 60 min at 0.3 agents, up to 390: 57 min.
    assert result.breaches[0] == pytest.approx(0.1)
    on_time = forecast([claims(200, 400, 2)], [200, 400], [60, 60], [DAY])
    assert on_time.breaches.tolist() == [0]


def test_arrivals_count_on_their_day() -> None:
    # There at the start, during day 1, at the first minute of day 2, after the horizon.
    cohorts = [claims(-5, 9e9, 1), claims(1, 9e9, 2), claims(DAY, 9e9, 4)]
    late = claims(2 * DAY, 2 * DAY, 8)
    result = forecast([*cohorts, late], [], [], DAYS)
    assert result.opening.tolist() == [1, 3]
    assert result.inflow.tolist() == [2, 4]
    assert result.closing.tolist() == [3, 7]
    assert result.due.tolist() == result.breaches.tolist() == [0, 0]
    assert result.open_items.tolist() == [1, 2, 4, 0]
    assert result.mean_age_days == 0


def test_a_case_reopened_past_its_deadline_breaches_when_it_comes() -> None:
    result = forecast([claims(DAY + 60, 100, 1)], [], [], DAYS)
    assert result.breach_list == ((DAY + 60, 1),)
    assert result.breaches.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("order", "breaches", "open_items"),
    [
        ("recoverable_first", [0, 0], [4, 0, 0]),
        ("earliest_deadline", [4, 4], [0, 0, 4]),
    ],
)
def test_one_overload_breaches_for_ever_by_earliest_deadline(
    order, breaches, open_items
) -> None:
    # 120 min a day. By earliest deadline the 4 whose target has passed take day 1, the
    # 4 due that day breach and take day 2, the next 4 breach, and so on. Recoverable
    # first leaves the lost ones for a day that has time for them.
    lost = claims(0, 0, 4, received=-DAY, breached=True)
    cohorts = [lost, claims(0, DAY, 4), claims(DAY, 2 * DAY, 4)]
    result = forecast(cohorts, DAYS, [120, 120], DAYS, order)
    assert result.breaches.tolist() == breaches
    assert result.open_items.tolist() == open_items
    assert result.already_breached == 4
    assert result.overdue.tolist() == [4, 4]


def test_breached_cases_compete_by_their_target() -> None:
    # 120 min a day. The 4 already breached, target end of day 1, go before the 4 due at
    # the end of day 2 and after the 2 due at noon of day 1; 2 of them are then left at
    # the target and wait behind the 4, for which day 2 is just enough.
    lost = claims(0, DAY, 4, received=-DAY, breached=True)
    later, soon = claims(0, 2 * DAY, 4), claims(0, DAY / 2, 2)
    result = forecast([later, lost], DAYS, [120, 120], DAYS)
    assert result.open_items.tolist() == [0, 0]
    assert result.overdue.tolist() == [0, 0]
    result = forecast([later, lost, soon], DAYS, [120, 120], DAYS)
    assert result.open_items.tolist() == [0, 2, 0]
    assert result.overdue.tolist() == [2, 2]
    # Their deadline is long past: never due, never a breach again.
    assert result.due.tolist() == [2, 4]
    assert result.breaches.tolist() == [0, 0]


@pytest.mark.parametrize("target", [100, 200])
def test_past_deadline_or_target_the_oldest_goes_first(target) -> None:
    # No time until 480, then time for 4 of 8: those whose deadline or target (which of
    # the two makes no difference) passed first.
    lost = claims(0, target, 4, received=-DAY, breached=True)
    cohorts = [claims(0, 150, 4), lost]
    result = forecast(cohorts, [480, 600], [0, 120], [DAY])
    assert result.open_items.tolist() == ([4, 0] if target == 100 else [0, 4])
    assert result.breach_list == ((150, 4),)


def test_deadlines_may_come_before_minute_zero_unannounced() -> None:
    result = forecast([claims(-DAY, -1, 1)], [DAY], [30], [DAY])
    assert result.breach_list == ((0, 1),)
    assert result.completed.tolist() == [1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([480, 480], [1, 1], DAYS), r"capacity_ends must rise from 0, got 480\.0 at"),
        (([0], [1], DAYS), r"capacity_ends must rise from 0, got 0\.0 at position 0"),
        (([480], [1, 1], DAYS), "capacity must have a number per slice=1, got 2"),
        (([480], [-1], DAYS), r"capacity must be >= 0, got -1\.0"),
        (([480], [math.nan], DAYS), "capacity must be >= 0, got nan"),
        (([480], [1], [479]), "day_ends must reach the last slice"),
        (([480], [1], []), "day_ends must reach the last slice"),
        (([480], [1], DAYS, "fifo"), "order must be one of .*, got 'fifo'"),
    ],
)
def test_forecast_refuses_nonsense(arguments, message) -> None:
    with pytest.raises(InvalidInput, match=message):
        forecast([claims(0, DAY, 1)], *arguments)


def test_case_types_do_not_mix() -> None:
    mixed = [claims(0, DAY, 1), Cohort("letter", 0, DAY, 1, 5, 0)]
    for call in (monotone_streams, lambda c: forecast(c, [], [], DAYS)):
        with pytest.raises(
            InvalidInput, match=r"one case type, got \['claim', 'letter"
        ):
            call(mixed)


# The forward pass, its properties

ORDERS = ["recoverable_first", "earliest_deadline"]
HORIZON = [700.0, 1500.0, 3000.0]


@given(cohort_lists, capacities, st.sampled_from(ORDERS))
@settings(max_examples=60, deadline=None)
def test_nothing_is_lost(cohorts, capacity, order) -> None:
    result = forecast(cohorts, ENDS, capacity, HORIZON, order)
    for d in range(3):
        closing = conservation(result.opening[d], result.inflow[d], result.completed[d])
        assert result.closing[d] == pytest.approx(closing, abs=1e-9)
    assert result.closing[-1] == pytest.approx(result.open_items.sum(), abs=1e-9)
    assert result.ages.sum(axis=1) == pytest.approx(result.closing, abs=1e-6)
    assert result.closing[:-1].tolist() == result.opening[1:].tolist()
    assert (result.used_minutes + result.idle_minutes).sum() == pytest.approx(
        sum(capacity)
    )
    assert result.used_minutes == pytest.approx(30 * result.completed)
    assert (result.breaches <= result.due + 1e-9).all()
    assert result.breaches.sum() == pytest.approx(
        sum(items for _, items in result.breach_list)
    )


@given(cohort_lists, capacities, capacities)
@settings(max_examples=60, deadline=None)
def test_more_capacity_never_breaches_more(cohorts, capacity, more) -> None:
    # Earliest deadline first is a fixed order of cohorts. What the first leaves over,
    # in any stretch of time, only grows with capacity; so for the second, and so on.
    some = forecast(cohorts, ENDS, capacity, HORIZON, "earliest_deadline")
    richer = np.add(capacity, more)
    rich = forecast(cohorts, ENDS, richer, HORIZON, "earliest_deadline")
    assert (rich.breaches <= some.breaches + 1e-9).all()


@given(cohort_lists, capacities)
@settings(max_examples=60, deadline=None)
def test_earliest_deadline_has_the_least_overdue(cohorts, capacity) -> None:
    cohorts = [cohort for cohort in cohorts if not cohort.breached]
    first = forecast(cohorts, ENDS, capacity, HORIZON, "earliest_deadline")
    other = forecast(cohorts, ENDS, capacity, HORIZON, "recoverable_first")
    fifo = overdue_first_come_first_served(cohorts, capacity)
    assert (first.overdue <= other.overdue + 1e-9).all()
    assert (first.overdue <= fifo + 1e-9).all()


def overdue_first_come_first_served(cohorts, capacity):
    """Items overdue at the end of each day if they were worked by arrival."""
    queue = sorted(cohorts, key=lambda c: c.arrives)
    left, overdue, cuts = [c.work_minutes for c in queue], [], sorted({*ENDS, *HORIZON})
    for begin, end in zip([0.0, *cuts[:-1]], cuts, strict=True):
        s = int(np.searchsorted(ENDS, end))
        spare = capacity[s] * (end - begin) / 200 if s < len(ENDS) else 0.0
        for k, cohort in enumerate(queue):
            if cohort.start <= 200 * s:
                done = min(left[k], spare)
                left[k], spare = left[k] - done, spare - done
        if end in HORIZON:
            late = [
                w for c, w in zip(queue, left, strict=True) if c.start < end >= c.due
            ]
            overdue.append(sum(late) / 30)
    return np.array(overdue)


@given(cohort_lists, capacities)
@settings(max_examples=40, deadline=None)
def test_recoverable_first_has_the_fewest_breaches(cohorts, capacity) -> None:
    cohorts = [cohort for cohort in cohorts if not cohort.breached]
    result = forecast(cohorts, ENDS, capacity, HORIZON)
    counted = [c for c in cohorts if c.start < 3000 and c.due <= 3000]
    due = sum(cohort.items for cohort in counted)
    most = most_in_time(counted, capacity)
    assert result.due.sum() == pytest.approx(due)
    assert result.breaches.sum() == pytest.approx(due - most, abs=1e-6)


@given(cohort_lists, capacities, st.sampled_from(ORDERS))
@settings(max_examples=60, deadline=None)
def test_a_target_is_worked_like_a_deadline_and_not_counted(
    cohorts, capacity, order
) -> None:
    # So recoverable first has the fewest deadlines and targets missed together.
    fresh = [replace(cohort, breached=False) for cohort in cohorts]
    result = forecast(cohorts, ENDS, capacity, HORIZON, order)
    same = forecast(fresh, ENDS, capacity, HORIZON, order)
    assert result.open_items.tolist() == same.open_items.tolist()
    assert result.completed.tolist() == same.completed.tolist()
    assert result.already_breached == sum(c.items for c in cohorts if c.breached)
    counted = forecast(
        [c for c in cohorts if not c.breached], ENDS, capacity, HORIZON, order
    )
    assert result.due.tolist() == counted.due.tolist()
    # Breached cases can crowd others out of their deadlines, but add no breaches.
    assert (result.breaches <= same.breaches + 1e-9).all()
    assert (result.breaches <= result.due + 1e-9).all()


@given(cohort_lists, capacities)
@settings(max_examples=60, deadline=None)
def test_where_every_target_can_be_met_none_is_missed(cohorts, capacity) -> None:
    # A roster without overdue cost has time to meet all: the forecast must agree.
    counted = [c for c in cohorts if c.due <= 3000]
    generous = np.multiply(capacity, 3)
    result = forecast(cohorts, ENDS, generous, HORIZON)
    late = [
        left
        for cohort, left in zip(cohorts, result.open_items, strict=True)
        if cohort.due <= 3000 and cohort.start < 3000
    ]
    if most_in_time(counted, generous) >= sum(c.items for c in counted) - 1e-9:
        assert sum(late) == pytest.approx(0, abs=1e-6)
        assert result.breaches.sum() == pytest.approx(0, abs=1e-6)


def most_in_time(cohorts, capacity) -> float:
    """The most items any order could do in time, by linear programming."""
    cuts = np.unique([*ENDS, *(c.due for c in cohorts if 0 < c.due < ENDS[-1])])
    begins = np.concatenate(([0.0], cuts[:-1]))
    slices = np.searchsorted(ENDS, cuts)
    minutes = np.array(capacity)[slices] * (cuts - begins) / 200
    pairs = [
        (k, e)
        for k, cohort in enumerate(cohorts)
        for e in range(len(cuts))
        if cohort.start <= 200 * slices[e] and cuts[e] <= cohort.due
    ]
    if not pairs:
        return 0.0
    rows = np.zeros((len(cohorts) + len(cuts), len(pairs)))
    for column, (k, e) in enumerate(pairs):
        rows[k, column] = rows[len(cohorts) + e, column] = 1
    limits = np.concatenate(([c.work_minutes for c in cohorts], minutes))
    answer = linprog(-np.ones(len(pairs)), A_ub=rows, b_ub=limits)
    return float(-answer.fun / 30)


def test_a_week_of_many_cohorts_is_quick_and_conserved() -> None:
    rng = np.random.default_rng(1)
    cohorts = [
        claims(a, a + rng.integers(100, 5000), rng.uniform(1, 5), received=min(a, 0))
        for a in rng.integers(-1000, 7 * DAY, 5000).tolist()
    ]
    ends, days = np.arange(1, 673) * 15, np.arange(1, 8) * DAY
    result = forecast(cohorts, ends, rng.uniform(0, 900, 672), days)
    gone = sum(cohort.items for cohort in cohorts) - result.completed.sum()
    assert result.open_items.sum() == pytest.approx(gone, abs=1e-9)
    assert result.closing[-1] == pytest.approx(gone, abs=1e-9)
