"""Tables of other tools, read as the plan says: ``[[imports]]`` of plan.toml."""

import codecs
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from scheduler.domain.sections import Section
from scheduler.reading.finding import Finding
from scheduler.reading.source import Source, at
from scheduler.reading.toml_lines import line_of
from scheduler.reading.words import issue_of
from scheduler.validation import Path

SETTINGS = "plan.toml"
_MOST_DAYS = 1000


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("a time zone such as Europe/London") from error
    return name


def _encoding(name: str) -> str:
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise ValueError("an encoding such as utf-8 or cp1252") from error
    return name


class Ratio(Section):
    """A column that another tool has as totals: their sum over the sum of counts."""

    total: "Columns" = Field(description="Columns that are added up.")
    per: "Columns" = Field(description="Columns whose sum it is divided by.")


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Columns = Annotated[
    list[str], BeforeValidator(_as_list), Field(min_length=1, max_length=20)
]


class TableImport(Section):
    """One file of another tool that stands in for a table."""

    table: Literal["calls", "required", "inflow", "open_cases"] = Field(
        description="Which table it is."
    )
    file: str = Field(min_length=1, description="Its path from the plan's folder.")
    columns: dict[str, Ratio | Columns] = Field(
        min_length=1,
        description="For each column of the table the column of the file, several to "
        "be joined by a blank (date and time), or {total, per}: a mean from totals.",
    )
    constants: dict[str, str] = Field(
        default_factory=dict,
        description="Columns of the table that the file does not have, with the value "
        "of all rows, such as the one queue it is of.",
    )
    names: dict[str, str] = Field(
        default_factory=dict,
        description="What the file calls a queue or case type, and what the plan does.",
    )
    only_named: bool = Field(
        False, description="Leave out rows of queues or case types not in names."
    )
    header: list[str] | None = Field(
        None, description="Names of the columns of a file that has no header."
    )
    separator: Literal[",", ";", "|", "\t"] | None = Field(
        None, description="Between cells. Default: what the first line has most of."
    )
    decimal: Literal[".", ","] = Field(".", description="Decimal mark of numbers.")
    encoding: Annotated[str, AfterValidator(_encoding)] = Field(
        "utf-8-sig", description="Such as cp1252."
    )
    time_format: str | None = Field(
        None,
        description="Of dates and times that are not ISO 8601, such as %d/%m/%Y %H:%M.",
    )
    time_zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        None,
        description="Of times without an offset, such as UTC. Default: the plan's.",
    )

    def moment(self, text: str) -> dt.datetime | dt.date:
        """Return the date or time of a cell.

        Raises
        ------
        ValueError
            Where it is none.
        """
        if self.time_format is None:
            return dt.datetime.fromisoformat(text)
        return dt.datetime.strptime(text, self.time_format)


def imports_of(
    source: Source, lines: dict[Path, int]
) -> Iterator[tuple[int | None, TableImport]]:
    """Take what is to be imported out of the settings; yield it with its line.

    What is wrong with it is added to the findings.
    """
    told: Any = (source.settings or {}).pop("imports", [])
    if not isinstance(told, list):
        told = [told]
    for n, entry in enumerate(told):
        line = line_of(("imports", n), lines)
        try:
            yield line, TableImport.model_validate(entry)
        except ValidationError as error:
            if isinstance(entry, dict):
                source.incomplete.add(str(entry.get("table")))
            for detail in error.errors(include_url=False, include_input=False):
                issue = issue_of(detail, ("imports", n))
                value = at({"imports": told}, issue.path)
                source.findings.append(
                    Finding(
                        SETTINGS,
                        line_of(issue.path, lines) or line,
                        ".".join(str(p) for p in issue.path if p != n),
                        None if value is None else str(value),
                        issue.expected,
                        rule=issue.rule,
                    )
                )


@dataclass(frozen=True)
class Dates:
    """Which dates of an export are the plan's; ``None``: not known.

    Attributes
    ----------
    first, last
        Dates that rows may have: to the second day after the horizon, until which
        shifts may run.
    zone
        The plan's time zone.
    """

    first: dt.date | None
    last: dt.date | None
    zone: ZoneInfo | None


def dates_of(source: Source) -> Dates:
    """Return the dates of a plan, as far as its settings are right."""
    horizon = at(source.settings or {}, ("horizon",))
    told = horizon if isinstance(horizon, dict) else {}
    first, days = told.get("first_day"), told.get("days", 7)
    last = None
    if isinstance(first, dt.date) and isinstance(days, int) and 0 < days <= _MOST_DAYS:
        last = first + dt.timedelta(days=days + 1)
    try:
        zone = ZoneInfo(_zone(str(told.get("time_zone", "UTC"))))
    except ValueError:
        zone = None
    return Dates(first if last else None, last, zone)
