"""What the routes work with."""

from dataclasses import dataclass, field
from functools import cached_property

from fastapi import Request
from sqlalchemy import Engine

from scheduler.service.http.auth.tokens import Tokens
from scheduler.service.http.desk.given import Bounds
from scheduler.service.http.desk.pool import Desk
from scheduler.service.http.feeds import Feeds
from scheduler.service.http.metrics import Metrics
from scheduler.service.http.rates import Rates
from scheduler.service.jobs.backend import JobBackend
from scheduler.service.settings import Settings
from scheduler.service.store.drafts import Drafts
from scheduler.service.store.published import Published


@dataclass(eq=False)
class Service:
    """Everything that a route needs.

    Attributes
    ----------
    is_open
        Whether everybody is let in, as one tenant: on loopback only, and only until
        there is a key.
    looked_for_keys
        When it was last seen that there is none (``time.monotonic``).
    editing
        One process that has drafts in memory; it is started when the first is made.
    stopping
        Set when the process is to end: no new work is taken.
    in_flight
        Idempotency keys of submissions that are under way, with their tenants.
    """

    settings: Settings
    backend: JobBackend
    engine: Engine
    is_open: bool
    desk: Desk
    editing: Desk
    feeds: Feeds
    metrics: Metrics
    rates: Rates
    tokens: Tokens | None = None
    looked_for_keys: float = float("-inf")
    stopping: bool = False
    in_flight: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def drafts(self) -> Drafts:
        """The drafts of the database."""
        return Drafts(self.engine)

    @cached_property
    def published(self) -> Published:
        """What was published, and who may see their own of it."""
        return Published(self.engine)

    @property
    def bounds(self) -> Bounds:
        """How much an upload may hold."""
        inflated = int(self.settings.inflated_mb * 1e6)
        return Bounds(inflated_bytes=inflated, rows=self.settings.rows)


def service_of(request: Request) -> Service:
    """Return the service that a request came to."""
    service: Service = request.app.state.service
    return service
