"""The committed JSON Schemas are those that the code gives."""

import json
from pathlib import Path

from scheduler.cli import main
from scheduler.domain import Plan
from scheduler.reading import plan_schema

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
AGAIN = "the schema has changed; run: ringfence schema --out data/schemas"


def test_committed_schemas_are_what_the_code_gives(tmp_path: Path) -> None:
    assert main(["schema", "--out", str(tmp_path)]) == 0
    written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert written.keys() == {f"{x}.schema.json" for x in ("plan", "result", "score")}
    committed = {path.name: path.read_text("utf-8") for path in SCHEMAS.iterdir()}
    assert committed == written, AGAIN
    assert json.loads(written["plan.schema.json"]) == plan_schema()


def test_schema_has_a_title_and_every_part() -> None:
    schema = plan_schema()
    assert schema["title"] == "Ringfence plan"
    assert set(schema["properties"]) == set(Plan.model_fields)
    assert schema["properties"]["pooling"]["description"]
