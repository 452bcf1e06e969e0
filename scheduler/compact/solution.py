"""A solver's solution of the compact model, read back as a roster.

A line has a name and a value: as HiGHS (raw), Gurobi and SCIP write them, or with a
number before, as CBC does. What is not named is 0.
"""

from collections.abc import Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from models.errors import PlanError
from models.roster.milp import RosterModel, refuse_unknown
from models.roster.problem import RosterProblem
from models.roster.result import Roster
from scheduler.calendars import TimeAxis
from scheduler.compact.names import name_all
from scheduler.reading.files import text_of
from scheduler.reading.finding import MORE, Finding

_AFTER = ("# Rows", "# Dual")  # of HiGHS: what follows are no values of variables
_HEADS = ("Objective", "=obj=")
_NEAR = 1e-4  # of a whole number; solvers keep to 1e-5 and less
_SHOWN = 50

_Line = tuple[int, str, str]  # its number, a name, a value


def read_solution(problem: RosterProblem, axis: TimeAxis, path: Path) -> Roster:
    """Return the roster that a solver's solution file says.

    Raises
    ------
    PlanError
        With every line that is wrong.
    NotSupported
        For a plan of which there is no compact model.
    """
    refuse_unknown(problem)
    text = text_of(path)
    if isinstance(text, Finding):
        raise PlanError([text])
    made = RosterModel(problem)
    name_all(made, axis)
    variables = {each.name: each for each in made.lp.variables()}
    lines, wrong = _values(path.name, text)
    wrong += _taken(path.name, lines, variables)
    if not lines and not wrong:
        wrong = [_finding(path.name, None, None, "lines with a name and a value")]
    if wrong:
        raise PlanError(_shortened(path.name, wrong))
    return made.roster()


def _values(file: str, text: str) -> tuple[list[_Line], list[Finding]]:
    """Return the lines with values, and those after the head that have none."""
    found: list[_Line] = []
    wrong = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith(_AFTER):
            break
        words = line.split()
        if not words or words[0].startswith("#") or words[0] in _HEADS:
            continue
        pair = _pair(words)
        if pair is not None:
            found.append((number, *pair))
        elif found:
            wrong.append(_finding(file, number, line, "a name and a value"))
    return found, wrong


def _pair(words: list[str]) -> tuple[str, str] | None:
    """Return name and value of a line; ``None`` where it has none."""
    if words[0] == "**":  # how CBC marks what it could not satisfy
        words = words[1:]
    if len(words) > 2 and words[0].isdigit() and _number(words[2]) is not None:
        return words[1], words[2]
    if len(words) > 1 and _number(words[1]) is not None:
        return words[0], words[1]
    return None


def _taken(
    file: str, lines: list[_Line], variables: Mapping[str, Any]
) -> Iterator[Finding]:
    """Give the variables their values; yield what cannot be."""
    for variable in variables.values():
        variable.varValue = 0
    seen = set()
    for number, name, word in lines:
        value = _number(word)
        if name not in variables:
            expected = "a variable of the model of this plan"
            yield _finding(file, number, name, expected)
        elif name in seen:
            yield _finding(file, number, name, "each variable once")
        elif value is None or not isfinite(value):
            yield _finding(file, number, word, "a number")
        elif variables[name].cat == "Integer" and not _is_yes_or_no(value):
            yield _finding(file, number, word, f"0 or 1, of {name}")
        else:
            variables[name].varValue = value
        seen.add(name)


def _is_yes_or_no(value: float) -> bool:
    return min(abs(value), abs(value - 1)) <= _NEAR


def _number(word: str) -> float | None:
    try:
        return float(word)
    except ValueError:
        return None


def _finding(file: str, row: int | None, value: str | None, expected: str) -> Finding:
    return Finding(file, row, None, value, expected, rule="solution")


def _shortened(file: str, wrong: list[Finding]) -> list[Finding]:
    """Return findings, of many the first ones and how many more there are."""
    if len(wrong) <= _SHOWN:
        return wrong
    more = Finding(
        file, None, None, None, f"and {len(wrong) - _SHOWN:,} more", rule=MORE
    )
    return [*wrong[:_SHOWN], more]
