"""A problem of a plan, as a planner reads it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a plan, and where.

    Attributes
    ----------
    file
        Name of the file.
    row
        Number of the line in the file, or of the row in the sheet; ``None`` where there
        is none.
    column
        Name of the column, key in plan.toml, or JSON pointer.
    value
        What stands there, as it was typed.
    expected
        What was expected.
    suggestion
        Name that was probably meant.
    rule
        Name of the rule that is broken, for programs.
    sheet
        Name of the sheet, in a workbook.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str
    suggestion: str | None = None
    rule: str = ""
    sheet: str | None = None

    def as_dict(self) -> Mapping[str, str | int | None]:
        """Return the finding for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        place = [self.file]
        if self.sheet is not None:
            place.append(f"sheet {self.sheet}")
        if self.row is not None:
            place.append(f"{'line' if self.sheet is None else 'row'} {self.row}")
        if self.column is not None:
            word = _word(self.file) if self.sheet is None else "column"
            place.append(f"{word} {self.column}")
        value = "" if self.value is None else f"{self.value!r} - "
        hint = f"; did you mean {self.suggestion!r}?" if self.suggestion else ""
        expected = "" if self.rule == MORE else "expected "
        return f"{', '.join(place)}: {value}{expected}{self.expected}{hint}"


MORE = "more"  # rule of a finding that only counts others


def _word(file: str) -> str:
    if file.endswith(".csv"):
        return "column"
    return "key" if file.endswith(".toml") else "at"
