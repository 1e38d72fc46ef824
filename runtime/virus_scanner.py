"""Virus scanner (查毒): asks a ClamAV daemon about each uploaded file before it is stored.

It is asked over its own protocol (INSTREAM), at a socket of this machine or over the network: `unix:/run/clamav/clamd.ctl`, `tcp://host:3310`.
"""

import asyncio
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

# Twenty megabytes take a second or two; whoever waits longer waits for something that hangs.
_PATIENCE_S = 30.0
_CHUNK = 1 << 16
# No name of a signature is longer.
_LONGEST_ANSWER = 1000
_NAMED = re.compile(r"[^A-Za-z0-9._:-]")
_UNIX = re.compile(r"unix:(/.+)")


class Harmful(Exception):
    """The file is known to do harm; `name` is what the scanner calls it."""

    def __init__(self, name: str) -> None:
        """Known by that name."""
        super().__init__(name)
        self.name = name


class ScannerUnavailable(Exception):
    """The scanner did not say whether the file does harm: it is away, or could not look at the whole of it."""


def check_address(value: str) -> str:
    """Where a scanner is asked; ValueError where that is no such place, and empty where there is none."""
    if value and not _UNIX.fullmatch(value):
        try:
            address = urlsplit(value)
            good = address.scheme == "tcp" and address.hostname and address.port and not address.path
        except ValueError:
            good = False
        if not good:
            raise ValueError("must be unix:/path or tcp://host:port")
    return value


async def scan(address: str, chunks: Iterable[bytes]) -> None:
    """Return where the scanner at that address knows no harm of what the chunks come to; Harmful, or ScannerUnavailable."""
    try:
        async with asyncio.timeout(_PATIENCE_S):
            answer = await _ask_scanner(address, chunks)
    except (OSError, TimeoutError) as error:
        raise ScannerUnavailable("the scanner does not answer") from error
    verdict = answer.removeprefix("stream: ")
    if verdict.endswith(" FOUND"):
        raise Harmful(_NAMED.sub("", verdict.removesuffix(" FOUND")))
    if verdict != "OK":
        raise ScannerUnavailable("the scanner could not look at the whole file")


async def _ask_scanner(address: str, chunks: Iterable[bytes]) -> str:
    reader, writer = await _connect(address)
    try:
        writer.write(b"zINSTREAM\0")
        for chunk in chunks:
            for start in range(0, len(chunk), _CHUNK):
                piece = chunk[start : start + _CHUNK]
                writer.write(len(piece).to_bytes(4, "big") + piece)
                await writer.drain()
        writer.write(bytes(4))
        await writer.drain()
        return (await reader.read(_LONGEST_ANSWER)).decode(errors="replace").strip("\0\n")
    finally:
        writer.close()


async def _connect(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if at := _UNIX.fullmatch(address):
        return await asyncio.open_unix_connection(at[1])
    place = urlsplit(address)
    return await asyncio.open_connection(place.hostname, place.port)
