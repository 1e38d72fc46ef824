"""A text stream whose failures are counted and not raised: a full disk or a closed terminal must not end a process that logs."""

import sys
from typing import TextIO

from runtime import metrics


class TolerantStream:
    """Writes to a stream (None: the current stdout); what cannot be written is counted in the metrics and dropped."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out
        self._torn = False

    def write(self, text: str) -> int:
        """Write it, on a line of its own where what came before was cut off; never raises because the stream failed."""
        # Without a stdout at our start, Python has none either: its number may be a socket's by now.
        out = self._out or sys.stdout
        try:
            out.write("\n" + text if self._torn else text)
            out.flush()
            self._torn = False
        except (AttributeError, OSError, ValueError):  # there is none; no room, or nobody reads; it was closed
            self._torn = True
            metrics.UNWRITTEN.inc()
        return len(text)

    def flush(self) -> None:
        """Nothing to do: each writing is flushed."""

    def isatty(self) -> bool:
        """Whether somebody sits there."""
        try:
            return (self._out or sys.stdout).isatty()
        except (AttributeError, ValueError):
            return False

    def fileno(self) -> int:
        """The number of the stream; OSError where it has none."""
        try:
            return (self._out or sys.stdout).fileno()
        except (AttributeError, ValueError):
            raise OSError("this stream has no number") from None

    @property
    def encoding(self) -> str:
        """How its text is encoded."""
        return getattr(self._out or sys.stdout, "encoding", None) or "utf-8"
