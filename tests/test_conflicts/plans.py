"""A small plan that works, and what is put into it.

Ann and Bob (leads, North), Cy and Dee (South) work 40 hours in a week of five days:
early from 07:00, late from 13:00, night from 22:00, eight hours each.
"""

from typing import Any

Row = dict[str, Any]
Content = dict[str, Any]

MON, TUE, WED, THU, FRI, SAT, SUN = (f"2026-03-{day:02}" for day in range(2, 9))
STARTS = {"early": "07:00", "late": "13:00", "night": "22:00"}
PEOPLE = {"ann": "North", "bob": "North", "cy": "South", "dee": "South"}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
CONTRACT: Row = {
    "name": "full",
    "shift_types": list(STARTS),
    "min_hours_per_week": 40,
    "max_hours_per_week": 40,
}
BASE: Content = {
    "name": "Four people",
    "horizon": {"first_day": MON, "days": 7, "interval_minutes": 60},
    "calendars": {"office": {day: ["07:00-21:00"] for day in WEEKDAYS}},
    "queues": [{"name": "phones", "calendar": "office"}],
    "case_types": [
        {
            "name": "claims",
            "calendar": "office",
            "handle_minutes": 30,
            "sla": {"within": 2, "unit": "business_days"},
        }
    ],
    "shift_types": [
        {"name": name, "starts": [start], "length_minutes": [480]}
        for name, start in STARTS.items()
    ],
    "contracts": [CONTRACT],
    "agents": [
        {
            "agent_id": name,
            "contract": "full",
            "team": team,
            "roles": "lead" if team == "North" else "",
        }
        for name, team in PEOPLE.items()
    ],
    "skills": [
        {"agent_id": name, "skill": skill}
        for name in PEOPLE
        for skill in ("phones", "claims")
    ],
    "calls": [
        {
            "queue": "phones",
            "start": f"{d}T{h:02}:00",
            "calls": 9,
            "handle_seconds": 300,
        }
        for d in (MON, TUE, WED, THU, FRI)
        for h in (9, 12, 15, 18)
    ],
    "inflow": [
        {"case_type": "claims", "date": day, "cases": 8}
        for day in (MON, TUE, WED, THU, FRI)
    ],
}
FIVE_DAYS: Content = {"horizon": BASE["horizon"] | {"days": 5}}
TWO_WEEKS: Content = {"horizon": BASE["horizon"] | {"days": 14}}


def contract(own: str = "", **changed: Any) -> Content:
    """Everybody's contract; or ann's alone, with a name of its own."""
    if not own:
        return {"contracts": [CONTRACT | changed]}
    agents = [
        row | ({"contract": "own"} if row["agent_id"] == own else {})
        for row in BASE["agents"]
    ]
    return {
        "contracts": [CONTRACT, CONTRACT | {"name": "own"} | changed],
        "agents": agents,
    }


def off(*days: str, who: str = "ann") -> list[Row]:
    return [{"agent_id": who, "date": day, "pin": "off"} for day in days]


def shift(kind: str, *days: str, who: str = "ann") -> list[Row]:
    pin = {"agent_id": who, "pin": "shift", "shift_type": kind, "start": STARTS[kind]}
    return [pin | {"date": day} for day in days]


def work(what: str, day: str, start: str, end: str) -> Row:
    pin = {"agent_id": "ann", "pin": "activity", "activity": what}
    return pin | {"date": day, "start": start, "end": end}


def leave(start: str, end: str, hours: float = 0, who: str = "ann") -> Row:
    return {"agent_id": who, "start": start, "end": end, "credited_hours": hours}


def free(*days: str, start: str = "00:00", end: str = "24:00") -> list[Row]:
    """Ann is available on these days."""
    row = {"agent_id": "ann", "start": start, "end": end}
    return [row | {"day": day} for day in days]


def meeting(name: str, start: str | None = None, minutes: int = 60) -> Row:
    row: Row = {"agent_id": "ann", "name": name, "minutes": minutes}
    return row if start is None else row | {"start": start}


def rule(name: str, who: str | None = None, **said: Any) -> Row:
    return {"rule": name} | said | ({"agent_id": who} if who else {})


def late_before(*days: int) -> list[Row]:
    """Late shifts of ann on days of February and March before the first."""
    dates = [f"2026-02-{day:02}" if day > 1 else "2026-03-01" for day in days]
    return [
        {"agent_id": "ann", "start": f"{d}T13:00", "end": f"{d}T21:00"} for d in dates
    ]


def without(rows: list[Row], index: int) -> list[Row]:
    return [*rows[:index], *rows[index + 1 :]]
