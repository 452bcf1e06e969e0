"""Files that are no exports at all: findings, never a traceback."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.errors import PlanError
from scheduler.reading import read_plan
from scheduler.reading.formats import formats
from tests.test_reading.test_import_formats import CASES, told
from tests.test_reading.test_imports import ONE_QUEUE, folder

QUICK = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "2026-03-24T09:00", "20260324 09:00", "03/24/2026", "24/Mar/26 9:00 AM",
            "900", "30", "30mins", "daily", "-1", "1e308", "1e999", "nan", "inf",
            "0001-01-01T00:00Z", "9999-12-31T23:59-14:00", "2026-03-29T01:30",
            "=1+1", '"', "high", "0", "00", "99999999999999999999",
        ]
    ),
)  # fmt: skip


def survives(path: Path) -> None:
    try:
        read_plan(path)
    except PlanError as error:
        assert error.problems


def header(name: str) -> list[str]:
    """Return the columns that a format looks for."""
    keys = formats()[name]
    if "header" in keys:
        return list(keys["header"])
    found: list[str] = [str(keys.get("interval", ""))]
    for source in keys["columns"].values():
        parts = source.values() if isinstance(source, dict) else [source]
        for part in parts:
            found += [part] if isinstance(part, str) else list(part)
    return [*dict.fromkeys(found), *keys.get("without", {})]


def plan_with(tmp_path: Path, name: str, file: str) -> Path:
    is_cases = formats()[name]["table"] == "open_cases"
    more = 'names = {"*" = "claims"}' if is_cases else 'names = {"*" = "sales"}'
    if is_cases:
        more += '\nsla = {high = {within = 8, unit = "business_hours"}}'
    settings_text = CASES if is_cases else ONE_QUEUE
    if (tmp_path / "plan").exists():
        return tmp_path / "plan"
    return folder(tmp_path, told(name, file, more), file, "", settings_text)


@pytest.mark.parametrize("name", [n for n in formats() if "series" not in formats()[n]])
@QUICK
@given(st.lists(st.lists(CELLS, min_size=30, max_size=30), max_size=4))
def test_cells_of_any_kind(tmp_path: Path, name: str, rows: list[list[str]]) -> None:
    path = plan_with(tmp_path, name, "f.csv")
    names = header(name)
    mark = formats()[name].get("separator", ",")
    own = rows if "header" in formats()[name] else [names, *rows]
    text = "\n".join(mark.join(row[: len(names)]) for row in own)
    raw = text.encode("utf-8", "replace")
    (path / "exports" / "f.csv").write_bytes(raw)
    survives(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3)
    | st.dictionaries(
        st.sampled_from(["planningGroups", "offeredPerInterval", "weekDate", "tickets",
                         "created_at", "averageHandleTimeSecondsPerInterval"]),
        inside, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.parametrize(
    "name", ["genesys-forecast", "genesys-requirements", "zendesk"]
)
@QUICK
@given(JSON)
def test_documents_of_any_shape(tmp_path: Path, name: str, document: object) -> None:
    path = plan_with(tmp_path, name, "f.json")
    (path / "exports" / "f.json").write_text(json.dumps(document))
    survives(path)


@QUICK
@given(st.binary(max_size=200))
def test_bytes(tmp_path: Path, content: bytes) -> None:
    path = plan_with(tmp_path, "jira", "f.csv")
    (path / "exports" / "f.csv").write_bytes(content)
    survives(path)


def test_a_path_to_a_folder_is_no_file(tmp_path: Path) -> None:
    path = plan_with(tmp_path, "jira", "f.csv")
    text = (path / "plan.toml").read_text().replace("exports/f.csv", "exports")
    (path / "plan.toml").write_text(text)
    survives(path)


def test_a_week_of_a_million_intervals(tmp_path: Path) -> None:
    """Lists that go on for years: dates beyond the plan are left out."""
    path = plan_with(tmp_path, "genesys-forecast", "f.json")
    group = {
        "planningGroupId": "g",
        "offeredPerInterval": [1] * 100_000,
        "averageHandleTimeSecondsPerInterval": [60] * 100_000,
    }
    document = {"weekDate": "9999-12-27", "planningGroups": [group]}
    (path / "exports" / "f.json").write_text(json.dumps(document))
    with pytest.raises(PlanError):
        read_plan(path)
