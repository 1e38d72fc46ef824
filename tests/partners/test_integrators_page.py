"""The examples on the integrators' page do what the page says."""

import asyncio
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn

from runtime.embedded.ports import find_free_port
from tests.sandbox import SECRET
from tests.sandbox import sandbox as serve_sandbox
from tests.scenarios.fraud import team
from tests.scenarios.passing import eventually
from tests.scenarios.test_organs_decide import asked_for_arrest, now
from tests.world import World, found, world

PAGE = (Path(__file__).parents[2] / "docs" / "integrators.md").read_text(encoding="utf-8")
SECONDS = 30


def example(language: str) -> str:
    """The one example in that language."""
    (text,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return text


@pytest.fixture
async def county(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The county, tied to systems outside."""
    async with serve_sandbox() as outside, world(found(peopled, temporal_address, tmp_path, outside.settings)) as one:
        yield one


@pytest.fixture
async def address(county: World) -> AsyncIterator[str]:
    """Where the county is reached over HTTP."""
    port = find_free_port()
    server = uvicorn.Server(uvicorn.Config(county.app, host="127.0.0.1", port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    await eventually(started)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


async def run(program: str, text: str, **environment: str) -> str:
    """What a program prints that is given this text."""
    process = await asyncio.create_subprocess_exec(
        program,
        "-",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={"PATH": os.environ["PATH"], "NO_PROXY": "*", "PYTHONUTF8": "1", **environment},
    )
    async with asyncio.timeout(SECONDS):
        said, _ = await process.communicate(text.encode())
    assert process.returncode == 0, said.decode()
    return said.decode()


async def test_the_examples_of_python_and_of_curl_are_accepted(county: World, address: str) -> None:
    people = await team(county)
    suspect = await asked_for_arrest(people, now())
    agreed = {"LOUKE": address, "SECRET": SECRET, "MATTER": suspect}
    if shutil.which("curl") and shutil.which("openssl"):
        assert '"state":"accepted"' in await run(
            "sh", f"set -e\n{example('sh')}".replace("curl ", "curl --noproxy '*' ", 1), **agreed
        )
        assert (await people.officer.clock(suspect, "procuratorate-arrest-review-detained"))["state"] == "running"
    said = await run(sys.executable, example("python"), **agreed)
    assert said.startswith("200 ")
    assert (await people.officer.card(suspect))["stage"] == "arrest_approved"
