"""A door before several servers: each connection goes to the next one that answers. `python -m tests.production.door PORT TARGET…`.

It stands for what a service of Kubernetes, or the names of a compose network, do where there are several machines; what is encrypted
passes through as it is.
"""

import asyncio
import sys
from contextlib import suppress
from itertools import count

_PIECE = 64 * 1024
_ANSWERS_S = 2.0


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
    writer.close()


async def serve(port: int, targets: list[tuple[str, int]]) -> None:
    """Let connections in at that port until cancelled."""
    turns = count()

    async def let_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        turn = next(turns)
        for n in range(len(targets)):
            host, at = targets[(turn + n) % len(targets)]
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(_ANSWERS_S):
                    inner, outer = await asyncio.open_connection(host, at)
                await asyncio.gather(_pass_on(reader, outer), _pass_on(inner, writer))
                return
        writer.close()

    async with await asyncio.start_server(let_in, "127.0.0.1", port) as door:
        await door.serve_forever()


if __name__ == "__main__":
    places = [(host, int(at)) for host, _, at in (each.partition(":") for each in sys.argv[2:])]
    asyncio.run(serve(int(sys.argv[1]), places))
