"""Events of jobs for those who listen: one looks, and all of them hear."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import structlog
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.exc import SQLAlchemyError

from scheduler.service.http.problems import Refusal
from scheduler.service.http.telling import Told, told
from scheduler.service.jobs.backend import NoSuchJob
from scheduler.service.jobs.records import Event

_EVERY = 0.25  # seconds between two looks at a job
_AWAY = 1.0  # seconds until a database that did not answer is asked again
_AT_ONCE = 500
_log = structlog.get_logger("ringfence.http")


class _Looks(Protocol):
    def events(
        self, tenant: str, job_id: str, *, after: int = 0, limit: int = 500
    ) -> Sequence[Event]:
        """Return what happened after an event."""


@dataclass(eq=False)
class _Feed:
    """What is known of a job's events, from the first, and who waits for more."""

    events: list[Told] = field(default_factory=list)
    ended: bool = False
    listeners: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    def tell(self, events: Sequence[Event], *, ended: bool = False) -> None:
        """Take news and wake who waits."""
        self.events.extend(map(told, events))
        self.ended = self.ended or ended
        woken, self.news = self.news, asyncio.Event()
        woken.set()


class Feeds:
    """The feeds of the jobs to which somebody listens.

    Parameters
    ----------
    most
        Listeners at a time.
    """

    def __init__(self, looks: _Looks, most: int) -> None:
        self._looks, self._most = looks, most
        self._feeds: dict[tuple[str, str], _Feed] = {}
        self._closed = False

    @property
    def listeners(self) -> int:
        """How many listen."""
        return sum(feed.listeners for feed in self._feeds.values())

    def refuse_more(self) -> None:
        """Refuse one more listener where there are as many as there may be."""
        if self._closed or self.listeners >= self._most:
            headers = {"Retry-After": "5"}
            raise Refusal("unavailable", "no more can listen now", headers=headers)

    def close(self) -> None:
        """End all feeds; who listens may come back with the last id."""
        self._closed = True
        for feed in self._feeds.values():
            feed.tell((), ended=True)

    async def listen(
        self, tenant: str, job_id: str, after: int, idle: float
    ) -> AsyncGenerator[Told | None]:
        """Yield events after one, to the job's end; ``None`` after idle seconds."""
        key = (tenant, job_id)
        feed = self._feeds.setdefault(key, _Feed())
        feed.listeners += 1
        if feed.task is None:
            feed.task = asyncio.create_task(self._follow(key, feed))
        try:
            async for event in _heard(feed, after, idle):
                yield event
        finally:
            feed.listeners -= 1
            if not feed.listeners:
                self._feeds.pop(key, None)
                feed.task.cancel()

    async def _follow(self, key: tuple[str, str], feed: _Feed) -> None:
        """Look at a job again and again until it has ended."""
        while not (feed.ended or self._closed):
            after = feed.events[-1].id if feed.events else 0
            try:
                found = await run_in_threadpool(self._looking(key, after))
            except NoSuchJob:
                feed.tell((), ended=True)
                return
            except SQLAlchemyError as error:
                # Who listens would not know that this has ended, and waits for more.
                _log.warning("no database", error=type(error).__name__)
                await asyncio.sleep(_AWAY)
                continue
            if found:
                feed.tell(found, ended=any(event.kind == "end" for event in found))
            if len(found) < _AT_ONCE:
                await asyncio.sleep(_EVERY)

    def _looking(
        self, key: tuple[str, str], after: int
    ) -> Callable[[], Sequence[Event]]:
        return lambda: self._looks.events(*key, after=after, limit=_AT_ONCE)


async def _heard(feed: _Feed, after: int, idle: float) -> AsyncGenerator[Told | None]:
    """Yield what a feed has and gets, from after an event on."""
    at = 0
    while True:
        news = feed.news
        while at < len(feed.events):
            event = feed.events[at]
            at += 1
            if event.id > after:
                yield event
        if feed.ended:
            return
        if news is not feed.news:
            continue
        try:
            await asyncio.wait_for(news.wait(), idle)
        except TimeoutError:
            yield None
