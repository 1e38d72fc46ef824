"""The stream of events as a program reads it: what an event says, as soon as it is there."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

_END = b"\n\n"


async def events(port: int, token: str) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """The kind of each event and what it says, as they come; ends with the stream. RuntimeError where it is refused."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        lines = ("GET /api/events HTTP/1.1", "host: bench", f"authorization: Bearer {token}", "accept: text/event-stream", "", "")
        writer.write("\r\n".join(lines).encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        if " 200 " not in head.partition("\r\n")[0]:
            raise RuntimeError(head)
        yield "begun", {}
        said = b""
        while size := int(await reader.readline() or b"0", 16):
            said += await reader.readexactly(size)
            await reader.readline()
            *whole, said = said.split(_END)
            for event in whole:
                for each in _read(event.decode()):
                    yield each
    finally:
        writer.close()


def _read(event: str) -> Iterator[tuple[str, dict[str, Any]]]:
    named = dict(line.split(": ", 1) for line in event.splitlines() if ": " in line and not line.startswith(":"))
    if "event" in named:
        yield named["event"], json.loads(named["data"])
