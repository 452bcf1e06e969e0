"""How a workbook holds a plan: which sheets, which columns, what is in their cells."""

import datetime as dt
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, Field
from pydantic.fields import FieldInfo

from scheduler.clock import as_day_or_moment, as_minutes, as_moment
from scheduler.domain import (
    BacklogTarget,
    Break,
    Calendar,
    CaseType,
    Contract,
    Fairness,
    OvertimeBand,
    Plan,
    Queue,
    ShiftType,
    Stage,
)
from scheduler.domain import Part as MixPart
from scheduler.tables import TABLES

PLAN = "plan"  # the sheet of keys and values
KEY, VALUE, MEANING = "key", "value", "meaning"
UNREAD = "_"  # sheets whose names begin with it are not read
NONE = "none"  # typed where a value is not wanted and an empty cell means another


class CellKind(Enum):
    """What stands in a cell."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    TRUTH = "yes or no"
    CHOICE = "choice"
    DATE = "date"
    MOMENT = "moment"
    DAY_OR_MOMENT = "date or moment"
    TIME = "time of day"
    INLINE = "TOML"


@dataclass(frozen=True)
class Leaf:
    """A key that has one cell.

    Attributes
    ----------
    path
        Keys from the entry of the sheet, or from the top of the plan.
    field
        What the plan says of it.
    many
        Whether the cell holds a list, parted by bars.
    choices
        What may stand there, if that is known.
    optional
        Whether it may be nothing though an empty cell means something.
    """

    path: tuple[str, ...]
    field: FieldInfo
    kind: CellKind
    many: bool = False
    choices: tuple[str, ...] = ()
    optional: bool = False

    @property
    def name(self) -> str:
        """Name of its column, or key."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Part:
    """A sheet of the settings: a row for each entry of a list.

    Attributes
    ----------
    sheet
        Its name.
    path
        Of the list in the plan; two keys where it lies in the entries of another.
    model
        What an entry is.
    owner
        Column that names the entry in which it lies.
    """

    sheet: str
    path: tuple[str, ...]
    model: type[BaseModel]
    owner: str | None = None


class CalendarDate(BaseModel):
    """Opening hours of a single date, instead of the weekday's."""

    date: dt.date
    hours: list[str] = []


class ExportCode(BaseModel):
    """What another tool calls an agent or an activity."""

    tool: Literal["schedule", "amazon", "genesys", "iex_pipe"] = Field(
        description="The tool."
    )
    of: Literal["codes", "agents", "work_plans"] = Field(
        description="What is named: an activity, an agent, or a contract."
    )
    name: str = Field(description="What this plan calls it, or a kind of activities.")
    code: str = Field(description="What the tool calls it.")


EXPORTS = ("exports",)
PARTS = (
    Part("calendars", ("calendars",), Calendar),
    Part("calendar_dates", ("calendars", "dates"), CalendarDate, "calendar"),
    Part("queues", ("queues",), Queue),
    Part("case_types", ("case_types",), CaseType),
    Part("mix", ("case_types", "mix"), MixPart, "case_type"),
    Part("feeds", ("case_types", "feeds"), Stage, "from_case_type"),
    Part(
        "backlog_targets", ("case_types", "backlog_targets"), BacklogTarget, "case_type"
    ),
    Part("shift_types", ("shift_types",), ShiftType),
    Part("breaks", ("shift_types", "breaks"), Break, "shift_type"),
    Part("contracts", ("contracts",), Contract),
    Part("overtime", ("contracts", "overtime"), OvertimeBand, "contract"),
    Part("fairness", ("fairness",), Fairness),
    Part("exports", EXPORTS, ExportCode),
)
SHEETS = (PLAN, *(part.sheet for part in PARTS), *TABLES)
_APART = {part.path for part in PARTS}


@cache
def leaves(model: type[BaseModel], above: tuple[str, ...]) -> tuple[Leaf, ...]:
    """Return the keys of an entry that have a cell of their own, sections flattened.

    ``above`` is the list, from the top of the plan, that the entry is of.
    """
    return tuple(_leaves(model, (), above))


@cache
def plan_leaves() -> tuple[Leaf, ...]:
    """Return the keys of the sheet of keys and values."""
    return tuple(
        leaf
        for leaf in _leaves(Plan, (), ())
        if leaf.path[0] not in TABLES and (leaf.path[0],) not in _APART
    )


@cache
def columns_of(sheet: str) -> tuple[Leaf, ...]:
    """Return the columns of a sheet of entries, or of a table."""
    if sheet in TABLES:
        return leaves(TABLES[sheet], (sheet,))
    part = next(part for part in PARTS if part.sheet == sheet)
    return leaves(part.model, part.path)


def _leaves(
    model: type[BaseModel], inside: tuple[str, ...], above: tuple[str, ...]
) -> Iterator[Leaf]:
    for key, field in model.model_fields.items():
        path = (*inside, key)
        if (*above, *path) in _APART:
            continue
        section = _section(field.annotation)
        if section is None:
            yield _leaf(path, field)
        else:
            yield from _leaves(section, path, above)


def _section(annotation: Any) -> type[BaseModel] | None:
    """Return the model of a section, also of one that may be left out."""
    for kind in _alternatives(annotation):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return kind
    return None


def _alternatives(annotation: Any) -> list[Any]:
    """Return what a value may be, without its constraints."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _alternatives(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [each for one in get_args(annotation) for each in _alternatives(one)]
    return [annotation]


def _validators(annotation: Any, metadata: list[Any]) -> Iterator[Callable[..., Any]]:
    """Yield the functions that read a value, as far as its annotation tells them."""
    for each in metadata:
        if func := getattr(each, "func", None):
            yield func
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _validators(inside[0], list(inside[1:]))
    elif origin in (Union, types.UnionType):
        for one in inside:
            yield from _validators(one, [])


_READ_BY: dict[Any, CellKind] = {
    as_minutes: CellKind.TIME,
    as_moment: CellKind.MOMENT,
    as_day_or_moment: CellKind.DAY_OR_MOMENT,
}
_OF_TYPE: dict[Any, CellKind] = {
    bool: CellKind.TRUTH,
    int: CellKind.WHOLE,
    float: CellKind.NUMBER,
    dt.date: CellKind.DATE,
    str: CellKind.TEXT,
}


def _leaf(path: tuple[str, ...], field: FieldInfo) -> Leaf:
    """Return what stands in the cell of a key."""
    kinds = [each for each in _alternatives(field.annotation) if each is not None]
    may_be_none = type(None) in kinds
    kinds = [each for each in kinds if each is not type(None)]
    many = get_origin(kinds[0]) is list
    item = _alternatives(get_args(kinds[0])[0])[0] if many else kinds[0]
    kind, choices = _kind(item)
    for func in _validators(field.annotation, list(field.metadata)):
        kind = _READ_BY.get(func, kind)
    if set(kinds) == {dt.date, str}:  # a weekday or a date
        kind = CellKind.DATE
    optional = may_be_none and not field.is_required() and field.default is not None
    return Leaf(path, field, kind, many, choices, optional)


def _kind(item: Any) -> tuple[CellKind, tuple[str, ...]]:
    """Return what a value of a type is in a cell, and its choices."""
    if get_origin(item) is Literal:
        return CellKind.CHOICE, tuple(str(each) for each in get_args(item))
    if isinstance(item, type) and issubclass(item, StrEnum):
        return CellKind.CHOICE, tuple(str(each.value) for each in item)
    if isinstance(item, type) and issubclass(item, tuple):  # a time range
        return CellKind.TEXT, ()
    return _OF_TYPE.get(item, CellKind.INLINE), ()
