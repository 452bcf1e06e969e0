"""Cells of the CSV tables, and the base of their rows."""

import datetime as dt
import re
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from scheduler.clock import as_day_or_moment, as_minutes, as_moment, as_text
from scheduler.tables.guarded import plain

Id = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Amount = Annotated[float, Field(le=1e6)]  # more is a typing mistake, and overflows
Moment = Annotated[dt.datetime, BeforeValidator(as_moment)]
DayOrMoment = Annotated[
    dt.datetime | dt.date,
    PlainValidator(as_day_or_moment),
    PlainSerializer(lambda v: v.isoformat(), return_type=str),
    WithJsonSchema({"type": "string", "examples": ["2026-03-02", "2026-03-02T08:30"]}),
]
TimeOfDay = Annotated[
    int,
    PlainValidator(as_minutes),
    PlainSerializer(lambda v: as_text(v, midnight_is_24=True), return_type=str),
    WithJsonSchema({"type": "string", "examples": ["07:30"]}),
]

WEEKDAYS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip


def _as_day(value: Any) -> Any:
    """Return a weekday's name or a date."""
    if isinstance(value, str):
        text = value.strip().lower()
        if text in WEEKDAYS:
            return text
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError(
                f"expected a weekday such as monday or an ISO date, got {value!r}"
            ) from None
    if isinstance(value, dt.date):
        return value
    raise ValueError(f"expected a weekday or an ISO date, got {value!r}")


WeekdayOrDate = Annotated[
    dt.date | str,
    PlainValidator(_as_day),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["monday", "2026-03-02"]}),
]


def _as_names(value: Any) -> Any:
    """Return the names that are parted by a bar."""
    if isinstance(value, str):
        return [name.strip() for name in value.split("|") if name.strip()]
    return value


_WINDOW = r"day|week|horizon|[1-9]\d{0,2} (days|weeks)"
_AS_TEXT = PlainSerializer("|".join, return_type=str)
_SCHEMA = WithJsonSchema({"type": "string", "examples": ["early|late"]})


def _as_window(value: Any) -> Any:
    """Return a window of days."""
    if isinstance(value, str) and re.fullmatch(_WINDOW, text := value.strip()):
        return text
    raise ValueError(f"expected day, week, horizon, N days or N weeks, got {value!r}")


def days_in(window: str) -> int | None:
    """Return how many days a window has; ``None``: all of the horizon.

    >>> days_in("week"), days_in("14 days"), days_in("2 weeks"), days_in("horizon")
    (7, 14, 14, None)
    """
    if window == "horizon":
        return None
    if " " not in window:
        return 1 if window == "day" else 7
    count, unit = window.split()
    return int(count) * (7 if unit.startswith("week") else 1)


Per = Annotated[
    str,
    PlainValidator(_as_window),
    WithJsonSchema({"type": "string", "pattern": f"^({_WINDOW})$"}),
]
Names = Annotated[list[Id], BeforeValidator(_as_names), _AS_TEXT, _SCHEMA]
Weekdays = Annotated[
    list[Literal[WEEKDAYS]],  # type: ignore[valid-type]
    BeforeValidator(_as_names),
    _AS_TEXT,
    WithJsonSchema({"type": "string", "examples": ["saturday|sunday"]}),
]


class Row(BaseModel):
    """Base of all rows: spare columns are ignored with a note, empty cells left out."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
    )

    @model_validator(mode="before")
    @classmethod
    def _empty_is_left_out(cls, data: Any) -> Any:
        if isinstance(data, dict) and ("" in data.values() or None in data.values()):
            return {key: cell for key, cell in data.items() if cell not in ("", None)}
        return data


class Copied(Row):
    """Base of rows of earlier runs, whose names are kept from spreadsheets."""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {
                key: plain(cell) if isinstance(cell, str) else cell
                for key, cell in data.items()
            }
        return data
