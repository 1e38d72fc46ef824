"""A trace follows one request through Temporal, and says no more than the log would."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from temporalio import activity, workflow
from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from runtime import tracing
from runtime.settings import Settings
from runtime.temporal import connect, make_workflow_runner

SECRET = "张三330102199003071234"


@pytest.fixture(scope="module")
def all_spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    tracing.export_through("test", SimpleSpanProcessor(tracing.Discreet(exporter)))
    yield exporter
    tracing.stop()


@pytest.fixture
def exporter(all_spans: InMemorySpanExporter) -> InMemorySpanExporter:
    all_spans.clear()
    return all_spans


@activity.defn
async def record(text: str) -> str | None:
    with tracing.open_span("transaction", seq=1):
        if text == SECRET:
            raise ApplicationError(text, non_retryable=True)
        return tracing.find_trace_id()


@workflow.defn
class Traced:
    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: False)

    @workflow.update
    async def submit(self, text: str) -> str | None:
        return await workflow.execute_local_activity(record, text, start_to_close_timeout=timedelta(seconds=5))


@asynccontextmanager
async def matter(temporal_address: str, data_dir: Path) -> AsyncIterator[WorkflowHandle[Traced, None]]:
    client, queue = await connect(Settings(temporal_address=temporal_address, data_dir=data_dir)), str(uuid4())
    async with Worker(client, task_queue=queue, workflows=[Traced], activities=[record], workflow_runner=make_workflow_runner()):
        with tracing.open_span("opening"):
            handle = await client.start_workflow(Traced.run, id=queue, task_queue=queue)
        yield handle
        await handle.terminate()


async def test_one_trace_spans_the_request_the_update_the_workflow_and_the_transaction(
    exporter: InMemorySpanExporter, temporal_address: str, tmp_path: Path
) -> None:
    incoming = {"traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}
    async with matter(temporal_address, tmp_path) as opened_in_another_trace:
        with tracing.open_span("request", incoming, route="/api/matters/{number}/steps/{step}"), tracing.open_span("update"):
            seen_by_activity = await opened_in_another_trace.execute_update(Traced.submit, "a step")
    assert seen_by_activity == "4bf92f3577b34da6a3ce929d0e0e4736"
    spans = {span.context.span_id: span for span in exporter.get_finished_spans() if span.context}
    path, span = list[str](), next(span for span in spans.values() if span.name == "transaction")
    while span:
        path.append(span.name)
        span = spans.get(span.parent.span_id) if span.parent else None
    assert path == ["transaction", "update", "request"]


async def test_no_exception_text_leaves_in_a_span(exporter: InMemorySpanExporter, temporal_address: str, tmp_path: Path) -> None:
    async with matter(temporal_address, tmp_path) as opened:
        with pytest.raises(WorkflowUpdateFailedError), tracing.open_span("request"):
            await opened.execute_update(Traced.submit, SECRET)
    spans = exporter.get_finished_spans()
    assert any(span.name == "transaction" and span.attributes and "error_type" in span.attributes for span in spans)
    assert not any("3301021990" in span.to_json() or "张三" in span.to_json() for span in spans)


def test_an_attribute_that_the_log_would_withhold_is_withheld(exporter: InMemorySpanExporter) -> None:
    with tracing.open_span("request", matter=SECRET, suspect_name="Zhang San", seq=3):
        pass
    (span,) = exporter.get_finished_spans()
    assert dict(span.attributes or {}) == {"seq": 3}


async def test_without_an_endpoint_nothing_is_traced(
    exporter: InMemorySpanExporter, temporal_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "_tracer", None)
    tracing.configure("test", "")
    async with matter(temporal_address, tmp_path) as opened:
        with tracing.open_span("request"):
            assert await opened.execute_update(Traced.submit, "a step") is None
    assert exporter.get_finished_spans() == ()
