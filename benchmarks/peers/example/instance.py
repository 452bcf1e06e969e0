"""The instance, and an evaluator of whoever's roster of it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

INSTANCE: dict[str, Any] = json.loads(
    Path(__file__).with_name("instance.json").read_text(encoding="utf-8")
)
PEOPLE, DAYS = INSTANCE["employees"], 7 * INSTANCE["weeks"]
SHIFTS: list[str] = INSTANCE["shifts"]
OFF = "O"


@dataclass(frozen=True)
class Score:
    """What a roster costs, and what hard rules it breaks."""

    cost: int
    breaches: list[str]


def wanted_on(day: int) -> list[int]:
    """Return the people wanted on each shift but days off."""
    found: list[int] = INSTANCE["demand"][day % 7]
    return found


def score(rows: Sequence[str]) -> Score:
    """Return the score of a roster: a word of 21 letters for each employee."""
    cost, breaches = 0, []
    for part in (_runs(rows), _weekly(rows), _transitions(rows), _cover(rows)):
        for amount, wrong in part:
            cost += amount
            breaches += [wrong] if wrong else []
    cost += sum(w for e, s, d, w in INSTANCE["requests"] if rows[e][d] == s)
    breaches += [f"{e} {d}" for e, s, d in INSTANCE["fixed"] if rows[e][d] != s]
    return Score(cost, breaches)


def _runs(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    for rule in INSTANCE["runs"]:
        for e, row in enumerate(rows):
            for letter, run in groupby(row):
                if letter == rule["shift"]:
                    yield _outside(rule, len(list(run)), f"run of {letter} of {e}")


def _weekly(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    for rule in INSTANCE["weekly"]:
        for e, row in enumerate(rows):
            for week in range(DAYS // 7):
                count = row[7 * week : 7 * week + 7].count(rule["shift"])
                yield _outside(rule, count, f"{rule['shift']} in week {week} of {e}")


def _outside(rule: dict[str, Any], count: int, name: str) -> tuple[int, str]:
    """Return what a count costs, and a name where it is forbidden."""
    cost = rule["min_cost"] * max(0, rule["soft_min"] - count)
    cost += rule["max_cost"] * max(0, count - rule["soft_max"])
    return cost, "" if rule["hard_min"] <= count <= rule["hard_max"] else name


def _transitions(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    for first, then, cost in INSTANCE["transitions"]:
        for row in rows:
            for _ in range(row.count(first + then)):
                yield (0, first + then) if cost is None else (cost, "")


def _cover(rows: Sequence[str]) -> Iterator[tuple[int, str]]:
    for day in range(DAYS):
        there = [row[day] for row in rows]
        for shift, wanted, cost in zip(
            SHIFTS[1:],
            wanted_on(day),
            INSTANCE["excess_costs"],
            strict=True,
        ):
            over = there.count(shift) - wanted
            yield cost * max(0, over), f"too few {shift}, {day}" if over < 0 else ""
