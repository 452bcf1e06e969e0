"""The sample ``retail-bank``: 30 people, one week, calls and four case types."""

import datetime as dt

from scheduler.domain import (
    BacklogTarget,
    Blend,
    Break,
    Calendar,
    CaseType,
    Clock,
    Contract,
    Fairness,
    Horizon,
    Part,
    Plan,
    Queue,
    Rules,
    RuleSet,
    Scope,
    ShiftType,
    Sla,
    SlaUnit,
    Stage,
    Weekday,
)
from scheduler.samples import bank_people as people
from scheduler.samples import bank_work as work

WORKING_DAYS = list(Weekday)[:5]

CALENDARS = {
    "phones": Calendar(
        monday=["08:00-20:00"],
        tuesday=["08:00-20:00"],
        wednesday=["08:00-20:00"],
        thursday=["08:00-21:00"],
        friday=["08:00-20:00"],
        saturday=["09:00-17:00"],
    ),
    "office": Calendar(**{day: ["08:00-18:00"] for day in WORKING_DAYS}),
    "loan desk": Calendar(
        **{day: ["08:00-18:00"] for day in WORKING_DAYS}, saturday=["09:00-13:00"]
    ),
}

# Callbacks are promised within half an hour: those who do calls do them in between.
QUEUES = [
    Queue(
        name="phones",
        calendar="phones",
        patience_seconds=180,
        maximum_occupancy=0.88,
        unplanned_shrinkage=0.06,
        minimum_agents=2,
    ),
    Queue(
        name="loan line",
        calendar="office",
        answer_within_seconds=30,
        patience_seconds=240,
        maximum_occupancy=0.88,
        unplanned_shrinkage=0.06,
        minimum_agents=1,
    ),
    Queue(
        name="callbacks",
        calendar="office",
        skill="phones",
        service_level=0.9,
        service_level_scope=Scope.DAY,
        answer_within_seconds=1800,
        maximum_occupancy=0.95,
        unplanned_shrinkage=0.06,
    ),
]

# One complaint in four cannot be answered before the customer has sent something: the
# clock stands still until then, and the rest of the eight days is left for the reply.
CASE_TYPES = [
    CaseType(
        name="complaints",
        calendar="office",
        handle_minutes=35,
        handle_cv=1,
        sla=Sla(within=5, unit=SlaUnit.BUSINESS_DAYS),
        feeds=[
            Stage(case_type="replies", share=0.25, wait_days=2, same_clock=True),
        ],
        utilisation=0.95,
        unplanned_shrinkage=0.05,
        maximum_block_minutes=180,
        weight=1.5,
    ),
    CaseType(
        name="replies",
        calendar="office",
        skill="complaints",
        handle_minutes=15,
        handle_cv=0.5,
        sla=Sla(within=8, unit=SlaUnit.BUSINESS_DAYS),
        utilisation=0.95,
        unplanned_shrinkage=0.05,
        minimum_block_minutes=30,
    ),
    CaseType(
        name="loans",
        calendar="loan desk",
        mix=[
            Part(name="simple", share=0.7, handle_minutes=15, handle_cv=0.5),
            Part(name="self-employed", share=0.3, handle_minutes=43, handle_cv=0.7),
        ],
        sla=Sla(within=20, unit=SlaUnit.BUSINESS_HOURS),
        reopen_rate=0.06,
        settling_minutes=5,
        unplanned_shrinkage=0.05,
        maximum_block_minutes=180,
    ),
    CaseType(
        name="changes",
        calendar="phones",
        handle_minutes=8,
        handle_cv=0.8,
        sla=Sla(
            within=2,
            unit=SlaUnit.CALENDAR_DAYS,
            share=0.9,
            rest=Clock(within=4, unit=SlaUnit.CALENDAR_DAYS),
        ),
        automation_share=0.3,
        automation_per_day=20,
        utilisation=0.9,
        unplanned_shrinkage=0.05,
        minimum_block_minutes=30,
        maximum_block_minutes=120,
        blend=Blend.FILL,
        fill_efficiency=0.2,
        backlog_targets=[BacklogTarget(date=dt.date(2026, 3, 8), cases=60)],
    ),
]


def _full_breaks(*, lunch: int, lunch_latest: int, second: int) -> list[Break]:
    """Return a paid break, an unpaid lunch and a paid break."""
    return [
        Break(
            name="first break",
            minutes=15,
            paid=True,
            earliest_minutes=90,
            latest_minutes=150,
        ),
        Break(
            name="lunch",
            minutes=30,
            earliest_minutes=lunch,
            latest_minutes=lunch_latest,
        ),
        Break(
            name="second break",
            minutes=15,
            paid=True,
            earliest_minutes=second,
            latest_minutes=second + 60,
        ),
    ]


def _full(
    name: str, starts: list[str], days: list[Weekday], *, hours: int = 8
) -> ShiftType:
    """Return a shift type with a lunch: 7.5 paid hours, or one more."""
    longer = 60 * (hours - 8)
    return ShiftType(
        name=name,
        starts=starts,
        length_minutes=[60 * hours],
        weekdays=days,
        breaks=_full_breaks(
            lunch=210, lunch_latest=285 + longer // 2, second=360 + longer // 2
        ),
        minutes_between_breaks=60,
    )


def _short(
    name: str, starts: list[str], days: list[Weekday], *, minutes: int = 300
) -> ShiftType:
    """Return a shift type without lunch: all of it is paid."""
    return ShiftType(
        name=name,
        starts=starts,
        length_minutes=[minutes],
        weekdays=days,
        breaks=[
            Break(
                name="break",
                minutes=15,
                paid=True,
                earliest_minutes=90,
                latest_minutes=165,
            )
        ],
    )


SHIFT_TYPES = [
    _full("day", ["08:00-10:00/30"], WORKING_DAYS),
    _full("late", ["11:00-12:00/60"], WORKING_DAYS),
    _full("late evening", ["13:00"], [Weekday.THURSDAY]),
    _full("long", ["08:00-11:00/60"], WORKING_DAYS, hours=9),
    _full("saturday", ["09:00"], [Weekday.SATURDAY]),
    _short(
        "short",
        ["08:00", "09:00", "10:00", "12:30", "14:30", "15:30"],
        WORKING_DAYS,
        minutes=270,
    ),
    _short("five", ["08:00-10:00/60", "12:00", "14:00", "15:00"], WORKING_DAYS),
    _short("evening", ["15:00-16:00/60"], WORKING_DAYS, minutes=240),
    _short("evening five", ["16:00"], [Weekday.THURSDAY]),
    _short("saturday five", ["09:00", "12:00"], [Weekday.SATURDAY]),
]

CONTRACTS = [
    Contract(
        name="full-time",
        shift_types=["day", "late", "late evening", "long", "saturday"],
        min_hours_per_week=37.5,
        max_hours_per_week=37.5,
        max_overtime_hours_per_week=4,
    ),
    Contract(
        name="office",
        shift_types=["day", "long"],
        min_hours_per_week=37.5,
        max_hours_per_week=37.5,
        max_overtime_hours_per_week=4,
    ),
    Contract(
        name="four-day",
        shift_types=["day", "late", "late evening", "saturday"],
        min_hours_per_week=30,
        max_hours_per_week=30,
        max_days_per_week=4,
    ),
    Contract(
        name="part-time 22.5",
        shift_types=["short"],
        min_hours_per_week=22.5,
        max_hours_per_week=22.5,
    ),
    Contract(
        name="part-time 20",
        shift_types=["five", "evening five", "saturday five"],
        min_hours_per_week=20,
        max_hours_per_week=20,
        max_days_per_week=4,
    ),
    Contract(
        name="student",
        shift_types=["evening", "evening five", "saturday five"],
        min_hours_per_week=12,
        max_hours_per_week=20,
        max_days_per_week=4,
    ),
]


def retail_bank() -> Plan:
    """Return the plan of a retail bank's service centre in one week of March."""
    return Plan(
        name="Retail bank, week of 2 March 2026",
        horizon=Horizon(first_day=dt.date(2026, 3, 2), time_zone="Europe/London"),
        calendars=CALENDARS,
        queues=QUEUES,
        case_types=CASE_TYPES,
        shift_types=SHIFT_TYPES,
        contracts=CONTRACTS,
        calls=work.calls(),
        inflow=work.inflow(),
        open_cases=work.open_cases(),
        agents=people.agents(),
        skills=people.skills(),
        availability=people.availability(),
        leave=people.leave(),
        meetings=people.meetings(),
        history=people.history(),
        pins=people.pins(),
        preferences=people.preferences(),
        rules=Rules(set=RuleSet.EU),
        rule_book=people.rule_book(),
        fairness=[Fairness(name="evenings", start="18:00", weight=0.25)],
    )
