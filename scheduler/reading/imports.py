"""Tables of other tools, read as the plan says: ``[[imports]]`` of plan.toml."""

import codecs
import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    TypeAdapter,
    ValidationError,
)

from scheduler.clock import as_day_or_moment, as_minutes
from scheduler.domain import Clock
from scheduler.domain.sections import Section
from scheduler.reading.finding import Finding
from scheduler.reading.formats import formats, in_format
from scheduler.reading.source import Source, at
from scheduler.reading.toml_lines import line_of
from scheduler.reading.words import issue_of
from scheduler.validation import Path

SETTINGS = "plan.toml"
_HOUR = re.compile("%[HIcX]")
_DATE_LENGTH = len("2026-03-02")
Minutes = Annotated[int, Field(gt=0, le=1440)]
Weight = Annotated[float, Field(ge=0, le=1e6)]


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


def _known(name: str) -> str:
    if name not in formats():
        raise ValueError(f"one of {', '.join(formats())}")
    return name


def _time_of_day(text: str) -> str:
    as_minutes(text)
    return text


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Columns = Annotated[
    list[str], BeforeValidator(_as_list), Field(min_length=1, max_length=20)
]


class Ratio(Section):
    """A column that another tool has as totals: their sum over the sum of counts."""

    total: Columns = Field(description="Columns that are added up.")
    per: Columns = Field(description="Columns whose sum it is divided by.")


class First(Section):
    """A column that another tool calls by several names."""

    first: list[Columns] = Field(
        min_length=1,
        max_length=20,
        description="The first of these that the file has, and that is not empty.",
    )


class Series(Section):
    """Lists with a value for each interval, one after the other."""

    columns: Columns = Field(description="The keys of the lists.")
    start: Columns = Field(
        description="Key of the first interval's date or moment, the first that is "
        "there; or that date itself. The intervals have a column start."
    )
    minutes: int = Field(gt=0, le=1440, description="Length of an interval.")


_SOURCE: TypeAdapter[Ratio | First | list[str]] = TypeAdapter(Ratio | First | Columns)


class TableImport(Section):
    """One file of another tool that stands in for a table."""

    format: Annotated[str, AfterValidator(_known)] | None = Field(
        None, description="A known kind of file, whose keys are the defaults."
    )
    table: Literal["calls", "required", "inflow", "open_cases"] = Field(
        description="Which table it is."
    )
    file: str = Field(min_length=1, description="Its path from the plan's folder.")
    columns: dict[str, Ratio | First | Columns] = Field(
        min_length=1,
        description="For each column of the table the column of the file, several to "
        "be joined by a blank (date and time) or added up (numbers), {total, per}: a "
        "mean from totals, or {first}: the first of several that is there.",
    )
    constants: dict[str, str] = Field(
        default_factory=dict,
        description="Columns of the table that the file does not have, with the value "
        "of all rows, such as the one queue it is of.",
    )
    names: dict[str, str] = Field(
        default_factory=dict,
        description="What the file calls a queue or case type, and what the plan does; "
        "* stands for anything.",
    )
    only_named: bool = Field(
        False, description="Leave out rows of queues or case types not in names."
    )
    only: dict[str, Columns] = Field(
        default_factory=dict,
        description="Columns of the file, and the values of the rows that are taken.",
    )
    without: dict[str, Columns] = Field(
        default_factory=dict,
        description="Columns of the file, and the values of the rows that are left "
        "out; * is any but an empty one.",
    )
    header: list[str] | None = Field(
        None, description="Names of the columns of a file that has no header."
    )
    separator: Literal[",", ";", "|", "\t"] | None = Field(
        None, description="Between cells. Default: what the first line has most of."
    )
    decimal: Literal[".", ","] | None = Field(
        None,
        description="Decimal mark of numbers. Default: a point; between semicolons "
        "a comma, too.",
    )
    encoding: Annotated[str, AfterValidator(_encoding)] = Field(
        "utf-8-sig", description="Such as cp1252."
    )
    time_format: Columns = Field(
        [],
        min_length=0,
        description="Of dates and times that are not ISO 8601, such as %d/%m/%Y %H:%M; "
        "of several the first that fits.",
    )
    zero_fill: dict[str, Annotated[int, Field(ge=1, le=20)]] = Field(
        default_factory=dict,
        description="Columns of digits that have lost zeros on their left, and how "
        "wide they are.",
    )
    time_zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        None,
        description="Of times without an offset, such as UTC. Default: the plan's.",
    )
    repeated_hour: Literal["order", "first", "second"] = Field(
        "order",
        description="Which hour is meant where a clock change repeats one: what the "
        "order of the rows tells, the first or the second.",
    )
    dates: list[str] = Field(
        default_factory=list,
        description="Columns of the table of which only the date counts.",
    )
    rows: Columns = Field(
        [""],
        description="In a JSON file the key of the list of rows, dotted; the first "
        "that is there.",
    )
    series: Series | None = Field(
        None, description="In a JSON file the lists of values by interval."
    )
    interval: Minutes | str | None = Field(
        None,
        description="How long the file's intervals are: minutes, or the column that "
        "tells it (30, 30mins, daily, or their end). Default: as the plan's.",
    )
    day_shape: dict[Annotated[str, AfterValidator(_time_of_day)], Weight] = Field(
        default_factory=dict,
        description="How the calls of a daily row are spread: a weight from each time "
        "of day on. Default: evenly over the queue's opening hours.",
    )
    duplicates: Literal["refuse", "last", "add"] = Field(
        "refuse", description="What to do with several rows of an interval."
    )
    sla: dict[str, Clock] = Field(
        default_factory=dict,
        description="Of open cases by their priority: a deadline other than the case "
        "type's.",
    )

    @property
    def zone(self) -> ZoneInfo | None:
        """The zone of times without an offset, where it is not the plan's."""
        return None if self.time_zone is None else ZoneInfo(self.time_zone)

    def is_default(self, column: str) -> bool:
        """Whether a column comes from where the format says."""
        default = formats().get(self.format or "", {}).get("columns", {})
        told = default.get(column)
        own = self.columns.get(column)
        return told is not None and _SOURCE.validate_python(told) == own

    def moment(self, text: str) -> dt.datetime | dt.date:
        """Return the moment of a cell, or its date where no time is told.

        Raises
        ------
        ValueError
            Where it is none.
        """
        for form in self.time_format:
            try:
                moment = dt.datetime.strptime(text, form)
            except ValueError:
                continue
            return as_day_or_moment(moment if _HOUR.search(form) else moment.date())
        moment = dt.datetime.fromisoformat(text)
        return as_day_or_moment(moment if len(text) > _DATE_LENGTH else moment.date())

    def named(self, text: str) -> str | None:
        """Return what the plan calls a queue or case type, ``None`` if told nowhere."""
        if text in self.names:
            return self.names[text]
        for pattern, name in self.names.items():
            parts = map(re.escape, pattern.split("*"))
            if "*" in pattern and re.fullmatch(".*".join(parts), text, re.S):
                return name
        return None


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
            full = in_format(entry) if isinstance(entry, dict) else entry
            yield line, TableImport.model_validate(full)
        except ValidationError as error:
            if isinstance(entry, dict):
                source.incomplete.add(str(in_format(entry).get("table")))
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
