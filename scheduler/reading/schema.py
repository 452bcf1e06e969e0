"""JSON Schema of the plan, for editors and other systems."""

from typing import Any

from scheduler.domain import Plan
from scheduler.meanings import described


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of plan.json.

    plan.toml has the same keys without the tables, which are CSV files beside it.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **described(Plan.model_json_schema()),
        "title": "Ringfence plan",
    }
