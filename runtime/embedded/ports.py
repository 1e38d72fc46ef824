"""Ports on this machine: which are free, and which one a server had last time."""

import errno
import socket
from pathlib import Path


def is_free(host: str, port: int) -> bool:
    """Whether nothing listens on `host`:`port` yet. OSError if we may not, or `host` is not an address of this machine."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # A connection of the last run still in TIME_WAIT does not make the port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            return False
    return True


def find_free_port() -> int:
    """Some port of the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def keep_port(file: Path) -> int:
    """The loopback port noted in `file` if it is still free, else a free one, noted there for next time."""
    if file.exists() and is_free("127.0.0.1", port := int(file.read_text())):
        return port
    port = find_free_port()
    file.write_text(f"{port}\n")
    return port
