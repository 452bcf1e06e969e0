"""Questions that need no plan."""

from typing import Annotated, Literal, Self

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from scheduler.documents import BurndownDocument, ErlangDocument
from scheduler.service.http.auth.guard import Calculating
from scheduler.service.http.problems import declared
from scheduler.service.http.routes.bodies import calculated
from scheduler.service.http.service import service_of

router = APIRouter(prefix="/v1", tags=["calculators"])
_REFUSALS = declared(400, 401, 403, 413, 415, 422, 429, 503)

Share = Annotated[float, Field(ge=0, lt=1, allow_inf_nan=False)]
Seconds = Annotated[float, Field(ge=0.01, le=86_400, allow_inf_nan=False)]
Count = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]


class Question(BaseModel):
    """Base of all questions: nothing else in it."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ErlangQuestion(Question):
    """How many agents do so many calls need, or what do so many achieve."""

    calls: Count = Field(description="Offered in an interval.")
    handle_seconds: Seconds = Field(description="Mean handle time.")
    interval_seconds: Seconds = Field(1800.0, description="Length of the interval.")
    service_level: Annotated[float, Field(ge=0.01, lt=1, allow_inf_nan=False)] = Field(
        0.8, description="Share of calls that are to be answered in time."
    )
    answer_within_seconds: Annotated[
        float, Field(ge=0, le=86_400, allow_inf_nan=False)
    ] = Field(20.0, description="In time means this.")
    agents: Annotated[int, Field(ge=0, le=100_000)] | None = Field(
        None, description="What would so many achieve?"
    )
    patience_seconds: Seconds | None = Field(None, description="Mean: Erlang A.")
    max_occupancy: (
        Annotated[float, Field(ge=0.01, le=1, allow_inf_nan=False)] | None
    ) = Field(None, description="Most of an agent's time spent on calls.")
    max_wait_seconds: Seconds | None = Field(None, description="Mean over all calls.")
    max_abandonment: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] | None = (
        Field(None, description="Needs patience_seconds.")
    )
    forecast_error: Share = Field(0.0, description="Standard deviation / mean.")
    service_level_of: Literal["offered", "answered", "offered-less-early-abandons"] = (
        Field("offered", description="Calls that count in the service level.")
    )
    shrinkage: Share = Field(0.0, description="Scheduled time lost.")

    @model_validator(mode="after")
    def _can_bind(self) -> Self:
        """Refuse limits that need callers who give up."""
        if self.patience_seconds is None and self.max_abandonment is not None:
            raise ValueError("max_abandonment needs patience_seconds")
        unbounded = self.max_wait_seconds is not None and self.forecast_error > 0
        if self.patience_seconds is None and unbounded:
            raise ValueError(
                "max_wait_seconds with forecast_error needs patience_seconds"
            )
        return self


class BurndownQuestion(Question):
    """How many people clear a backlog, and keep it cleared."""

    inflow_per_week: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] = Field(
        description="New cases a week."
    )
    backlog: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] = Field(
        description="Open cases now."
    )
    weeks: Annotated[float, Field(ge=0.01, le=1000, allow_inf_nan=False)] = Field(
        description="In so many it is to be cleared."
    )
    handle_minutes: Annotated[float, Field(ge=0.001, le=1e5, allow_inf_nan=False)] = (
        Field(description="Mean handle time of a case.")
    )
    productive_hours_per_week: Annotated[
        float, Field(gt=0.01, le=168, allow_inf_nan=False)
    ] = Field(description="Of one full-time person on cases.")


@router.post(
    "/erlang",
    responses={200: {"model": ErlangDocument}, **_REFUSALS},
    response_class=Response,
)
async def erlang(
    request: Request, question: ErlangQuestion, principal: Calculating
) -> Response:
    """Agents that a number of calls needs, and what they achieve (Erlang C or A)."""
    service = service_of(request)
    return await calculated(service, principal, "erlang", question.model_dump())


@router.post(
    "/burndown",
    responses={200: {"model": BurndownDocument}, **_REFUSALS},
    response_class=Response,
)
async def burndown(
    request: Request, question: BurndownQuestion, principal: Calculating
) -> Response:
    """People who clear a backlog, and who keep it cleared."""
    service = service_of(request)
    return await calculated(service, principal, "burndown", question.model_dump())
