"""The log: one JSON line on stdout per crossing of a boundary, in a closed vocabulary, so that nobody's data can leak.

Three fences stand between a caller and the output. The event must be in `Event`; a key that is not in `KEYS` is dropped; a value must
be a number, an instant, or a short text of identifier characters that holds no identity or telephone number. Chinese text is therefore
always withheld: our identifiers are English, and Chinese is what people wrote. What was withheld is counted, in the line and in the
metrics. Of an exception only types and code locations come out, since its message may quote anything.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from traceback import walk_tb
from types import TracebackType
from typing import Any, Literal, TextIO, TypeGuard, cast, get_args

import structlog

from runtime import metrics
from runtime.tolerant_stream import TolerantStream

Event = Literal[
    "accounts.bound", "accounts.unbound",
    "api.started", "api.stopped",
    "canary.armed", "canary.rung", "canary.silent", "canary.summed-up",
    "clock.ended", "clock.expired", "clock.extended", "clock.met", "clock.recomputed",
    "collector.found", "collector.lost",
    "delivery.acknowledged", "delivery.failed", "delivery.sent",
    "engine.found", "engine.lost", "engine.started", "engine.stopped",
    "entry.recorded", "entry.repeated",
    "file.refused",
    "head.repaired", "head.sealed",
    "intention.carried-out", "intention.failed",
    "journal.adopted", "journal.behind", "journal.broken", "journal.verified",
    "library.said",
    "matter.closed", "matter.opened", "matter.roused",
    "message.failed", "message.sent",
    "migration.applied",
    "opening.abandoned",
    "password.changed", "password.foreign", "password.unbound", "password.unreadable", "process.failed",
    "request.answered", "request.failed",
    "ring.escalated", "ring.given-back", "ring.late", "ring.rung",
    "second-factor.enrolled", "second-factor.reused", "second-factor.unreadable", "seed.planted",
    "sign-in.accepted", "sign-in.ended", "sign-in.limited", "sign-in.refused",
    "step.refused", "step.submitted", "step.unproven",
    "task.opened",
    "time.agreed", "time.disputed",
    "token.refused",
    "trace.forgotten", "trace.lost", "trace.unwritten",
    "watchdog.started", "watchdog.stopped",
    "worker.started", "worker.stopped",
    "workflow.continued", "workflow.squatted",
]  # fmt: skip
"""Everything that may be logged, as noun.past-verb."""

EVENTS = frozenset(get_args(Event))

KEYS = frozenset(
    {
        "agency", "by", "case", "clock", "colour", "kind", "limit", "matter", "office", "operation", "outcome", "problem",
        "rung", "seq", "stage", "step", "system", "task", "unit",
        "delivery", "engine", "hash", "intention", "version",
        "ahead_s", "attempt", "count", "duration_ms", "late_s", "port", "retry_after", "status",
        "method", "request_id", "route", "run_id", "span_id", "trace_id", "workflow_id",
        "error_at", "error_cause", "error_type", "logger", "message",
    }
)  # fmt: skip
"""Every key a caller may fill; the line adds at, level, event, process, and withheld where something was."""

Value = str | int | float | bool | datetime | None
"""What a caller may put under a key."""

# Longer than any identifier or location of ours, shorter than a story.
_LONGEST_TEXT = 400
# No letters beyond ASCII (that is where people write), no @ (addresses), no ? and % (query strings carry search words).
_IDENTIFIER_TEXT = re.compile(r"[A-Za-z0-9 _.,:;/\\{}()\[\]<>+*=#~'\-]*")
# A citizen's identity number (GB 11643) or a mobile number standing free; our longer matter numbers are not taken for one.
_PERSONAL_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?:\d{17}[\dXx]|\d{15}|(?:\+?86)?1[3-9]\d{9})(?![A-Za-z0-9])")
# Counts, ports and milliseconds are below it; telephone and identity numbers are above.
_LARGEST_NUMBER = 10**10

# Enough to find the line, few enough to read.
_FRAMES, _CAUSES = 6, 4

# Loggers whose messages are known to speak of the machine only. All others come out by name and level, without their message.
_SPEAKABLE = frozenset({"uvicorn.error", "alembic.runtime.migration"})
_SILENT = 100
# What these say at length, a line of ours says once: each answered request, each call to outside, an absent database or collector.
_HUSHED = {
    "uvicorn.access": logging.WARNING,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "psycopg.pool": logging.ERROR,
    "opentelemetry.exporter.otlp.proto.http._log_exporter": _SILENT,
}

_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}


class Log(structlog.BoundLoggerBase):
    """A structlog logger that accepts only events of the closed list."""

    def info(self, event: Event, **values: Value) -> None:
        """Say what happened, refusals included."""
        self.say("info", event, values)

    def warning(self, event: Event, **values: Value) -> None:
        """Say what a person should look at today."""
        self.say("warning", event, values)

    def error(self, event: Event, *, error: BaseException | None = None, **values: Value) -> None:
        """Say what is a fault of ours; of `error` only types and code locations are told."""
        self.say("error", event, {**values, **describe_error(error)})

    def say(self, level: str, event: str, values: Mapping[str, object]) -> None:
        """Write one line at a level by name; ValueError when the event is not in the closed list."""
        if event not in EVENTS:
            raise ValueError("this event is not in the closed list runtime.logging.Event")
        if _LEVELS[level] >= _threshold:
            (line,), _ = self._process_event(level, event, dict(values))
            getattr(self._logger, level)(line)


def withhold(values: Mapping[str, object]) -> tuple[dict[str, Value], int]:
    """The values that may leave the process, and how many may not."""
    kept: dict[str, Value] = {}
    for key, value in values.items():
        if key not in KEYS:
            metrics.WITHHELD.labels("key").inc()
        elif isinstance(value, datetime):
            kept[key] = value.isoformat()
        elif _is_plain(value):
            kept[key] = value
        else:
            metrics.WITHHELD.labels("value").inc()
    return kept, len(values) - len(kept)


def describe_error(error: BaseException | None) -> dict[str, str]:
    """What may be told of an exception: its type, those of its causes, and where in the code it came from; never its message."""
    if error is None:
        return {}
    values = {"error_type": _get_name(error), "error_at": _format_locations(error.__traceback__)}
    if causes := " < ".join(islice(map(_get_name, _list_causes(error)), _CAUSES)):
        values["error_cause"] = causes
    return values


def _is_plain(value: object) -> TypeGuard[str | float | None]:
    if isinstance(value, str):
        return len(value) <= _LONGEST_TEXT and bool(_IDENTIFIER_TEXT.fullmatch(value)) and not _PERSONAL_NUMBER.search(value)
    if isinstance(value, (int, float)):
        return -_LARGEST_NUMBER < value < _LARGEST_NUMBER
    return value is None


def _get_name(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _list_causes(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__ or error.__context__
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__


def _format_locations(traceback: TracebackType | None) -> str:
    frames = [(frame.f_code, line) for frame, line in walk_tb(traceback)][-_FRAMES:]
    # The last two parts of a path name the module; the rest tells where somebody's home is.
    places = (f"{'/'.join(code.co_filename.split('/')[-2:])}:{line} {code.co_name}" for code, line in reversed(frames))
    return " < ".join(places)[:_LONGEST_TEXT]


def _format_line(_logger: object, level: str, values: MutableMapping[str, Any]) -> str:
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = {"at": now, "level": level, "event": values.pop("event"), "process": _process}
    kept, withheld = withhold(values)
    line = line | kept | ({"withheld": withheld} if withheld else {})
    if _ship:
        _ship(line)
    return json.dumps(line)


class _Libraries(logging.Handler):
    """Whatever the libraries log, brought into the same lines; where it happened in a workflow, with that workflow's id."""

    def emit(self, record: logging.LogRecord) -> None:
        values: dict[str, object] = {"logger": record.name}
        if record.name in _SPEAKABLE:
            with suppress(TypeError, ValueError):  # arguments that do not fit the format: told without them
                values["message"] = record.getMessage()
        where = getattr(record, "temporal_workflow", None) or getattr(record, "temporal_activity", None) or {}
        values |= {key: where[key] for key in ("workflow_id", "run_id", "attempt") if key in where}
        if record.exc_info:
            values |= describe_error(record.exc_info[1])
        level = record.levelname.lower()
        log.say(level if level in _LEVELS else "info", "library.said", values)


_process = ""
_ship: Callable[[Mapping[str, Value]], None] | None = None
_threshold = _SILENT  # until `configure`, so that commands for people and tests own their stdout


def configure(process: str, level: str = "INFO", out: TextIO | None = None) -> None:
    """Open the log of this process, ours and the libraries'; KeyError for an unknown level name."""
    global _process, _threshold
    _process, _threshold = process, _LEVELS[level.lower()]
    _write_to(out)
    logging.basicConfig(level=level.upper(), handlers=[_Libraries()], force=True)
    for name, least in _HUSHED.items():
        logging.getLogger(name).setLevel(least)
    # A traceback printed at the end of a process quotes the message, and the message may quote a person.
    sys.excepthook = lambda _kind, error, _traceback: log.error("process.failed", error=error)
    threading.excepthook = lambda args: log.error("process.failed", error=args.exc_value)


def ship_through(way: Callable[[Mapping[str, Value]], None] | None) -> None:
    """Hand each line, as it is written, to that as well, which must neither wait nor raise; None: to nobody."""
    global _ship
    _ship = way


def get_library_logger(library: str) -> logging.Logger:
    """Where a library that asks may put its words: they come out with ours, and nowhere in a command for people, which has no log."""
    logger = logging.getLogger(library)
    logger.addHandler(logging.NullHandler())  # Python would print what nobody takes
    return logger


def _write_to(out: TextIO | None) -> None:
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, _format_line],
        wrapper_class=Log,
        # A log that cannot be written must not end what it tells of.
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", TolerantStream(out))),
    )


def note_engine_lost(engine: str, error: BaseException) -> None:
    """Note that an engine (`temporal`, `postgres`) does not answer; the log is told once, until it is found again."""
    if engine not in _lost:
        _lost.add(engine)
        metrics.ENGINE_UP.labels(engine).set(0)
        log.error("engine.lost", error=error, engine=engine)


def note_engine_found(engine: str) -> None:
    """Note that an engine answers; cheap enough to be called at every answer."""
    if engine in _lost:
        _lost.discard(engine)
        metrics.ENGINE_UP.labels(engine).set(1)
        log.info("engine.found", engine=engine)


_lost: set[str] = set()
_write_to(None)
log: Log = structlog.get_logger()
"""The log of this process; bind what is common to several lines with `structlog.contextvars.bound_contextvars`."""
