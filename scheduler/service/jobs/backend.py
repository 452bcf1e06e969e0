"""What the HTTP skin knows of jobs: a protocol, and what it refuses."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from models.errors import InvalidInput, RingfenceError
from scheduler.service.jobs.records import (
    EVERY_JOB,
    Artifact,
    Event,
    Health,
    Job,
    JobFilter,
    Order,
    Page,
    Submitted,
    Usage,
)


class NoSuchJob(RingfenceError):
    """The tenant has no job of this id."""


class BeyondCaps(RingfenceError):
    """The tenant would have more under way than it may.

    Attributes
    ----------
    then, most
        What it would have under way, and what it may have.
    """

    def __init__(self, then: Usage, most: Usage) -> None:
        super().__init__("the tenant has as much under way as it may")
        self.then, self.most = then, most


class KeyReused(InvalidInput):
    """The idempotency key came with another request before."""


class JobNotEnded(RingfenceError):
    """Only what has ended can be erased."""


class NoSuchCursor(InvalidInput):
    """The cursor is none that a list has handed out."""


class JobBackend(Protocol):
    """Takes jobs in and tells of them; all calls block, from any thread.

    Every call is about one tenant, and another's jobs do not exist for it.
    """

    def submit(self, order: Order, most: Usage | None = None) -> Submitted:
        """Take a job in, for good; raise ``KeyReused``, ``BeyondCaps``.

        ``most`` is what its tenant may have under way: however many orders come at
        once, it never has more.
        """

    def get(self, tenant: str, job_id: str) -> Job:
        """Return a job; raise ``NoSuchJob``."""

    def list(
        self,
        tenant: str,
        wanted: JobFilter = EVERY_JOB,
        *,
        cursor: str | None = None,
        limit: int = 50,
    ) -> Page:
        """Return some jobs, the latest first; raise ``NoSuchCursor``."""

    def stop(self, tenant: str, job_id: str) -> Job:
        """Ask for the best roster found so far; nothing happens to what has ended."""

    def cancel(self, tenant: str, job_id: str) -> Job:
        """Discard a job at once; nothing happens to what has ended."""

    def delete(self, tenant: str, job_id: str) -> None:
        """Erase what has ended; raise ``JobNotEnded``, ``NoSuchJob``."""

    def events(
        self, tenant: str, job_id: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Event]:
        """Return what happened after an event; raise ``NoSuchJob``."""

    def artifact(self, tenant: str, job_id: str, name: str) -> Artifact | None:
        """Return a file, ``None`` where the job has none; raise ``NoSuchJob``."""

    def artifacts(self, tenant: str, job_id: str) -> Mapping[str, str]:
        """Return the hashes of a job's files by name; raise ``NoSuchJob``."""

    def usage(self, tenant: str) -> Usage:
        """Return what the tenant has under way."""

    def health(self) -> Health:
        """Return how the service stands."""
