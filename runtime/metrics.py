"""Metrics: what a supervisor of the machine watches, as Prometheus series without a single personal datum in a label."""

import time
from contextlib import suppress
from datetime import timedelta

from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, Counter, Gauge, Histogram, generate_latest, start_http_server

# A step should be recorded in milliseconds; the last bound is the point where an officer has gone away.
_RECORD_BOUNDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
# A ring is good within two seconds and a scandal after an hour; between them each bound is a different conversation.
_LATENESS_BOUNDS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3600)

# Every label below comes from a closed set of the product's own identifiers, so that the number of series stays bounded.
STEPS = Counter("louke_steps", "Steps that were answered, by how they ended.", ["kind", "step", "outcome"])
REFUSALS = Counter("louke_refusals", "Requests refused, by problem.", ["problem"])
UNPROVEN = Counter("louke_unproven", "Submissions refused since nobody of ours had signed or promised them.")
RINGS = Counter("louke_rings", "Rings claimed, by colour and by which guard was first.", ["colour", "by"])
RING_LATENESS = Histogram("louke_ring_lateness_seconds", "How long after its instant a ring was claimed.", buckets=_LATENESS_BOUNDS)
RECORD_DURATION = Histogram("louke_record_duration_seconds", "How long one record transaction took.", buckets=_RECORD_BOUNDS)
OPEN_MATTERS = Gauge("louke_open_matters", "Matters that are not closed.", ["kind"])
QUEUE_DEPTH = Gauge("louke_queue_depth", "Submissions waiting in this process for their turn.")
CANARY_AGE = Gauge("louke_canary_age_seconds", "Seconds since the canary clock last rang.", ["by"])
PROMISES = Gauge("louke_promises_outstanding", "What steps promised to do elsewhere and nobody has done yet.")
PROMISE_AGE = Gauge("louke_promise_age_seconds", "Age of the oldest promise that nobody has kept yet; 0: there is none.")
CLOCK_AHEAD = Gauge("louke_clock_ahead_seconds", "By how much this process's clock is ahead of the database's; negative: behind.")
TRACES_WRITTEN = Counter("louke_reading_traces_written", "Traces of reading that were written.")
TRACES_WAITING = Gauge("louke_reading_traces_waiting", "Traces of reading that this process has not written yet.")
TRACES_LOST = Counter("louke_reading_traces_lost", "Traces of reading that found no room while none could be written.")
ENGINE_UP = Gauge("louke_engine_up", "Whether this process reaches the engine: 1 yes, 0 no.", ["engine"])
DISK_FREE = Gauge("louke_disk_free_bytes", "Bytes free where this process keeps its data.")
DISK_ROOM = Gauge("louke_disk_room", "Whether steps can be taken as far as the disk goes: 1 yes, 0 its reserve is reached.")
PULSES = Gauge("louke_pulses", "Processes of a kind that gave a sign of life within seconds, by kind.", ["process"])
UNWRITTEN = Counter("louke_log_lines_unwritten", "Lines of the log that could not be written: no room, or nobody reads.")
UNSHIPPED = Counter("louke_log_lines_unshipped", "Lines of the log that the collector did not take; they stand on stdout alone.")
WITHHELD = Counter("louke_log_values_withheld", "Values that the log or a trace refused to let out, by why.", ["reason"])


# By whom a canary rang that never did.
_NEVER = "nobody"


def note_canary_rang(by: str, age: timedelta) -> None:
    """Say how long ago the canary rang; its age then grows by itself until the next ring, whatever becomes of this machine's clock."""
    with suppress(KeyError):  # it had rung before
        CANARY_AGE.remove(_NEVER)
    rang_at = time.monotonic() - age.total_seconds()
    CANARY_AGE.labels(by).set_function(lambda: time.monotonic() - rang_at)


def note_canary_awaited(since: float) -> None:
    """Say that no canary has ever rung; its age then grows from that reading of `time.monotonic`, when somebody began to wait for one."""
    CANARY_AGE.labels(_NEVER).set_function(lambda: time.monotonic() - since)


def promise_aged(age: timedelta | None) -> None:
    """Let the age of the oldest promise grow from there, whatever becomes of this machine's clock; None: every promise is kept."""
    since = time.monotonic() - age.total_seconds() if age is not None else None
    PROMISE_AGE.set_function(lambda: time.monotonic() - since if since is not None else 0.0)


def render_page() -> tuple[bytes, str]:
    """The metrics page and its content type."""
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST


def serve(port: int, host: str = "127.0.0.1") -> None:
    """Serve the metrics page on a thread of its own for a process without HTTP; port 0 serves nothing, a taken port raises OSError."""
    if port:
        start_http_server(port, addr=host)
