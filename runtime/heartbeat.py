"""Heartbeat: a process tells systemd or the supervisor every second that its event loop still runs.

The supervisor of one machine hands us the end of a pipe; systemd names a socket. Neither needs the disk nor an engine, so that a process
which merely waits for one of them is not taken for one that hangs.
"""

import asyncio
import os
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

# The variable that carries the number of the pipe's end.
HEARTBEAT = "LOUKE_HEARTBEAT_FD"
BEAT_S = 1.0
# A process of ours that was asked to stop has ended by then; whoever asked waits a little longer before it kills.
GRACE_S = 2.5


async def beat() -> None:
    """Beat until cancelled."""
    tell = list_listeners()
    while tell:
        for each in tell:
            with suppress(OSError):  # nobody listens any more, or the pipe is full because nobody looks
                each()
        await asyncio.sleep(BEAT_S)


def list_listeners() -> list[Callable[[], object]]:
    """Those who want to hear of each beat, as the environment names them; it names them no longer to whomever we start."""
    found: list[Callable[[], object]] = []
    if handed := os.environ.pop(HEARTBEAT, ""):
        end = int(handed)
        os.set_inheritable(end, False)
        os.set_blocking(end, False)
        found.append(lambda: os.write(end, b"."))
    if address := os.environ.pop("NOTIFY_SOCKET", ""):
        # A name that begins with @ is in the kernel's own name space.
        place = "\0" + address[1:] if address.startswith("@") else address
        systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
        found.append(lambda: systemd.sendto(b"READY=1\nWATCHDOG=1", place))
    return found


def end_soon(seconds: float = GRACE_S) -> None:
    """End this process for certain within `seconds`, however busy its loop is: what was not finished is done again by another."""
    last = threading.Timer(seconds, os._exit, (0,))
    last.daemon = True
    last.start()
