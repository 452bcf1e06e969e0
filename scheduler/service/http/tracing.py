"""Spans of OpenTelemetry, where they are asked for; else nothing is imported."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from models.errors import InvalidInput

_tracers: list[Any] = []


def set_up_tracing() -> None:
    """Send spans where the usual variables (OTEL_EXPORTER_OTLP_ENDPOINT) say.

    Raises
    ------
    InvalidInput
        Without the extra that it needs.
    """
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        told = "tracing needs more: pip install 'ringfence[service,otel]'"
        raise InvalidInput(told) from error
    provider = TracerProvider(resource=Resource.create({"service.name": "ringfence"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    _tracers[:] = [trace.get_tracer("ringfence")]


@contextmanager
def span(name: str, trace_id: str = "") -> Iterator[None]:
    """Time a request, or what the desk does for it.

    ``trace_id`` is the one that logs and problem documents have.
    """
    if not _tracers:
        yield
        return
    told = {"ringfence.trace_id": trace_id} if trace_id else {}
    with _tracers[0].start_as_current_span(name, attributes=told):
        yield
