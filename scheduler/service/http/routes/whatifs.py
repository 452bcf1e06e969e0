"""Scenarios of a plan as jobs: what is sent; the rest they have from ``beside``."""

from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from scheduler.domain import Plan
from scheduler.service.documents import WhatIfSubmission
from scheduler.service.http.auth.guard import Writing
from scheduler.service.http.desk.given import ZIP, Answer
from scheduler.service.http.metadata import submission_of
from scheduler.service.http.routes.beside import Planned, routes_of
from scheduler.service.http.routes.bodies import plan_body
from scheduler.service.http.routes.sending import SolvesAsked, submitted
from scheduler.service.http.submitting import OF_BODIES, Key, taking
from scheduler.service.jobs.records import Options
from scheduler.service.settings import Settings
from scheduler.whatif.document import (
    DOCUMENT_FILE,
    PAGE_FILE,
    TABLE_FILE,
    WhatIfDocument,
)
from scheduler.whatif.sections import ScenarioFile

router = routes_of(
    Planned(
        kind="whatif",
        what="scenarios",
        sent=("scenarios", ScenarioFile),
        document=WhatIfDocument,
        files=(DOCUMENT_FILE, TABLE_FILE, PAGE_FILE),
    )
)


class WhatIfBody(BaseModel):
    """A plan, and the scenarios of it."""

    plan: Plan = Field(description="The plan, as plan.json has it.")
    scenarios: ScenarioFile = Field(
        description="Scenarios of it, as scenarios.json has them."
    )


class WhatIfAsked(SolvesAsked):
    """The query of a submission."""

    time_limit: float = Field(
        60.0, gt=0, allow_inf_nan=False, description="Seconds for each scenario."
    )

    def options(self, settings: Settings, answer: Answer) -> Options:
        """Return it as a job keeps it; raise ``Refusal`` where it is too much."""
        count = len(answer.told["names"])
        return self.bounded(settings, self.time_limit * count, scenarios=count)


@router.post(
    "",
    status_code=202,
    responses={**taking(WhatIfSubmission), **OF_BODIES},
    openapi_extra=plan_body("WhatIfBody", ZIP),
    response_model=None,
)
async def suppose(
    request: Request,
    response: Response,
    principal: Writing,
    asked: Annotated[WhatIfAsked, Query()],
    key: Key = None,
) -> WhatIfSubmission:
    """Submit a plan and scenarios of it; they are solved one after the other.

    As JSON `{plan, scenarios}`, or a zipped folder with the plan and scenarios.toml (or
    .json) beside it. Everything that is wrong with either is told at once.
    """
    job, answer = await submitted(
        request, response, principal, "suppose", asked, key, asked.options
    )
    submission = submission_of(job, answer.told["notes"])
    names = answer.told["names"]
    return WhatIfSubmission(**submission.model_dump(), scenarios=names)
