"""The committed JSON Schema of the plan is the one that the code gives."""

import json
from pathlib import Path

from scheduler.domain import Plan
from scheduler.reading import plan_schema

SCHEMA = Path(__file__).parents[1] / "data" / "schemas" / "plan.schema.json"
AGAIN = "the schema has changed; run: ringfence schema --out data/schemas"


def test_committed_schema_is_what_the_code_gives() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == plan_schema(), AGAIN


def test_schema_has_a_title_and_every_part() -> None:
    schema = plan_schema()
    assert schema["title"] == "Ringfence plan"
    assert set(schema["properties"]) == set(Plan.model_fields)
    assert schema["properties"]["pooling"]["description"]
