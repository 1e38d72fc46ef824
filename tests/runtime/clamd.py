"""A stand-in for a ClamAV daemon, which knows one sort of harm."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

HARM = b"X5O!P%@AP"


async def _whole(reader: asyncio.StreamReader) -> bytes:
    said = b""
    while size := int.from_bytes(await reader.readexactly(4), "big"):
        said += await reader.readexactly(size)
    return said


@asynccontextmanager
async def clamd(folder: Path, answer: bytes | None = None) -> AsyncIterator[str]:
    """The address of a daemon that finds harm where it is, or always gives that answer, until the block ends."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        found = b"Eicar-Test-Signature FOUND" if HARM in await _whole(reader) else b"OK"
        writer.write(answer if answer is not None else b"stream: " + found + b"\0")
        await writer.drain()
        writer.close()

    socket = folder / "clamd.ctl"
    server = await asyncio.start_unix_server(serve, socket)
    async with server:
        yield f"unix:{socket}"
