"""Blocks begin late where calls go on: more work is planned for."""

from typing import Any

import pytest

from tests.test_translate.plans import MONDAY, OFFICE, calls, claims, translated

BUSY = 0.85


def work(**changed: Any) -> float:
    """Minutes of the claims of Monday: 30 of 20 minutes."""
    given: dict[str, Any] = {
        "queues": [{"name": "phones"}],
        "case_types": [claims(calendar="office", maximum_block_minutes=240)],
        "calendars": {"office": OFFICE},
        "calls": calls("phones", MONDAY, 9, 10),  # of six minutes
        "inflow": [{"case_type": "claims", "date": MONDAY, "cases": 30}],
    }
    (own,) = translated(**(given | changed)).cohorts
    return sum(cohort.work_minutes for cohort in own)


def test_a_block_loses_the_rest_of_a_call() -> None:
    alone = work(queues=[], calls=[])
    # a block lasts for sqrt(60 * 240) minutes
    assert work() == pytest.approx(alone * (1 + BUSY * 6 / 120))


def test_none_is_lost_where_no_call_goes_on() -> None:
    alone = work(queues=[], calls=[])
    assert work(queues=[{"name": "phones", "moving_load": "sipp"}]) == alone
    assert work(calls=[]) == alone
    assert work(skills={"ann": ["claims"], "bob": ["phones"]}) == alone


def test_half_of_it_where_half_of_the_people_take_calls() -> None:
    alone = work(queues=[], calls=[])
    half = work(skills={"ann": ["claims"], "bob": ["claims", "phones"]})
    assert half == pytest.approx(alone * (1 + BUSY * 6 / 120 / 2))
