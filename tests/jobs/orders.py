"""Orders of the sample ``tiny``, and what tests wait for."""

import time
from collections.abc import Callable
from typing import Any

from scheduler.domain import Plan
from scheduler.reading import plan_hash
from scheduler.samples import SAMPLES
from scheduler.samples.centre import centre
from scheduler.service.jobs.records import Job, Options, Order
from scheduler.writing import json_text

QUICK = Options(seconds=1.0, gap=50.0, report=False)  # ends with the first roster
SURE = Options(seconds=60.0, gap=50.0, report=False)  # so does this, on any machine
LONG = Options(seconds=300.0, gap=0.0, report=False)  # of the plan HARD: no proof comes
HARD = centre(agents=7, hard=True)
_PATIENCE = 120.0  # seconds, after which a test has hung


def order(
    tenant: str = "a", plan: Plan | None = None, options: Options = QUICK, **more: Any
) -> Order:
    """Return an order of a plan."""
    plan = SAMPLES["tiny"]() if plan is None else plan
    return Order(tenant, "me", json_text(plan), plan_hash(plan), options, **more)


def until(is_so: Callable[[], bool], patience: float = _PATIENCE) -> None:
    """Wait until something is so."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def ended(get: Callable[[str, str], Job], job: Job) -> Job:
    """Return a job once it has ended."""
    until(lambda: get(job.tenant, job.id).status.ended)
    return get(job.tenant, job.id)
