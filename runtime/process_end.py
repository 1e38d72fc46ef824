"""The end of a process: at once, without taking the interpreter apart.

What Temporal's runtime has under way when a process ends may still ask for the interpreter, which then waits for it for ever: of thirty
watchdogs that were told to stop on a busy machine, three never ended.
"""

import atexit
import os
import sys
from typing import Any, NoReturn

# What Python itself says where the last of the output found no room.
_UNSAID = 120


def end(code: Any) -> NoReturn:
    """End this process as `raise SystemExit(code)` would, once what was registered for its end is done and its output is written."""
    status = _get_status(code)
    atexit._run_exitfuncs()  # there is no public way to have just these run
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # nobody reads it, or there is no room
            status = status or _UNSAID
    os._exit(status)


def _get_status(code: Any) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    sys.stderr.write(f"{code}\n")
    return 1
