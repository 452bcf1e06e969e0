"""What the terminal shows: it fits, and it says what a planner needs."""

import datetime as dt
import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console, RenderableType

from models.roster.problem import UNIT
from models.roster.result import Progress
from scheduler.report.capacity import outset
from scheduler.report.days import groups
from scheduler.report.progress import Watcher
from scheduler.report.requirements import requirement_rows, requirement_tables
from scheduler.report.summary import summary
from scheduler.report.throughput import throughput_parts, throughput_rows
from scheduler.report.verdict import verdict_parts
from scheduler.rosters.document import Machine, RosterResult, Settings, ViolationEntry
from scheduler.rosters.figures import (
    CaseFigures,
    ChanceFigures,
    DayFigures,
    PeopleFigures,
    QueueFigures,
    ShortMoment,
    Summary,
)
from scheduler.samples import SAMPLES
from scheduler.translate import translate

MONDAY = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)
NIL: dict[str, float] = dict.fromkeys(
    [
        *("paid_hours", "overtime_hours", "voice_hours", "case_hours", "break_hours"),
        *("meeting_hours", "idle_hours", "unused_case_hours", "useful_hours"),
    ],
    0.0,
)


def shown(parts: Iterable[RenderableType], width: int = 80) -> list[str]:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False)
    for part in parts:
        console.print(part)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def figures(days: int = 7) -> Summary:
    day = DayFigures(
        date=MONDAY,
        calls=800,
        required_hours=150.3,
        rostered_hours=155.2,
        short_hours=0,
        service_level=0.8,
        case_hours=32.5,
        paid_hours=1200,
    )
    short = {"short_hours": 2.5, "service_level": 0.7, "calls": 200}
    week = [day.model_copy(update={"date": MONDAY + n * DAY}) for n in range(days)]
    week[1] = week[1].model_copy(update=short)
    week[-1] = week[-1].model_copy(update={"calls": 0, "service_level": None})
    calls = QueueFigures(
        queue="calls",
        calls=5000,
        required_hours=1050,
        rostered_hours=1080,
        short_hours=2.5,
        intervals=230,
        intervals_covered=229,
        service_level=0.8,
        service_level_target=0.8,
        service_level_scope="interval",
        spans=0,
        spans_reached=0,
        days=[],
    )
    at = dt.datetime(2026, 3, 3, 9, 30, tzinfo=dt.UTC)
    worst = ShortMoment(queue="calls", start=at, required=12, effective=10.2, short=1.8)
    cases = [
        CaseFigures(
            case_type=name,
            opening=1212,
            inflow=1130.4,
            completed=1160,
            closing=1182,
            due=1150,
            breaches=breaches,
            first_breach=MONDAY + 2 * DAY if breaches else None,
            already_breached=30,
            overdue=41,
            hours_needed=188.2,
            hours_rostered=191,
            hours_fill=12.5 if breaches else 0,
            hours_used=190,
            automated=0,
            utilisation=0.99,
            sla_compliance=0.9,
            protected_compliance=0.7,
            backlog_health=0.97,
            items_per_hour=6.1,
            quality_adjusted_per_hour=5.8,
            closed_share=0.5,
            reopen_rate=0.05,
            mean_age_days=3.2,
            oldest_age_days=12.5,
            ages_at_start=[],
            ages_at_end=[],
            bounds=[],
            chance=ChanceFigures(runs=100, confidence=0.95, mean=1, high=4, none=0.4),
            rescues=[],
            days=[],
        )
        for name, breaches in (("complaints", 0), ("mortgage-applications", 111.2))
    ]
    people = PeopleFigures(
        agents=30,
        agents_rostered=29,
        shifts=135,
        useful_share=0.82,
        wishes=24,
        wishes_missed=3,
        **{**NIL, "paid_hours": 1034.5},
    )
    return Summary(days=week, queues=[calls], worst=[worst], cases=cases, people=people)


def result(**fields: Any) -> RosterResult:
    given: dict[str, Any] = {
        "name": "Retail bank",
        "status": "feasible",
        "stop_reason": "time_limit",
        "legal": True,
        "objective": 1400.2,
        "objective_parts": {"paid_hours": 1034.5, "voice_shortfall": 275, "idle": 0},
        "bound": 1300,
        "bound_parts": {},
        "gap": 0.0771,
        "floor": 950,
        "influenced_gap": 0.2863,
        "seconds": 45.2,
        "engine": "cpsat",
        "seed": 0,
        "repeatable": False,
        "settings": Settings(
            engine="auto", time_limit=45, gap=0.01, work_limit=0, workers=2
        ),
        "versions": {},
        "machine": Machine(platform="x", processors=2),
        "plan_hash": "x",
        "summary": figures(),
    }
    return RosterResult(**{**given, **fields})


FILES = [Path("demo/roster") / name for name in ("roster.csv", "result.json")]


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("days", [3, 7, 28, 371])
def test_the_summary_is_one_screen(days: int, width: int) -> None:
    lines = shown(summary(result(summary=figures(days)), FILES), width)
    assert len(lines) <= 40
    assert max(map(len, lines)) <= width
    assert not any("…" in line for line in lines)


def test_the_summary_says_what_matters() -> None:
    lines = shown(summary(result(), FILES), width=100)
    text = " ".join(" ".join(lines).split())
    for words in (
        "legal, not proved best (stopped at the time limit, 45 s, engine cpsat)",
        "no roster costs less than 1,300.0: gap 7.7%, 28.6% of what planning",
        "1,050 h needed, 1,080 rostered, 2.5 short; 99.5% of 230 intervals covered",
        "most short Tue 3 09:30 (1.8 of 12 missing)",
        "1,212 > 1,182",
        "111.2, Wed 4",
        "30 > 41",
        "191 of 188",
        "3 of 24 wishes refused",
        "82% of paid hours",
        "costs paid hours 1,034.5, calls short 275.0",
        "roster.csv, result.json in demo/roster",
    ):
        assert words in text
    # Mean over calls: (5 * 800 * 0.8 + 200 * 0.7) / 4200.
    (level,) = [line for line in lines if line.startswith("service level")]
    assert " ".join(level.split()[2:]) == "80% 70% 80% 80% 80% 80% - 80%"


def test_a_level_for_the_day_is_told_by_days() -> None:
    seen = figures()
    scope = {"service_level_scope": "day", "spans": 6, "spans_reached": 5}
    queue = QueueFigures(**(seen.queues[0].model_dump() | scope))
    told = result(summary=seen.model_copy(update={"queues": [queue]}))
    text = " ".join(" ".join(shown(summary(told, FILES), width=100)).split())
    assert "2.5 short; 5 of 6 days at 80% or more; service level 80.0%" in text


def test_a_proved_roster_has_no_gap_to_speak_of() -> None:
    best = result(status="optimal", stop_reason="proof", bound=1400.2, gap=0)
    text = " ".join(shown(summary(best, []), width=100))
    assert "legal, and proved best (finished" in text
    assert "gap" not in text


def test_without_a_roster_the_summary_says_why() -> None:
    nothing = {"objective": None, "gap": None, "legal": None, "summary": None}
    remedy = {"words": "let them off", "rules": ["pins"]}
    conflicts = [
        {
            "message": f"agent {n}: must work and may not",
            "agent": None,
            "rules": [],
            "members": [],
            "remedies": [remedy] * (2 if n == 9 else 0),
        }
        for n in range(12)
    ]
    impossible = result(status="infeasible", conflicts=conflicts, **nothing)
    lines = shown(summary(impossible, []))
    assert "no roster exists: proved" in lines[1]
    assert "agent 9: must work and may not" in lines[-4]
    assert [line.split() for line in lines[-3:-1]] == [
        ["would", "do", "let", "them", "off"],
        ["or", "let", "them", "off"],
    ]
    assert "and 2 more, see result.json" in lines[-1]
    late = shown(summary(result(status="unknown", **nothing), []))
    assert "a longer --time-limit" in late[-1]


def test_days_become_weeks_where_they_are_too_many() -> None:
    week = figures(28).days
    assert [len(group) for group in groups(week[:8])] == [1] * 8
    assert [len(group) for group in groups(week)] == [7, 7, 7, 7]
    assert len(groups(figures(371).days)) <= 8


def test_the_verdict_is_grouped_by_agent() -> None:
    violations = [
        ViolationEntry(rule="leave", agent=name, date=MONDAY, message=f"{name}: {what}")
        for name, what in (("Ann", "one"), ("Ben", "two"), ("Ann", "three"))
    ]
    lines = shown(verdict_parts(violations, {"paid_hours": 7.5}, []), width=100)
    assert lines[:5] == [
        "Ann", "  one (leave)", "  three (leave)", "Ben", "  two (leave)"
    ]  # fmt: skip
    assert lines[5] == "illegal: 3 violations"
    assert lines[6] == (
        "cost 7.5 paid hours' worth (of a roster that breaks rules: not comparable): "
        "paid hours 7.5"
    )
    lines = shown(verdict_parts(violations, {"paid_hours": 7.5}, ["skills"]), width=100)
    assert lines[5:7] == [
        "illegal: 3 violations, as far as shifts go: there is no activities.csv",
        "breaks, meetings, calls and case blocks were not judged",
    ]
    assert lines[7] == (
        "no total cost; of the shifts alone: paid hours 7.5 (of a roster that breaks "
        "rules: not comparable)"
    )
    assert shown(verdict_parts([], {"paid_hours": 7.5}, [])) == [
        "legal",
        "cost 7.5 paid hours' worth: paid hours 7.5",
    ]


def watched(*, terminal: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=terminal, no_color=True)
    with Watcher(console).shown() as watch:
        watch(Progress("tours", 0.5, None, 90 * UNIT))
        watch(Progress("search", 1.0, 110 * UNIT, 100 * UNIT))
        watch(Progress("search", 1.5, 109 * UNIT, 100 * UNIT))
        watch(Progress("search", 9.0, 105 * UNIT, 100 * UNIT))
    return out.getvalue()


def test_progress_in_lines_where_there_is_no_terminal() -> None:
    lines = watched(terminal=False).splitlines()
    assert lines == [
        "  0 s  tours       no roster yet   bound      90.0",
        "  1 s  search      best     110.0  bound     100.0  gap  10.0%",
        "  9 s  search      best     105.0  bound     100.0  gap   5.0%",
    ]


def test_progress_on_a_terminal_is_one_live_line() -> None:
    assert "best     105.0  bound     100.0  gap   5.0%" in watched(terminal=True)


@pytest.mark.parametrize("name", SAMPLES)
def test_tables_of_the_samples_fit(name: str) -> None:
    translation = translate(SAMPLES[name]())
    rows = throughput_rows(translation)
    lines = shown(requirement_tables(translation))
    lines += shown(throughput_parts(translation, outset(translation), rows))
    assert max(map(len, lines)) <= 80
    assert not any("…" in line for line in lines)
    assert requirement_rows(translation)


def test_requirements_are_a_heat_map_on_a_terminal() -> None:
    plan = SAMPLES["tiny"]()
    found = io.StringIO()
    console = Console(file=found, force_terminal=True, color_system="256", width=80)
    console.print(*requirement_tables(translate(plan)))
    grounds = re.findall(r"48;5;(\d+)m", found.getvalue())
    assert len(set(grounds)) > 1


def test_a_plan_may_have_only_calls_or_only_cases() -> None:
    plan = SAMPLES["tiny"]()
    nothing: dict[str, Any] = {"inflow": [], "open_cases": [], "calls": []}
    bare = {**nothing, "queues": [], "case_types": []}
    translation = translate(plan.model_copy(update=bare))
    assert shown(requirement_tables(translation)) == ["no queues in this plan"]
    parts = throughput_parts(translation, outset(translation), [])
    assert shown(parts) == ["no deferred work in this plan"]


def test_a_long_horizon_has_some_weeks_of_requirements() -> None:
    plan = SAMPLES["tiny"]()
    horizon = plan.horizon.model_copy(update={"days": 42})
    translation = translate(plan.model_copy(update={"horizon": horizon}))
    lines = shown(requirement_tables(translation))
    assert sum("agent-hours" in line for line in lines) == 4
    assert "and 2 more weeks: see requirements.csv" in lines
    rows = throughput_rows(translation)
    lines = shown(throughput_parts(translation, outset(translation), rows))
    assert any("W10" in line and "W15" in line for line in lines)
