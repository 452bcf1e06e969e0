"""Files of scenarios: everything that is wrong with one at once, and what they make."""

import json
from pathlib import Path

import pytest

from models.errors import PlanError
from scheduler.cli import ExitCode, main
from scheduler.cli.schemas import scenario_schema
from scheduler.domain import Plan
from scheduler.reading.finding import Finding
from scheduler.samples import SAMPLES
from scheduler.whatif.reading import Made, read_scenarios, scenarios_in

SCHEMAS = Path(__file__).parents[1] / "data" / "schemas"
AGAIN = "the schema has changed; run: ringfence schema --out data/schemas"


@pytest.fixture(scope="module")
def bank() -> Plan:
    return SAMPLES["retail-bank"]()


def written(folder: Path, text: str, name: str = "scenarios.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def read(folder: Path, plan: Plan, text: str) -> list[Made]:
    return read_scenarios(written(folder, text), plan)


def wrong(folder: Path, plan: Plan, text: str) -> list[Finding]:
    """Return what is found wrong with a file."""
    with pytest.raises(PlanError) as caught:
        read(folder, plan, text)
    found = caught.value.problems
    assert all(isinstance(one, Finding) for one in found)
    return [one for one in found if isinstance(one, Finding)]


def places(findings: list[Finding]) -> list[tuple[int | None, str | None, str | None]]:
    return [(one.row, one.column, one.value) for one in findings]


FORM = """\
format = 2
[[scenarios]]
name = "a"
calls = "10 more"
agentz = 3

[[scenarios]]
name = "b"
agents = {add = 3}
overtime = -1
shrinkage = {to = 0.1, by = 0.1}

[[grids]]
name = "g"
calls = ["+10%", {change = "x"}]

[[samples]]
name = "s"
count = 0
calls = {cv = 0.1, day_to_day = 1}
"""


def test_every_value_that_is_not_well_formed_at_once(
    tmp_path: Path, bank: Plan
) -> None:
    found = wrong(tmp_path, bank, FORM)
    assert places(found) == [
        (1, "format", "2"),
        (4, "scenarios.a.calls.1.change", "10 more"),
        (5, "scenarios.a.agentz", "3"),
        (9, "scenarios.b.agents.1", '{"add": 3}'),
        (10, "scenarios.b.overtime.1.hours", "-1"),
        (11, "scenarios.b.shrinkage.1", '{"to": 0.1, "by": 0.1}'),
        (15, "grids.g.calls.2.1.change", "x"),
        (19, "samples.s.count", "0"),
        (20, "samples.s.calls.day_to_day", "1"),
    ]
    assert found[2].suggestion == "agents"
    assert "+10%" in found[1].expected


NAMES = """\
[[scenarios]]
name = "a"
calls = {change = "+10%", queue = "fones"}
sla = {case_type = "loan", within = 1}

[[scenarios]]
name = "A"
agents = {add = 3, contract = "part", skills = ["phone"]}
shift_types = {remove = ["night"], change = [{name = "x", like = "y"}]}

[[scenarios]]
name = "base"

[[samples]]
name = "s"
count = 2
scenarios = ["base", "x"]
"""


def test_every_name_that_there_is_not_or_that_is_there_twice(
    tmp_path: Path, bank: Plan
) -> None:
    found = wrong(tmp_path, bank, NAMES)
    assert places(found) == [
        (3, "scenarios.a.calls.1.queue", "fones"),
        (4, "scenarios.a.sla.1.case_type", "loan"),
        (7, "scenarios.A.name", "A"),
        (8, "scenarios.A.agents.1.contract", "part"),
        (8, "scenarios.A.agents.1.skills.1", "phone"),
        (9, "scenarios.A.shift_types.1.remove.1", "night"),
        (9, "scenarios.A.shift_types.1.change.1.like", "y"),
        (12, "scenarios.base.name", "base"),
        (17, "samples.s.scenarios.2", "x"),
    ]
    assert [one.suggestion for one in found[:2]] == ["phones", "loans"]


PLANS = """\
[[scenarios]]
name = "a"
agents = {remove = 30, contract = "student"}
set.queues.phonez.patience_seconds = 4
set.weights.bonus = {x = 1}
[[scenarios]]
name = "b"
set.queues.phones.patience_seconds = -4
[[scenarios]]
name = "c"
shift_types = {remove = ["evening", "evening five", "saturday five"]}
[[scenarios]]
name = "d"
shift_types = {change = [{name = "day", length_minutes = [240]}]}
[[scenarios]]
name = "e"
shrinkage = "0.5"
[[grids]]
name = "g"
shrinkage = [0.1, 0.99]
"""


def test_everything_that_a_plan_cannot_have(tmp_path: Path, bank: Plan) -> None:
    found = wrong(tmp_path, bank, PLANS.replace('"0.5"', "0.97"))
    told = [(one.row, one.column) for one in found]
    assert told[:5] == [
        (3, "scenarios.a.agents.1.remove"),
        (4, "scenarios.a.set.queues.phonez"),
        (5, "scenarios.a.set.weights.bonus"),
        (8, "scenarios.b.set.queues.phones.patience_seconds"),
        (11, "scenarios.c.shift_types.1.remove"),
    ]
    assert found[0].expected == "at most 2: the plan has no more of them"
    assert found[1].suggestion == "phones"
    assert "'student'" in found[4].expected
    of_d = [one for one in found if one.column == "scenarios.d"]
    assert any("shift_types.day.breaks.lunch" in one.expected for one in of_d)
    assert any(one.row == 17 for one in found)
    assert any(one.row == 20 and "shrinkage by 0.99" in one.expected for one in found)


ALL = """\
[[scenarios]]
calls = {queue = "fones", change = "ten"}
sla = {case_type = "loan", within = 1}
[[scenarios]]
name = "a"
overtime = -1
agents = {who = ["nobody"]}
[[scenarios]]
name = "A"
agents = {remove = 100}
[[scenarios]]
name = "c"
set.queues.phonez.patience_seconds = 4
[[samples]]
name = "s"
count = 0
scenarios = ["b", "c"]
absence = 2
"""


def test_form_names_and_plans_are_judged_in_one_go(tmp_path: Path, bank: Plan) -> None:
    assert places(wrong(tmp_path, bank, ALL)) == [
        (1, "scenarios.1.name", None),
        (2, "scenarios.1.calls.1.change", "ten"),
        (3, "scenarios.1.sla.1.case_type", "loan"),
        (6, "scenarios.a.overtime.1.hours", "-1"),
        (7, "scenarios.a.agents.1.who.1", "nobody"),
        (9, "scenarios.A.name", "A"),
        (10, "scenarios.A.agents.1.remove", "100"),
        (13, "scenarios.c.set.queues.phonez", '{"patience_seconds": 4}'),
        (16, "samples.s.count", "0"),
        (17, "samples.s.scenarios.1", "b"),
        (18, "samples.s.absence", "2"),
    ]


@pytest.mark.parametrize("text", ["scenarios = 3", "samples = [3]", "grids = {a = 1}"])
def test_sections_that_are_no_tables_are_told(
    tmp_path: Path, bank: Plan, text: str
) -> None:
    """The others are judged all the same."""
    bad = text + '\n[[AGAIN]]\nname = "base"\n'
    part = "grids" if text.startswith("scenarios") else "scenarios"
    found = wrong(tmp_path, bank, bad.replace("AGAIN", part))
    assert [one.row for one in found] == [1, 3]


@pytest.mark.parametrize(
    ("text", "line"),
    [("[[scenarios]]\nname = ", 2), ("a = 1\na = 2", 2), ("x = [1,", 1)],
)
def test_what_is_no_toml_is_told_with_its_line(
    text: str, line: int, tmp_path: Path, bank: Plan
) -> None:
    (found,) = wrong(tmp_path, bank, text)
    assert (found.file, found.row) == ("scenarios.toml", line)
    assert found.expected.startswith("TOML: ")


def test_too_many_scenarios_are_refused_before_they_are_made(
    tmp_path: Path, bank: Plan
) -> None:
    values = [f"{n}%" for n in range(101)]
    text = f"[[grids]]\nname = 'g'\ncalls = {values}\ninflow = {values}"
    (found,) = wrong(tmp_path, bank, text)
    assert "at most 10,000 scenarios, not 10,202" in found.expected


def test_a_bad_file_leaves_nothing_behind(tmp_path: Path) -> None:
    plan, out = Path("data/samples/tiny"), tmp_path / "out"
    path = written(tmp_path, FORM)
    words = ["whatif", str(plan), str(path), "--out", str(out)]
    assert main([*words, "--quiet"]) == ExitCode.BAD_INPUT
    missing = ["whatif", str(plan), str(tmp_path / "no.toml"), "--out", str(out)]
    assert main([*missing, "--json"]) == ExitCode.BAD_INPUT
    assert not out.exists()
    good = written(tmp_path, "", "good.toml")
    inside = ["whatif", str(plan), str(good), "--out", str(plan)]
    assert main([*inside, "--quiet"]) == ExitCode.USAGE


def test_a_grid_is_every_combination_and_json_says_the_same(
    tmp_path: Path, bank: Plan
) -> None:
    grid = {
        "name": "volume",
        "calls": ["-10%", {"change": "+10%", "queue": "phones"}],
        "overtime": [0, 2, 4],
    }
    path = written(tmp_path, json.dumps({"grids": [grid]}), "scenarios.json")
    found = read_scenarios(path, bank)
    assert [one.scenario.name for one in found] == [
        "base",
        "volume: calls -10%, overtime 0",
        "volume: calls -10%, overtime 2",
        "volume: calls -10%, overtime 4",
        "volume: calls +10% queue phones, overtime 0",
        "volume: calls +10% queue phones, overtime 2",
        "volume: calls +10% queue phones, overtime 4",
    ]
    assert found[0].plan == bank
    assert scenarios_in({"grids": [grid]}, bank, "body") == found
    assert len({one.plan.model_dump_json() for one in found}) == 7


@pytest.mark.parametrize("name", ["scenarios"])
def test_committed_schema_is_what_the_code_gives(name: str) -> None:
    path = SCHEMAS / f"{name}.schema.json"
    assert json.loads(path.read_text(encoding="utf-8")) == scenario_schema(), AGAIN
