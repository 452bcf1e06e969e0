"""Tasks on a Ray cluster: one that there is, or one of this machine that is begun.

Ray sends tasks of a node that is lost to others. Who may use the cluster is told by a
token (``RAY_AUTH_TOKEN``): its ports run whatever they are sent otherwise.
"""

import asyncio
import os
import secrets
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from typing import Any

from models.errors import InvalidInput
from models.roster.helpers import Helpers
from scheduler.executing.task import (
    GRACE_SECONDS,
    Done,
    Task,
    environment,
    function,
    perform,
    processors,
    said,
)

INSTALL = "Ray is not installed; pip install 'ringfence[ray]' brings it"
_POLL_SECONDS = 0.2
_RETRIES = 5  # of a task whose node or process was lost
_MOST_SENT = 1000  # tasks at a time; the others wait here
_LOOPBACK = "127.0.0.1"  # a cluster begun here is nobody else's
_TOKENS = ("RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH")


def installed() -> bool:
    """Whether there is a Ray to run tasks on."""
    return find_spec("ray") is not None


@dataclass(frozen=True)
class OnRay:
    """Runs tasks on a Ray cluster.

    Attributes
    ----------
    address
        Of a cluster, such as ``10.0.0.5:6379``; ``None``: one is begun here.
    count
        How many tasks at a time on a cluster begun here; 0: as many as there are
        processors for ``threads``.
    threads
        That each task uses.
    """

    address: str | None = None
    count: int = 0
    threads: int = 1

    @property
    def width(self) -> int:
        """How many tasks run at a time on a cluster begun here."""
        return self.count or max(1, processors() // max(1, self.threads))

    def run(
        self, work: str, tasks: Sequence[Task], stop: threading.Event
    ) -> Iterator[Done]:
        """Yield what comes of tasks (see ``Executor``).

        Raises
        ------
        InvalidInput
            Where Ray is not installed, or the cluster cannot be used.
        """
        with self._cluster() as ray:
            yield from _Run(ray, work, self.threads, stop).answers(tasks)

    @contextmanager
    def helpers(self, opener: str, common: bytes) -> Iterator[Helpers]:
        """Give helpers of one solve (``models.roster.helpers``) on the cluster.

        Raises
        ------
        InvalidInput
            Where Ray is not installed, or the cluster cannot be used.
        """
        with self._cluster() as ray:
            width = int(ray.cluster_resources().get("CPU", 1)) // max(1, self.threads)
            if self.address is None:
                width = self.width
            key = sha256(opener.encode() + b"\n" + common).hexdigest()
            kept = ray.put(common)
            remote = ray.remote(num_cpus=max(1, self.threads), max_retries=_RETRIES)
            yield _Helpers(max(1, width), remote(_helped), (opener, key, [kept]))

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Stay with the cluster: what runs meanwhile need not begin one each time.

        Raises
        ------
        InvalidInput
            As ``run``.
        """
        with self._cluster():
            yield

    @contextmanager
    def _cluster(self) -> Iterator[Any]:
        """Give Ray, connected; leave the cluster, and end it if it was begun here."""
        ray = _imported(own=self.address is None)
        if ray.is_initialized():  # kept
            yield ray
            return
        options: dict[str, Any] = {"address": self.address}
        if self.address is None:
            cores = self.width * max(1, self.threads)
            options = {
                "num_cpus": cores,
                "include_dashboard": False,
                "_node_ip_address": _LOOPBACK,
            }
        try:
            ray.init(
                **options,
                runtime_env={"env_vars": environment(self.threads)},
                log_to_driver=False,
                logging_level="ERROR",
            )
        except Exception as error:
            raise InvalidInput(self._no_cluster(error)) from error
        try:
            yield ray
        finally:
            ray.shutdown()

    def _no_cluster(self, error: Exception) -> str:
        """Return why there is no cluster, and what may help."""
        if self.address is None:
            return f"no Ray cluster can be begun here: {said(error)}"
        return (
            f"no Ray cluster at {self.address}: {said(error)}; it asks for the token "
            f"of {' or '.join(_TOKENS)}"
        )


def _imported(*, own: bool) -> Any:
    """Return Ray, set to ask for a token and to tell nobody of its use."""
    if not installed():
        raise InvalidInput(INSTALL)
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ["RAY_AUTH_MODE"] = "token"
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    if own and not any(os.environ.get(name) for name in _TOKENS):
        os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    import ray

    return ray


class _Signal:
    """Tells tasks on all nodes to stop: an actor of the node that asked for them."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    async def set(self) -> None:
        self._event.set()

    async def is_set(self) -> bool:
        return self._event.is_set()

    async def wait(self) -> None:
        await self._event.wait()


def _remote(work: str, content: bytes, signal: Any) -> bytes | None:
    """Return what a piece of work answers; ``None`` where it was not to begin."""
    import ray

    if ray.get(signal.is_set.remote()):
        return None
    stop, over = threading.Event(), threading.Event()

    def listen() -> None:
        waiting = signal.wait.remote()
        while not over.is_set():
            found, _ = ray.wait([waiting], timeout=1)
            if found:
                stop.set()
                return
        ray.cancel(waiting)

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    try:
        return perform(work, content, stop)
    finally:
        over.set()


_held: dict[str, Any] = {}  # by a helper; one thing


@dataclass(frozen=True)
class _Helpers:
    """Tasks as ``models.roster.helpers`` wants them."""

    width: int
    remote: Any
    common: tuple[str, str, list[Any]]

    def submit(self, work: str, content: bytes) -> "Future[bytes]":
        asked: Future[bytes] = self.remote.remote(*self.common, work, content).future()
        return asked


def _helped(
    opener: str, key: str, kept: Sequence[Any], work: str, content: bytes
) -> bytes:
    """Return what a piece of work answers; what is held is made once in a process."""
    import ray

    if key not in _held:
        _held.clear()
        _held[key] = function(opener)(ray.get(kept[0]))
    answer: bytes = function(work)(_held[key], content)
    return answer


@dataclass(eq=False)
class _Run:
    """Tasks under way on a cluster."""

    ray: Any
    work: str
    threads: int
    stop: threading.Event

    def __post_init__(self) -> None:
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        here = self.ray.get_runtime_context().get_node_id()
        near = NodeAffinitySchedulingStrategy(here, soft=False)
        actor = self.ray.remote(num_cpus=0, max_concurrency=100_000)(_Signal)
        self.signal = actor.options(scheduling_strategy=near).remote()
        self.remote = self.ray.remote(
            num_cpus=max(1, self.threads), max_retries=_RETRIES
        )(_remote)
        self.sent: dict[Any, str] = {}

    def answers(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Yield what comes of tasks."""
        waiting = list(reversed(tasks))
        told_at: float | None = None
        try:
            while self.sent or waiting:
                if self.stop.is_set():
                    waiting.clear()
                    told_at = self._told(told_at)
                while waiting and len(self.sent) < _MOST_SENT:
                    self._send(waiting.pop())
                yield from self._settled()
        finally:
            for reference in self.sent:
                self._end(reference)

    def _send(self, task: Task) -> None:
        reference = self.remote.remote(self.work, task.content, self.signal)
        self.sent[reference] = task.key

    def _told(self, at: float | None) -> float:
        """Pass on that all is to stop; end what does not heed it in time."""
        if at is None:
            self.signal.set.remote()
            return time.monotonic()
        if time.monotonic() - at > GRACE_SECONDS:
            for reference in list(self.sent):
                self._end(reference)
        return at

    def _settled(self) -> Iterator[Done]:
        if not self.sent:
            return
        ready, _ = self.ray.wait(list(self.sent), timeout=_POLL_SECONDS)
        for reference in ready:
            key = self.sent.pop(reference)
            try:
                content = self.ray.get(reference)
            except self.ray.exceptions.TaskCancelledError:
                continue
            except Exception as error:
                if not self.stop.is_set():
                    yield Done(key, None, _cause(error))
                continue
            if content is not None:
                yield Done(key, content)

    def _end(self, reference: Any) -> None:
        with suppress(Exception):
            self.ray.cancel(reference, force=True)


def _cause(error: Exception) -> str:
    """Return what went wrong in a task, without Ray's own words around it."""
    cause = getattr(error, "cause", None)
    return said(cause if isinstance(cause, BaseException) else error)
