"""What is sent for many solves of a plan: the query, and how it is taken in."""

from collections.abc import Callable
from typing import Any

from fastapi import Request, Response
from pydantic import Field

from scheduler.service.documents import Engine
from scheduler.service.http.asked import ENGINE, SEED, Named, refuse_beyond
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import Answer
from scheduler.service.http.routes.bodies import worked
from scheduler.service.http.service import service_of
from scheduler.service.http.submitting import (
    in_flight,
    order_of,
    refuse_when_stopping,
    taken_in,
)
from scheduler.service.jobs.records import Job, Options
from scheduler.service.settings import Settings


class SolvesAsked(Named):
    """What the query of every such submission has."""

    engine: Engine = Field("auto", description=ENGINE)
    time_limit: float = Field(
        60.0, gt=0, allow_inf_nan=False, description="Seconds for each solve."
    )
    gap: float = Field(
        0.01,
        ge=0,
        allow_inf_nan=False,
        description="Each stops when (objective - bound) / bound is this.",
    )
    seed: int = Field(0, ge=0, le=2**31 - 1, description=SEED)
    workers: int = Field(1, ge=1, description="Threads.")

    def bounded(
        self, settings: Settings, seconds: float, name: str = "time_limit", **more: Any
    ) -> Options:
        """Return it as a job of so many seconds in all keeps it.

        Raises
        ------
        Refusal
            With everything that is more than the service gives; ``name`` is that of
            the parameter that says how many seconds.
        """
        refuse_beyond(settings, {name: seconds}, self.workers)
        return Options(
            self.engine,
            seconds,
            self.gap,
            self.seed,
            self.workers,
            report=False,
            **more,
        )


async def submitted(
    request: Request,
    response: Response,
    principal: Principal,
    verb: str,
    asked: Named,
    key: str | None,
    options: Callable[[Settings, Answer], Options],
) -> tuple[Job, Answer]:
    """Take a job in; ``verb`` is the task of the desk that reads what was sent."""
    service = service_of(request)
    refuse_when_stopping(service)
    with in_flight(service, principal, key):
        most = service.settings.most_scenarios
        answer = await worked(request, principal, verb, most=most)
        wanted = options(service.settings, answer)
        order = order_of(request, principal, asked, wanted, answer, key)
        return await taken_in(request, response, principal, verb, order), answer
