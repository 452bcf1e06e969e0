"""Makes the application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import mkdtemp
from threading import Thread

from fastapi import FastAPI
from sqlalchemy import Engine

from scheduler.service.http.auth.tokens import Tokens
from scheduler.service.http.desk.pool import Desk
from scheduler.service.http.feeds import Feeds
from scheduler.service.http.frame import Frame
from scheduler.service.http.handlers import add_handlers
from scheduler.service.http.metrics import Metrics
from scheduler.service.http.rates import Rates
from scheduler.service.http.routes import (
    agents,
    calculators,
    demo,
    described,
    draft_edits,
    drafts,
    events,
    exports,
    health,
    hires,
    links,
    plans,
    publishing,
    questions,
    results,
    rosters,
    versions,
    web,
    whatifs,
)
from scheduler.service.http.service import Service
from scheduler.service.jobs.backend import JobBackend
from scheduler.service.jobs.records import BESIDE, route_of
from scheduler.service.settings import Settings
from scheduler.version import VERSION

STREAMED = (
    *(f"/v1/{name}" for name in plans.TASKS),
    *map(route_of, BESIDE),
)
_LOCAL = ("localhost", "127.0.0.1", "::1", "testserver")


def service_with(
    settings: Settings,
    backend: JobBackend,
    engine: Engine,
    *,
    is_open: bool,
) -> Service:
    """Return what the routes of an application work with.

    Parameters
    ----------
    is_open
        Whether everybody is let in: for loopback only.
    """
    desk, editing = (
        Desk(
            Path(mkdtemp(prefix="ringfence-uploads-")),
            workers=workers,
            waiting=settings.desk_waiting,
            seconds=settings.desk_seconds,
            memory=settings.desk_memory_mb,
            worked_out=worked_out,
        )
        for workers, worked_out in ((settings.desk_workers, 200), (1, 0))
    )
    feeds = Feeds(backend, settings.listeners)
    return Service(
        settings=settings,
        backend=backend,
        engine=engine,
        is_open=is_open,
        desk=desk,
        editing=editing,
        feeds=feeds,
        metrics=Metrics(backend.health, lambda: feeds.listeners),
        rates=Rates(settings.rate, settings.heavy_rate),
        tokens=Tokens(settings) if settings.oidc_issuer else None,
    )


def create_app(service: Service) -> FastAPI:
    """Return the application."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # Nobody waits for it at the end: it may take longer than anything else.
        Thread(target=service.desk.warm, name="warm", daemon=True).start()
        try:
            yield
        finally:
            service.feeds.close()

    app = FastAPI(
        title="Ringfence",
        version=VERSION,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.service = service
    settings = service.settings
    hosts = settings.hosts or (_LOCAL if service.is_open else ())
    add_handlers(app)
    include_routes(app)
    app.router.routes.extend((*described.ROUTES, *agents.ROUTES))
    app.add_middleware(
        Frame,
        metrics=service.metrics,
        hosts=hosts,
        origins=settings.origins,
        streamed=STREAMED,
    )
    return app


def include_routes(app: FastAPI) -> None:
    """Give an application all routes."""
    for routes in (
        plans,
        calculators,
        demo,
        rosters,
        whatifs,
        hires,
        events,
        results,
        questions,
        exports,
        drafts,
        draft_edits,
        publishing,
        versions,
        links,
        health,
    ):
        app.include_router(
            routes.router, generate_unique_id_function=lambda route: route.name
        )
    app.router.routes.extend(web.ROUTES)
