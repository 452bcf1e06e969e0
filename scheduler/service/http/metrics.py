"""Figures of the service for Prometheus."""

from collections.abc import Callable, Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from scheduler.service.jobs.records import Health

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """What is counted; jobs are counted in the database when somebody looks."""

    def __init__(
        self, health: Callable[[], Health], listeners: Callable[[], int]
    ) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self.registry.register(_Jobs(health, listeners))
        self.requests = Counter(
            "ringfence_http_requests",
            "Requests.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "ringfence_http_seconds",
            "Time to the first byte of an answer.",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def text(self) -> bytes:
        """Return all figures as Prometheus reads them."""
        return generate_latest(self.registry)


class _Jobs(Collector):
    def __init__(
        self, health: Callable[[], Health], listeners: Callable[[], int]
    ) -> None:
        self._health, self._listeners = health, listeners

    def describe(self) -> list[GaugeMetricFamily]:
        """Return nothing: names are known without a look at the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield what the database tells."""
        found = self._health()
        jobs = GaugeMetricFamily("ringfence_jobs", "Jobs kept.", labels=["status"])
        for status, count in found.counts.items():
            jobs.add_metric([status], count)
        yield jobs
        for name, words, value in (
            ("ringfence_queue_depth", "Jobs that wait for a worker.", found.queued),
            ("ringfence_workers", "Processes that run jobs.", found.workers),
            ("ringfence_event_listeners", "Event streams.", self._listeners()),
        ):
            yield GaugeMetricFamily(name, words, value=value)
