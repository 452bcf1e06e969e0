"""Lets in who is known, for what they may do."""

import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import structlog
from fastapi import Depends, Request, Response, Security
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from scheduler.service.http.auth.keys import any_key, principal_of
from scheduler.service.http.auth.principal import LOCAL, Principal, Scope
from scheduler.service.http.problems import Refusal
from scheduler.service.http.service import Service, service_of

_BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="bearer",
    description="An API key (rf_...), or a token of the OpenID Connect issuer.",
)
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="ringfence"'}
_LONGEST = 8192
LOOK_SECONDS = 1.0  # between two looks whether there is a key by now
_log = structlog.get_logger("ringfence")


def needs(scope: Scope) -> Any:
    """Return the dependency of a route that asks for a scope."""

    async def guard(
        request: Request,
        response: Response,
        told: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)],
    ) -> Principal:
        service = service_of(request)
        principal = await _known(request, service, told)
        structlog.contextvars.bind_contextvars(
            tenant=principal.tenant, actor=principal.actor
        )
        request.state.principal = principal
        request.state.headers = service.rates.take(principal.tenant)
        response.headers.update(request.state.headers)
        if scope not in principal.scopes:
            told_scope = f"it takes the scope {scope.value}"
            raise Refusal("forbidden", told_scope)
        return principal

    guard.scope = scope  # type: ignore[attr-defined]
    return Depends(guard)


async def lets_everybody_in(service: Service) -> bool:
    """Return whether nobody needs a key: no longer than a second once there is one."""
    now = time.monotonic()
    if service.is_open and now - service.looked_for_keys >= LOOK_SECONDS:
        if await run_in_threadpool(any_key, service.engine):
            service.is_open = False
            _log.warning("there is a key: from now on all need one")
        service.looked_for_keys = now
    return service.is_open


async def _known(
    request: Request, service: Service, told: HTTPAuthorizationCredentials | None
) -> Principal:
    """Return who asks; refuse who is not known.

    Who is known is let in however many others were not: behind a proxy, all come from
    one address, and nobody should be able to lock it.
    """
    if await lets_everybody_in(service):
        return LOCAL
    address = request.client.host if request.client else ""
    if told is None:
        service.rates.refuse_guessing(address)
        raise Refusal("unauthenticated", "a bearer is needed", headers=_CHALLENGE)
    found = None
    if len(told.credentials) <= _LONGEST:
        ask = _asking(service, told.credentials)
        found = await ask()
    if found is None:
        service.rates.refuse_guessing(address)
        service.rates.guessed(address)
        raise Refusal("unauthenticated", "the bearer opens nothing", headers=_CHALLENGE)
    return found


def _asking(service: Service, bearer: str) -> Callable[[], Awaitable[Principal | None]]:
    """Return who can say whose bearer it is."""
    if bearer.startswith("rf_"):
        return lambda: run_in_threadpool(principal_of, service.engine, bearer)
    tokens = service.tokens
    if tokens is None:
        return _nobody
    return lambda: run_in_threadpool(tokens.principal_of, bearer)


async def _nobody() -> None:
    return None


Calculating = Annotated[Principal, needs(Scope.CALCULATE)]
Reading = Annotated[Principal, needs(Scope.READ)]
Writing = Annotated[Principal, needs(Scope.WRITE)]
