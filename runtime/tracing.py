"""Tracing: one trace from the request through the update and the workflow to the transaction; off unless an endpoint is set.

What leaves in a trace is as guarded as a log line: our attributes pass the log's fences, and messages of exceptions, which the
libraries would write into events and status texts, are taken out before export.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import Status, StatusCode, Tracer
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from temporalio.contrib.opentelemetry import OpenTelemetryInterceptor, ReplaySafeTracerProvider, create_tracer_provider

from runtime.logging import Value, describe_error, withhold

_W3C = TraceContextTextMapPropagator()
_OFF = nullcontext()

_provider: ReplaySafeTracerProvider | None = None
_tracer: Tracer | None = None


def configure(process: str, endpoint: str) -> None:
    """Send the traces of this process to an OTLP/HTTP endpoint (its full address, as `http://host:4318/v1/traces`); empty: none."""
    if endpoint:
        # Imported here since it costs 40 ms, and most processes never trace.
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        export_through(process, BatchSpanProcessor(Discreet(OTLPSpanExporter(endpoint))))


def export_through(process: str, processor: SpanProcessor) -> None:
    """Begin tracing, handing each ended span to that processor; a process does so at most once."""
    global _provider, _tracer
    _provider = create_tracer_provider(resource=Resource.create({"service.name": f"louke-{process}"}))
    _provider.add_span_processor(processor)
    trace.set_tracer_provider(_provider)  # Temporal's interceptor looks for it there
    _tracer = _provider.get_tracer("louke")


def stop() -> None:
    """Send what has not been sent yet, and trace no more."""
    global _provider, _tracer
    if _provider:
        _provider.shutdown()
    _provider = _tracer = None


def open_span(name: str, headers: Mapping[str, str] | None = None, **attributes: Value) -> AbstractContextManager[None]:
    """Time a block as a span of the current trace, or of the one that a request's W3C headers continue; free when tracing is off."""
    return _open_span(_tracer, name, headers, attributes) if _tracer else _OFF


def list_interceptors() -> list[OpenTelemetryInterceptor]:
    """What carries the trace through Temporal: given to the client, it also serves the workers made from that client.

    An update's activities join the trace of its caller; what a workflow does by itself, the trace that opened it.
    """
    # Without spans of its own: the span of a workflow would stay open for years, and break at each eviction from the cache.
    return [OpenTelemetryInterceptor(add_temporal_spans=False)] if _tracer else []


def find_trace_id() -> str | None:
    """The id of the current trace in hexadecimal, for log lines and problem documents."""
    context = trace.get_current_span().get_span_context()
    return trace.format_trace_id(context.trace_id) if context.is_valid else None


@contextmanager
def _open_span(tracer: Tracer, name: str, headers: Mapping[str, str] | None, attributes: Mapping[str, Value]) -> Iterator[None]:
    known, _ = withhold(attributes)
    present = {key: value for key, value in known.items() if isinstance(value, (str, int, float))}
    # None keeps the current trace; a request without the header begins one.
    parent = None if headers is None else _W3C.extract(headers, Context())
    with tracer.start_as_current_span(
        name, parent, attributes=present, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield
        except Exception as error:
            current.set_attributes(describe_error(error))
            current.set_status(StatusCode.ERROR)
            raise


class Discreet(SpanExporter):
    """Exports spans without their events and status texts, which quote exceptions."""

    def __init__(self, exporter: SpanExporter) -> None:
        """Export through that exporter."""
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """Export the spans, made discreet."""
        return self._exporter.export([_drop_texts(span) for span in spans])

    def shutdown(self) -> None:
        """Shut the exporter down."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Flush the exporter."""
        return self._exporter.force_flush(timeout_millis)


def _drop_texts(span: ReadableSpan) -> ReadableSpan:
    return ReadableSpan(
        span.name,
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes=span.attributes,
        links=span.links,
        kind=span.kind,
        instrumentation_scope=span.instrumentation_scope,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
    )
