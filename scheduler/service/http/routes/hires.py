"""Hiring plans as jobs: what is sent; the rest they have from ``beside``."""

from typing import Annotated

from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from scheduler.domain import Plan
from scheduler.hiring.document import DOCUMENT_FILE, PAGE_FILE, TABLE_FILE, HireDocument
from scheduler.hiring.sections import HiringFile
from scheduler.service.documents import HireSubmission
from scheduler.service.http.auth.guard import Writing
from scheduler.service.http.desk.given import ZIP, Answer
from scheduler.service.http.metadata import submission_of
from scheduler.service.http.routes.beside import Planned, routes_of
from scheduler.service.http.routes.bodies import plan_body
from scheduler.service.http.routes.sending import SolvesAsked, submitted
from scheduler.service.http.submitting import OF_BODIES, Key, taking
from scheduler.service.jobs.records import Options
from scheduler.service.settings import Settings

router = routes_of(
    Planned(
        kind="hire",
        what="hires",
        sent=("hires", HiringFile),
        document=HireDocument,
        files=(DOCUMENT_FILE, TABLE_FILE, PAGE_FILE),
    )
)


class HireBody(BaseModel):
    """A plan, and who can be hired for it."""

    plan: Plan = Field(description="The plan, as plan.json has it.")
    hires: HiringFile = Field(description="Who can be hired, as hires.json has it.")


class HireAsked(SolvesAsked):
    """The query of a submission."""

    time_limit: float = Field(
        60.0, gt=0, allow_inf_nan=False, description="Seconds for each week's roster."
    )
    total: float = Field(
        900.0,
        gt=0,
        allow_inf_nan=False,
        description="Seconds for all of it: then the best mix so far is the answer.",
    )
    mixes: int = Field(
        25, ge=1, le=1000, description="Most mixes whose rosters are looked for."
    )

    def options(self, settings: Settings, answer: Answer) -> Options:
        """Return it as a job keeps it; raise ``Refusal`` where it is too much."""
        return self.bounded(
            settings, self.total, "total", each=self.time_limit, mixes=self.mixes
        )


@router.post(
    "",
    status_code=202,
    responses={**taking(HireSubmission), **OF_BODIES},
    openapi_extra=plan_body("HireBody", ZIP),
    response_model=None,
)
async def submit_hire(
    request: Request,
    response: Response,
    principal: Writing,
    asked: Annotated[HireAsked, Query()],
    key: Key = None,
) -> HireSubmission:
    """Submit a plan and who can be hired: the mix that meets its weeks at least cost.

    As JSON `{plan, hires}`, or a zipped folder with the plan and hires.toml (or .json)
    beside it. Everything that is wrong with either is told at once.
    """
    job, answer = await submitted(
        request, response, principal, "hire", asked, key, asked.options
    )
    told = answer.told
    submission = submission_of(job, told["notes"])
    return HireSubmission(
        **submission.model_dump(), weeks=told["names"], mixes=told["mixes"]
    )
