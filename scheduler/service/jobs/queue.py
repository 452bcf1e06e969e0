"""The queue: DBOS, its tables in the same database as ours.

What is kept of a job in it is its id, as JSON. Whose worker is gone is found by
``presence``, and its jobs are put back: DBOS leaves that to a product that is sold.
"""

import logging
from collections.abc import Callable, Sequence
from typing import Any

from dbos import (
    DBOS,
    DBOSClient,
    DBOSConfig,
    DBOSPortableJSONSerializer,
    EnqueueOptions,
)
from dbos._serialization import DefaultSerializer
from sqlalchemy import Connection, Engine

from scheduler.service.store.migrate import queue_url

QUEUE = "jobs"
_NAME = "ringfence"
_VERSION = "1"  # of what a queued job is; another one would leave queued jobs behind
_WORKFLOW = "job"
_POLL_SECONDS = 0.25


def _refuse(cls: DefaultSerializer, serialized_data: str) -> Any:
    raise ValueError("the database holds a pickle, which is never read")


# A row says itself how it is to be read, and one of DBOS's ways is pickle: whoever can
# write into the database could run code here.
DefaultSerializer.deserialize = _refuse  # type: ignore[method-assign]


class Tickets:
    """Puts jobs into the queue; runs none."""

    def __init__(self, engine: Engine) -> None:
        _quiet()
        self._client = DBOSClient(
            system_database_engine=engine,
            serializer=DBOSPortableJSONSerializer(),
            application_name=_NAME,
            lazy=True,
        )

    def put(self, connection: Connection, job: str) -> None:
        """Put a job into the queue, if and when the transaction is committed."""
        options: EnqueueOptions = {
            "workflow_name": _WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": job,
            "app_version": _VERSION,
        }
        self._client.enqueue_in_transaction(connection, options, job)

    def forget(self, jobs: Sequence[str]) -> None:
        """Forget jobs that are erased."""
        self._client.delete_workflows(list(jobs))

    def close(self) -> None:
        """Let go of what it holds."""
        self._client.destroy()


class Queue:
    """Runs jobs in threads of this process, ``slots`` at a time."""

    def __init__(
        self, url: str, worker: str, slots: int, run: Callable[[str], None]
    ) -> None:
        _quiet()
        config: DBOSConfig = {
            "name": _NAME,
            "system_database_url": queue_url(url),
            "serializer": DBOSPortableJSONSerializer(),
            "application_version": _VERSION,
            "executor_id": worker,
            "run_migrations": False,
            "sys_db_pool_size": 5,
            "log_level": "WARNING",
        }

        @DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=None)
        def job(job_id: str) -> None:
            run(job_id)

        self._worker = worker
        DBOS(config=config)
        DBOS.listen_queues([QUEUE])
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=slots,
            polling_interval_sec=_POLL_SECONDS,
            on_conflict="always_update",
        )

    def others(self) -> set[str]:
        """Return the other workers that have taken up jobs and not ended them."""
        pending = DBOS.list_workflows(
            status="PENDING", load_input=False, load_output=False
        )
        found = {each.executor_id for each in pending if each.executor_id}
        return found - {self._worker}

    def put_back(self, worker: str) -> None:
        """Put the jobs of a worker that is gone back into the queue."""
        DBOS._recover_pending_workflows([worker])

    def close(self) -> None:
        """Take up no more jobs; those that run are put back by the next worker."""
        DBOS.destroy(destroy_registry=True)


def _quiet() -> None:
    """Log what goes wrong as all else does; it would print lines of its own."""
    log = logging.getLogger("dbos")
    log.setLevel(logging.WARNING)
    if not log.handlers:
        log.addHandler(logging.NullHandler())  # where there is one it adds none
