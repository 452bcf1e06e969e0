"""What case time does to the deferred work, by hand numbers."""

from dataclasses import replace
from itertools import product
from random import Random
from typing import Any

import pytest

from models.roster import check
from models.roster.check.cases import account
from models.roster.problem import RosterProblem
from models.roster.result import Roster
from tests.roster.builders import (
    Backlog,
    H,
    agent,
    backlog,
    case,
    problem,
    roster,
    voice,
)

HOUR = 1200  # units of work in a trained agent's hour


def costs(p: RosterProblem, r: Roster) -> dict[str, int]:
    """The goals that cost something, but for pay."""
    return {g: c for g, c in check.objective(p, r).items() if c and g != "paid_hours"}


def cases_of(*entries: Backlog, speed: int = 100, **fields: Any) -> RosterProblem:
    """Ann may work 00 to 04 on calls or claims; the day has four hours."""
    return problem(
        works=[voice(), case()],
        menu=[(0, 0, 4)],
        day_minutes=4 * H,
        agents=[agent(speeds=(100, speed))],
        cases=entries,
        **fields,
    )


def test_late_and_open_at_every_cut() -> None:
    # An hour of work is there at once, due at 02; another comes at 01, due at 04.
    # Cuts 0, 1, 2, 4 h. Ann does claims in the second hour and the fourth.
    # done 0, 0, 1, 2; late 0, 0, 0, 0; open 1, 2, 1, 0 hours.
    p = cases_of(backlog(({0: HOUR, H: HOUR}, {2 * H: HOUR, 4 * H: HOUR}), open_cost=1))
    assert p.cuts == (0, H, 2 * H, 4 * H)
    r = roster(p, (0, 0, "- claims - claims"))
    assert check.case_minutes(p, r) == [[0, 0, HOUR, HOUR]]
    (kept,) = check.accounts(p, r)
    assert kept == check.Account(
        done=(0, 0, HOUR, 2 * HOUR), late=(0, 0, 0, 0), open=(HOUR, 2 * HOUR, HOUR, 0)
    )
    assert costs(p, r) == {"open_work": 4 * HOUR}


def test_late_is_charged_at_every_cut_at_its_cost() -> None:
    # An hour due at 01, done in the third hour: late at 01 and at 02, at 5 and 7.
    costing = {H: 5, 2 * H: 7, 3 * H: 11, 4 * H: 13}
    p = cases_of(
        backlog(({0: HOUR}, {H: HOUR}), late_cost=costing), cuts=[2 * H, 3 * H]
    )
    assert costs(p, roster(p, (0, 0, "- - claims -"))) == {"overdue": HOUR * (5 + 7)}


def test_late_at_the_start() -> None:
    # Due before the horizon begins: late at cut 0 already, nothing can help that.
    p = cases_of(backlog(({0: HOUR}, {0: HOUR}), late_cost={0: 1, 4 * H: 1}))
    assert costs(p, roster(p, (0, 0, "claims - - -"))) == {"overdue": HOUR}


@pytest.mark.parametrize(("words", "late"), [("claims -", 1), ("- claims", 0)])
def test_work_arrives_before_it_is_done(words: str, late: int) -> None:
    # It comes at 01. The hour from 00 to 01 cannot be used for it, the next one can.
    p = cases_of(backlog(({H: HOUR}, {2 * H: HOUR}), late_cost={2 * H: 1}))
    r = roster(p, (0, 0, f"{words} - -"))
    assert check.objective(p, r)["overdue"] == late * HOUR
    assert check.objective(p.without("work_after_arrival"), r)["overdue"] == 0


def test_room_is_not_kept_for_later() -> None:
    # Two hours of claims before the arrival do not help after it.
    p = cases_of(backlog(({2 * H: HOUR}, {}), open_cost={4 * H: 1}))
    assert costs(p, roster(p, (0, 0, "claims claims - -"))) == {"open_work": HOUR}


def test_work_before_arrival_is_never_open() -> None:
    # Without the rule all is done in the first hour: open is 0 then, not negative.
    p = cases_of(backlog(({2 * H: HOUR}, {}), open_cost=1), cuts=[H])
    p = p.without("work_after_arrival")
    (kept,) = check.accounts(p, roster(p, (0, 0, "claims - - -")))
    assert kept.open == (0, 0, 0, 0)
    assert kept.done == (0, HOUR, HOUR, HOUR)


def test_the_earlier_deadline_goes_first_whatever_the_stream() -> None:
    # Stream 0 due at 04, stream 1 due at 02, both there; two hours of claims are one
    # of each, the first of them for stream 1.
    p = cases_of(
        backlog(({0: HOUR}, {4 * H: HOUR}), ({0: HOUR}, {2 * H: HOUR}), late_cost=1)
    )
    assert costs(p, roster(p, (0, 0, "claims - - claims"))) == {}
    assert costs(p, roster(p, (0, 0, "claims - - -"))) == {"overdue": HOUR}
    # In the third hour it is late at 02 (cuts 0, 2, 4).
    assert costs(p, roster(p, (0, 0, "- - claims claims"))) == {"overdue": HOUR}


def test_no_deadline_comes_last() -> None:
    # The first stream has none: two hours of claims do the second one first.
    p = cases_of(
        backlog(({0: HOUR}, {}), ({0: 2 * HOUR}, {4 * H: 2 * HOUR}), late_cost=1)
    )
    assert costs(p, roster(p, (0, 0, "claims claims - -"))) == {}


def test_first_in_first_out_within_a_stream() -> None:
    # 600 come at 0, 1800 at 02; 1200 are due at 03: half of them can be done only
    # after 02. The hour before 02 does 600, the one after it 1200.
    stream = ({0: 600, 2 * H: 1800}, {3 * H: 1200})
    p = cases_of(backlog(stream, late_cost=1), cuts=[H])
    (kept,) = check.accounts(p, roster(p, (0, 0, "claims claims claims -")))
    assert kept.done == (0, 600, 600, 1800, 1800)  # cuts 0, 1, 2, 3, 4 h
    assert kept.late == (0, 0, 0, 0, 0)
    (kept,) = check.accounts(p, roster(p, (0, 0, "claims claims - -")))
    assert kept.late == (0, 0, 0, 600, 600)


def test_more_due_than_ever_comes_stays_late() -> None:
    p = cases_of(backlog(({0: HOUR}, {H: 2 * HOUR}), late_cost={4 * H: 1}))
    assert costs(p, roster(p, (0, 0, "claims claims claims -"))) == {"overdue": HOUR}


def test_speed_of_cases() -> None:
    # An hour at speed 75: 900 units.
    p = cases_of(backlog(({0: HOUR}, {}), open_cost={4 * H: 1}), speed=75)
    assert costs(p, roster(p, (0, 0, "claims - - -"))) == {"open_work": 300}


def test_each_type_has_its_own_time() -> None:
    p = problem(
        works=[voice(), case("x"), case("y")],
        menu=[(0, 0, 2)],
        day_minutes=2 * H,
        cases=[
            backlog(({0: HOUR}, {2 * H: HOUR}), work=1, late_cost=1),
            backlog(({0: HOUR}, {2 * H: HOUR}), work=2, late_cost=3),
        ],
    )
    assert costs(p, roster(p, (0, 0, "x x"))) == {"overdue": 3 * HOUR}
    assert costs(p, roster(p, (0, 0, "x y"))) == {}


def test_time_after_the_horizon_counts_nowhere() -> None:
    # The shift's second hour lies in the tail.
    p = problem(
        works=[voice(), case()],
        menu=[(0, 1, 3)],
        day_minutes=2 * H,
        tail=H,
        cases=[backlog(({0: 2 * HOUR}, {2 * H: 2 * HOUR}), late_cost=1)],
    )
    r = roster(p, (0, 0, "claims claims"))
    assert check.case_minutes(p, r) == [[0, HOUR]]
    assert costs(p, r) == {"overdue": HOUR}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("off", [(), ("work_after_arrival",)])
def test_no_plan_has_less_late_or_open_work(seed: int, off: tuple[str, ...]) -> None:
    # Every way to split the room of three periods over two streams, the streams' rows
    # as in the models: done <= arrived, late >= due - done. At each cut on its own
    # none has less late work, or less open work, than the accounting.
    draw = Random(seed)
    cuts = (0, H, 2 * H, 4 * H)

    def stream() -> tuple[dict[int, int], dict[int, int]]:
        come = {t: draw.randint(0, 2) for t in cuts[:3]}
        left, due = sum(come.values()), {}
        for t in cuts:
            due[t] = draw.randint(0, min(2, left))
            left -= due[t]
        return come, due

    streams = (stream(), stream())
    p = cases_of(backlog(*streams)).without(*off)
    room = [0, *(draw.randint(0, 3) for _ in cuts[1:])]
    kept = account(p, p.cases[0], room)

    def by(steps: dict[int, int], minute: float) -> int:
        return sum(work for t, work in steps.items() if t <= minute)

    late, left = [99] * 4, [99] * 4
    for one in product(*(range(r + 1) for r in room)):
        for other in product(
            *(range(r - x + 1) for r, x in zip(room, one, strict=True))
        ):
            done = [[sum(x[: i + 1]) for i in range(4)] for x in (one, other)]
            if any(
                done[s][i] > by(streams[s][0], 10**6 if off else cuts[i - 1])
                for s in (0, 1)
                for i in (1, 2, 3)
            ):
                continue
            for i, t in enumerate(cuts):
                missed = [max(0, by(streams[s][1], t) - done[s][i]) for s in (0, 1)]
                come = sum(by(streams[s][0], t) for s in (0, 1))
                late[i] = min(late[i], sum(missed))
                left[i] = min(left[i], max(0, come - done[0][i] - done[1][i]))
    assert kept.late == tuple(late)
    assert kept.open == tuple(left)


def test_two_agents_on_a_block_each() -> None:
    p = cases_of(backlog(({0: 2 * HOUR}, {H: 2 * HOUR}), late_cost=1), block_cost=1)
    p = replace(p, agents=(p.agents[0], replace(p.agents[0], name="Ben")))
    r = roster(p, (0, 0, "claims - - -"), (1, 0, "claims - - -"))
    assert check.case_minutes(p, r) == [[0, 2 * HOUR, 0]]
    assert costs(p, r) == {"block_starts": 2}
