"""One run, in this process: asked on standard input, told on standard output."""

import json
import os
import platform
import sys
import time
from dataclasses import asdict
from typing import Any

import numpy as np

from models.errors import InvalidInput
from models.roster.result import Limits
from scheduler.bench.cases import case_of, ruled
from scheduler.bench.grid import Wanted
from scheduler.bench.run import run
from scheduler.domain import RuleSet
from scheduler.pipeline import Asked

_MOST_WORKERS = 8
_YARDSTICKS = 5


def main() -> None:
    """Answer what is asked; an error that is foreseen is an answer too."""
    asked = Wanted(**json.load(sys.stdin))
    try:
        answer = _answer(asked)
    except InvalidInput as error:
        answer = {"error": str(error)}
    json.dump(answer, sys.stdout, allow_nan=False)


def _answer(asked: Wanted) -> dict[str, Any]:
    case = case_of(asked.case)
    plan = case.plan(asked.asked_load, asked.seed)
    if asked.rules is not None:
        case, plan = ruled(case, plan, RuleSet(asked.rules))
    threads = asked.workers or min(os.cpu_count() or 1, _MOST_WORKERS)
    limits = Limits(asked.time_limit, asked.stop_gap, asked.seed, threads)
    measure = yardstick()
    ran = run(case, plan, Asked(asked.asked_engine, limits))
    steps = ran.outcome.document.progress
    return {
        **asdict(ran.figures),
        "threads": threads,
        "machine": f"{platform.machine()}, {os.cpu_count()} processors",
        "yardstick": measure,
        "progress": [(step.seconds, step.best, step.bound) for step in steps],
    }


def yardstick() -> float:
    """Return the seconds that a fixed piece of work takes: how fast the machine is now.

    The least of a few times, half of it in Python and half in NumPy.
    """
    return round(min(_worked() for _ in range(_YARDSTICKS)), 5)


def _worked() -> float:
    began = time.perf_counter()
    total = 0
    for number in range(300_000):
        total += number & 7
    numbers = np.random.default_rng(total).random(400_000)
    np.sort(numbers)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
