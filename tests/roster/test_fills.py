"""Cases between calls: by hand in the checker, and what they change in the engines."""

from dataclasses import replace

import pytest

from models.errors import InvalidInput
from models.roster import check
from models.roster.problem import Bar, Fill, RosterProblem
from tests.roster import brute
from tests.roster.answers import solved
from tests.roster.builders import (
    H,
    agent,
    backlog,
    case,
    need,
    problem,
    roster,
    voice,
)

HOUR = 1200
SHIFT = [(0, 8, 12)]


def crew(people: int, needed: int, share: int, *, cut: int = 24) -> RosterProblem:
    """Some people who answer calls and can do cases, one of them at 80 per cent."""
    p = problem(
        menu=SHIFT,
        works=[voice(), case(open=((9 * H, 24 * H),))],
        agents=[agent(f"A{n}", speeds=(100, 100 if n else 80)) for n in range(people)],
        covers=[need({8: needed, 9: needed, 10: needed})],
        cases=[backlog(({0: 9 * HOUR}, {cut * H: 9 * HOUR}))],
        cuts=[11 * H],
    )  # fmt: skip
    bar = Bar(0, tuple(needed if 8 <= n < 11 else 0 for n in range(p.periods)))
    return replace(p, fills=(Fill(0, share, (0,), (bar,)),))


@pytest.mark.parametrize(
    ("people", "needed", "share", "room"),
    [
        # From nine (the cases' hours): two hours over the bar, one without a bar,
        # where everybody is free: nine at 100 and one at 80.
        (10, 700, 50, [0, 2 * 3 * HOUR // 2, 980 * HOUR // 200]),
        (10, 1000, 50, [0, 0, 980 * HOUR // 200]),
        (10, 1200, 50, [0, 0, 980 * HOUR // 200]),
        (3, 50, 35, [0, 2 * 250 * HOUR * 35 // 10_000, 280 * HOUR * 35 // 10_000]),
        (1, 0, 100, [0, 2 * 80 * HOUR // 100, 80 * HOUR // 100]),
    ],
)
def test_a_share_of_the_surplus_is_room(
    people: int, needed: int, share: int, room: list[int]
) -> None:
    p = crew(people, needed, share)
    r = roster(p, *((a, 0, "calls calls calls calls") for a in range(people)))
    assert check.fill_room(p, r) == [room]
    assert check.case_minutes(p, r) == [[0, 0, 0]]
    (minutes,) = check.fill_minutes(p, r)
    assert sum(minutes) * 20 == pytest.approx(sum(room), abs=2)


def test_who_does_cases_in_a_block_is_not_free_too() -> None:
    p = crew(3, 200, 50)
    r = roster(p, *((a, 0, w) for a, w in enumerate(
        ["calls claims claims calls", "calls calls calls -", "calls calls calls calls"]
    )))  # fmt: skip
    assert check.fill_room(p, r) == [[0, 0, 180 * HOUR // 200]]
    assert check.case_minutes(p, r) == [[0, 2 * 8 * HOUR // 10, 0]]


def test_surplus_of_queues_that_share_people_counts_once() -> None:
    """Two on calls, two on chats, one who does both; each needs one, together three."""
    p = problem(
        menu=[(0, 8, 9)],
        works=[voice(), case(), voice("chats"), voice("both")],
        agents=[agent(f"A{n}", speeds=(100,) * 4) for n in range(5)],
        covers=[need({8: 100}, works=w) for w in ((0, 3), (2, 3), (0, 2, 3))],
        cases=[backlog(({0: 9 * HOUR}, {24 * H: 9 * HOUR}))],
    )
    need_at = {0: 100, 1: 100, 2: 300}
    bars = tuple(
        Bar(c, tuple(n if at == 8 else 0 for at in range(24)))
        for c, n in need_at.items()
    )
    r = roster(
        p,
        *(
            (a, 0, w)
            for a, w in enumerate(["calls", "calls", "chats", "chats", "both"])
        ),
    )
    for works, alone in (((0, 2, 3), 200), ((3,), 100), ((2, 0), 200), ((0,), 200)):
        p = replace(p, fills=(Fill(0, 100, works, bars),))
        assert check.fill_room(p, r) == [[0, alone * HOUR // 100]], works
    assert solved(replace(p, agents=p.agents[:2])).bound is not None


def test_a_fill_saves_what_its_room_does() -> None:
    """Three hours of surplus at half: what two are asked for, one and a half do."""
    p = crew(2, 100, 50)
    p = replace(p, works=(replace(p.works[0], shortest=4 * H), p.works[1]))
    without = solved(replace(p, fills=()))
    assert (solved(p).bound or 0) < (without.bound or 0)
    assert solved(p, "columns").bound == solved(p).bound == brute.best(p)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cases": 3}, "must be of cases"),
        ({"share": 0}, "share must be from 1 to 100, got 0"),
        ({"works": (1,)}, "under a bar"),
        ({"bars": (Bar(4, (0,) * 24),)}, "a bar of no cover"),
        ({"bars": (Bar(0, (0,)),)}, "needs 24 periods"),
        ({"fixed": ((0,) * 24,) * 2}, "a fixed row for each work"),
    ],
)
def test_nonsense(changes: dict[str, object], says: str) -> None:
    p = crew(1, 100, 50)
    with pytest.raises(InvalidInput, match=says):
        replace(p, fills=(replace(p.fills[0], **changes),))
