"""What is asked of a roster: why it is so, how it differs, would it keep its word."""

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, Field

from scheduler.rosters.compared import CompareDocument
from scheduler.rosters.document import RESULT_FILE
from scheduler.rosters.explained import ExplainDocument
from scheduler.rosters.simulated import SimulateDocument
from scheduler.service.http.asked import SEED, Moment
from scheduler.service.http.desk.given import Given
from scheduler.service.http.owned import JobId, RosterReading, own_job
from scheduler.service.http.problems import Refusal
from scheduler.service.http.routes.bodies import sent
from scheduler.service.http.routes.results import PLAN, TABLES, WORKED, desked, laid_out
from scheduler.service.http.service import service_of

router = APIRouter(prefix="/v1/rosters/{job_id}", tags=["results"])


def _answering(model: type[BaseModel]) -> dict[str, Any]:
    """Return what is said of a route whose answer the desk writes."""
    return {
        "responses": {200: {"model": model}, **WORKED},
        "response_class": Response,
    }


@router.get("/explain", **_answering(ExplainDocument))
async def explain(
    request: Request,
    job_id: JobId,
    principal: RosterReading,
    agent: Annotated[
        str | None, Query(max_length=200, description="Id: why that on the day.")
    ] = None,
    replace: Annotated[
        str | None, Query(max_length=200, description="Id: who could step in then.")
    ] = None,
    day: Annotated[
        dt.date | None, Query(description="Of the roster; with agent or replace.")
    ] = None,
    interval: Annotated[
        Moment | None,
        Query(description="A moment within it: why calls are short, who could come."),
    ] = None,
    cases: Annotated[
        str | None, Query(max_length=200, description="Case type: why it is late.")
    ] = None,
) -> Response:
    """Return why an agent works that, who could step in, why calls or cases are late.

    One of `agent` with `day`, `replace` with `day`, `interval`, `cases`.
    """
    given = [x for x in (agent, replace, interval, cases) if x is not None]
    of_a_day = agent is not None or replace is not None
    if len(given) != 1 or of_a_day != (day is not None):
        told = "expected one of agent with day, replace with day, interval, cases"
        raise Refusal("invalid-request", told)
    answer = await desked(
        request,
        principal,
        job_id,
        "explain",
        (PLAN, *TABLES),
        agent=agent,
        replace=replace,
        day=day and day.isoformat(),
        interval=interval and interval.isoformat(),
        cases=cases,
    )
    return sent(answer)


@router.get("/compare", **_answering(CompareDocument))
async def compare(
    request: Request,
    job_id: JobId,
    principal: RosterReading,
    other: Annotated[
        str,
        Query(pattern=r"^[0-9A-Za-z-]{1,64}$", description="Job of the other roster."),
    ],
) -> Response:
    """Return what changes for whom from this roster to another, by this one's plan."""
    service, tenant = service_of(request), principal.tenant
    service.rates.take_heavy(tenant)
    await run_in_threadpool(own_job, service.backend, tenant, other, "roster")
    with service.desk.room() as folder:
        for one in (job_id, other):
            (folder / one).mkdir(exist_ok=True)
            names = (RESULT_FILE, *TABLES)
            await run_in_threadpool(laid_out, service, tenant, one, names, folder / one)
        await run_in_threadpool(laid_out, service, tenant, job_id, (PLAN,), folder)
        options = {"first": job_id, "second": other}
        given = Given(str(folder), options=options, bounds=service.bounds)
        return sent(await service.desk.run("compare", given))


class SimulationAsked(BaseModel):
    """The query of a simulation."""

    replications: int = Field(
        100, ge=1, le=1000, description="How often it is played, at most."
    )
    seed: int = Field(0, ge=0, le=2**31 - 1, description=SEED)
    half_width: float | None = Field(
        None,
        ge=0,
        le=100,
        description="Stop once the service level is known to so many points.",
    )
    blend: Literal["ring-fenced", "between-calls", "threshold"] = Field(
        "ring-fenced",
        description="When cases are worked on: in their blocks; also between calls; "
        "also while more than `reserve` are free for calls.",
    )
    reserve: int = Field(0, ge=0, le=10_000, description="Goes with threshold.")
    resume_seconds: float = Field(
        60.0, ge=0, le=86_400, description="To find back to cases after a call."
    )
    keep_half_done: bool = Field(
        False, description="A case that was begun waits for who has begun it."
    )
    confidence: float = Field(
        0.95, ge=0.5, le=0.999, description="Of the intervals around means."
    )


@router.get("/simulate", **_answering(SimulateDocument))
async def simulate(
    request: Request,
    job_id: JobId,
    principal: RosterReading,
    asked: Annotated[SimulationAsked, Query()],
) -> Response:
    """Play the roster call by call and case by case: would it keep its promise."""
    if asked.reserve and asked.blend != "threshold":
        raise Refusal("invalid-request", "reserve goes with blend=threshold")
    answer = await desked(
        request, principal, job_id, "simulate", (PLAN, *TABLES), **asked.model_dump()
    )
    return sent(answer)
