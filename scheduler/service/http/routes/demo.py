"""Sample plans, ready to be sent to every route that takes one."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

from scheduler.domain import Plan
from scheduler.service.http.auth.guard import Calculating
from scheduler.service.http.problems import declared
from scheduler.service.http.routes.bodies import calculated
from scheduler.service.http.service import service_of

router = APIRouter(prefix="/v1/demo-data", tags=["demo"])
_REFUSALS = declared(401, 403, 422, 429, 503)

Sample = Literal["retail-bank", "tiny"]
_WORDS: dict[Sample, str] = {
    "retail-bank": "A bank's week: three queues, four case types, 30 agents.",
    "tiny": "Six people, three days: small enough to check by hand.",
}


class SampleEntry(BaseModel):
    """A sample plan."""

    id: Sample = Field(description="Name of the sample.")
    description: str = Field(description="What it is.")


class Samples(BaseModel):
    """The sample plans."""

    items: list[SampleEntry] = Field(description="Each at /v1/demo-data/{id}.")


@router.get("", responses={**_REFUSALS})
async def samples(principal: Calculating) -> Samples:
    """Return the sample plans that there are."""
    items = [SampleEntry(id=name, description=words) for name, words in _WORDS.items()]
    return Samples(items=items)


@router.get(
    "/{sample}",
    responses={200: {"model": Plan}, **_REFUSALS},
    response_class=Response,
)
async def sample(
    request: Request,
    sample: Annotated[Sample, Path(description="Id of one of the list.")],
    principal: Calculating,
) -> Response:
    """Return a sample plan as JSON, ready to be posted."""
    service = service_of(request)
    return await calculated(service, principal, "demo", {"name": sample})
