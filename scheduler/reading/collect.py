"""Issues in numbers that a person can read, turned into findings."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from scheduler.reading.finding import MORE, Finding
from scheduler.reading.source import Locator, Place
from scheduler.reading.suggest import closest
from scheduler.tables import TABLES
from scheduler.validation import Path, PlanIssue

MOST_ALIKE = 20
_LONGEST_VALUE = 60
_PARTS = {name: n for n, name in enumerate(TABLES, start=1)}

Kind = tuple[str | int, str, str]


class Issues:
    """The issues of a plan, the first 20 of each kind and how many there are."""

    def __init__(self) -> None:
        self._kept: list[PlanIssue] = []
        self._counts: Counter[Kind] = Counter()

    def add(
        self, issues: Iterable[PlanIssue], moved: Callable[[Path], Path] | None = None
    ) -> None:
        """Take issues; ``moved`` gives their paths in what was handed in."""
        for issue in issues:
            kind = _kind(issue)
            self._counts[kind] += 1
            if self._counts[kind] <= MOST_ALIKE:
                self._kept.append(_moved(issue, moved) if moved else issue)

    def parts(self) -> set[str]:
        """Return the parts of the plan in which something is wrong."""
        return {str(kind[0]) for kind in self._counts}

    def findings(self, locator: Locator) -> list[Finding]:
        """Return the findings, file by file and row by row."""
        locator.remember([issue.path for issue in self._kept])
        found: list[Finding] = []
        seen: Counter[Kind] = Counter()
        for issue in sorted(self._kept, key=lambda each: _order(each, locator)):
            kind = _kind(issue)
            seen[kind] += 1
            found.append(_finding(issue, locator))
            more = self._counts[kind] - MOST_ALIKE
            if seen[kind] == MOST_ALIKE and more > 0:
                found.append(_more(found[-1], more))
        return found


def _kind(issue: PlanIssue) -> Kind:
    columns = [part for part in issue.path if isinstance(part, str)]
    return columns[0], columns[-1], issue.rule


def _moved(issue: PlanIssue, moved: Callable[[Path], Path]) -> PlanIssue:
    other = moved(issue.other) if issue.other else None
    return replace(issue, path=moved(issue.path), other=other)


def _order(issue: PlanIssue, locator: Locator) -> tuple[int, int, int]:
    part = _PARTS.get(str(issue.path[0]), 0)
    row = issue.path[1] if len(issue.path) > 1 else -1
    line = locator.place(issue.path).row
    return part, line or 0, row if isinstance(row, int) else -1


def _finding(issue: PlanIssue, locator: Locator) -> Finding:
    place = locator.place(issue.path)
    typed = locator.value(issue.path) if issue.value is None else issue.value
    value = _typed(typed)
    name = str(issue.path[-1]) if issue.rule == "extra_forbidden" else value
    expected = issue.expected
    if issue.other is not None:
        expected += f" {_place_of(issue.other, place, locator)}"
    return Finding(
        place.file,
        place.row,
        place.column,
        value,
        expected,
        closest(name or "", issue.known),
        issue.rule,
        place.sheet,
    )


def _place_of(path: Path, here: Place, locator: Locator) -> str:
    """Return a second place in words, as seen from the first one."""
    there = locator.place(path)
    line = "line" if there.sheet is None else "row"
    where = f"{there.column}" if there.row is None else f"{line} {there.row}"
    if there[0] == here[0] and there.sheet == here.sheet:
        return where
    name = there.file if there.sheet is None else f"sheet {there.sheet}"
    return f"{name}, {where}"


def _more(last: Finding, count: int) -> Finding:
    rows = "row" if count == 1 else "rows"
    return Finding(
        last.file,
        None,
        last.column,
        None,
        f"and {count:,} more {rows} like this",
        rule=MORE,
        sheet=last.sheet,
    )


def _typed(value: object) -> str | None:
    """Return a value as it was typed, cut where it is long."""
    if value is None or isinstance(value, str):
        text = value
    elif isinstance(value, dt.date | dt.time):
        text = value.isoformat()
    else:
        text = json.dumps(value, default=str, ensure_ascii=False)
    if text is not None and len(text) > _LONGEST_VALUE:
        return f"{text[:_LONGEST_VALUE]}..."
    return text
