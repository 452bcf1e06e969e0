"""The sample ``tiny``: six people, three days, small enough to check by hand."""

import datetime as dt

from scheduler.domain import (
    Break,
    Calendar,
    CaseType,
    Contract,
    Horizon,
    MovingLoad,
    Plan,
    Queue,
    ShiftType,
    Sla,
    SlaUnit,
    Weekday,
)
from scheduler.tables import (
    Agent,
    Calls,
    Inflow,
    Leave,
    Meeting,
    OpenCases,
    Preference,
    PreferenceKind,
    Skill,
)

MONDAY = dt.date(2026, 3, 2)
DAYS = 3
OPENS, CLOSES = 8, 14
CALLS = (  # for each half-hour from 08:00
    (9, 9, 14, 14, 32, 20, 14, 14, 9, 9, 4, 4),
    (4, 4, 9, 9, 14, 14, 9, 9, 4, 4, 4, 4),
    (4, 4, 9, 9, 14, 14, 9, 9, 4, 4, 4, 4),
)
HANDLE_SECONDS = 200

PEOPLE = (
    ("T1", "Ana Silva", "phones"),
    ("T2", "Bo Larsen", "phones claims"),
    ("T3", "Cem Aydin", "phones"),
    ("T4", "Dee Walsh", "phones claims"),
    ("T5", "Eli Stone", "phones"),
    ("T6", "Fay Moreau", "claims"),
)


def _shift(name: str, start: str) -> ShiftType:
    """Return a shift of six hours with half an hour's unpaid break."""
    lunch = Break(name="lunch", minutes=30, earliest_minutes=120, latest_minutes=210)
    return ShiftType(name=name, starts=[start], length_minutes=[360], breaks=[lunch])


def _calls() -> list[Calls]:
    first = dt.datetime.combine(MONDAY, dt.time(OPENS))
    return [
        Calls(
            queue="phones",
            start=first + dt.timedelta(days=day, minutes=30 * half_hour),
            calls=calls,
            handle_seconds=HANDLE_SECONDS,
        )
        for day, row in enumerate(CALLS)
        for half_hour, calls in enumerate(row)
    ]


def tiny() -> Plan:
    """Return a plan that a person can check by hand."""
    open_days = list(Weekday)[:5]
    return Plan(
        name="Tiny: six people, three days",
        horizon=Horizon(first_day=MONDAY, days=DAYS, grid_minutes=30),
        calendars={
            "phones": Calendar(**{day: ["08:00-14:00"] for day in open_days}),
            "desk": Calendar(**{day: ["08:00-15:00"] for day in open_days}),
        },
        queues=[Queue(name="phones", calendar="phones", moving_load=MovingLoad.SIPP)],
        case_types=[
            CaseType(
                name="claims",
                calendar="desk",
                handle_minutes=30,
                sla=Sla(within=2, unit=SlaUnit.BUSINESS_DAYS),
                breached_target_days=1,
            )
        ],
        shift_types=[_shift("early", "08:00"), _shift("late", "09:00")],
        contracts=[
            Contract(
                name="standard",
                shift_types=["early", "late"],
                min_hours_per_week=27.5,  # two days in three at least
                max_hours_per_week=27.5,
            )
        ],
        calls=_calls(),
        inflow=[
            Inflow(case_type="claims", date=MONDAY + dt.timedelta(day), cases=14)
            for day in range(DAYS)
        ],
        open_cases=[
            OpenCases(case_type="claims", received="2026-02-25", cases=4),
            OpenCases(case_type="claims", received="2026-02-26", cases=18),
            OpenCases(case_type="claims", received="2026-02-27", cases=22),
        ],
        agents=[Agent(agent_id=a, name=n, contract="standard") for a, n, _ in PEOPLE],
        skills=[
            Skill(agent_id=agent, skill=skill)
            for agent, _, known in PEOPLE
            for skill in known.split()
        ],
        leave=[
            Leave(
                agent_id="T2", start="2026-03-03", end="2026-03-03", credited_hours=5.5
            )
        ],
        meetings=[Meeting(agent_id="T4", name="1:1", minutes=30)],
        preferences=[
            Preference(
                agent_id="T5",
                day="wednesday",
                wish=PreferenceKind.SHIFT_TYPE,
                shift_type="late",
            )
        ],
    )
