"""Plans in the bodies of requests: taken in, worked on, and what OpenAPI says."""

from typing import Any

from fastapi import Request, Response

from scheduler.service.http.auth.principal import Principal
from scheduler.service.http.desk.given import JSON, XLSX, ZIP, Answer, Given
from scheduler.service.http.receive import receive
from scheduler.service.http.service import Service, service_of

_WORDS = {
    "Plan": "A plan: plan.json, a zipped folder of plan.toml and tables, or a workbook "
    "that `ringfence new` or `ringfence convert` has made.",
    "CheckBody": "A plan and its roster: as JSON, or a zipped folder of both.",
    "WhatIfBody": "A plan and its scenarios: as JSON, or a zipped folder of both.",
    "HireBody": "A plan and who can be hired: as JSON, or a zipped folder of both.",
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}


def plan_body(schema: str = "Plan", *forms: str) -> dict[str, Any]:
    """Return what OpenAPI says of a body that is read by the desk."""
    content: dict[str, Any] = {
        JSON: {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    }
    content |= dict.fromkeys(forms or (ZIP, XLSX), _BINARY)
    words = _WORDS.get(schema, _WORDS["Plan"])
    return {"requestBody": {"required": True, "description": words, "content": content}}


async def worked(
    request: Request, principal: Principal, task: str, **options: Any
) -> Answer:
    """Return what a task of the desk makes of a request's body."""
    service = service_of(request)
    service.rates.take_heavy(principal.tenant)
    with service.desk.room() as folder:
        form = await receive(request, folder, service.settings)
        given = Given(str(folder), form, options, service.bounds)
        return await service.desk.run(task, given)


async def calculated(
    service: Service, principal: Principal, task: str, options: dict[str, Any]
) -> Response:
    """Return what a task of the desk makes of some options."""
    service.rates.take_heavy(principal.tenant)
    with service.desk.room() as folder:
        given = Given(str(folder), options=options)
        return sent(await service.desk.run(task, given))


def sent(answer: Answer, **headers: str) -> Response:
    """Return an answer of the desk as it goes out."""
    told = {**answer.headers, **headers}
    return Response(answer.body, headers=told, media_type=answer.media_type)
