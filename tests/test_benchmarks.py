"""The problems of the benchmarks: as plans of ours they cost what they should."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.peers.compact.cases import part
from benchmarks.peers.environments import run
from benchmarks.peers.example import instance
from benchmarks.peers.example import plan as example_plan
from benchmarks.peers.roster import plan as roster_plan
from benchmarks.peers.roster import problem as rostering
from benchmarks.peers.slots import plan as slots_plan
from benchmarks.peers.slots import problem as slotting
from benchmarks.quality.heuristic import heuristic
from benchmarks.report.files import read_all
from benchmarks.report.page import BEGIN, END, README, short
from benchmarks.report.verdicts import all_of, catches_up
from models.roster import check
from models.roster.problem import UNIT, Kind
from models.roster.result import Activity, Roster, Worked
from scheduler.bench import case_named
from scheduler.bench.errors import CHARACTERS, kept
from scheduler.domain import Plan
from scheduler.pipeline import prepare_made

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results" / "hour"
Shifts = list[tuple[str, int, str]]


def cost_of(plan: Plan, shifts: Shifts) -> tuple[float, Counter[str]]:
    """Return what the checker says of shifts: cost, and rules broken."""
    problem = prepare_made(plan).problem
    names = [agent.name for agent in problem.agents]
    kinds = [kind.name for kind in problem.shift_types]
    worked, activities = [], []
    for who, day, kind in shifts:
        a, k = names.index(who), kinds.index(kind)
        (s,) = (s for s in problem.shifts if (s.shift_type, s.day) == (k, day))
        worked.append(Worked(a, day, k, s.start, s.end, s.paid_minutes))
        activities.append(Activity(a, s.start, s.end, Kind.IDLE))
    roster = Roster(tuple(worked), tuple(activities))
    broken = Counter(each.rule for each in check.violations(problem, roster))
    return sum(check.objective(problem, roster).values()) / UNIT, broken


def some_rosters(names: list[str], kinds: list[str], days: int) -> list[Shifts]:
    """Return rosters that differ: good ones and bad ones."""
    return [
        [
            (who, day, kinds[(n * step + day) % len(kinds)])
            for n, who in enumerate(names)
            for day in range(days)
            if (n + day) % 7 < on
        ]
        for step, on in ((0, 5), (1, 4), (3, 5), (1, 2))
    ]


def test_a_peer_that_fails_leaves_no_folders_of_a_machine(tmp_path: Path) -> None:
    program = tmp_path / "fails.py"
    program.write_text(f"raise OSError({str(tmp_path / 'gone.csv')!r})", "utf-8")
    error = run(Path(sys.executable), program, {}, 30).answer["error"]
    assert 'File "fails.py", line 1' in error
    assert error.rstrip().endswith("OSError: gone.csv")


def test_results_hold_no_folders_of_a_machine() -> None:
    texts = [
        text
        for path in RESULTS.parent.rglob("*.jsonl")
        for text in path.read_text("utf-8").split(",")
    ]
    assert texts
    assert [text for text in texts if kept(text) != text[-CHARACTERS:]] == []


def test_slots_cost_as_a_plan_what_the_evaluator_says() -> None:
    problem = slotting.drawn(12, seed=1)
    plan = slots_plan.plan_of(problem)
    for shifts in some_rosters(problem.people, ["early", "late"], slotting.DAYS):
        there = Counter((kind, day) for _, day, kind in shifts)
        over = sum(max(0, there[kind, day] - n) for kind, day, n in problem.demand)
        cost, _ = cost_of(plan, shifts)
        expected = slotting.cost(problem, shifts) + slots_plan.TOO_MANY * over
        assert cost == pytest.approx(expected)


def test_slots_break_rules_where_the_evaluator_says() -> None:
    problem = slotting.drawn(12, seed=1)
    plan = slots_plan.plan_of(problem)
    who = problem.people[0]
    away = problem.away[who][0]
    late = [(who, 0, "late"), (who, 1, "early")]
    for shifts, rule in (
        ([(who, away, "early")], "pins"),
        (late, "rest_between_shifts"),
        ([(who, day, "day") for day in range(6)], "maximum_days"),
    ):
        assert list(slotting.breaches(problem, shifts))
        assert rule in cost_of(plan, shifts)[1]


def test_the_roster_problem_costs_as_a_plan_what_the_evaluator_says() -> None:
    problem = rostering.drawn(10, seed=1)
    plan, offset = roster_plan.plan_of(problem), roster_plan.offset(problem)
    for shifts in some_rosters(problem.resources, list(problem.shifts), 7):
        there = Counter((kind, day) for _, day, kind in shifts)
        short = sum(
            max(0, least - there[kind, day])
            for kind, wanted in problem.required_resources.items()
            for day, least in enumerate(wanted)
        )
        banned = {(b["resource"], b["day"], b["shift"]) for b in problem.banned_shifts}
        fined = roster_plan.SHORT * (short + len(banned & set(shifts)))
        cost, _ = cost_of(plan, shifts)
        expected = rostering.cost(problem, shifts) + offset + fined
        assert cost == pytest.approx(expected)


def test_after_a_night_comes_a_day_off() -> None:
    problem = rostering.drawn(10, seed=1)
    who = problem.resources[0]
    shifts = [(who, 2, "Night"), (who, 3, "Afternoon")]
    assert any("after a night" in b for b in rostering.breaches(problem, shifts))
    assert "successions" in cost_of(roster_plan.plan_of(problem), shifts)[1]


def test_the_example_costs_as_a_plan_what_the_evaluator_says() -> None:
    plan = example_plan.plan_of()
    patterns = ("OMMMMMO" * 3, "AANNOOA" * 3, "NNNOAAM" * 3, "MAAANNN" * 3)
    fixed = ("OM", "OM", "MA", "MA", "AA", "AO", "OO", "NN")  # how runs begin
    rows = [
        first + (patterns[e % 4] * 2)[e : e + instance.DAYS - 2]
        for e, first in enumerate(fixed)
    ]
    shifts = [
        (f"e{e}", day, letter)
        for e, row in enumerate(rows)
        for day, letter in enumerate(row)
        if letter != instance.OFF
    ]
    shifts += [(f"e{e}", instance.DAYS, example_plan.AFTER) for e in range(8)]
    score = instance.score(rows)
    short = sum(
        max(0, wanted - [row[day] for row in rows].count(kind))
        for day in range(instance.DAYS)
        for kind, wanted in zip("MAN", instance.wanted_on(day), strict=True)
    )
    cost, _ = cost_of(plan, shifts)
    expected = score.cost + example_plan.offset() + example_plan.SHORT * short
    assert cost == pytest.approx(expected)


@pytest.mark.parametrize("name", ["tiny", "centre-24-different"])
def test_the_heuristic_keeps_what_a_planner_keeps(name: str) -> None:
    prepared = prepare_made(case_named(name).plan())
    roster = heuristic(prepared.translation)
    assert len({shift.agent for shift in roster.worked}) > 4
    broken = {v.rule for v in check.violations(prepared.problem, roster)}
    assert broken <= {"minimum_hours", "minimum_days", "meetings", "each_break_once"}


def test_a_part_of_tiny_is_a_plan_of_its_own() -> None:
    problem = prepare_made(part(3, 2)).problem
    assert (len(problem.agents), problem.days) == (3, 2)


def test_when_ours_is_as_good_as_a_peer() -> None:
    ours = {"progress": [(1.0, 9.0), (3.0, 5.0)], "cost": 4.0, "seconds": 8.0}
    assert catches_up(ours, 9.5) == 1.0
    assert catches_up(ours, 5.0) == 3.0
    assert catches_up(ours, 4.0) == 8.0
    assert catches_up(ours, 3.0) is None


def test_a_peer_that_is_better_is_called_so() -> None:
    peer = {"people": 9, "limit": 10.0, "breaches": 0, "status": "feasible"}
    slots = [
        {**peer, "solver": "Timefold", "cost": 3.0},
        {**peer, "solver": "ours", "cost": 4.0},
    ]
    nothing = {name: [] for name in ("roster", "example", "compact", "erlang")}
    ((is_better, told),) = all_of({**nothing, "slots": slots})
    assert is_better
    assert "**Timefold is better**" in told


def test_the_readme_says_what_was_measured_and_nothing_else() -> None:
    told = README.read_text(encoding="utf-8").partition(BEGIN)[2].partition(END)[0]
    lines = short(read_all(RESULTS)) if RESULTS.exists() else []
    assert told.strip() == "\n".join(lines).strip()
    page = RESULTS.parents[1] / "RESULTS.md"
    assert page.exists() == RESULTS.exists()


def test_the_instance_says_where_it_is_from() -> None:
    path = Path(instance.__file__).with_name("instance.json")
    assert "Apache-2.0" in json.loads(path.read_text(encoding="utf-8"))["source"]
