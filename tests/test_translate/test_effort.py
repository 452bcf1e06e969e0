"""How much work there is, and by when: tiers, reopens, robots, mixes, buffers."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.errors import InvalidInput
from models.throughput import Cohort, buffered_work
from scheduler.domain import CaseType
from tests.test_translate.plans import ALL_DAY, MONDAY, OFFICE, D, H, claims, translated

OPEN = {"calendars": {"always": ALL_DAY, "office": OFFICE}}
DAY = dt.timedelta(days=1)


def new(cases: float, *days: int) -> list[dict[str, Any]]:
    return [
        {"case_type": "claims", "date": MONDAY + day * DAY, "cases": cases}
        for day in days
    ]


def opened(received: object, cases: float) -> list[dict[str, Any]]:
    return [{"case_type": "claims", "received": received, "cases": cases}]


def cohorts(**changed: Any) -> tuple[Cohort, ...]:
    rows = {
        name: changed.pop(name) for name in ("inflow", "open_cases") if name in changed
    }
    kind = claims(**{"calendar": "always", **changed})
    found = translated(case_types=[kind], **OPEN, **rows).cohorts
    return found[0] if found else ()


def by_due(own: tuple[Cohort, ...]) -> dict[float, float]:
    sums: dict[float, float] = {}
    for cohort in own:
        sums[cohort.deadline] = sums.get(cohort.deadline, 0.0) + cohort.items
    return {due: round(items, 6) for due, items in sorted(sums.items())}


TIERS = {
    "within": 1,
    "unit": "calendar_days",
    "share": 0.95,
    "rest": {"within": 3, "unit": "calendar_days"},
}


def test_most_cases_are_due_soon_and_the_rest_later() -> None:
    own = cohorts(inflow=new(100, 0), sla=TIERS)
    assert by_due(own) == {2 * D: 95, 4 * D: 5}
    assert sum(c.work_minutes for c in own) == pytest.approx(100 * 30)


def test_open_cases_past_the_first_tier_are_of_the_rest() -> None:
    two_days_ago, long_ago = MONDAY - 2 * DAY, MONDAY - 9 * DAY
    assert by_due(cohorts(open_cases=opened(two_days_ago, 10), sla=TIERS)) == {
        2 * D: 10
    }
    (late,) = cohorts(open_cases=opened(long_ago, 10), sla=TIERS)
    assert late.breached and late.items == 10
    yesterday = MONDAY - DAY
    own = cohorts(open_cases=opened(yesterday, 10), sla=TIERS)
    assert by_due(own) == {D: 9.5, 3 * D: 0.5}


def test_cases_come_back_days_later_with_a_new_clock() -> None:
    sla = {"within": 1, "unit": "calendar_days"}
    own = cohorts(inflow=new(64, 0), sla=sla, reopen_rate=0.25, reopen_after_days=2)
    by_day = [
        sum(c.items for c in own if day * D < c.received <= (day + 1) * D)
        for day in range(6)
    ]
    assert [round(items, 6) for items in by_day] == [64, 0, 16, 0, 4, 0]
    again = [c for c in own if c.received > 2 * D]
    assert all(c.deadline - c.received > 0 for c in again)
    assert {c.deadline for c in again if c.items > 0.9} >= {4 * D}


def test_cases_come_back_with_the_deadline_they_had() -> None:
    own = cohorts(
        inflow=new(64, 0),
        sla={"within": 3, "unit": "calendar_days"},
        reopen_rate=0.25,
        reopen_after_days=2,
        reopen_clock="same",
    )
    # Due at the end of Thursday; those that come back on Friday are late at once.
    assert by_due(own)[4 * D] == 64 + 16
    friday = [c for c in own if c.arrives > 4 * D]
    assert friday and all(c.deadline == c.arrives for c in friday)


def test_what_comes_back_at_once_counts_as_more_of_the_same() -> None:
    assert sum(
        c.items for c in cohorts(inflow=new(75, 0), reopen_rate=0.25)
    ) == pytest.approx(100)


def test_open_cases_come_back_after_today() -> None:
    own = cohorts(
        open_cases=opened(MONDAY - DAY, 8), reopen_rate=0.5, reopen_after_days=3
    )
    assert [(c.arrives, c.items) for c in own] == [(0, 8), (3 * D, 4), (6 * D, 2)]


@pytest.mark.parametrize(("most", "left"), [(None, 60), (30, 70), (0, 100)])
def test_a_robot_does_its_share_up_to_what_it_can(most: object, left: float) -> None:
    own = cohorts(inflow=new(100, 0), automation_share=0.4, automation_per_day=most)
    assert sum(c.items for c in own) == pytest.approx(left)


def test_a_mix_has_the_mean_and_the_spread_of_its_kinds() -> None:
    mix = [
        {"name": "simple", "share": 0.75, "handle_minutes": 10},
        {"name": "complex", "share": 0.25, "handle_minutes": 50, "handle_cv": 1},
    ]
    own = cohorts(inflow=new(100, 0), mix=mix, handle_minutes=0)
    assert sum(c.work_minutes for c in own) == pytest.approx(100 * 20)
    kind = CaseType.model_validate(claims(mix=mix, handle_minutes=0))
    # Squares 0.75 * 100 + 0.25 * 2500 * 2 = 1325, over 400.
    assert kind.spread == pytest.approx((1325 / 400 - 1) ** 0.5)


def test_the_margin_of_one_deadline_is_that_of_the_sum() -> None:
    # 400 cases of 30 minutes, spread 1.5: mean 200 h, deviation 18.03 h.
    rng, cv = np.random.default_rng(1), 1.5
    sigma = np.sqrt(np.log(1 + cv**2))
    sums = [
        rng.lognormal(np.log(30) - sigma**2 / 2, sigma, n).sum() / 60
        for n in rng.poisson(400, 40_000)
    ]
    for confidence in (0.5, 0.8, 0.95, 0.99):
        planned = buffered_work([400], 30, cv, confidence)[0] / 60
        enough = max(200.0, float(np.quantile(sums, confidence)))
        assert planned == pytest.approx(enough, rel=0.005)


def test_the_margin_of_very_uneven_cases_does_not_run_away() -> None:
    # Twelve cases of two minutes, one of which may last for hours.
    mean, cv = 2.0, 8.0
    planned = buffered_work([12], mean, cv, 0.99)[0]
    deviation = mean * (12 * (1 + cv**2)) ** 0.5
    assert 12 * mean < planned < 12 * mean + 4 * deviation


@pytest.mark.parametrize("confidence", [0.8, 0.95])
@pytest.mark.parametrize("known", [0.0, 0.5])
def test_the_work_planned_for_is_enough_as_often_as_asked(
    confidence: float, known: float
) -> None:
    due = np.array([40, 90, 150, 190, 260, 300, 380])
    planned = buffered_work(due, 20, 0.9, confidence, known=known * due)
    rng = np.random.default_rng(5)
    steps = np.diff(due, prepend=0)
    runs, sigma = 4000, np.sqrt(np.log(1 + 0.9**2))
    held_in = 0
    for _ in range(runs):
        there = (known * steps).astype(int)
        number = there + rng.poisson(steps - there)
        work = [
            rng.lognormal(np.log(20) - sigma**2 / 2, sigma, n).sum() for n in number
        ]
        held_in += bool((np.cumsum(work) <= planned).all())
    # 99 % of such a share lies within 2.6 deviations; half a point is the model's.
    spread = 2.6 * (confidence * (1 - confidence) / runs) ** 0.5
    assert held_in / runs == pytest.approx(confidence, abs=spread + 0.012)


@given(
    st.lists(st.floats(0, 200), min_size=1, max_size=9),
    st.floats(0, 3),
    st.floats(0.5, 0.98),
)
@settings(max_examples=60, deadline=None)
def test_a_buffer_never_plans_for_less(steps: list[float], cv: float, c: float) -> None:
    due = np.cumsum(steps)
    planned = buffered_work(due, 12, cv, c)
    assert (np.diff(planned, prepend=0) >= np.diff(due * 12, prepend=0) - 1e-6).all()
    more = buffered_work(due, 12, cv, 1 - (1 - c) / 4)
    assert more[-1] >= 0.99 * planned[-1]


def test_people_who_do_not_come_cost_more_than_their_share() -> None:
    """Of one person a day who does all of it: all of it has to be there twice."""
    due, lost = np.arange(1, 8) * 20.0, 240.0
    calm = buffered_work(due, 12, 0, 0.9, known=due)
    assert calm.tolist() == (12 * due).tolist()
    planned = buffered_work(due, 12, 0, 0.9, known=due, absent=0.1, lost_minutes=lost)
    assert lost < planned[-1] - calm[-1] < 3 * lost
    rng = np.random.default_rng(3)
    gone = rng.random((4000, 7)) < 0.1
    # what the others did is enough for what is due, in nine of ten weeks or more: one
    # person more is the least that there can be
    there = np.diff(planned, prepend=0) - gone * 240 / 0.9 + 0.1 * 240 / 0.9
    kept = (there.cumsum(axis=1) >= 12 * due - 1e-6).all(axis=1)
    assert kept.mean() > 0.88


def test_nothing_is_done_before_it_has_come() -> None:
    """Who has done all that has come is not ahead: each day needs its own."""
    due = np.arange(1, 8) * 20.0
    free = buffered_work(due, 12, 1, 0.95)
    tight = buffered_work(due, 12, 1, 0.95, arrived=due)
    assert tight[-1] > 1.5 * free[-1] - 0.5 * 12 * due[-1]
    steps = np.diff(tight, prepend=0.0) - 240
    assert (steps > 40).all()


@pytest.mark.parametrize(
    "wrong",
    [{"confidence": 0.4}, {"confidence": 1}, {"cv": -1}, {"items": [3, 2]},
     {"known": [5]}, {"absent": 1.0}, {"absent": -0.1}, {"lost_minutes": -1}],
)  # fmt: skip
def test_buffers_of_nonsense_are_refused(wrong: dict[str, Any]) -> None:
    right = {"items": [3], "mean_minutes": 9, "cv": 1, "confidence": 0.9}
    with pytest.raises(InvalidInput):
        buffered_work(**(right | wrong))


def test_the_roster_plans_for_more_and_the_forecast_does_not() -> None:
    kind = claims(calendar="always", handle_cv=1, sla={"within": 1, "unit": "hours"})
    rows = {"case_types": [kind], "inflow": new(100, 0), **OPEN}
    plain = translated(**rows)
    safe = translated(**rows, rules={"case_confidence": 0.95})
    work = [
        sum(units for _, units in found.problem.cases[0].streams[0].deadlines)
        for found in (plain, safe)
    ]
    assert work[1] > 1.1 * work[0]
    assert safe.cohorts == plain.cohorts
    (note,) = [note for note in safe.notes if "more than expected" in note]
    assert f"{(work[1] - work[0]) / 1200:.1f} h" in note


def test_a_bound_on_the_backlog_makes_the_soonest_due_by_then() -> None:
    kind = claims(
        calendar="always",
        sla={"within": 9, "unit": "calendar_days"},
        backlog_targets=[{"date": MONDAY + DAY, "cases": 30}],
    )
    found = translated(case_types=[kind], inflow=new(60, 0, 1), **OPEN)
    deadlines = found.problem.cases[0].streams[0].deadlines
    # 120 there by Tuesday's end but for the last lot, which comes at that midnight.
    there = sum(c.items for c in found.cohorts[0] if c.start < 2 * D)
    assert deadlines == ((2 * D, round((there - 30) * 30 * 20)),)
    assert all(c.deadline > 7 * D for c in found.cohorts[0])


def test_a_maximum_backlog_holds_every_day() -> None:
    kind = claims(calendar="always", sla={"within": 9, "unit": "calendar_days"})
    found = translated(
        case_types=[kind | {"maximum_backlog": 50}], inflow=new(60, 0, 1, 2), **OPEN
    )
    due = found.problem.cases[0].streams[0].deadlines
    # Of each day's twelve lots of five the last comes at midnight.
    assert due == tuple(
        (day * D, cases * 600) for day, cases in ((1, 5), (2, 60), (3, 60), (4, 5))
    )


def test_bounds_keep_every_case_and_its_work() -> None:
    plan = translated(
        case_types=[claims(maximum_backlog=7)], inflow=new(9, 0, 2, 4), **OPEN
    )
    own = plan.cohorts[0]
    units = sum(u for s in plan.problem.cases[0].streams for _, u in s.arrivals)
    assert units == round(sum(c.work_minutes for c in own) * 20)


def test_a_backlog_by_ages_is_received_evenly_by_date() -> None:
    ages = [
        {"case_type": "claims", "from_days": 0, "to_days": 1, "cases": 6},
        {"case_type": "claims", "from_days": 1, "to_days": 3, "cases": 8},
        {"case_type": "claims", "from_days": 8, "to_days": 9, "cases": 5},
    ]
    sla = {"within": 3, "unit": "calendar_days"}
    kind = claims(calendar="always", sla=sla)
    (own,) = translated(case_types=[kind], backlog_ages=ages, **OPEN).cohorts
    received = {c.received / D: c.items for c in own if not c.breached}
    assert received == {-1: 6, -2: 4, -3: 4}
    assert [c.items for c in own if c.breached] == [5]
    by_hand = [
        row
        for days, cases in ((1, 6), (2, 4), (3, 4), (9, 5))
        for row in opened(MONDAY - days * DAY, cases)
    ]
    (same,) = translated(case_types=[kind], open_cases=by_hand, **OPEN).cohorts
    assert same == own


STAGES = [
    claims(
        name="intake",
        calendar="always",
        handle_minutes=10,
        sla={"within": 1, "unit": "calendar_days"},
        feeds=[{"case_type": "assess", "share": 0.5}],
        reopen_rate=0.2,
    ),
    claims(
        name="assess",
        calendar="always",
        sla={"within": 2, "unit": "calendar_days"},
        feeds=[{"case_type": "pay"}],
    ),
    claims(name="pay", calendar="always", sla={"within": 1, "unit": "calendar_days"}),
]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_cases_go_on_where_they_are_due(order: tuple[int, ...]) -> None:
    inflow = [{"case_type": "intake", "date": MONDAY, "cases": 80}]
    kinds = [STAGES[n] for n in order]
    found = translated(case_types=kinds, inflow=inflow, **OPEN)
    of = {own[0].case_type: own for own in found.cohorts}
    # 80 cases of Monday are 100 with those done again, due by Tuesday's end; of the 80
    # half go on and are due two days after Wednesday, and all of these to the payment,
    # which begins on the Saturday.
    assert by_due(of["intake"]) == pytest.approx({2 * D: 100})
    assert {c.arrives for c in of["assess"]} == {2 * D}
    assert by_due(of["assess"]) == pytest.approx({5 * D: 40})
    assert {c.arrives for c in of["pay"]} == {5 * D}
    assert by_due(of["pay"]) == pytest.approx({7 * D: 40})


@pytest.mark.parametrize(
    ("stage", "sla", "arrives", "due"),
    [
        # Asked by Tuesday's end, two days of silence: Friday's first minute.
        ({}, {"within": 1, "unit": "calendar_days"}, 4 * D, 6 * D),
        # Two of three days are left: received on Monday, asked on Tuesday.
        ({"same_clock": True}, {"within": 3, "unit": "calendar_days"}, 4 * D, 6 * D),
        # Of 50 hours 24 have gone by of the last that came in, at Monday's end.
        ({"same_clock": True}, {"within": 50, "unit": "hours"}, 4 * D, 4 * D + 26 * H),
    ],
)
def test_cases_wait_for_the_customer_with_the_clock_stopped(
    stage: dict[str, Any], sla: dict[str, Any], arrives: int, due: int
) -> None:
    feeds = [{"case_type": "decide", "wait_days": 2, **stage}]
    kinds = [
        claims(
            name="ask",
            calendar="always",
            sla={"within": 1, "unit": "calendar_days"},
            feeds=feeds,
        ),
        claims(name="decide", calendar="always", sla=sla),
    ]
    found = translated(
        case_types=kinds,
        inflow=[{"case_type": "ask", "date": MONDAY, "cases": 24}],
        **OPEN,
    )
    (decide,) = (own for own in found.cohorts if own[0].case_type == "decide")
    assert {c.arrives for c in decide} == {arrives}
    assert max(c.deadline for c in decide) == due
    assert sum(c.items for c in decide) == pytest.approx(24)


def test_what_is_due_after_the_horizon_goes_on_next_week() -> None:
    inflow = [{"case_type": "assess", "date": MONDAY + 5 * DAY, "cases": 9}]
    found = translated(case_types=STAGES, inflow=inflow, **OPEN)
    assert [own[0].case_type for own in found.cohorts] == ["assess"]
