"""What always holds, and rosters that somebody edited."""

from dataclasses import replace

import pytest

from models.errors import InvalidInput
from models.roster import check
from models.roster.problem import RULES, Kind, Meeting
from models.roster.result import Activity, Roster, Worked
from tests.roster.builders import (
    H,
    agent,
    broken,
    case,
    kind,
    pause,
    problem,
    roster,
    shifts_only,
    voice,
    worked,
)

# Ann 08-12 with lunch 09:00 or 10:00, Ben 10-14 likewise; claims in blocks of 2 hours.
P = problem(
    types=[kind(pause(H, 2 * H))],
    works=[voice(), case(shortest=2 * H)],
    menu=[(0, 8, 12), (0, 10, 14)],
    agents=[agent(), agent("Ben")],
)
LEGAL = roster(P, (0, 0, "calls lunch claims claims"), (1, 1, "- calls lunch calls"))


def with_activities(r: Roster, *activities: Activity) -> Roster:
    return Roster(r.worked, activities)


def test_the_roster_is_legal() -> None:
    assert check.violations(P, LEGAL) == []
    assert check.not_judged(LEGAL) == ()


def test_the_empty_roster_is_legal() -> None:
    assert check.violations(P, Roster((), ())) == []


def test_structure_cannot_be_switched_off() -> None:
    # Lunch cut to half an hour, nothing after it: a gap, and a break too short.
    calls, lunch, _ = LEGAL.activities[:3] if LEGAL.activities else ()
    half = replace(lunch, end=lunch.end - 30)
    p = P.without(*RULES)
    r = Roster(LEGAL.worked[:1], (calls, half))
    assert broken(p, r) == {"activities_fill_shifts", "each_break_once", "on_the_grid"}


def test_two_shifts_swapped() -> None:
    # Ann's and Ben's shifts change places, the activities stay: each of them works
    # outside the shift, and has nothing to do for a part of it.
    ann, ben = LEGAL.worked
    swapped = (replace(ann, agent=1), replace(ben, agent=0))
    found = broken(P, Roster(swapped, LEGAL.activities))
    assert "activities_fill_shifts" in found
    assert "each_break_once" in found  # 09:00 and 12:00 are outside the new shifts


def test_break_moved_out_of_its_window() -> None:
    # Lunch at 08:00; it starts 60 to 120 min after 08:00.
    r = roster(P, (0, 0, "lunch calls claims claims"))
    assert [v.message for v in check.violations(P, r)] == [
        "Ann: break 'lunch' starts day 1 08:00, must start day 1 09:00 to day 1 10:00"
    ]


def test_block_shortened() -> None:
    r = roster(P, (0, 0, "calls lunch claims -"))
    (found,) = check.violations(P, r)
    assert found.message == (
        "Ann: the run of 'claims' day 1 10:00 to day 1 11:00 lasts 60 min, "
        "at least 120 needed"
    )


def test_shift_changed_but_not_its_activities() -> None:
    # In roster.csv Ann now leaves at 11:00; paid time is still that of four hours
    # (it must be 180 - 60), and the claims go on till 12:00.
    shorter = replace(LEGAL.worked[0], end=11 * H)
    r = Roster((shorter, LEGAL.worked[1]), LEGAL.activities)
    assert broken(P, r) == {"activities_fill_shifts", "paid_time", "from_the_menu"}


def test_only_shifts_known() -> None:
    # What fills the shifts is not judged, and it is said what that leaves out.
    p = replace(
        P,
        agents=tuple(replace(a, meetings=(Meeting("1:1", H, 0, 0),)) for a in P.agents),
    )
    r = shifts_only(p, (0, 0))
    assert check.violations(p, r) == []
    assert check.violations(p, Roster(r.worked, ())) != []
    assert check.not_judged(r) == (
        "known_activities",
        "activities_fill_shifts",
        "each_break_once",
        "breaks_in_window",
        "breaks_in_order",
        "breaks_apart",
        "meetings",
        "skills",
        "opening_hours",
        "case_hours",
        "shortest_voice_run",
        "shortest_case_block",
        "longest_case_block",
        "work_after_arrival",
        "case_share",
        "pinned_work",
    )
    judged = {rule.__name__ for rule in check.SHIFT_RULES}
    every = {rule.__name__ for rule in (*check.STRUCTURE, *check.RULES)}
    assert judged | set(check.not_judged(r)) == every


@pytest.mark.parametrize(("start", "legal"), [(13, True), (12, False), (11, False)])
def test_shifts_apart(start: int, legal: bool) -> None:
    # The first shift ends 12:00: two that touch are one. No rule but this one is on.
    p = problem(menu=[(0, 8, 12), (0, start, 16)]).without(*RULES)
    assert broken(p, shifts_only(p, (0, 1), (0, 0))) == (
        set() if legal else {"shifts_apart"}
    )


def test_a_night_runs_into_the_next_day() -> None:
    p = problem(menu=[(0, 22, 30), (1, 5, 12)], days=2)
    assert broken(p, shifts_only(p, (0, 0), (0, 1))) == {
        "shifts_apart",
        "rest_between_shifts",  # -60 min is less than 0
    }


def test_from_the_menu_holds_for_every_part() -> None:
    p = P.without(*RULES)
    right = worked(P, 0, 0)
    assert broken(p, Roster((right,), None)) == set()
    moved = replace(right, start=9 * H, end=13 * H)
    assert broken(p, Roster((moved,), None)) == {"from_the_menu"}
    # 08:00 of day 1 said to be of day 2
    two = problem(types=P.shift_types, menu=[(0, 8, 12)], days=2)
    r = Roster((replace(worked(two, 0, 0), day=1),), None)
    assert broken(two, r) == {"from_the_menu", "inside_horizon"}


def test_inside_horizon() -> None:
    # The last shift may start 23:00 and end with the tail; the tail is no day.
    p = problem(menu=[(0, 23, 25)], tail=H)
    assert broken(p, shifts_only(p, (0, 0))) == set()
    for start, end in [(23 * H, 26 * H), (24 * H, 25 * H)]:
        r = Roster((Worked(0, 0, 0, start, end, end - start),), None)
        assert "inside_horizon" in broken(p, r)


def test_days_of_a_clock_change() -> None:
    # The first day has 23 hours: the second starts at minute 1380.
    p = problem(menu=[(1, 0, 4)], day_minutes=[23 * H, 24 * H])
    assert p.shifts[0].start == 1380
    assert broken(p, shifts_only(p, (0, 0))) == set()


def test_paid_time_leaves_out_unpaid_breaks_only() -> None:
    lunch, tea = pause(H), pause(3 * H, name="tea", paid=True)
    p = problem(types=[kind(lunch, tea)], menu=[(0, 8, 16)])
    assert worked(p, 0, 0).paid_minutes == 480 - 60
    for paid, legal in [(420, True), (419, False), (480, False)]:
        r = Roster((replace(worked(p, 0, 0), paid_minutes=paid),), None)
        assert broken(p, r) == (set() if legal else {"paid_time"})


def known(name: str, of: Kind) -> set[str]:
    """What is broken when Ann does something for the first hour of 08-10."""
    p = problem(
        types=[kind(), kind(pause(0), name="with lunch")],
        works=[voice(), case()],
        menu=[(0, 8, 10)],
        agents=[agent(), agent("Ben", meetings=(Meeting("1:1", H, 0, 9 * H),))],
    )
    first = Activity(0, 8 * H, 9 * H, of, name)
    rest = Activity(0, 9 * H, 10 * H, Kind.IDLE)
    return broken(p.without("meetings"), Roster((worked(p, 0, 0),), (first, rest)))


@pytest.mark.parametrize(
    ("name", "of"), [("calls", Kind.VOICE), ("claims", Kind.CASE), ("", Kind.IDLE)]
)
def test_known_activities(name: str, of: Kind) -> None:
    assert known(name, of) == set()


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("callz", Kind.VOICE),
        ("calls", Kind.CASE),  # of the other kind
        ("claims", Kind.VOICE),
        ("1:1", Kind.MEETING),  # Ben's
        ("lunch", Kind.BREAK),  # another shift type's
        ("", Kind.VOICE),
        ("reading", Kind.IDLE),
    ],
)
def test_unknown_activities(name: str, of: Kind) -> None:
    assert known(name, of) == {"known_activities"}


@pytest.mark.parametrize(
    ("stretches", "legal"),
    [
        ([(8, 12)], True),
        ([(8, 9), (9, 12)], True),  # in pieces
        ([(9, 12), (8, 9)], True),  # in any order
        ([], False),  # nothing
        ([(9, 12)], False),  # gap at the start
        ([(8, 11)], False),  # gap at the end
        ([(8, 9), (10, 12)], False),  # gap between
        ([(8, 10), (9, 12)], False),  # overlap
        ([(8, 12), (8, 12)], False),  # twice
        ([(8, 13)], False),  # past the end
        ([(7, 12)], False),  # before the start
        ([(8, 12), (12, 13)], False),  # outside
        ([(8, 12), (9, 9)], False),  # of no length
    ],
)
def test_activities_fill_shifts(stretches: list[tuple[int, int]], legal: bool) -> None:
    p = problem(menu=[(0, 8, 12)])
    rows = [Activity(0, s * H, e * H, Kind.VOICE, "calls") for s, e in stretches]
    r = Roster((worked(p, 0, 0),), tuple(rows))
    assert broken(p, r) == (set() if legal else {"activities_fill_shifts"})


def test_an_activity_over_two_shifts_sticks_out() -> None:
    p = problem(menu=[(0, 8, 9), (0, 9, 10)]).without("one_shift_per_day")
    shifts = (worked(p, 0, 0), worked(p, 0, 1))
    r = Roster(shifts, (Activity(0, 8 * H, 10 * H, Kind.VOICE, "calls"),))
    assert broken(p, r) == {"shifts_apart", "activities_fill_shifts"}


@pytest.mark.parametrize(
    ("words", "legal"),
    [
        ("lunch lunch calls tea", True),
        ("calls lunch lunch tea", True),
        ("lunch calls calls tea", False),  # too short
        ("lunch |lunch calls tea", False),  # in two pieces
        ("lunch lunch calls calls", False),  # no tea
        ("tea lunch lunch tea", False),  # tea twice
    ],
)
def test_each_break_once(words: str, legal: bool) -> None:
    # Lunch is two hours, tea one; they may be anywhere.
    breaks = (pause(0, 9 * H, minutes=2 * H), pause(0, 9 * H, name="tea"))
    p = problem(types=[kind(*breaks)], menu=[(0, 8, 12)]).without("breaks_in_order")
    assert broken(p, roster(p, (0, 0, words))) == (
        set() if legal else {"each_break_once"}
    )


def test_on_the_grid() -> None:
    p = problem(menu=[(0, 8, 10)])
    calls = [
        Activity(0, start, end, Kind.VOICE, "calls")
        for start, end in [(480, 570), (570, 600)]
    ]
    r = Roster((worked(p, 0, 0),), tuple(calls))
    assert broken(p, r) == {"on_the_grid"}
    half = problem(menu=[(0, 8, 10)], period=30)
    assert broken(half, r) == set()
    late = replace(worked(p, 0, 0), start=481)
    assert "on_the_grid" in broken(p, Roster((late,), None))


@pytest.mark.parametrize("field", ["agent", "day", "shift_type"])
@pytest.mark.parametrize("position", [-1, 2])
def test_positions_that_do_not_exist(field: str, position: int) -> None:
    row = replace(LEGAL.worked[0], **{field: position})
    with pytest.raises(InvalidInput, match=f"no .* {position} "):
        check.violations(P, Roster((row,), None))


def test_activity_of_nobody() -> None:
    with pytest.raises(InvalidInput, match="no agent 2"):
        check.violations(P, Roster((), (Activity(2, 0, H, Kind.IDLE),)))


def test_order_of_the_rows_does_not_matter() -> None:
    turned = Roster(LEGAL.worked[::-1], (LEGAL.activities or ())[::-1])
    assert check.violations(P, turned) == []
    assert check.objective(P, turned) == check.objective(P, LEGAL)
