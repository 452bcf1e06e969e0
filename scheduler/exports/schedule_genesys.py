"""A schedule as Genesys Cloud imports one."""

import datetime as dt
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field

from scheduler.domain import Codes, Exports, GenesysCodes
from scheduler.exports.schedule import (
    LEAVE,
    AgentSchedule,
    Doing,
    Schedule,
    TimeOff,
    code_of,
    utc_text,
)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GenesysActivity(_Entry):
    """What an agent does in a part of a shift."""

    startDate: str = Field(description="RFC 3339, UTC.")  # noqa: N815
    lengthMinutes: int = Field(gt=0)  # noqa: N815
    activityCodeId: str  # noqa: N815
    description: str
    paid: bool


class GenesysShift(_Entry):
    """A shift."""

    startDate: str = Field(description="RFC 3339, UTC.")  # noqa: N815
    lengthMinutes: int = Field(gt=0)  # noqa: N815
    activities: list[GenesysActivity]


class GenesysDayOff(_Entry):
    """A whole day of leave."""

    businessUnitDate: dt.date  # noqa: N815
    lengthMinutes: int = Field(gt=0)  # noqa: N815
    description: str
    activityCodeId: str  # noqa: N815
    paid: bool


class GenesysValue(_Entry):
    """A value in an object of its own."""

    value: str


class GenesysAgent(_Entry):
    """The schedule of an agent."""

    userId: str  # noqa: N815
    workPlanId: GenesysValue | None = None  # noqa: N815
    shifts: list[GenesysShift]
    fullDayTimeOffMarkers: list[GenesysDayOff]  # noqa: N815


class GenesysSchedule(_Entry):
    """A schedule to be imported for a week and those after it."""

    description: str
    weekCount: int = Field(ge=1)  # noqa: N815
    published: bool
    agentSchedules: list[GenesysAgent]  # noqa: N815


def genesys_files(schedule: Schedule, exports: Exports, version: int) -> dict[str, str]:
    """Return the JSON of a schedule import, named by the date of its first week."""
    told = exports.genesys
    document = GenesysSchedule(
        description=f"{schedule.name or 'Ringfence'}, version {version}",
        weekCount=-(-schedule.days // 7),
        published=False,
        agentSchedules=[_genesys_agent(own, told) for own in schedule.agents],
    )
    text = document.model_dump_json(indent=1, exclude_none=True) + "\n"
    return {f"genesys_{schedule.first_day.isoformat()}.json": text}


def _genesys_agent(own: AgentSchedule, told: GenesysCodes) -> GenesysAgent:
    agent = own.agent
    plan = told.work_plans.get(agent.contract)
    return GenesysAgent(
        userId=told.agents.get(agent.agent_id, agent.agent_id),
        workPlanId=None if plan is None else GenesysValue(value=plan),
        shifts=[
            GenesysShift(
                startDate=utc_text(shift.start),
                lengthMinutes=sum(doing.minutes for doing in shift.doings),
                activities=[_genesys_activity(doing, told) for doing in shift.doings],
            )
            for shift in own.shifts
        ],
        fullDayTimeOffMarkers=list(_days_off(own.leave, told)),
    )


def _genesys_activity(doing: Doing, told: Codes) -> GenesysActivity:
    return GenesysActivity(
        startDate=utc_text(doing.start),
        lengthMinutes=doing.minutes,
        activityCodeId=code_of(doing.kind, doing.name, told),
        description=doing.name,
        paid=doing.is_paid,
    )


def _days_off(leave: Iterable[TimeOff], told: Codes) -> Iterator[GenesysDayOff]:
    for off in leave:
        for date, minutes in off.whole:
            if not minutes:  # a day on which nobody was to work
                continue
            yield GenesysDayOff(
                businessUnitDate=date,
                lengthMinutes=minutes,
                description="",
                activityCodeId=code_of(LEAVE, "", told),
                paid=off.is_paid,
            )
