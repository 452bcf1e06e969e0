"""data/README.md: what it promises holds."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from scheduler import domain, tables
from scheduler.reading import read_plan
from scheduler.reading.imports import TableImport
from tests.test_validation.good import written

README = Path(__file__).parents[2] / "data" / "README.md"
TEXT = README.read_text(encoding="utf-8")
MODELS = [
    model
    for module in (domain, tables)
    for model in vars(module).values()
    if isinstance(model, type)
    and issubclass(model, BaseModel)
    and model.__module__.startswith(module.__name__)
] + [TableImport]


def test_example_is_a_plan(tmp_path: Path) -> None:
    blocks = re.findall(r"`([a-z.]+)`:\n\n```\w+\n(.*?)```", TEXT, flags=re.S)
    files = dict(blocks)
    assert set(files) == {
        "plan.toml", "agents.csv", "skills.csv", "calls.csv", "inflow.csv"
    }  # fmt: skip
    read = read_plan(written(tmp_path, files))
    assert read.notes == ()
    assert len(read.plan.agents) == 3


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_key_and_column_is_explained(model: type[BaseModel]) -> None:
    section = TEXT
    for name, row in tables.TABLES.items():
        if row is model:
            section = TEXT.split(f"### {name}.csv")[1].split("\n### ")[0]
    tables_of_plan = set(tables.TABLES) if model is domain.Plan else set()
    for key in model.model_fields.keys() - tables_of_plan:
        assert f"`{key}`" in section or f"[{key}" in section, key


@pytest.mark.parametrize("name", tables.TABLES)
def test_every_table_is_in_the_folder(name: str) -> None:
    assert f"{name}.csv" in TEXT.split("## A small plan")[0]
