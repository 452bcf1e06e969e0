"""Cohorts, deadlines, streams, cuts and costs, by hand."""

from typing import Any

import pytest

from models.roster.problem import UNIT, WORK_PER_MINUTE, Cases, RosterProblem, Work
from models.throughput import Cohort
from scheduler.translate import Translation
from tests.test_translate.plans import (
    MONDAY,
    OFFICE,
    D,
    H,
    claims,
    night_shift,
    translated,
)

FIVE = 17 * H  # close of an office day


def of_claims(
    *rows: tuple[str, float], kind: dict[str, Any] | None = None, **content: Any
) -> Translation:
    """Return a translation: cases that come in by date, one case type."""
    inflow = [
        {"case_type": "claims", "date": date, "cases": cases} for date, cases in rows
    ]
    return translated(
        case_types=[claims(**(kind or {}))],
        inflow=inflow,
        calendars={"office": OFFICE, "long": {"monday": ["08:10-13:00"]}},
        **content,
    )


def open_case(received: str, **more: Any) -> dict[str, Any]:
    return {"case_type": "claims", "received": received} | more


def only(found: Translation) -> tuple[Cohort, ...]:
    (cohorts,) = found.cohorts
    return cohorts


def row(found: Translation) -> Cases:
    (cases,) = found.problem.cases
    return cases


def lots(found: Translation) -> list[tuple[float, float, float]]:
    return [(c.arrives, c.deadline, round(c.items, 9)) for c in only(found)]


def work_of(problem: RosterProblem, name: str) -> Work:
    (work,) = [work for work in problem.works if work.name == name]
    return work


def test_a_days_cases_come_at_the_end_of_every_two_hours() -> None:
    found = of_claims(("2026-03-02", 8))
    due = D + FIVE
    assert lots(found) == [(hour * H, due, 2) for hour in (11, 13, 15, 17)]
    assert [c.received for c in only(found)] == [hour * H for hour in (11, 13, 15, 17)]
    stream = row(found).streams[0]
    assert stream.arrivals == tuple((h * H, 1200) for h in (11, 13, 15, 17))
    assert stream.deadlines == ((due, 4800),)


def test_lots_are_on_the_grid_and_in_proportion() -> None:
    found = of_claims(("2026-03-02", 29), kind={"calendar": "long"})
    # 08:10 to 13:00 is 290 minutes: two slices of 120 and one of 50.
    assert [(c.arrives, round(c.items, 9), c.received) for c in only(found)] == [
        (10 * H + 15, 12, 10 * H + 10),
        (12 * H + 15, 12, 12 * H + 10),
        (13 * H, 5, 13 * H),
    ]
    # Worked from the first whole period after the opening.
    assert work_of(found.problem, "claims").open[0] == (8 * H + 15, 13 * H)


def test_cases_of_a_closed_date_come_at_its_end() -> None:
    found = of_claims(("2026-03-07", 3), horizon={"days": 9})
    assert lots(found) == [(6 * D, 7 * D + FIVE, 3)]


def test_without_a_calendar_the_day_is_open_and_its_date_counts() -> None:
    within_a_day = {"within": 1, "unit": "calendar_days"}
    found = of_claims(("2026-03-02", 12), kind={"calendar": None, "sla": within_a_day})
    # The last lot comes at midnight; it is still Monday's.
    assert lots(found) == [(2 * H * n, 2 * D, 1) for n in range(1, 13)]
    assert work_of(found.problem, "claims").open == ((0, 7 * D),)


def test_what_arrives_at_the_end_or_later_is_next_weeks() -> None:
    late = {"calendar": None, "sla": {"within": 30, "unit": "hours"}}
    found = of_claims(("2026-03-08", 12), kind=late)
    assert len(only(found)) == 11
    assert row(found).streams[0].deadlines == ()
    assert only(found)[0].deadline == 6 * D + 2 * H + 30 * H


def test_effort_divides_by_reopening_utilisation_and_absence() -> None:
    kind = {"reopen_rate": 0.2, "utilisation": 0.5, "unplanned_shrinkage": 0.5}
    found = of_claims(
        ("2026-03-02", 8), kind=kind, open_cases=[open_case("2026-02-27")]
    )
    backlog, first = only(found)[:2]
    assert (backlog.items, backlog.work_minutes) == pytest.approx((1.25, 150))
    assert (first.items, first.work_minutes) == pytest.approx((2.5, 300))


def test_a_backlog_by_received_date() -> None:
    rows = [
        open_case("2026-02-27", cases=5),  # Friday: due on Monday
        open_case("2026-02-27", cases=2),
        open_case("2026-02-26", cases=3),  # Thursday: was due on Friday
        open_case("2026-02-26", due="2026-03-03"),  # has a day of its own
        open_case("2026-02-26", due="2026-03-03T10:37"),
        open_case("2026-02-25", cases=0),
    ]
    found = of_claims(open_cases=rows)
    assert [(c.deadline, c.items, c.breached) for c in only(found)] == [
        (FIVE, 7, False),
        (D + 10 * H + 30, 1, False),
        (2 * D, 1, False),
        (2 * D + FIVE, 3, True),  # by the close of the third office day
    ]
    assert {c.arrives for c in only(found)} == {0}
    # They count from the opening of the date on which they were received.
    assert only(found)[0].received == -3 * D + 9 * H
    assert found.notes == (
        "case type 'claims': 3 open cases are late on day one (target: 3 open days)",
    )


@pytest.mark.parametrize(
    ("days", "sla", "told"),
    [
        (["saturday"], {}, "Saturday counts as business day"),
        (["saturday", "sunday"], {}, "Saturday and Sunday count as business days"),
        ([], {}, ""),
        (["saturday"], {"calendar": "office"}, ""),  # asked for by name
        (["saturday"], {"unit": "calendar_days"}, ""),
    ],
)
def test_weekends_that_count_as_business_days_are_told(
    days: list[str], sla: dict[str, Any], told: str
) -> None:
    office = OFFICE | {day: ["09:00-13:00"] for day in days}
    kind = claims()
    kind["sla"] = {"within": 2, "unit": "business_days"} | sla
    found = translated(
        case_types=[kind],
        calendars={"office": office},
        inflow=[{"case_type": "claims", "date": "2026-03-02", "cases": 1}],
    )
    if told:
        assert told in found.notes[0] and "sla.calendar" in found.notes[0]
    else:
        assert found.notes == ()


def test_the_edge_of_being_late_on_day_one() -> None:
    due = [open_case("2026-02-20", due=f"2026-03-0{day}") for day in (1, 2)]
    moment = [open_case("2026-02-20", due="2026-03-02T00:05")]
    found = of_claims(open_cases=[*due, *moment])
    assert [(c.deadline, c.breached) for c in only(found)] == [
        (0, False), (D, False), (2 * D + FIVE, True),
    ]  # fmt: skip


def test_an_sla_may_count_another_calendar() -> None:
    sla = {"within": 1, "unit": "business_days", "calendar": "long"}
    found = of_claims(("2026-03-02", 1), kind={"sla": sla}, horizon={"days": 14})
    assert {c.deadline for c in only(found)} == {7 * D + 13 * H}


def test_an_earlier_deadline_of_a_later_arrival_is_a_stream_of_its_own() -> None:
    rows = [open_case("2026-02-20", due="2026-03-06")]
    found = of_claims(("2026-03-02", 4), open_cases=rows)
    assert [s.name for s in row(found).streams] == ["claims", "claims (2)"]
    assert row(found).streams[0].deadlines == ((5 * D, 600),)


def test_work_is_in_whole_units_and_none_is_lost() -> None:
    found = of_claims(("2026-03-02", 1), kind={"handle_minutes": 0.5})
    # 10 units in four lots of 2.5.
    assert sum(work for _, work in row(found).streams[0].arrivals) == 10
    assert WORK_PER_MINUTE * 0.5 == 10


def test_cuts_hold_every_time_of_every_type() -> None:
    kinds = [claims(), claims(name="letters", calendar=None, skill="claims")]
    inflow = [
        {"case_type": "letters", "date": MONDAY, "cases": 12},
        {"case_type": "claims", "date": MONDAY, "cases": 4},
    ]
    found = translated(
        case_types=kinds,
        inflow=inflow,
        calendars={"office": OFFICE},
        shift_types=[night_shift()],
    ).problem
    times = {
        minute
        for cases in found.cases
        for stream in cases.streams
        for minute, _ in stream.arrivals + stream.deadlines
    }
    assert set(found.cuts) == times | set(found.day_starts)
    assert found.cuts == tuple(sorted(found.cuts))
    assert found.cuts[-1] == 7 * D < found.end
    assert [cases.work for cases in found.cases] == [0, 1]


def test_costs_of_lateness_and_of_open_work() -> None:
    found = of_claims(("2026-03-02", 8), kind={"weight": 2})
    cuts, late, opened = (
        found.problem.cuts,
        row(found).late_costs,
        row(found).open_costs,
    )
    assert cuts[:4] == (0, 11 * H, 13 * H, 15 * H)
    # 2 * 30 paid hours for an hour overdue a day: 1/1200 of it, for two hours.
    a_day = 60 * UNIT // (60 * WORK_PER_MINUTE)
    assert late[:3] == (0, a_day * 2 // 24, a_day * 2 // 24)
    assert late[-1] == a_day
    assert [(c, n) for c, n in zip(cuts, opened, strict=True) if n] == [
        (D * day, 6) for day in range(1, 8)
    ]


def test_a_weight_never_rounds_to_nothing() -> None:
    weights = {"overdue_hour_day": 1e-6, "open_hour_day": 1e-6}
    found = row(of_claims(("2026-03-02", 8), weights=weights))
    assert set(found.late_costs[1:]) == {1}
    assert max(found.open_costs) == 1
    nothing = {"overdue_hour_day": 0, "open_hour_day": 0}
    assert set(row(of_claims(("2026-03-02", 8), weights=nothing)).late_costs) == {0}


def test_blocks_are_on_the_grid_and_types_without_cases_are_only_works() -> None:
    kind = {"minimum_block_minutes": 50, "maximum_block_minutes": 100}
    found = of_claims(kind=kind)
    work = work_of(found.problem, "claims")
    assert (work.shortest, work.longest) == (60, 90)
    assert work.open == tuple((D * d + 9 * H, D * d + FIVE) for d in range(5))
    assert found.problem.cases == ()
    assert found.cohorts == ()
    assert found.problem.agents[0].speeds == (100,)
