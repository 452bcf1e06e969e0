"""The formulation names every rule and goal, and nothing that does not exist."""

import re
from functools import reduce
from importlib import import_module
from pathlib import Path

import pytest

from models.roster import check
from models.roster.problem import GOALS, RULES
from scheduler.domain import Weights

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "models" / "FORMULATION.md").read_text(encoding="utf-8")
QUOTED = set(re.findall(r"`([^`\n]+)`", TEXT))
STRUCTURE = [rule.__name__ for rule in check.STRUCTURE]
PATHS = sorted(name for name in QUOTED if re.fullmatch(r"[\w/]+\.(py|md)", name))
FUNCTIONS = sorted(
    name for name in QUOTED if re.fullmatch(r"[a-z][\w.]*:\w[\w.]*", name)
)


def row(name: str) -> str:
    """The one line of a table that is about a rule or goal."""
    (line,) = (x for x in TEXT.splitlines() if x.startswith(f"| `{name}` |"))
    return line


@pytest.mark.parametrize("rule", [*RULES, *STRUCTURE])
def test_every_rule_has_a_line(rule: str) -> None:
    files = "tours|book|joint|shares|pinned|days|structure|cases"
    assert re.search(rf"`check\.({files}):\w+`", row(rule))


@pytest.mark.parametrize("goal", GOALS)
def test_every_goal_has_a_line(goal: str) -> None:
    line = row(goal)
    assert f"`check.goals:{goal}`" in line
    assert "`cpsat." in line
    assert "`milp." in line


def test_default_weights_are_those_of_the_plan() -> None:
    told = dict(re.findall(r"`(\w+)` = ([\d.]+)", TEXT))
    named = {name: float(told[name]) for name in Weights.model_fields if name in told}
    assert named == Weights().model_dump()


@pytest.mark.parametrize("path", PATHS)
def test_every_file_exists(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_exists(name: str) -> None:
    module, _, function = name.partition(":")
    if module.split(".")[0] not in ("models", "scheduler"):
        module = f"models.roster.{module}"
    reduce(getattr, function.split("."), import_module(module))


def test_names_are_found_at_all() -> None:
    assert all(line.count("`") % 2 == 0 for line in TEXT.splitlines())
    assert len(PATHS) > 10
    assert len(FUNCTIONS) > 100
