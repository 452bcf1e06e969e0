"""Employee shift scheduling instances as plans.

The format of T. Curtois and R. Qu, *Computational results on new staff scheduling
benchmark instances*, University of Nottingham, 2014: people wanted on each shift of
each day, requests, and rules for each employee; shifts have a length and no time of
day.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from math import gcd
from pathlib import Path
from typing import Any

from models.errors import InvalidInput, PlanError
from scheduler.domain import Plan
from scheduler.reading.files import text_of
from scheduler.reading.finding import Finding

_MONDAY = dt.date(2024, 1, 1)  # all instances start on a Monday
_GRIDS = (60, 30, 20, 15, 10, 5)
_WIDTHS = {  # cells of a row, at least
    "HORIZON": 1,
    "SHIFTS": 2,
    "STAFF": 8,
    "DAYS_OFF": 1,
    "SHIFT_ON_REQUESTS": 4,
    "SHIFT_OFF_REQUESTS": 4,
    "COVER": 5,
}


def read_curtois(path: Path) -> Plan:
    """Return an instance as a plan; weights are paid hours, and pay costs nothing.

    Raises
    ------
    PlanError
        Where the file cannot be read, or lacks a section or a cell.
    """
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    try:
        return _plan(path.stem, _sections(path.name, text))
    except (InvalidInput, ValueError, KeyError) as error:
        why = f"an instance of the format of Curtois and Qu: {error}"
        raise PlanError([Finding(path.name, None, None, None, why)]) from error


def _sections(name: str, text: str) -> dict[str, list[list[str]]]:
    """Return the rows of each section; raise ``PlanError`` for rows too short."""
    found: dict[str, list[list[str]]] = {section: [] for section in _WIDTHS}
    wrong, section = [], ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
            continue
        cells = [cell.strip() for cell in line.split(",")]
        if section not in found or len(cells) < _WIDTHS[section]:
            expected = f"{_WIDTHS[section]} cells" if section in found else "a section"
            wrong.append(Finding(name, number, None, line, expected))
        else:
            found[section].append(cells)
    wrong += [
        Finding(name, None, None, None, f"SECTION_{each}, with a row")
        for each in ("HORIZON", "SHIFTS", "STAFF", "COVER")
        if not found[each] and not wrong
    ]
    if wrong:
        raise PlanError(wrong)
    return found


def _plan(title: str, told: dict[str, list[list[str]]]) -> Plan:
    lengths = {row[0]: int(row[1]) for row in told["SHIFTS"]}
    step = gcd(*lengths.values())
    grid = next((g for g in _GRIDS if step % g == 0), None)
    if grid is None:
        raise InvalidInput("lengths of shifts must be multiples of 5 minutes")
    days = int(told["HORIZON"][0][0])
    return Plan.of(
        {
            "name": title,
            "horizon": {
                "first_day": str(_MONDAY),
                "days": days,
                "interval_minutes": grid,
                "grid_minutes": grid,
            },
            "weights": {"paid_hour": 0, "idle_hour": 0, "block_start": 0},
            "shift_types": [
                {"name": name, "starts": ["00:00"], "length_minutes": [minutes]}
                for name, minutes in lengths.items()
            ],
            "contracts": [_contract(row[0], list(lengths)) for row in told["STAFF"]],
            "agents": [
                {"agent_id": row[0], "contract": row[0]} for row in told["STAFF"]
            ],
            "rule_book": [*_everybody(told), *_own(told, days)],
            "pins": [*_pins(told)],
            "preferences": [*_requests(told)],
            "headcount": [_headcount(row) for row in told["COVER"]],
        }
    )


def _contract(name: str, types: Sequence[str]) -> dict[str, Any]:
    return {
        "name": name,
        "shift_types": list(types),
        "max_hours_per_week": 168,
        "max_days_per_week": 7,
        "min_rest_hours": 0,
        "max_days_in_a_row": None,
    }


def _everybody(told: dict[str, list[list[str]]]) -> Iterator[dict[str, Any]]:
    """Yield which shifts may not follow each other."""
    for row in told["SHIFTS"]:
        if len(row) > 2 and row[2]:
            then = row[2].split("|")
            yield {"rule": "successions", "shift_types": [row[0]], "then": then}


def _own(told: dict[str, list[list[str]]], days: int) -> Iterator[dict[str, Any]]:
    """Yield the limits of each employee."""
    for name, shifts, most, least, run, shortest, off, weekends, *_ in told["STAFF"]:
        for part in filter(None, shifts.split("|")):
            kind, _, count = part.partition("=")
            if int(count) < days:
                own = {"rule": "shifts_of_type", "shift_types": [kind]}
                yield {"contract": name, "max": int(count), **own}
        hours = {"min": int(least) / 60, "max": int(most) / 60, "per": "horizon"}
        yield {"contract": name, "rule": "hours_worked", **hours}
        in_a_row = {"min": int(shortest), "max": int(run)}
        yield {"contract": name, "rule": "days_in_a_row", **in_a_row}
        yield {"contract": name, "rule": "days_off_in_a_row", "min": int(off)}
        yield {"contract": name, "rule": "weekends_worked", "max": int(weekends)}


def _pins(told: dict[str, list[list[str]]]) -> Iterator[dict[str, Any]]:
    """Yield the days off."""
    for name, *days in told["DAYS_OFF"]:
        for day in filter(None, days):
            yield {"agent_id": name, "date": _date(day), "pin": "off"}


def _requests(told: dict[str, list[list[str]]]) -> Iterator[dict[str, Any]]:
    """Yield the shifts that are asked for, and those that are asked to be spared."""
    for section, wish in (
        ("SHIFT_ON_REQUESTS", "shift"),
        ("SHIFT_OFF_REQUESTS", "no_shift"),
    ):
        for name, day, kind, weight, *_ in told[section]:
            yield {
                "agent_id": name,
                "day": _date(day),
                "wish": wish,
                "shift_type": kind,
                "weight": float(weight),
            }


def _date(day: str) -> str:
    return str(_MONDAY + dt.timedelta(days=int(day)))


def _headcount(row: Sequence[str]) -> dict[str, Any]:
    day, kind, agents, under, over, *_ = row
    return {
        "day": _date(day),
        "shift_type": kind,
        "agents": int(agents),
        "short_weight": float(under),
        "over_weight": float(over),
    }
