"""A morning to hire for, and what brute force says of it."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from models.roster.result import Limits
from scheduler.domain import Plan, Weights
from scheduler.executing.here import Here
from scheduler.hiring.answers import Answers
from scheduler.hiring.reading import Hiring, hiring_of
from scheduler.hiring.running import HireRun
from scheduler.pipeline import Asked
from scheduler.reading.settings_file import SettingsFile
from scheduler.whatif.stored import Store

ASKED = Asked("columns", Limits(seconds=600, gap=0, workers=1))
NEED = (2, 4, 4, 2)  # people on calls at 8, 9, 10, 11
WHOLE, HALVES = {(1, 1, 1, 1)}, {(1, 1, 0, 0), (0, 0, 1, 1)}
SHORT = 5.0  # paid hours' worth of an agent-hour short
DAY = "2026-03-02"


def plan(short: float = SHORT, **changes: Any) -> Plan:
    """A morning: Ann works all of it; who is hired all of it, or half."""
    nothing = dict.fromkeys(Weights.model_fields, 0)
    weights = {**nothing, "paid_hour": 1, "voice_short_hour": short}

    def shift(name: str, starts: Sequence[str], minutes: int) -> dict[str, Any]:
        return {"name": name, "starts": starts, "length_minutes": [minutes]}

    def contract(name: str, menu: str) -> dict[str, Any]:
        return {"name": name, "shift_types": [menu], "max_hours_per_week": 40}

    return Plan.of(
        {
            "name": "A morning",
            "horizon": {"first_day": DAY, "days": 1, "interval_minutes": 60},
            "queues": [{"name": "phones", "moving_load": "sipp"}],
            "shift_types": [
                shift("whole", ["08:00"], 240),
                shift("half", ["08:00", "10:00"], 120),
            ],
            "contracts": [contract("full", "whole"), contract("part", "half")],
            "weights": weights,
            "rules": {"shortest_voice_run_minutes": 60},
            "agents": [{"agent_id": "Ann", "contract": "full"}],
            "skills": [{"agent_id": "Ann", "skill": "phones"}],
            "required": [
                {"queue": "phones", "start": f"{DAY}T{8 + h:02}:00", "agents": n}
                for h, n in enumerate(NEED)
            ],
            **changes,
        }
    )


def file(**changes: Any) -> dict[str, Any]:
    """Two kinds, two weeks: the second has more need, and comes a third of the time."""
    more = {"required": _rows([n + 1 for n in NEED])}
    return {
        "hires": [
            {"name": "full", "like": "Ann", "cost_per_week": 21, "at_most": 3},
            {
                "name": "half",
                "contract": "part",
                "skills": ["phones"],
                "cost_per_week": 5.25,
                "at_most": 3,
            },
        ],
        "weeks": [{"name": "plain", "weight": 2}, {"name": "busy", "set": more}],
        **changes,
    }


def _rows(need: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {"queue": "phones", "start": f"{DAY}T{8 + h:02}:00", "agents": n}
        for h, n in enumerate(need)
    ]


Needs = Mapping[str, tuple[float, Sequence[int]]]
ALONE: Needs = {"base": (1, NEED)}
NEEDS: Needs = {"plain": (2 / 3, NEED), "busy": (1 / 3, tuple(n + 1 for n in NEED))}


def rosters(full: int, half: int) -> Iterator[tuple[int, list[int]]]:
    """Yield paid hours and people on calls by hour of all rosters."""
    fulls, halves = (*WHOLE, (0,) * 4), (*HALVES, (0,) * 4)
    for chosen in product(*[fulls] * (1 + full), *[halves] * half):
        yield sum(map(sum, chosen)), [sum(own) for own in zip(*chosen, strict=True)]


def brute(need: Sequence[int], mix: Sequence[int], price: float) -> tuple[float, float]:
    """Return the least cost of a week with a mix, and that roster's hours short."""
    found = []
    for paid, there in rosters(*mix):
        short = sum(max(0, n - m) for n, m in zip(need, there, strict=True))
        found.append((paid + price * short, short))
    return min(found)


def costs_of(
    mixes: Sequence[Sequence[int]], price: float, needs: Needs = NEEDS
) -> dict[tuple[int, ...], tuple[float, float]]:
    """Return the cost of each mix in all, and the hours short of its worst week."""
    found: dict[tuple[int, ...], tuple[float, float]] = {}
    for full, half in mixes:
        weeks = [
            (share, *brute(need, (full, half), price)) for share, need in needs.values()
        ]
        cost = 3 * full + 0.75 * half + sum(share * own for share, own, _ in weeks)
        found[full, half] = cost, max(short for _, _, short in weeks)
    return found


def read(content: dict[str, Any], of: Plan | None = None) -> Hiring:
    return hiring_of(SettingsFile("hires.toml", content, {}), of or plan())


def searched(found: Hiring, folder: Path, most: int = 99) -> HireRun:
    run = HireRun(found, Answers(Store(folder), Here()), ASKED, most)
    run.search(threading.Event())
    return run


EVERY = tuple(product(range(4), range(4)))


def kinds(**changes: int) -> list[dict[str, Any]]:
    full, half = file()["hires"]
    return [{**full, **changes}, half]
