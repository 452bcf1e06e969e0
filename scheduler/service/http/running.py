"""Runs the server: listens, hears when to stop, lets what is under way end."""

import ipaddress
import logging
import socket
import sys
from contextlib import ExitStack, closing
from types import FrameType

import uvicorn
from prometheus_client import start_http_server
from sqlalchemy import Engine

from models.errors import InvalidInput
from scheduler.service.ending import LEAVE_SECONDS, end_within
from scheduler.service.forking import preload
from scheduler.service.http.app import create_app, service_with
from scheduler.service.http.auth.keys import any_key
from scheduler.service.http.connections import Connection, most_connections
from scheduler.service.http.service import Service
from scheduler.service.jobs.children import PRELOADED
from scheduler.service.jobs.dbos_backend import DbosBackend
from scheduler.service.jobs.worker import Worker
from scheduler.service.logs import configure_logs
from scheduler.service.scratch import scratch
from scheduler.service.settings import Settings
from scheduler.service.store.engine import open_engine
from scheduler.service.store.migrate import upgrade
from scheduler.service.tracing import set_up_tracing

_BEYOND = 200  # connections beyond event streams


class _Server(uvicorn.Server):
    """A server that ends event streams when it is told to stop."""

    def __init__(
        self, config: uvicorn.Config, service: Service, worker: Worker | None
    ) -> None:
        super().__init__(config)
        self._service, self._worker = service, worker

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say where."""
        await super().startup(sockets)
        for server in self.servers:
            for one in server.sockets:
                host, port = one.getsockname()[:2]
                place = f"[{host}]" if ":" in host else host
                print(
                    f"listening on http://{place}:{port}", file=sys.stderr, flush=True
                )

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take no new work, and wake who listens, then stop; at once when told again.

        However much is under way, the process ends soon. The signal is not raised anew
        afterwards, as uvicorn does: workers are to be closed first, and who was asked
        to end has not failed.
        """
        self.force_exit = self.should_exit
        if not self.should_exit:
            end_within(self._service.settings.drain_seconds + LEAVE_SECONDS)
        self.should_exit = self._service.stopping = True
        self._service.feeds.close()
        if self._worker is not None:
            self._worker.take_no_more()


def serve(settings: Settings) -> None:
    """Serve until told to stop.

    Raises
    ------
    InvalidInput
        Where it would listen beyond loopback and let everybody in.
    """
    configure_logs(settings)
    if settings.tracing:
        set_up_tracing()
    upgrade(settings.database_url)
    with ExitStack() as open_things:  # the worker, opened last, is closed first
        open_things.enter_context(scratch())
        engine = open_engine(settings.database_url)
        open_things.callback(engine.dispose)
        is_open = _lets_everybody_in(settings, engine)
        backend = open_things.enter_context(closing(DbosBackend(engine)))
        service = service_with(settings, backend, engine, is_open=is_open)
        for desk in (service.desk, service.editing):
            open_things.enter_context(closing(desk))
        worker = None
        if settings.slots:
            preload(*PRELOADED)
            worker = Worker(settings, service.metrics.registry)
            open_things.enter_context(closing(worker))
        if settings.metrics_port is not None:
            start_http_server(
                settings.metrics_port, "127.0.0.1", service.metrics.registry
            )
        _Server(_config(settings, service), service, worker).run()


def _lets_everybody_in(settings: Settings, engine: Engine) -> bool:
    """Return whether nobody needs a key: on loopback, as long as there is none."""
    if settings.oidc_issuer or any_key(engine):
        return False
    if is_loopback(settings.host):
        logging.getLogger("ringfence").warning(
            "no keys: whoever reaches this machine's loopback is let in"
        )
        return True
    raise InvalidInput(
        f"refuses to listen on {settings.host} and let everybody in: make a key "
        "(ringfence keys create TENANT), or set oidc_issuer; or listen on 127.0.0.1"
    )


def is_loopback(host: str) -> bool:
    """Return whether only this machine reaches an address.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0")]
    [True, True, True, False]
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _config(settings: Settings, service: Service) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(service),
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        ws="none",
        http=Connection,
        limit_concurrency=most_connections(settings.listeners + _BEYOND),
        timeout_keep_alive=30,
        timeout_graceful_shutdown=max(1, round(settings.drain_seconds)),
    )
