"""One `louke up` at a time for one data directory."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.embedded.process import CannotStart


@contextmanager
def hold_data_dir(data_dir: Path) -> Iterator[None]:
    """Hold `data_dir`, made if need be, for as long as we live. Raises CannotStart if another holds it or we may not write there."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (data_dir / "lock").open("a+")
    except OSError as error:
        raise CannotStart(
            f"{data_dir} cannot be used ({error.strerror}). Start as the user who made it, or set LOUKE_DATA_DIR to a directory of your own."
        ) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise CannotStart(
                f"Louke is already running from {data_dir} (process {file.read().strip()}). "
                "Stop it first, or give this one its own place: LOUKE_DATA_DIR=… LOUKE_PORT=…"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
