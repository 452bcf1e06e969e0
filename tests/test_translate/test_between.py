"""Cases between calls: from a plan to who is freed, and what is told of it."""

import datetime as dt
from typing import Any

import pytest

from models.roster.problem import Fill
from scheduler.rosters.measure import measure
from scheduler.rosters.outlook import outlook
from scheduler.translate import Translation
from tests.roster.builders import roster
from tests.test_translate.plans import MONDAY, calls, translated

BOTH = {"ann": ["phones", "mail"], "bob": ["phones", "mail:0.8"], "cid": ["phones"]}


def mail(**fields: Any) -> dict[str, Any]:
    return {
        "name": "mail",
        "handle_minutes": 30,
        "sla": {"within": 1, "unit": "calendar_days"},
        "blend": "fill",
        "fill_efficiency": 0.5,
        **fields,
    }


def of(
    *kinds: dict[str, Any], skills: Any = None, queues: Any = None, **more: Any
) -> Translation:
    received = str(MONDAY - dt.timedelta(days=1))
    return translated(
        queues=queues or [{"name": "phones", "moving_load": "sipp"}],
        case_types=list(kinds),
        skills=skills or BOTH,
        calls=[
            *calls("phones", MONDAY, 9, 10, 11),
            *calls("phones", MONDAY + dt.timedelta(days=1), 9, 10, number=60),
        ],
        open_cases=[
            {"case_type": kind["name"], "received": received, "cases": 8}
            for kind in kinds
        ],
        **more,
    )


def test_people_stay_on_calls_up_to_the_requirement_of_the_interval() -> None:
    found = of(mail())
    (fill,) = found.problem.fills
    (bar,) = fill.bars
    assert (fill.cases, fill.share, fill.works) == (0, 50, (0,))
    periods = 60 // found.problem.period
    asked = [round(100 * n) for n in found.demands[0].required for _ in range(periods)]
    assert list(bar.needed) == asked
    assert asked[9 * periods] == 400  # 2 erlangs, 80 % in 20 s


def test_of_a_target_for_the_day_people_stay_beyond_the_floor() -> None:
    queue = {"name": "phones", "moving_load": "sipp", "service_level_scope": "day"}
    found = of(mail(), queues=[queue])
    (fill,) = found.problem.fills
    level = found.problem.covers[0].levels[0].target
    asked = [
        round(100 * n)
        for n in found.demands[0].required
        for _ in range(len(level) // len(found.demands[0].required))
    ]
    assert list(fill.bars[0].needed) == asked
    assert sum(asked) > sum(level)


@pytest.mark.parametrize(
    "kind",
    [mail(fill_efficiency=0), mail(blend="ring-fenced", fill_efficiency=0)],
)
def test_nothing_is_counted_on_unless_the_plan_says_so(kind: dict[str, Any]) -> None:
    assert of(kind).problem.fills == ()


def test_nobody_who_answers_can_do_them() -> None:
    alone = {"ann": ["mail"], "bob": ["phones"]}
    assert of(mail(), skills=alone).problem.fills == ()


def test_who_answers_fewest_queues_is_freed_first() -> None:
    skills = {
        "ann": ["phones", "chats", "mail"],
        "bob": ["chats", "mail"],
        "cid": ["phones"],
    }
    queues = [{"name": "phones"}, {"name": "chats"}]
    found = of(mail(), skills=skills, queues=queues)
    names = [work.name for work in found.problem.works]
    (fill,) = found.problem.fills
    assert [names[w] for w in fill.works] == ["chats", "phones+chats"]
    barred = [found.problem.covers[bar.cover].name for bar in fill.bars]
    assert barred == ["phones", "chats", "phones+chats"]


def test_types_share_the_surplus() -> None:
    found = of(mail(fill_efficiency=0.3), mail(name="post", fill_efficiency=0.7))
    assert [f.share for f in found.problem.fills] == [30]  # nobody can do the post
    skills = {"ann": ["phones", "mail", "post"]}
    found = of(mail(fill_efficiency=0.29), mail(name="post"), skills=skills)
    assert [(f.cases, f.share) for f in found.problem.fills] == [(0, 29), (1, 50)]


def test_what_is_done_between_calls_is_told_apart() -> None:
    """Ann and Bob answer from 8 to 17; calls from 9 to 12 need all of both."""
    found = of(mail())
    on_calls = "phones " * (4 * 60 // found.problem.period)
    hour = 60 // found.problem.period
    week = f"{on_calls}{'lunch ' * hour}{on_calls}"
    some = roster(found.problem, (0, 0, week), (1, 0, week))
    summary = measure(found, some, outlook(found, some))
    (case,) = summary.cases
    # 8-9 and 13-17 nobody calls: five hours of 1.8 trained people at half.
    assert case.hours_fill == pytest.approx(5 * 1.8 / 2)
    assert case.hours_rostered == 0
    assert case.hours_used == pytest.approx(8 * 0.5)
    assert (case.sla_compliance, case.protected_compliance) == (1, 0)
    assert summary.people.unused_case_hours == 0
    assert isinstance(found.problem.fills[0], Fill)
