"""What every section of a plan is made of."""

from enum import StrEnum
from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from scheduler.clock import TimeRange, as_time_range

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OpenTimes = list[
    Annotated[
        TimeRange,
        PlainValidator(as_time_range),
        PlainSerializer(str, return_type=str),
        WithJsonSchema({"type": "string", "examples": ["08:00-17:30"]}),
    ]
]


class Weekday(StrEnum):
    """Days of the week, as they are written in a plan."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


class Section(BaseModel):
    """Base of everything in plan.toml: unknown keys are errors, values are frozen."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, allow_inf_nan=False
    )
