"""What a roster costs, by hand numbers."""

import pytest

from models.roster import check
from models.roster.problem import (
    GOALS,
    Kind,
    LateCurve,
    RosterProblem,
    Target,
    WishKind,
)
from models.roster.result import Activity, Roster
from tests.roster.builders import (
    H,
    agent,
    case,
    kind,
    need,
    pause,
    problem,
    roster,
    shifts_only,
    voice,
    week,
    wish,
    worked,
)


def costs(p: RosterProblem, r: Roster) -> dict[str, int]:
    """The goals that cost something, but for pay."""
    found = check.objective(p, r)
    assert list(found) == [g for g in GOALS if g in found]
    assert check.cost(p, r) == sum(found.values())
    return {goal: cost for goal, cost in found.items() if cost and goal != "paid_hours"}


def test_the_empty_problem_costs_nothing() -> None:
    p = problem()
    assert check.objective(p, Roster((), ())) == dict.fromkeys(GOALS, 0)


def test_shifts_alone_have_the_goals_of_shifts() -> None:
    p = problem(menu=[(0, 8, 10)], covers=[need({8: 100})])
    r = shifts_only(p, (0, 0))
    nothing = dict.fromkeys(check.SHIFT_GOALS, 0)
    assert check.objective(p, r) == nothing | {"paid_hours": 120}
    assert check.cost(p, r) == 120


def test_shortfall_and_cushion() -> None:
    # Periods 8 to 10. Fixed 50 in the first. Ann has speed 80, on calls in 8 and 9.
    # Cover 130, 80, 0. Short of 100: 0, 20, 100 at 3 each = 360.
    # Cushion up to 200: 70, 120, 200 at 1 each = 390.
    steps = {8: 200, 9: 200, 10: 200}
    p = problem(
        menu=[(0, 8, 11)],
        agents=[agent(speeds=(80,))],
        covers=[
            need(
                {8: 100, 9: 100, 10: 100},
                3,
                fixed={8: 50},
                more=[("voice_cushion", steps, 1)],
            )
        ],
    )
    r = roster(p, (0, 0, "calls calls -"))
    assert check.cover(p, r)[0][7:12] == [0, 130, 80, 0, 0]
    assert check.heads(p, r)[0][7:12] == [0, 1, 1, 0, 0]
    assert costs(p, r) == {"voice_shortfall": 360, "voice_cushion": 390}


def test_late_calls_of_a_target_are_added_up_before_any_costs() -> None:
    # Cover 100 in periods 8 and 9, none in 10. Late below 200: 7 a hundredth; below
    # 100: 5 more. 700 and 700 and 1400 + 500, of which 3000 are free: 300 at 2 each.
    steps = ((100, 5), (200, 7))
    curves = tuple(LateCurve(p, steps) for p in (8, 9, 10))
    targets = [Target("day", 3000, 2, curves), Target("free", 9999, 2, ())]
    p = problem(
        menu=[(0, 8, 11)],
        agents=[agent()],
        works=[voice(), case()],
        covers=[need(targets=targets)],
    )
    r = roster(p, (0, 0, "calls calls claims"))
    assert costs(p, r)["late_calls"] == 600
    assert [curves[0].late(cover) for cover in (0, 100, 150, 200, 300)] == [
        1900,
        700,
        350,
        0,
        0,
    ]
    everyone = roster(p, (0, 0, "calls calls calls"))
    assert "late_calls" not in costs(p, everyone)


def test_levels_add_up() -> None:
    # Nobody: 100 missing at 5, and 50 more missing at 2.
    levels = [("voice_shortfall", {0: 150}, 2)]
    p = problem(covers=[need({0: 100}, 5, more=levels)])
    assert costs(p, Roster((), ())) == {"voice_shortfall": 100 * 5 + 150 * 2}


def test_covers_share_agents() -> None:
    # Ann is on x, Ben on y: x alone has one, x and y together two.
    p = problem(
        works=[voice("x"), voice("y")],
        menu=[(0, 0, 1)],
        agents=[agent(), agent("Ben")],
        covers=[need({0: 200}, 1), need({0: 300}, 1, works=(0, 1))],
    )
    r = roster(p, (0, 0, "x"), (1, 0, "y"))
    assert [row[0] for row in check.cover(p, r)] == [100, 200]
    assert [row[0] for row in check.heads(p, r)] == [1, 2]
    assert costs(p, r) == {"voice_shortfall": 100 + 100}


def test_part_of_a_period_counts_as_part() -> None:
    # 50 minutes of 60 at speed 90: 75. Two such people are one head (100 // 60).
    p = problem(
        menu=[(0, 0, 1)],
        agents=[agent(speeds=(90,)), agent("Ben", speeds=(90,))],
        covers=[need()],
    )
    rows = [Activity(a, 0, 50, Kind.VOICE, "calls") for a in (0, 1)]
    r = Roster((worked(p, 0, 0), worked(p, 1, 0)), tuple(rows))
    assert check.cover(p, r)[0][0] == 150
    assert check.heads(p, r)[0][0] == 1


def test_without_skills_nobody_is_slow_at_nothing() -> None:
    p = problem(menu=[(0, 0, 1)], agents=[agent(speeds=(0,))], covers=[need({0: 100})])
    r = roster(p, (0, 0, "calls"))
    assert check.cover(p, r)[0][0] == 0
    assert check.cover(p.without("skills"), r)[0][0] == 100


def test_cover_over_midnight_and_in_the_tail() -> None:
    # 23:00 to 01:00: the tail's period 24 counts like every other.
    p = problem(menu=[(0, 23, 25)], tail=H, covers=[need({23: 100, 24: 200}, 1)])
    assert costs(p, roster(p, (0, 0, "calls calls"))) == {"voice_shortfall": 100}


def test_paid_hours() -> None:
    # 240 min with an unpaid hour: 180 at 7 for Ann, at 1 for Ben.
    p = problem(
        types=[kind(pause(H))],
        menu=[(0, 8, 12)],
        agents=[agent(paid_cost=7), agent("Ben")],
    )
    r = shifts_only(p, (0, 0), (1, 0))
    assert check.objective(p, r)["paid_hours"] == 180 * 8


def test_overtime_is_by_week_and_counts_with_the_rule_off() -> None:
    # Week 1: 480 of 400, 80 over. Week 2: 480 of 480, none.
    limits = (week(max_minutes=400), week(max_minutes=480))
    p = problem(
        menu=[(0, 8, 16), (1, 8, 16)],
        days=2,
        weeks=[[0], [1]],
        agents=[agent(weeks=limits, overtime_cost=3)],
    )
    r = roster(p, (0, 0, "calls " * 8), (0, 1, "calls " * 8))
    assert costs(p, r) == {"overtime": 240}
    assert costs(p.without("maximum_hours"), r) == {"overtime": 240}


@pytest.mark.parametrize(
    ("stretch", "minutes"),
    [
        ((0, 480), 0),
        ((0, 481), 1),
        ((0, 960), 480),
        ((540, 600), 60),
        ((950, 2000), 10),
    ],
)
def test_wish_to_avoid(stretch: tuple[int, int], minutes: int) -> None:
    # 08:00 to 16:00 with lunch at 09:00: breaks count as well.
    p = problem(
        types=[kind(pause(H))],
        menu=[(0, 8, 16)],
        agents=[agent(wishes=(wish(WishKind.AVOID, 2, stretch=stretch),))],
    )
    r = shifts_only(p, (0, 0))
    assert check.objective(p, r)["preferences"] == 2 * minutes


def test_wish_to_avoid_sees_the_night_before() -> None:
    # The wish is about day 2; the night of day 1 ends two hours into it.
    p = problem(
        menu=[(0, 18, 26)],
        days=2,
        agents=[agent(wishes=(wish(WishKind.AVOID, 1, 1, stretch=(1440, 2880)),))],
    )
    assert check.objective(p, shifts_only(p, (0, 0)))["preferences"] == 120


def test_wish_to_work() -> None:
    # A night that only ends on the day does not grant it.
    p = problem(
        menu=[(0, 18, 26), (1, 8, 16)],
        days=2,
        agents=[agent(wishes=(wish(WishKind.WORK, 5, 1),))],
    )
    assert check.objective(p, shifts_only(p, (0, 1)))["preferences"] == 0
    assert check.objective(p, shifts_only(p, (0, 0)))["preferences"] == 5
    assert check.objective(p, shifts_only(p))["preferences"] == 5


def test_wish_for_a_shift_type() -> None:
    # Nothing to pay on a day off; once for each other type.
    p = problem(
        types=[kind(name="early"), kind(name="late")],
        menu=[(0, 8, 10, 0), (0, 10, 12, 1), (0, 12, 14, 1)],
        agents=[agent(wishes=(wish(WishKind.SHIFT_TYPE, 4, 0, shift_type=0),))],
    )
    rows: list[tuple[int, ...]] = [(), (0,), (1,), (0, 1), (1, 2)]
    found = [
        check.objective(p, shifts_only(p, *((0, s) for s in row)))["preferences"]
        for row in rows
    ]
    assert found == [0, 0, 4, 4, 8]


def test_block_starts() -> None:
    # Pieces that touch are one block; a break, calls, idling or another type end it.
    p = problem(
        types=[kind(), kind(pause(0, 9 * H), name="lunching")],
        works=[voice(), case(), case("mail")],
        menu=[(0, 8, 12), (0, 8, 12, 1), (0, 12, 14)],
        block_cost=10,
    )
    for words, shift, blocks in [
        ("calls - calls calls", 0, 0),
        ("claims claims |claims claims", 0, 1),
        ("claims mail mail claims", 0, 3),
        ("claims - claims calls", 0, 2),
        ("claims lunch claims claims", 1, 2),
    ]:
        found = check.objective(p, roster(p, (0, shift, words)))
        assert found["block_starts"] == 10 * blocks
    # the end of a shift ends it, too
    two = roster(p, (0, 0, "- - - claims"), (0, 2, "claims -"))
    assert check.objective(p, two)["block_starts"] == 20


def test_idle() -> None:
    p = problem(menu=[(0, 8, 12)], idle_cost=3)
    assert costs(p, roster(p, (0, 0, "- calls - |-"))) == {"idle": 9}
