"""A plan as it was handed in, before anything is checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from scheduler.reading.finding import Finding
from scheduler.validation import Path, PlanIssue


class Place(NamedTuple):
    """Where something stands: file, line or row, column or key, sheet of a workbook."""

    file: str
    row: int | None = None
    column: str | None = None
    sheet: str | None = None


class Table(Protocol):
    """Rows of one table."""

    name: str
    issues: list[PlanIssue]
    notes: list[str]

    def has(self, column: str) -> bool:
        """Return whether rows can have a value in this column."""

    def records(self) -> Iterator[tuple[int, Any]]:
        """Yield position and content of every row that has the right shape."""


class Locator(Protocol):
    """Knows where in which file the parts of a plan stand."""

    def remember(self, paths: list[Path]) -> None:
        """Be ready for these paths."""

    def place(self, path: Path) -> Place:
        """Return where a path stands."""

    def value(self, path: Path) -> object:
        """Return what was typed at a path, ``None`` where nothing was."""


@dataclass
class Source:
    """What was found in a folder or file.

    Attributes
    ----------
    settings
        Content of plan.toml; ``None`` where it could not be read.
    incomplete
        Tables that could not be read.
    findings
        What is wrong with files as a whole.
    """

    locator: Locator
    settings: dict[str, Any] | None = None
    tables: dict[str, Table] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


def at(content: Any, path: Path) -> Any:
    """Return what stands at a path of nested dictionaries and lists, or ``None``."""
    for part in path:
        inside = isinstance(content, dict) and part in content
        if isinstance(content, list) and isinstance(part, int):
            inside = part < len(content)
        if not inside:
            return None
        content = content[part]
    return content
