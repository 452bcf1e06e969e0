"""Rosters that a simulation must bear: without calls, without cases, without people."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest

from models.roster.problem import Kind
from models.roster.result import Activity, Limits, Roster, Worked
from models.simulation import drawn
from models.simulation.world import EVENT
from scheduler.pipeline import Asked, Prepared, build, prepare_made
from scheduler.simulating import Wanted, centre_of, simulate
from tests.test_translate.plans import (
    ALL_DAY,
    MONDAY,
    OFFICE,
    calls,
    claims,
    night_shift,
)
from tests.test_translate.plans import plan as small_plan

WANTED = Wanted(replications=20, workers=1)
NIGHT = {
    "shift_types": [night_shift(name="day")],
    "calendars": {"always": ALL_DAY},
}


def prepared(**content: Any) -> Prepared:
    return prepare_made(small_plan(**content))


def rostered(made: Prepared) -> Roster:
    found = build(made, Asked(limits=Limits(10, 0.5, 0, 1))).result.roster
    assert found is not None
    return found


def test_cases_without_calls() -> None:
    made = prepared(
        case_types=[claims(calendar="office")],
        calendars={"office": OFFICE},
        inflow=[{"case_type": "claims", "date": MONDAY, "cases": 9}],
    )
    found = simulate(made, rostered(made), WANTED)
    assert found.queues == [] and found.calls == 0
    (kind,) = found.case_types
    assert sum(day.received for day in kind.days) == pytest.approx(9, abs=3)
    assert kind.kept == found.kept


def test_calls_without_cases() -> None:
    made = prepared(queues=[{"name": "phones"}], calls=calls("phones", MONDAY, 9, 10))
    found = simulate(made, rostered(made), WANTED)
    assert found.case_types == [] and found.kept is None
    (queue,) = found.queues
    assert queue.total.offered == pytest.approx(40, abs=6)
    assert [day.offered > 0 for day in queue.days] == [True] + [False] * 6
    assert queue.days[1].service_level.mean is None


def test_a_queue_that_nobody_calls() -> None:
    made = prepared(
        queues=[{"name": "phones"}],
        case_types=[claims(calendar="office")],
        calendars={"office": OFFICE},
    )
    found = simulate(made, rostered(made), WANTED)
    assert found.calls == 0 and found.kept == 1.0
    assert found.queues[0].total.promised is None


def test_nobody_is_there() -> None:
    made = prepared(
        queues=[{"name": "phones", "patience_seconds": 60}],
        calls=calls("phones", MONDAY, 9),
    )
    found = simulate(made, Roster((), ()), WANTED)
    total = found.queues[0].total
    assert total.service_level.mean == 0 and total.abandonment.mean == 1.0
    assert total.handle_hours == 0


@pytest.mark.parametrize(
    ("first_day", "hours"), [(dt.date(2026, 3, 23), 8), (dt.date(2026, 10, 19), 8)]
)
def test_nights_and_clock_changes(first_day: dt.date, hours: int) -> None:
    """A shift over the change lasts as long as others; calls after it find nobody."""
    made = prepared(
        horizon={"first_day": first_day, "time_zone": "Europe/London"},
        queues=[{"name": "phones", "calendar": "always"}],
        calls=calls("phones", first_day + dt.timedelta(days=6), 3, 4),
        **NIGHT,
    )
    day = made.problem.day_starts[5]
    shift = next(s for s in made.problem.shifts if s.day == 5)
    assert shift.end - shift.start == hours * 60 and shift.start > day
    worked = Worked(0, 5, shift.shift_type, shift.start, shift.end, shift.paid_minutes)
    doing = Activity(0, shift.start, shift.end, Kind.VOICE, "phones")
    roster = Roster((worked,), (doing,))
    events = centre_of(made.translation, roster).staff.events
    assert events.dtype == EVENT
    assert events["at"].tolist() == [60.0 * shift.start, 60.0 * shift.end]
    found = simulate(made, roster, WANTED)
    sunday = found.queues[0].days[6]
    assert sunday.offered == pytest.approx(40, abs=6)
    assert found.queues[0].total.offered == sunday.offered


def test_who_is_on_calls_when_the_weeks_begin() -> None:
    """A night that history knows of takes the calls of the first hours."""
    came = MONDAY - dt.timedelta(days=1)
    history = {"agent_id": "ann", "start": f"{came}T22:00", "end": f"{MONDAY}T06:00"}
    made = prepared(
        queues=[{"name": "phones", "calendar": "always"}],
        calls=calls("phones", MONDAY, 1, number=3),
        history=[history | {"activity": "phones"}],
        **NIGHT,
    )
    found = simulate(made, Roster((), ()), WANTED)
    assert found.queues[0].total.service_level.mean > 0.7


def test_absence_is_as_frequent_as_the_plan_says() -> None:
    made = prepared(
        queues=[{"name": "phones", "unplanned_shrinkage": 0.2}],
        calls=calls("phones", MONDAY, 9, 10, 11),
    )
    centre = centre_of(made.translation, rostered(made))
    shifts = len(centre.staff.absence)
    gone = [drawn(centre, 0, n).absent[:shifts].mean() for n in range(400)]
    assert sum(gone) / len(gone) == pytest.approx(0.2, abs=0.05)


def test_ages_are_reckoned_from_the_receipt() -> None:
    """Nobody works: what was four days old on Monday is eleven when Sunday ends."""
    made = prepared(
        case_types=[claims(calendar="office", sla={"within": 90, "unit": "hours"})],
        calendars={"office": OFFICE},
        open_cases=[
            {
                "case_type": "claims",
                "received": MONDAY - dt.timedelta(days=4),
                "cases": 5,
            }
        ],
    )
    found = simulate(made, Roster((), ()), WANTED)
    ages = [day.age_days.mean for day in found.case_types[0].days]
    assert ages[0] is not None and ages[0] == pytest.approx(4.6, abs=0.5)
    steps = [(b or 0) - (a or 0) for a, b in pairwise(ages)]
    assert steps == pytest.approx([1.0] * 6)
