"""Tables of plan.json: lists of objects."""

from collections.abc import Iterator
from typing import Any

from scheduler.tables import TABLES
from scheduler.validation import PlanIssue


class JsonTable:
    """One table of plan.json."""

    def __init__(self, name: str, content: Any) -> None:
        self.name = name
        self.issues: list[PlanIssue] = []
        if not isinstance(content, list):
            self.issues.append(PlanIssue((name,), "a list of rows", rule="table"))
        self._rows = content if isinstance(content, list) else []
        used = TABLES[name].model_fields
        keys = {key for row in self._rows if isinstance(row, dict) for key in row}
        self.notes = [f"{name}: key {key!r} is not used" for key in keys - used.keys()]
        self.notes.sort()

    def has(self, column: str) -> bool:
        """Return whether a value of this column could be given: always."""
        return True

    def records(self) -> Iterator[tuple[int, Any]]:
        """Yield position and content of every row."""
        return iter(enumerate(self._rows))
