"""The rules about what fills a shift, on both sides of the edge."""

from dataclasses import replace

import pytest

from models.roster import check
from models.roster.problem import Kind, Meeting, RosterProblem
from models.roster.result import Activity, Roster
from tests.roster.builders import (
    H,
    agent,
    broken,
    case,
    kind,
    pause,
    problem,
    roster,
    voice,
    worked,
)

DAY = 24 * H


def says(p: RosterProblem, words: str, shift: int = 0) -> set[str]:
    """The rules broken when Ann's shift is filled like this."""
    return broken(p, roster(p, (0, shift, words)))


@pytest.mark.parametrize(
    ("words", "legal"),
    [
        ("lunch calls calls calls calls", False),
        ("calls lunch calls calls calls", True),
        ("calls calls calls lunch calls", True),  # starts at the latest, ends later
        ("calls calls calls calls lunch", False),
    ],
)
@pytest.mark.parametrize("start", [8, 21])  # the second runs over midnight
def test_breaks_in_window(words: str, legal: bool, start: int) -> None:
    p = problem(types=[kind(pause(H, 3 * H))], menu=[(0, start, start + 5)], tail=5 * H)
    assert says(p, words) == (set() if legal else {"breaks_in_window"})
    assert says(p.without("breaks_in_window"), words) == set()


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("lunch tea calls", set()),  # one may start when the other ends
        ("lunch calls tea", set()),
        ("tea lunch calls", {"breaks_in_order"}),
        ("calls tea lunch", {"breaks_in_order"}),
    ],
)
def test_breaks_in_order(words: str, rules: set[str]) -> None:
    p = problem(
        types=[kind(pause(0, 2 * H), pause(0, 2 * H, name="tea"))], menu=[(0, 8, 11)]
    )
    assert says(p, words) == rules


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("tea calls calls lunch", set()),  # whatever the listed order
        ("lunch calls calls tea", set()),
        ("lunch calls tea calls", {"breaks_apart"}),
        ("tea lunch calls calls", {"breaks_apart"}),
    ],
)
def test_breaks_apart(words: str, rules: set[str]) -> None:
    # From the end of one to the start of the other at least 120 minutes.
    p = problem(
        types=[kind(pause(0, 3 * H), pause(0, 3 * H, name="tea"), spacing=2 * H)],
        menu=[(0, 8, 12)],
    ).without("breaks_in_order")
    assert says(p, words) == rules


def test_breaks_of_one_name_are_told_apart_by_time() -> None:
    # The first rest starts at once, the second after three hours.
    p = problem(
        types=[kind(pause(0, name="rest"), pause(3 * H, name="rest"))],
        menu=[(0, 8, 12)],
    )
    assert says(p, "rest calls calls rest") == set()
    assert says(p, "rest calls rest calls") == {"breaks_in_window"}
    assert says(p, "rest calls calls calls") == {"each_break_once"}


def with_meetings(*meetings: Meeting) -> RosterProblem:
    return problem(menu=[(0, 8, 12), (0, 20, 24)], agents=[agent(meetings=meetings)])


@pytest.mark.parametrize(
    ("words", "legal"),
    [
        ("1:1 calls calls calls", False),  # before its window
        ("calls 1:1 calls calls", True),  # 09:00, the earliest
        ("calls calls 1:1 calls", True),  # 10:00, the latest
        ("calls calls calls 1:1", False),
        ("calls calls calls calls", False),  # not at all
        ("calls 1:1 |1:1 calls", False),  # twice
        ("calls 1:1 1:1 calls", False),  # too long
    ],
)
def test_meetings(words: str, legal: bool) -> None:
    p = with_meetings(Meeting("1:1", H, 9 * H, 10 * H))
    assert says(p, words) == (set() if legal else {"meetings"})
    assert says(p.without("meetings"), words) == set()


def test_meeting_of_an_agent_who_does_not_come() -> None:
    p = with_meetings(Meeting("1:1", H, 9 * H, 10 * H))
    (found,) = check.violations(p, Roster((), ()))
    assert found.message == (
        "Ann: meeting '1:1' is held nowhere, must be held once for 60 min in a shift, "
        "starting day 1 09:00 to day 1 10:00"
    )


def test_meeting_in_two_pieces() -> None:
    # Two hours with an hour of calls between, or cut in two.
    p = with_meetings(Meeting("1:1", 2 * H, 0, DAY))
    assert says(p, "1:1 1:1 calls calls") == set()
    assert says(p, "1:1 calls 1:1 calls") == {"meetings"}
    assert says(p, "1:1 |1:1 calls calls") == {"meetings"}


def test_meeting_past_the_end_of_the_shift() -> None:
    p = with_meetings(Meeting("1:1", 2 * H, 11 * H, 11 * H))
    rows = (
        Activity(0, 8 * H, 11 * H, Kind.VOICE, "calls"),
        Activity(0, 11 * H, 13 * H, Kind.MEETING, "1:1"),
    )
    r = Roster((worked(p, 0, 0),), rows)
    assert broken(p, r) == {"activities_fill_shifts", "meetings"}


def test_meetings_of_one_name() -> None:
    # The first may be 08:00 to 10:00, the second must be 08:00: both fit only when the
    # later one is taken for the first.
    p = with_meetings(Meeting("1:1", H, 8 * H, 10 * H), Meeting("1:1", H, 8 * H, 8 * H))
    assert says(p, "1:1 calls 1:1 calls") == set()
    assert says(p, "1:1 |1:1 calls calls") == set()
    assert says(p, "1:1 calls calls 1:1") == {"meetings"}
    assert says(p, "calls 1:1 1:1 calls") == {"meetings"}
    assert says(p, "1:1 calls calls calls") == {"meetings"}


def test_skills() -> None:
    p = problem(
        works=[voice(), case()], menu=[(0, 8, 10)], agents=[agent(speeds=(0, 1))]
    )
    assert says(p, "claims -") == set()
    assert says(p, "claims calls") == {"skills"}
    assert says(p.without("skills"), "claims calls") == set()


@pytest.mark.parametrize(
    ("words", "legal"),
    [
        ("- work work -", True),
        ("work work work -", False),
        ("- work work work", False),
        ("- - - work", False),
    ],
)
@pytest.mark.parametrize("rule", ["opening_hours", "case_hours"])
def test_open_from_nine_to_eleven(rule: str, words: str, legal: bool) -> None:
    of = Kind.VOICE if rule == "opening_hours" else Kind.CASE
    work = replace(voice("work", open=((9 * H, 11 * H),)), kind=of)
    p = problem(works=[work], menu=[(0, 8, 12)])
    assert says(p, words) == (set() if legal else {rule})
    assert says(p.without(rule), words) == set()


def test_closed_for_an_hour() -> None:
    # One activity over a closed hour is outside for that hour.
    p = problem(works=[voice(open=((0, 9 * H), (10 * H, DAY)))], menu=[(0, 8, 12)])
    assert says(p, "calls calls calls calls") == {"opening_hours"}
    assert says(p, "calls - calls calls") == set()
    touching = problem(
        works=[voice(open=((0, 9 * H), (9 * H, DAY)))], menu=[(0, 8, 12)]
    )
    assert says(touching, "calls calls calls calls") == set()


def test_open_till_midnight() -> None:
    # A night over the end of the horizon: the tail is open only if it says so.
    p = problem(works=[voice(open=((0, DAY),))], menu=[(0, 23, 25)], tail=H)
    assert says(p, "calls -") == set()
    assert says(p, "calls calls") == {"opening_hours"}


@pytest.mark.parametrize(
    ("words", "legal"),
    [
        ("work work - lunch", True),
        ("work - - lunch", False),
        ("work |work - lunch", True),  # touching activities are one run
        ("work lunch work work", False),  # a break ends a run: 1 hour and 2
        ("work work lunch work", False),
        ("work - work lunch", False),
        ("lunch - work work", True),  # up to the shift's end
        ("lunch - - work", False),
        ("work 1:1 work lunch", False),  # a meeting ends it too
        ("work other work lunch", False),  # and so does another work
        ("- - - lunch", True),  # none is not short
    ],
)
@pytest.mark.parametrize("of", [Kind.VOICE, Kind.CASE])
def test_shortest(of: Kind, words: str, legal: bool) -> None:
    # Two hours at least, of "work"; "other" is of the same kind.
    works = [
        replace(case(n, shortest=s), kind=of) for n, s in [("work", 120), ("other", 0)]
    ]
    p = problem(
        types=[kind(pause(0, 9 * H))],
        works=works,
        menu=[(0, 8, 12)],
        agents=[agent(meetings=(Meeting("1:1", H, 0, DAY),))],
    ).without("meetings")
    rule = {Kind.VOICE: "shortest_voice_run", Kind.CASE: "shortest_case_block"}[of]
    assert says(p, words) == (set() if legal else {rule})
    assert says(p.without(rule), words) == set()


@pytest.mark.parametrize(
    ("words", "legal"),
    [
        ("claims claims calls claims claims", True),
        ("claims claims claims calls claims", False),
        ("claims claims |claims calls claims", False),  # pieces are one block
        ("claims claims lunch claims claims", True),  # each side on its own
        ("claims claims - claims claims", True),
    ],
)
def test_longest_case_block(words: str, legal: bool) -> None:
    p = problem(
        types=[kind(), kind(pause(0, 9 * H))],
        works=[voice(longest=H), case(longest=2 * H)],  # calls know no longest
        menu=[(0, 8, 13), (0, 8, 13, 1)],
    )
    assert says(p, words, shift="lunch" in words) == (
        set() if legal else {"longest_case_block"}
    )


def test_longest_of_voice_is_not_used() -> None:
    p = problem(works=[voice(longest=H)], menu=[(0, 8, 10)])
    assert says(p, "calls calls") == set()


def test_the_end_of_a_shift_ends_a_run() -> None:
    # 08-09 and 09-10 are two shifts: two runs of an hour, though they touch (which
    # shifts_apart forbids).
    p = problem(
        works=[case(shortest=2 * H, longest=2 * H)],
        menu=[(0, 8, 9), (0, 9, 10), (0, 10, 12)],
    ).without("one_shift_per_day")
    two = roster(p, (0, 0, "claims"), (0, 1, "claims"))
    found = [v.rule for v in check.violations(p, two)]
    assert found == ["shifts_apart", *["shortest_case_block"] * 2]
    # and an hour with two is not three
    assert broken(p, roster(p, (0, 0, "claims"), (0, 2, "claims claims"))) == {
        "shortest_case_block"
    }


def test_a_run_over_midnight_is_one() -> None:
    p = problem(works=[case(shortest=2 * H)], menu=[(0, 23, 25)], days=2)
    assert says(p, "claims claims") == set()


def test_work_after_arrival_is_never_seen() -> None:
    p = problem(works=[voice(), case()], menu=[(0, 8, 10)])
    r = roster(p, (0, 0, "claims claims"))
    (rule,) = [x for x in check.RULES if x.__name__ == "work_after_arrival"]
    assert list(rule(p, r)) == []
