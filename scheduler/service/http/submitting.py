"""Jobs as they are taken in: what OpenAPI says of that, the order, the answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from fastapi import Header, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel

from scheduler.service.http import quotas
from scheduler.service.http.asked import Named, request_hash
from scheduler.service.http.audit import noted
from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import Answer
from scheduler.service.http.problems import Refusal, declared
from scheduler.service.http.service import Service, service_of
from scheduler.service.jobs.records import Job, Options, Order, route_of

POLL = {"Retry-After": "2"}

Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=r"^[\x21-\x7e]+$",
        description="Sent again with the same request, the answer is the first one's.",
    ),
]


#: What else a plan in the body may come to.
OF_BODIES = declared(400, 413, 415)


def taking(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of the answer to a submission."""
    return {
        202: {
            "model": model,
            "headers": {
                "Location": {"schema": {"type": "string"}, "description": "The job."},
                "Retry-After": {"schema": {"type": "integer"}},
            },
        },
        **declared(401, 403, 409, 422, 429, 503),
    }


def refuse_when_stopping(service: Service) -> None:
    """Refuse new work once the process is to end."""
    if service.stopping:
        raise Refusal("unavailable", "the service is shut down", headers=POLL)


@contextmanager
def in_flight(
    service: Service, principal: Principal, key: str | None
) -> Iterator[None]:
    """Refuse a key whose first request is still being answered."""
    if key is None:
        yield
        return
    mark = (principal.tenant, key)
    if mark in service.in_flight:
        words = "the first request with this Idempotency-Key is still being answered"
        raise Refusal("conflict", words, headers=POLL)
    service.in_flight.add(mark)
    try:
        yield
    finally:
        service.in_flight.discard(mark)


def order_of(
    request: Request,
    principal: Principal,
    asked: Named,
    options: Options,
    answer: Answer,
    key: str | None = None,
    name: str = "",
) -> Order:
    """Return the order of a job of what the desk has made of a request.

    ``name`` is the job's where nothing else is asked; default: the plan's.
    """
    told = answer.told
    said = told["plan_hash"]
    if "beside" in told:
        said = f"{said} {told['beside_hash']}"
    return Order(
        tenant=principal.tenant,
        actor=principal.actor,
        plan=answer.body.decode(),
        plan_hash=told["plan_hash"],
        options=options,
        name=asked.name or name or told["name"][:200],
        tags=asked.tags,
        kind=told.get("kind", "roster"),
        beside=told.get("beside", ""),
        idempotency_key=key,
        request_hash=request_hash(said, options, asked.name, asked.tags),
        trace_id=request.state.trace_id,
    )


async def taken_in(
    request: Request, response: Response, principal: Principal, verb: str, order: Order
) -> Job:
    """Take a job in, within what its tenant may have under way; say where it is."""
    service = service_of(request)
    done = await run_in_threadpool(
        quotas.taken_in, service.backend, service.engine, service.settings, order
    )
    if done.replayed:
        response.headers["Idempotent-Replayed"] = "true"
    else:
        await noted(service, principal, verb, done.job.id, order.trace_id)
    response.headers["Location"] = f"{route_of(done.job.kind)}/{done.job.id}"
    response.headers.update(POLL)
    return done.job
