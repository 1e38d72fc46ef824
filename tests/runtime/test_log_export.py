"""The log goes to another machine where a collector is named, says there what it says here, and waits for nobody."""

import gzip
import json
import logging
import queue
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest

from runtime import log_export, metrics
from runtime import logging as ours
from runtime.logging import configure, log

SECRET = "张三330102199003071234"
PATIENCE_S = 20.0


class Collector(ThreadingHTTPServer):
    """Takes logs by OTLP, or answers that it does not."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.taken = queue.Queue[dict[str, Any]]()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1/logs"


class _Handler(BaseHTTPRequestHandler):
    server: Collector  # pyright: ignore[reportIncompatibleVariableOverride] - it serves no other

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if self.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        status = self.server.status
        if status == 200:
            for resource in ExportLogsServiceRequest.FromString(body).resource_logs:
                of = {each.key: each.value.string_value for each in resource.resource.attributes}
                for record in resource.scope_logs[0].log_records:
                    said = {each.key: getattr(each.value, each.value.WhichOneof("value") or "") for each in record.attributes}
                    self.server.taken.put({"of": of, "severity": record.severity_text, "name": record.event_name, **said})
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        """Nobody reads it."""


class Out:
    """Our stdout, of which each line can be waited for."""

    def __init__(self) -> None:
        self.lines = queue.Queue[dict[str, Any]]()

    def write(self, text: str) -> int:
        for line in filter(str.strip, text.splitlines()):
            self.lines.put(json.loads(line))
        return len(text)

    def flush(self) -> None:
        """Nothing waits here."""


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch) -> Iterator[Out]:
    root, out = logging.getLogger(), Out()
    handlers, level = root.handlers[:], root.level
    for name in ("_process", "_threshold", "_lost"):
        monkeypatch.setattr(ours, name, getattr(ours, name))
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    monkeypatch.setenv("OTEL_BLRP_SCHEDULE_DELAY", "50")
    configure("api", "INFO", out)  # type: ignore[arg-type] - as much of a stream as a log needs
    yield out
    log_export.stop()
    ours._write_to(None)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def until(lines: "queue.Queue[dict[str, Any]]", key: str, value: str) -> dict[str, Any]:
    while (line := lines.get(timeout=PATIENCE_S)).get(key) != value:
        pass
    return line


def test_the_collector_is_told_each_line_as_it_stands_here(out: Out, collector: Collector) -> None:
    log_export.configure("api", collector.address)
    log.warning("ring.late", matter="A3301020000002026010001", late_s=2.5, count=3)
    taken, here = collector.taken.get(timeout=PATIENCE_S), out.lines.get(timeout=PATIENCE_S)
    assert (taken.pop("name"), taken.pop("severity")) == ("ring.late", "warning")
    assert taken.pop("of")["service.name"] == "louke-api"
    assert taken == here


def test_what_the_log_withholds_leaves_no_other_way(out: Out, collector: Collector) -> None:
    log_export.configure("api", collector.address)
    log.error("request.failed", error=ValueError(SECRET), matter=SECRET, route="/api/matters")
    logging.getLogger("some.library").warning("about %s", SECRET)
    said = [collector.taken.get(timeout=PATIENCE_S) for _ in range(2)]
    assert "张三" not in repr(said) and "3301021990" not in repr(said)
    assert {each["event"] for each in said} == {"request.failed", "library.said"}


def test_a_collector_that_is_away_costs_nothing_is_told_once_and_is_found_again(out: Out, collector: Collector) -> None:
    before = metrics.UNSHIPPED._value.get()
    collector.status = 400
    log_export.configure("api", collector.address)
    begun = time.perf_counter()
    for number in range(100):
        log.info("entry.recorded", seq=number)
    assert time.perf_counter() - begun < 1.0
    until(out.lines, "event", "collector.lost")
    log.info("entry.recorded", seq=100)
    assert until(out.lines, "event", "entry.recorded")["seq"] == 100
    collector.status = 200
    log.info("entry.recorded", seq=101)
    seen = list[str]()
    while "collector.found" not in seen:
        seen.append(out.lines.get(timeout=PATIENCE_S)["event"])
    assert "collector.lost" not in seen
    until(collector.taken, "event", "collector.found")
    assert metrics.UNSHIPPED._value.get() > before


@pytest.mark.parametrize("listening", [False, True])
def test_whoever_ends_does_not_wait_for_a_collector_that_nobody_reaches_or_that_answers_nothing(out: Out, listening: bool) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listening:
            silent.listen()
        log_export.configure("api", f"http://127.0.0.1:{silent.getsockname()[1]}/v1/logs")
        for number in range(2000):
            log.info("entry.recorded", seq=number)
        until(out.lines, "event", "collector.lost")
        begun = time.perf_counter()
        log_export.stop()
        assert time.perf_counter() - begun < 3.0


def test_what_was_said_last_is_told_before_we_end(out: Out, collector: Collector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_BLRP_SCHEDULE_DELAY", "60000")
    log_export.configure("api", collector.address)
    log.info("api.stopped")
    log_export.stop()
    assert until(collector.taken, "event", "api.stopped")


def test_without_a_collector_nothing_leaves(out: Out, collector: Collector) -> None:
    log_export.configure("api", "")
    log.info("api.started")
    log_export.stop()
    assert collector.taken.empty()
    assert until(out.lines, "event", "api.started")
