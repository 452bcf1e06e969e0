"""Spans of OpenTelemetry, where they are asked for; else nothing is imported."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from models.errors import InvalidInput

_FLUSH_MS = 2000  # that a process waits at its end for who collects spans
_tracers: list[Any] = []
_providers: list[Any] = []
_wanted: ContextVar[str] = ContextVar("wanted", default="")  # id of the next trace


def set_up_tracing() -> None:
    """Send spans where the usual variables (OTEL_EXPORTER_OTLP_ENDPOINT) say.

    Raises
    ------
    InvalidInput
        Without the extra that it needs.
    """
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
        from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
    except ImportError as error:
        told = "tracing needs more: pip install 'ringfence[service,otel]'"
        raise InvalidInput(told) from error

    class Ids(RandomIdGenerator):
        """Gives a trace the id that logs and problem documents have."""

        def generate_trace_id(self) -> int:
            """Return the id that is wanted, else a new one."""
            wanted = _wanted.get()
            return int(wanted, 16) if wanted else super().generate_trace_id()

    resource = Resource.create({"service.name": "ringfence"})
    provider = TracerProvider(resource=resource, id_generator=Ids())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    _providers[:] = [provider]
    _tracers[:] = [provider.get_tracer("ringfence")]


@contextmanager
def span(
    name: str,
    told: Mapping[str, str | int] | None = None,
    *,
    trace_id: str = "",
    parent: str = "",
) -> Iterator[None]:
    """Time a request, what the desk does for it, a job, or a phase of it.

    Parameters
    ----------
    told
        Attributes, each under ``ringfence.``.
    trace_id
        Of the trace that is begun, as logs and problem documents have it.
    parent
        The span that this belongs to, of another process: a ``traceparent`` (W3C Trace
        Context). Else it belongs to the one around it.
    """
    if not _tracers:
        yield
        return
    from opentelemetry.trace.propagation.tracecontext import (
        TraceContextTextMapPropagator,
    )

    context = None
    if parent:
        context = TraceContextTextMapPropagator().extract({"traceparent": parent})
    attributes = {f"ringfence.{key}": value for key, value in (told or {}).items()}
    before = _wanted.set(trace_id)
    try:
        started = _tracers[0].start_as_current_span(
            name, context=context, attributes=attributes
        )
        with started:
            yield
    finally:
        _wanted.reset(before)


def handed() -> str:
    """Return the span around this, as another process takes it; empty without one."""
    if not _tracers:
        return ""
    from opentelemetry.trace.propagation.tracecontext import (
        TraceContextTextMapPropagator,
    )

    carrier: dict[str, str] = {}
    TraceContextTextMapPropagator().inject(carrier)
    return carrier.get("traceparent", "")


def flush() -> None:
    """Send what has not been sent, before this process ends."""
    for provider in _providers:
        provider.force_flush(_FLUSH_MS)
