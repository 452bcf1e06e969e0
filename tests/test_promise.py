"""The service level promised of a roster: who is there, and who shares whom."""

from typing import Any

import numpy as np
import pytest

from models.roster import predict
from models.roster.problem import Kind
from models.roster.result import Activity, Roster
from scheduler.pipeline import Prepared, prepare_made
from scheduler.rosters.outlook import outlook
from scheduler.rosters.promise import presences
from tests.test_translate.plans import MONDAY, calls
from tests.test_translate.plans import plan as small_plan

NINE = 9 * 60


def prepared(**content: Any) -> Prepared:
    return prepare_made(small_plan(**content))


def doing(*rows: tuple[int, int, Kind, str]) -> Roster:
    """The roster of one agent; nobody asks for its shifts here."""
    return Roster((), tuple(Activity(0, *row) for row in rows))


def test_who_is_there_when() -> None:
    made = prepared(queues=[{"name": "phones"}], calls=calls("phones", MONDAY, 9))
    roster = doing(
        (NINE, NINE + 60, Kind.VOICE, "phones"),
        (NINE + 60, NINE + 75, Kind.BREAK, "tea"),
        (NINE + 75, NINE + 90, Kind.VOICE, "phones"),
        (NINE + 90, NINE + 120, Kind.VOICE, "phones"),  # goes on
        (NINE + 120, NINE + 180, Kind.MEETING, "team"),
        (NINE + 180, NINE + 190, Kind.BREAK, "tea"),
        (NINE + 190, NINE + 200, Kind.VOICE, "phones"),
        (NINE + 200, NINE + 220, Kind.IDLE, ""),
        (NINE + 220, NINE + 240, Kind.VOICE, "phones"),
    )
    (there,) = presences(made.problem, roster)
    minutes = [0, 75, 190, 220], [60, 120, 200, 240]
    assert (there.comes / 60 - NINE).tolist() == minutes[0]
    assert (there.leaves / 60 - NINE).tolist() == minutes[1]
    assert there.after_break.tolist() == [False, True, False, False]


@pytest.mark.parametrize("moving_load", ["sipp", "modified"])
def test_each_interval_on_its_own_is_what_a_calculator_says(moving_load: str) -> None:
    made = prepared(
        queues=[{"name": "phones", "moving_load": moving_load}],
        calls=calls("phones", MONDAY, 9, number=5),
    )
    roster = doing((NINE, NINE + 60, Kind.VOICE, "phones"))
    (queue,) = outlook(made.translation, roster).queues
    some = queue.demand.calls > 0
    alone = predict.performance(
        queue.effective[some],
        queue.demand.load[some],
        queue.demand.handle_seconds[some],
        queue.demand.answer_within_seconds,
        queue.demand.patience_seconds,
    ).service_level
    same = queue.service_level[some] == pytest.approx(alone, abs=1e-9)
    assert same == (moving_load == "sipp")
    assert np.isnan(queue.service_level[~some]).all()


@pytest.mark.parametrize("moving_load", ["sipp", "modified"])
def test_people_who_share_queues_are_not_promised_twice(moving_load: str) -> None:
    """Two people for both queues: neither queue has both of them for itself."""
    queue = {"moving_load": moving_load, "patience_seconds": 120}
    skills = {agent: ["phones", "sales"] for agent in ("ann", "bob")}
    made = prepared(
        queues=[{"name": "phones"} | queue, {"name": "sales"} | queue],
        calls=[
            *calls("phones", MONDAY, 9, number=9),
            *calls("sales", MONDAY, 9, number=9),
        ],
        skills=skills,
    )
    both = "phones+sales"
    there = [(NINE, NINE + 60, Kind.VOICE, both)]
    roster = Roster((), tuple(Activity(a, *row) for a in (0, 1) for row in there))
    seen = {each.demand.name: each for each in outlook(made.translation, roster).queues}
    some = seen["phones"].demand.calls > 0
    levels = {name: each.service_level[some] for name, each in seen.items()}
    assert levels["phones"] == pytest.approx(levels[both])
    alone = prepared(
        queues=[{"name": "phones"} | queue],
        calls=calls("phones", MONDAY, 9, number=9),
        skills=skills,
    )
    own = [(NINE, NINE + 60, Kind.VOICE, "phones")]
    free = Roster((), tuple(Activity(a, *row) for a in (0, 1) for row in own))
    (whole,) = outlook(alone.translation, free).queues
    assert (levels["phones"] < whole.service_level[some] - 0.05).all()
