"""From what people have on disk to a plan, or to everything that is wrong with it."""

from scheduler.reading.finding import Finding
from scheduler.reading.plan import PlanRead, plan_hash, read_plan, read_plan_text
from scheduler.reading.schema import plan_schema

__all__ = [
    "Finding",
    "PlanRead",
    "plan_hash",
    "plan_schema",
    "read_plan",
    "read_plan_text",
]
