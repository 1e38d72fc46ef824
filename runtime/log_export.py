"""Log export: where a collector is configured, each line of stdout also goes there by OTLP, in the background.

Nobody waits for the collector. While it is away lines are dropped and counted, and stand on stdout alone.
"""

import atexit
import socket
import time
from collections.abc import Mapping, Sequence

from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider, ReadableLogRecord
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor, LogRecordExporter, LogRecordExportResult
from opentelemetry.sdk.resources import Resource

from runtime import metrics
from runtime.logging import Value, log, ship_through

# Longer than a collector takes, short enough for whoever waits for us to end.
_PATIENCE_S = 1.0
_SEVERITIES = {
    "debug": SeverityNumber.DEBUG,
    "info": SeverityNumber.INFO,
    "warning": SeverityNumber.WARN,
    "error": SeverityNumber.ERROR,
    "critical": SeverityNumber.FATAL,
}
# What the way to the collector says of itself would go that way again.
_OF_THE_WAY = ("opentelemetry", "urllib3")

_provider: LoggerProvider | None = None
_collector: "_Collector | None" = None


def configure(process: str, endpoint: str) -> None:
    """Send the lines of this process to an OTLP/HTTP endpoint (its full address, as `https://host:4318/v1/logs`); empty: to nobody.

    Certificates and headers come from the environment, by the names that OpenTelemetry gives them (`OTEL_EXPORTER_OTLP_LOGS_HEADERS`, …).
    """
    global _provider, _collector
    if not endpoint:
        return
    # Imported here since it costs 40 ms, and most processes never ship.
    from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter

    resource = Resource.create({"service.name": f"louke-{process}", "host.name": socket.gethostname()})
    _provider = LoggerProvider(resource, shutdown_on_exit=False)
    _collector = _Collector(OTLPLogExporter(endpoint, timeout=_PATIENCE_S))
    _provider.add_log_record_processor(BatchLogRecordProcessor(_collector))
    logger = _provider.get_logger("louke")
    ship_through(lambda line: None if str(line.get("logger", "")).startswith(_OF_THE_WAY) else logger.emit(_record(line)))
    atexit.register(stop)


def stop() -> None:
    """Send what has not been sent yet, and ship no more."""
    global _provider, _collector
    ship_through(None)
    if _provider and _collector:
        _collector.ending = True
        _provider.shutdown()
    _provider = _collector = None


def _record(line: Mapping[str, Value]) -> LogRecord:
    level, event = str(line["level"]), str(line["event"])
    return LogRecord(
        timestamp=time.time_ns(),
        severity_text=level,
        severity_number=_SEVERITIES[level],
        event_name=event,
        body=event,
        attributes={key: value for key, value in line.items() if isinstance(value, (str, int, float))},
    )


class _Collector(LogRecordExporter):
    """Exports through another, and says once that nobody takes the lines, and once that somebody does again."""

    def __init__(self, exporter: LogRecordExporter) -> None:
        self._exporter = exporter
        self._away = False
        self.ending = False

    def export(self, batch: Sequence[ReadableLogRecord]) -> LogRecordExportResult:
        """Export the lines; whoever ends waits no second time for a collector that is away."""
        taken = not (self.ending and self._away) and self._exporter.export(batch) is LogRecordExportResult.SUCCESS
        if not taken:
            metrics.UNSHIPPED.inc(len(batch))
        if taken is self._away:
            self._away = not taken
            if self._away:
                log.error("collector.lost")
            else:
                log.info("collector.found")
        return LogRecordExportResult.SUCCESS if taken else LogRecordExportResult.FAILURE

    def force_flush(self, timeout_millis: int = 10_000) -> bool:
        """Nothing is kept here."""
        return True

    def shutdown(self) -> None:
        """Shut the exporter down."""
        self._exporter.shutdown()
