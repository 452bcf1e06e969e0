"""Kinds of plans without a legal roster, and ways out of each.

A way is the beginning of the sentence that suggests it, and what then stands in the
plan instead.
"""

from dataclasses import dataclass, field

from tests.test_conflicts.plans import (
    FIVE_DAYS,
    FRI,
    MON,
    SAT,
    SUN,
    THU,
    TUE,
    TWO_WEEKS,
    WED,
    WEEKDAYS,
    Content,
    Row,
    contract,
    free,
    late_before,
    leave,
    meeting,
    off,
    rule,
    shift,
    without,
    work,
)

Ways = dict[str, Content]


@dataclass(frozen=True)
class Kind:
    """A plan without a legal roster.

    ``rules`` are those in conflict, ``ways`` what would do.
    """

    name: str
    broken: Content
    rules: tuple[str, ...]
    ways: Ways = field(default_factory=dict)


def asked_less(name: str, hours: int, *weeks: str) -> Ways:
    """A way for each week, told by its first day; of one week if none is told."""
    less = contract(name, min_hours_per_week=hours)
    return {
        f"ask {name} for {hours} h only in the week from Mon {week}": less
        for week in weeks or (MON,)
    }


def days_told(*days: str) -> list[str]:
    names = dict(zip((MON, TUE, WED, THU, FRI, SAT, SUN), _NAMES, strict=True))
    return [f"{names[day]} {day}" for day in days]


_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def dropped(rows: list[Row], *days: str) -> Ways:
    """Ways that drop the pins of ann on these days."""
    dates = [row["date"] for row in rows]
    return {
        f"drop the pin of ann on {told}": {"pins": without(rows, dates.index(day))}
        for day, told in zip(days, days_told(*days), strict=True)
    }


LONG = [
    meeting(name, minutes=300) | {"earliest": f"{WED}T08:00", "latest": f"{WED}T20:00"}
    for name in ("audit", "training")
]
TOO_LATE = shift("late", TUE)
CLOSE = [*shift("late", MON), *shift("early", TUE)]
SIX = shift("early", MON, TUE, WED, THU, FRI, SAT)
ON_MONDAY = shift("early", MON)
NIGHTS = shift("night", MON, THU)
NIGHT_EARLY = [*shift("night", MON), *shift("early", WED)]
NIGHT_LATE = [*shift("night", MON), *shift("late", WED)]
ISLAND = [*off(WED), *shift("early", TUE, THU)]
SCATTERED = [*shift("early", MON, WED, FRI), *shift("late", SAT)]
LATES = shift("late", MON, WED)
EARLIES = shift("early", MON, TUE, WED)
APART = [*shift("early", MON), *shift("late", WED)]
CASES = work("claims", WED, "09:00", "12:00")
CALLS = work("phones", WED, "09:00", "11:00")
WEEKEND = [*shift("early", SAT), *off(SUN)]
TUE_THU_OFF = off(TUE, THU)
LONE = [*shift("early", TUE), *off(MON, WED)]
BOTH = [*shift("early", WED), *shift("late", WED, who="cy")]
SAME = [*shift("early", WED), *shift("early", WED, who="cy")]
LEADS_AWAY = [leave(WED, WED, 8), leave(WED, WED, 8, "bob")]
MIX = {"role": "lead", "start": "09:00", "end": "12:00", "day": "wednesday"}
TRAININGS = [meeting(f"training {n}", minutes=480) for n in range(6)]
WEEKDAYS_ONLY = free(*WEEKDAYS)
PUBLISHED = {
    "agent_id": "ann",
    "date": TUE,
    "shift_type": "early",
    "start": f"{TUE}T07:00",
    "end": f"{TUE}T15:00",
}

SINGLE = [
    Kind(
        "leave without credited hours",
        FIVE_DAYS | {"leave": [leave(MON, THU)]},
        ("minimum_hours", "leave"),
        {
            "ask ann for 8 h only": contract("ann", min_hours_per_week=13.3),
            "do without the leave of ann": {"leave": []},
        },
    ),
    Kind(
        "available on two days only",
        FIVE_DAYS | {"availability": free("monday", "tuesday")},
        ("minimum_hours", "availability", "availability", "availability"),
        {
            "ask ann for 16 h only": contract("ann", min_hours_per_week=26.6),
            "have ann available all of Wed": {
                "availability": free("monday", "tuesday", "wednesday")
            },
            "have ann available all of Thu": {
                "availability": free("monday", "tuesday", "thursday")
            },
            "have ann available all of Fri": {
                "availability": free("monday", "tuesday", "friday")
            },
        },
    ),
    Kind(
        "four days in a row and five to work",
        contract(max_days_in_a_row=4) | {"availability": WEEKDAYS_ONLY},
        ("run_of_days", "minimum_hours", "availability", "availability"),
        {
            "let ann work 5 days in a row": contract("ann", max_days_in_a_row=5),
            "have ann available all of Sat": {
                "availability": free(*WEEKDAYS, "saturday")
            },
            "have ann available all of Sun": {
                "availability": free(*WEEKDAYS, "sunday")
            },
        }
        | asked_less("ann", 32),
    ),
    Kind(
        "a shift at a time when not available",
        {
            "pins": TOO_LATE,
            "availability": free("tuesday", start="07:00", end="15:00")
            + free("monday", "wednesday", "thursday", "friday"),
        },
        ("availability", "pins"),
        {"have ann available all of Tue": {"availability": WEEKDAYS_ONLY}}
        | dropped(TOO_LATE, TUE),
    ),
    Kind(
        "late, then early",
        {"pins": CLOSE},
        ("rest_between_shifts", "pins", "pins"),
        {"let ann rest 10 h between": contract("ann", min_rest_hours=10)}
        | dropped(CLOSE, MON, TUE),
    ),
    Kind(
        "six days",
        {"pins": SIX},
        ("maximum_days", *["pins"] * 6),
        dropped(SIX, MON, TUE, WED, THU, FRI, SAT),
    ),
    Kind(
        "seven days in a row with history",
        {"history": late_before(24, 25, 26, 27, 28, 1), "pins": shift("late", MON)},
        ("run_of_days", "pins"),
        {"let ann work 7 days in a row": contract("ann", max_days_in_a_row=7)}
        | dropped(shift("late", MON), MON),
    ),
    Kind(
        "no rest after history",
        {
            "history": [
                {"agent_id": "ann", "start": "2026-03-01T22:00", "end": f"{MON}T06:00"}
            ],
            "pins": ON_MONDAY,
        },
        ("rest_between_shifts", "pins"),
        {"let ann rest 1 h between": contract("ann", min_rest_hours=1)}
        | dropped(ON_MONDAY, MON),
    ),
    Kind(
        "a meeting on a day off",
        {"meetings": [meeting("audit", f"{WED}T09:00")], "pins": off(WED)},
        ("meetings", "pins"),
        {"drop the meeting 'audit' of ann": {"meetings": []}} | dropped(off(WED), WED),
    ),
    Kind(
        "two long meetings on a day",
        {"meetings": LONG},
        ("meetings", "meetings"),
        {
            f"drop the meeting '{row['name']}' of ann": {"meetings": without(LONG, i)}
            for i, row in enumerate(LONG)
        },
    ),
    Kind(
        "a meeting by night without nights",
        {
            "meetings": [meeting("audit", f"{THU}T03:00")],
            "rule_book": [rule("nights", max=0)],
        },
        ("nights", "meetings"),
        {
            "ask ann for at most 1 shift instead of 0": {
                "rule_book": [rule("nights", max=0), rule("nights", "ann", max=1)]
            },
            "drop the meeting 'audit' of ann": {"meetings": []},
        },
    ),
    Kind(
        "training on six days",
        {"meetings": TRAININGS},
        ("maximum_days", *["meetings"] * 6),
        {
            f"drop the meeting 'training {n}' of ann": {
                "meetings": without(TRAININGS, n)
            }
            for n in range(6)
        },
    ),
    Kind(
        "no weekends",
        {"rule_book": [rule("weekends_worked", max=0)], "pins": shift("early", SAT)},
        ("weekends_worked", "pins"),
        {
            "ask ann for at most 1 weekend instead of 0": {
                "rule_book": [
                    rule("weekends_worked", max=0),
                    rule("weekends_worked", "ann", max=1),
                ]
            }
        }
        | dropped(shift("early", SAT), SAT),
    ),
    Kind(
        "one night a week",
        {"rule_book": [rule("nights", max=1)], "pins": NIGHTS},
        ("nights", "pins", "pins"),
        {
            "ask ann for at most 2 shifts instead of 1": {
                "rule_book": [rule("nights", max=1), rule("nights", "ann", max=2)]
            }
        }
        | dropped(NIGHTS, MON, THU),
    ),
    Kind(
        "two days between night and early",
        {
            "rule_book": [
                rule("successions", shift_types="night", then="early", days=2)
            ],
            "pins": NIGHT_EARLY,
        },
        ("successions", "pins", "pins"),
        {
            "let ann do without successions": {
                "rule_book": [
                    rule("successions", shift_types="night", then="early", days=2),
                    rule(
                        "successions",
                        "ann",
                        shift_types="night",
                        then="early",
                        level="off",
                    ),
                ]
            }
        }
        | dropped(NIGHT_EARLY, MON, WED),
    ),
    Kind(
        "longer rest after nights",
        {
            "rule_book": [rule("rest_after", shift_types="night", hours=48)],
            "pins": NIGHT_LATE,
        },
        ("rest_after", "pins", "pins"),
        {
            "give ann 31 h of rest after a shift": {
                "rule_book": [
                    rule("rest_after", shift_types="night", hours=48),
                    rule("rest_after", "ann", shift_types="night", hours=31),
                ]
            }
        }
        | dropped(NIGHT_LATE, MON, WED),
    ),
    Kind(
        "two days off in a row",
        {"rule_book": [rule("days_off_in_a_row", min=2)], "pins": ISLAND},
        ("days_off_in_a_row", "pins", "pins", "pins"),
        {
            "ask ann for at least 1 instead of 2": {
                "rule_book": [
                    rule("days_off_in_a_row", min=2),
                    rule("days_off_in_a_row", "ann", min=1),
                ]
            }
        }
        | dropped(ISLAND, WED, TUE, THU),
    ),
    Kind(
        "weekly rest",
        {"rule_book": [rule("weekly_rest", hours=60)], "pins": SCATTERED},
        ("weekly_rest", "pins", "pins"),
        {
            "give ann 40 h of rest at a time": {
                "rule_book": [
                    rule("weekly_rest", hours=60),
                    rule("weekly_rest", "ann", hours=40),
                ]
            }
        }
        | dropped(SCATTERED, WED, FRI),
    ),
    Kind(
        "one late shift",
        {
            "rule_book": [rule("shifts_of_type", shift_types="late", max=1)],
            "pins": LATES,
        },
        ("shifts_of_type", "pins", "pins"),
        {
            "ask ann for at most 2 'late' shifts instead of 1": {
                "rule_book": [
                    rule("shifts_of_type", shift_types="late", max=1),
                    rule("shifts_of_type", "ann", shift_types="late", max=2),
                ]
            }
        }
        | dropped(LATES, MON, WED),
    ),
    Kind(
        "nights that no days are left for",
        {
            "rule_book": [rule("shifts_of_type", shift_types="night", min=3)],
            "pins": EARLIES,
        },
        ("shifts_of_type", "maximum_days", "pins", "pins", "pins"),
        {
            "ask ann for at least 2 'night' shifts instead of 3": {
                "rule_book": [
                    rule("shifts_of_type", shift_types="night", min=3),
                    rule("shifts_of_type", "ann", shift_types="night", min=2),
                ]
            }
        }
        | dropped(EARLIES, MON, TUE, WED),
    ),
    Kind(
        "an early shift in a rotation of lates",
        {
            "rule_book": [rule("rotation", "ann", shift_types="late", turn=1)],
            "pins": shift("early", WED),
        },
        ("rotation", "pins"),
        {"let ann do without rotation": {"rule_book": []}}
        | dropped(shift("early", WED), WED),
    ),
    Kind(
        "starts far apart",
        {"rule_book": [rule("start_consistency", hours=2)], "pins": APART},
        ("start_consistency", "pins", "pins"),
        {
            "let ann start 6 h apart": {
                "rule_book": [
                    rule("start_consistency", hours=2),
                    rule("start_consistency", "ann", hours=6),
                ]
            }
        }
        | dropped(APART, MON, WED),
    ),
    Kind(
        "earlier than anybody may start",
        {
            "rule_book": [rule("working_times", start="09:00")],
            "pins": ON_MONDAY,
        },
        ("working_times", "pins"),
        {
            "let ann do without working_times": {
                "rule_book": [
                    rule("working_times", start="09:00"),
                    rule("working_times", "ann", start="09:00", level="off"),
                ]
            }
        }
        | dropped(ON_MONDAY, MON),
    ),
    Kind(
        "too long on cases",
        {"rule_book": [rule("case_share", max=1)], "pins": [CASES]},
        ("case_share", "pinned_work"),
        {
            "let ann be on cases 2 h more": {
                "rule_book": [
                    rule("case_share", max=1),
                    rule("case_share", "ann", max=3),
                ]
            },
            "drop the pin of ann to claims": {"pins": []},
        },
    ),
    Kind(
        "calls before the shift",
        {"pins": [*shift("late", WED), CALLS]},
        ("pins", "pinned_work"),
        {
            "drop the pin of ann on Wed": {"pins": [CALLS]},
            "drop the pin of ann to phones": {"pins": shift("late", WED)},
        },
    ),
    Kind(
        "off where the published shift has begun",
        {
            "changes": {"now": f"{TUE}T09:00"},
            "published": [PUBLISHED],
            "pins": off(TUE),
        },
        ("frozen", "pins"),
        {"let ann do without frozen": {"changes": {"now": f"{TUE}T06:00"}}}
        | dropped(off(TUE), TUE),
    ),
    Kind(
        "half a weekend",
        {"rule_book": [rule("whole_weekends")], "pins": WEEKEND},
        ("whole_weekends", "pins", "pins"),
        {"let ann do without whole_weekends": {"rule_book": []}}
        | dropped(WEEKEND, SAT, SUN),
    ),
    Kind(
        "no two days off together",
        {"rule_book": [rule("days_off_together", min=2)], "pins": TUE_THU_OFF},
        ("days_off_together", "minimum_hours", "pins", "pins"),
        {
            "give ann 1 day off together": {
                "rule_book": [
                    rule("days_off_together", min=2),
                    rule("days_off_together", "ann", min=1),
                ]
            }
        }
        | asked_less("ann", 32)
        | dropped(TUE_THU_OFF, TUE, THU),
    ),
    Kind(
        "one day that is no run",
        {"rule_book": [rule("days_in_a_row", min=3)], "pins": LONE},
        ("days_in_a_row", "pins", "pins", "pins"),
        {
            "ask ann for at least 1 instead of 3": {
                "rule_book": [
                    rule("days_in_a_row", min=3),
                    rule("days_in_a_row", "ann", min=1),
                ]
            }
        }
        | dropped(LONE, MON, WED),
    ),
    Kind(
        "fewer hours in two weeks than in each",
        TWO_WEEKS | {"rule_book": [rule("hours_worked", "ann", max=72, per="14 days")]},
        ("hours_worked", "minimum_hours", "minimum_hours"),
        {
            "ask ann for at most 80 h instead of 72 h": {
                "rule_book": [rule("hours_worked", "ann", max=80, per="14 days")]
            }
        }
        | asked_less("ann", 32, MON, "2026-03-09"),
    ),
]
SEVERAL = [
    Kind(
        "no lead is there",
        {"floor_mix": [MIX], "leave": LEADS_AWAY},
        ("leave", "leave", "floor_mix"),
        {
            "do without the leave of ann": {"leave": LEADS_AWAY[1:]},
            "do without the leave of bob": {"leave": LEADS_AWAY[:1]},
            "do without floor_mix for lead": {"floor_mix": []},
        },
    ),
    Kind(
        "the same hours at different times",
        {
            "pairs": [{"rule": "same_hours", "agent_id": "ann", "other_id": "cy"}],
            "pins": BOTH,
        },
        ("pins", "pins", "same_hours"),
        {
            "drop the pin of ann on Wed": {"pins": BOTH[1:]},
            "drop the pin of cy on Wed": {"pins": BOTH[:1]},
            "do without same_hours": {"pairs": []},
        },
    ),
    Kind(
        "apart at the same time",
        {
            "pairs": [{"rule": "apart", "agent_id": "ann", "other_id": "cy"}],
            "pins": SAME,
        },
        ("pins", "pins", "apart"),
        {
            "drop the pin of ann on Wed": {"pins": SAME[1:]},
            "drop the pin of cy on Wed": {"pins": SAME[:1]},
            "do without apart": {"pairs": []},
        },
    ),
    Kind(
        "a team of the same hours with leave",
        {
            "pairs": [{"rule": "same_hours", "team": "South"}],
            "leave": [leave(THU, THU, 8, "dee")],
        },
        ("minimum_hours", "maximum_days", "same_hours"),
        asked_less("cy", 32) | {"do without same_hours": {"pairs": []}},
    ),
    Kind(
        "everybody for fewer days than hours ask for",
        {"rule_book": [rule("days_worked", max=4)]},
        ("days_worked", "minimum_hours"),
        {
            "ask ann for at most 5 days instead of 4": {
                "rule_book": [rule("days_worked", max=5)]
            },
            "ask ann for 32 h only": contract(min_hours_per_week=32),
        },
    ),
]
KINDS = [*SINGLE, *SEVERAL]
