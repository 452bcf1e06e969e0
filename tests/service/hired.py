"""Hires for the sample tiny, and what searching for them says."""

import json
import threading

from scheduler.service.jobs.hiring import hire
from scheduler.service.jobs.records import Options
from scheduler.service.jobs.work import Work
from tests.service.supposed import Heard

NAME = "=cmd|<b>agent</b>"
HIRES = {"hires": [{"name": NAME, "like": "T1", "cost_per_week": 5, "at_most": 1}]}


def hired(tiny: bytes, stop: threading.Event, seconds: float = 60) -> Heard:
    """Search for the hires."""
    found = Heard()
    options = Options("columns", seconds, gap=5, each=30, mixes=2)
    work = Work(tiny, options, 3000, "hire", json.dumps(HIRES).encode())
    hire(work, found, stop)  # type: ignore[arg-type]
    return found
