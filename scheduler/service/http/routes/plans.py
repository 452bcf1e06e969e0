"""Questions about a plan that are answered at once."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from scheduler.documents import (
    CheckDocument,
    PlanDocument,
    RequirementsDocument,
    ThroughputDocument,
    ValidateDocument,
)
from scheduler.domain import Plan
from scheduler.service.documents import ActivityRow, RosterRow
from scheduler.service.http.auth.guard import Calculating
from scheduler.service.http.desk.given import XLSX, ZIP
from scheduler.service.http.problems import declared
from scheduler.service.http.routes.bodies import plan_body, sent, worked

router = APIRouter(prefix="/v1", tags=["plans"])
TASKS = (
    "validate",
    "document",
    "workbook",
    "requirements",
    "throughput",
    "check",
)
_REFUSALS = declared(400, 401, 403, 413, 415, 422, 429, 503)


class CheckBody(BaseModel):
    """A plan and a roster of it."""

    plan: Plan = Field(description="The plan, as plan.json has it.")
    roster: list[RosterRow] = Field(description="Rows of roster.csv.")
    activities: list[ActivityRow] | None = Field(
        None, description="Rows of activities.csv; without them shifts alone."
    )


def _answers(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    return {200: {"model": model}, **_REFUSALS}


@router.post(
    "/validate",
    responses=_answers(ValidateDocument),
    openapi_extra=plan_body(),
    response_class=Response,
)
async def validate(request: Request, principal: Calculating) -> Response:
    """Every problem of a plan at once."""
    return sent(await worked(request, principal, "validate"))


@router.post(
    "/document",
    responses=_answers(PlanDocument),
    openapi_extra=plan_body(),
    response_class=Response,
)
async def document(request: Request, principal: Calculating) -> Response:
    """A plan of any form as one document, as it was typed, to mend and send again."""
    return sent(await worked(request, principal, "document"))


@router.post(
    "/workbook",
    responses={
        200: {
            "description": "The file.",
            "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
        },
        **_REFUSALS,
    },
    openapi_extra=plan_body(),
    response_class=Response,
)
async def workbook(request: Request, principal: Calculating) -> Response:
    """A plan of any form as a workbook, to fill in and send back."""
    answer = await worked(request, principal, "plan_workbook")
    return sent(answer, **{"Content-Disposition": 'attachment; filename="plan.xlsx"'})


@router.post(
    "/requirements",
    responses=_answers(RequirementsDocument),
    openapi_extra=plan_body(),
    response_class=Response,
)
async def requirements(request: Request, principal: Calculating) -> Response:
    """People that the calls need, per queue and interval."""
    return sent(await worked(request, principal, "requirements"))


@router.post(
    "/throughput",
    responses=_answers(ThroughputDocument),
    openapi_extra=plan_body(),
    response_class=Response,
)
async def throughput(request: Request, principal: Calculating) -> Response:
    """Hours of deferred work by day: does capacity hold, what is due when."""
    return sent(await worked(request, principal, "throughput"))


@router.post(
    "/check",
    responses=_answers(CheckDocument),
    openapi_extra=plan_body("CheckBody", ZIP),
    response_class=Response,
)
async def check(request: Request, principal: Calculating) -> Response:
    """Is this roster legal, and what does it cost; also one made by hand.

    As JSON a plan with the rows of its roster, or a zipped folder: the plan (in a
    folder `plan`, or at the top) with roster.csv and activities.csv (in a folder
    `roster`, or at the top).
    """
    return sent(await worked(request, principal, "check"))
