"""Just enough of an HTTP client: what a full one costs would be taken from the processes that are measured."""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

from httpx import codes


class Connections:
    """Kept-alive connections to one server, as many as callers ask at once."""

    def __init__(self, port: int, token: str) -> None:
        """Speak to that loopback port, signed in by that token."""
        self._port, self._token = port, token
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def __aenter__(self) -> Self:
        """Open nothing yet."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close all."""
        for _, writer in self._idle:
            writer.close()

    def as_(self, token: str) -> "Connections":
        """Others to the same server, signed in by another token."""
        return Connections(self._port, token)

    async def ask(self, method: str, path: str, form: dict[str, Any] | None = None, **headers: str) -> Any:
        """One request and its JSON; RuntimeError when the status says that it did not do what was asked."""
        status, said = await self.try_(method, path, form, **headers)
        if not codes.is_success(status):
            raise RuntimeError(f"{method} {path}: {status} {said}")
        return said

    async def try_(self, method: str, path: str, form: dict[str, Any] | None = None, **headers: str) -> tuple[int, Any]:
        """One request, whatever becomes of it: the status, and the JSON."""
        body = b"" if form is None else json.dumps(form).encode()
        lines = [f"{method} {path} HTTP/1.1", "host: bench", f"authorization: Bearer {self._token}", f"content-length: {len(body)}"]
        lines += ["content-type: application/json", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
        status, text = await self._exchange("\r\n".join([*lines, "", ""]).encode() + body)
        return int(status), json.loads(text)

    async def _exchange(self, request: bytes) -> tuple[str, bytes]:
        while True:
            reader, writer = self._idle.pop() if self._idle else await asyncio.open_connection("127.0.0.1", self._port)
            try:
                writer.write(request)
                head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
                text = await reader.readexactly(int(head.partition("content-length: ")[2].partition("\r\n")[0]))
            except (asyncio.IncompleteReadError, ConnectionResetError):
                # The server closed what had been idle for long; a write bears a key, so that asking again does nothing twice.
                writer.close()
                continue
            self._idle.append((reader, writer))
            return head[9:12], text
