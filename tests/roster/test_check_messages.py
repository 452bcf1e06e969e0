"""A violation says who, when, how much, and what was allowed."""

from dataclasses import replace

import pytest

from models.roster import check
from models.roster.check.reading import day_of
from models.roster.problem import Kind, Meeting
from models.roster.result import Activity, Roster
from tests.roster.builders import (
    H,
    agent,
    kind,
    pause,
    problem,
    roster,
    voice,
    worked,
)

# Ann 08-12 on day 2, lunch 09:00, open till 11:00, a 1:1 on day 2
P = problem(
    types=[kind(pause(H), pause(3 * H, name="tea", paid=True), spacing=2 * H)],
    works=[voice(open=((0, 35 * H),))],
    menu=[(1, 8, 12)],
    days=2,
    agents=[agent(meetings=(Meeting("1:1", H, 32 * H, 33 * H),))],
)
LEGAL = roster(P, (0, 0, "1:1 lunch calls tea"))
CALLS, LUNCH, TEA = (Kind.VOICE, "calls"), (Kind.BREAK, "lunch"), (Kind.BREAK, "tea")
Row = tuple[float, float, tuple[Kind, str]]
ONE = (Kind.MEETING, "1:1")


def says(*rows: Row) -> set[tuple[str, int | None]]:
    """What is said, without "Ann: ", when these hours of day 2 are Ann's."""
    found = tuple(
        Activity(0, round((24 + s) * H), round((24 + e) * H), *what)
        for s, e, what in rows
    )
    p = P.without("breaks_in_window")
    return {
        (v.message.removeprefix("Ann: "), v.day)
        for v in check.violations(p, Roster(LEGAL.worked, found))
    }


def test_legal() -> None:
    free = P.without("breaks_apart")
    assert check.violations(free, LEGAL) == []


@pytest.mark.parametrize(
    ("message", "rows"),
    [
        (
            (
                "60 min between break 'lunch', which ends day 2 10:00, and 'tea', at "
                "least 120 needed"
            ),
            [(8, 9, ONE), (9, 10, LUNCH), (10, 11, CALLS), (11, 12, TEA)],
        ),
        (
            (
                "is on 'calls' day 2 10:00 to day 2 12:00, of which 60 min, must be 0, "
                "are outside its hours"
            ),
            [(8, 9, ONE), (9, 10, LUNCH), (10, 12, CALLS)],
        ),
        (
            "does nothing known for 90 min, day 2 10:00 to day 2 11:30",
            [(8, 9, ONE), (9, 10, LUNCH), (11.5, 12, TEA)],
        ),
        (
            "break 'tea' at day 2 11:30 lasts 30 min, must be 60",
            [(8, 9, ONE), (9, 10, LUNCH), (11.5, 12, TEA)],
        ),
        (
            (
                "voice 'calls' day 2 10:00 to day 2 13:00 goes on 60 min after the "
                "shift's end"
            ),
            [(8, 9, ONE), (9, 10, LUNCH), (10, 13, CALLS)],
        ),
        (
            "voice 'calls' day 2 10:00 to day 2 10:00 lasts 0 min, must be more than 0",
            [(8, 9, ONE), (9, 10, LUNCH), (10, 10, CALLS), (11, 12, TEA)],
        ),
        (
            "break 'lunch' starts 30 min before meeting '1:1' ends at day 2 09:00",
            [(8, 9, ONE), (8.5, 9.5, LUNCH)],
        ),
        (
            "voice 'calls' day 2 12:00 to day 2 13:00 is outside every shift",
            [(8, 9, ONE), (12, 13, CALLS)],
        ),
        (
            (
                "meeting '1:1' is held day 2 10:00 to day 2 11:00, must be held once "
                "for 60 min in a shift, starting day 2 08:00 to day 2 09:00"
            ),
            [(8, 9, CALLS), (10, 11, ONE)],
        ),
    ],
)
def test_messages(
    message: str, rows: list[tuple[float, float, tuple[Kind, str]]]
) -> None:
    # The day is the second one, in each case.
    assert (message, 1) in says(*rows)


def test_message_about_pay() -> None:
    # Four hours less an unpaid one.
    row = replace(worked(P, 0, 0), paid_minutes=240)
    (found,) = check.violations(P, Roster((row,), None))
    assert found.message == (
        "Ann: the shift day 2 08:00 to day 2 12:00 is paid 240 min, must be 240 - 60 "
        "(unpaid breaks) = 180"
    )


@pytest.mark.parametrize(
    ("minute", "day"), [(-5, 0), (0, 0), (1439, 0), (1440, 1), (2880, 1), (9999, 1)]
)
def test_day_of(minute: int, day: int) -> None:
    assert day_of(P, minute) == day
