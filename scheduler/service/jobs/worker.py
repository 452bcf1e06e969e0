"""A worker: takes jobs from the queue, runs them, and puts back what others lost."""

import threading
import time

import structlog
from prometheus_client import CollectorRegistry
from sqlalchemy.exc import DBAPIError

from scheduler.service.jobs.children import Killed
from scheduler.service.jobs.figures import Figures
from scheduler.service.jobs.forgetting import forget_from_time_to_time
from scheduler.service.jobs.ledger import Ending, Ledger, Superseded
from scheduler.service.jobs.presence import new_name, presence_of
from scheduler.service.jobs.queue import Queue
from scheduler.service.jobs.records import JobStatus, StopReason
from scheduler.service.jobs.running import Released, Running
from scheduler.service.settings import Settings
from scheduler.service.store.engine import open_engine
from scheduler.service.store.migrate import refuse_old

_WATCH_SECONDS = 0.2
_REAP_SECONDS = 0.3
_log = structlog.get_logger("ringfence.worker")


class Worker:
    """Runs jobs of a database in this process, until it is closed."""

    def __init__(
        self, settings: Settings, registry: CollectorRegistry | None = None
    ) -> None:
        self._settings = settings
        self._figures = Figures(registry or CollectorRegistry())
        self._running: dict[str, Running] = {}
        self._closing = threading.Event()
        self._closed = threading.Event()
        self._until = 0.0
        self._engine = open_engine(settings.database_url)
        refuse_old(self._engine)
        self.name = new_name()
        self._ledger = Ledger(self._engine, self.name)
        self._presence = presence_of(self._engine)
        self._presence.enter(self.name)
        self._queue = Queue(settings.database_url, self.name, settings.slots, self._run)
        self._threads = [
            threading.Thread(target=each, daemon=True, name=name)
            for each, name in (
                (self._watch, "watch"),
                (self._reap, "reap"),
                (self._forget, "forget"),
            )
        ]
        for thread in self._threads:
            thread.start()
        _log.info("worker started", worker=self.name, slots=settings.slots)

    @property
    def running(self) -> int:
        """How many jobs run."""
        return len(self._running)

    def take_no_more(self) -> None:
        """Take up no more jobs; those that run have ``drain_seconds`` from now on."""
        if not self._closing.is_set():
            self._until = time.monotonic() + self._settings.drain_seconds
            self._closing.set()

    def close(self) -> None:
        """Let jobs end for a while, put back the others, and leave."""
        self.take_no_more()
        while self._running and time.monotonic() < self._until:
            time.sleep(0.05)
        while running := list(self._running.values()):
            for each in running:  # again: one that was begun just now has none yet
                if each.child is not None:
                    each.child.kill(Killed.RELEASED)
            time.sleep(0.01)
        self._closed.set()
        for thread in self._threads:
            thread.join()
        self._queue.close()
        self._put_back_own()
        self._presence.leave()
        self._engine.dispose()
        _log.info("worker closed", worker=self.name)

    def _run(self, job_id: str) -> None:
        """Run a job that came from the queue, whatever happens to it."""
        if self._closing.is_set():
            raise Released
        while True:
            try:
                self._take_up(job_id)
            except Superseded:
                _log.info("job given up", job=job_id)
            except DBAPIError as error:
                # It is taken up again as soon as the database is there.
                _log.warning("no database", job=job_id, error=type(error).__name__)
                if self._closed.wait(1.0):
                    raise Released from error
                continue
            return

    def _take_up(self, job_id: str) -> None:
        job = self._ledger.claim(job_id)
        if job is None:
            return
        self._figures.taken_up(job)
        running = Running(job, self._ledger, self._settings, self._figures)
        self._running[job.id] = running
        try:
            running.run()
        except (Superseded, DBAPIError):
            raise
        except Exception as error:
            _log.exception("job failed", job=job_id, trace_id=job.trace_id)
            reason = f"{type(error).__name__} of the worker"
            failed = Ending(
                JobStatus.FAILED, stop_reason=StopReason.CRASH, reason=reason
            )
            self._ledger.end(job, failed, {})
        finally:
            del self._running[job.id]

    def _watch(self) -> None:
        """See what was asked of running jobs, and pass it on."""
        while not self._closed.wait(_WATCH_SECONDS):
            running = dict(self._running)
            if not running:
                continue
            try:
                seen = self._ledger.watch(running)
            except DBAPIError as error:
                _log.warning("no database", error=type(error).__name__)
                continue
            for name, each in running.items():
                found, child = seen.get(name), each.child
                if child is None:
                    continue
                if found is None or found.ended or found.attempt != each.job.attempt:
                    child.kill(Killed.DISCARDED)
                elif found.stop_asked:
                    child.stop()

    def _reap(self) -> None:
        """Put back the jobs of workers that are gone."""
        while True:
            try:
                self._presence.still()
                for other in self._queue.others():
                    if self._presence.gone(other):
                        self._put_back(other)
            except DBAPIError as error:
                _log.warning("no database", error=type(error).__name__)
            if self._closed.wait(_REAP_SECONDS):
                return

    def _forget(self) -> None:
        forget_from_time_to_time(self._engine, self._settings, self._closed)

    def _put_back_own(self) -> None:
        """Put back what this worker had; without a database the next worker does."""
        try:
            self._ledger.requeue(worker=self.name, reason="its worker was shut down")
        except DBAPIError as error:
            _log.warning("no database", error=type(error).__name__)

    def _put_back(self, other: str) -> None:
        for job in self._ledger.requeue(worker=other, reason="its worker was lost"):
            self._figures.recovered()
            _log.warning("job recovered", job=job.id, trace_id=job.trace_id)
        self._queue.put_back(other)
