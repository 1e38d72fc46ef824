"""Events, over a real connection: what is streamed has no end, and so no answer that could be waited for."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import httpx
import psycopg
import pytest
import uvicorn

import api.events
from runtime.embedded.ports import find_free_port
from runtime.tokens import make_demo_tokens
from tests.api.matters import reported
from tests.api.reviews import assigned, decided, review_of, scored
from tests.api.test_deputies import away
from tests.world import World, until


@pytest.fixture
async def address(bureau: World) -> AsyncIterator[str]:
    """The API served at a port of its own."""
    port = find_free_port()
    config = uvicorn.Config(bureau.app, port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await until(partial(asyncio.sleep, 0, server), lambda serving: serving.started)
    await bureau.ctx.event_bus.listening.wait()
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


@asynccontextmanager
async def _stream(bureau: World, address: str, username: str, last_id: str = "") -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    token, _ = make_demo_tokens(bureau.settings).issue(username)
    headers = {"Authorization": f"Bearer {token}"} | ({"Last-Event-ID": last_id} if last_id else {})
    async with httpx.AsyncClient(timeout=5) as client, client.stream("GET", f"{address}/api/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.aiter_lines()
        assert await anext(lines) == "retry: 2000"
        yield _events(lines)


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[dict[str, Any]]:
    event: dict[str, Any] = {}
    async for line in lines:
        name, _, value = line.partition(": ")
        if name == "data":
            event["data"] = json.loads(value)
        elif name:
            event[name] = value
        elif event:
            yield event
            event = {}


async def test_whoever_may_know_of_a_matter_hears_of_its_steps(bureau: World, address: str) -> None:
    async with _stream(bureau, address, "zhaotiejun") as events:
        number, _ = await reported(bureau)
        heard = [await anext(events) for _ in range(2)]
    assert [(each["event"], each["id"], each["data"]["step"]) for each in heard] == [
        ("step", f"{number}:1", "open-incident"),
        ("step", f"{number}:2", "dispatch-incident"),
    ]


async def test_others_hear_nothing_until_a_matter_is_shared_with_them(bureau: World, address: str) -> None:
    async with _stream(bureau, address, "yeqingheng") as events, _stream(bureau, address, "wuhaoran") as strangers:
        number, officer = await reported(bureau)
        await bureau.ask("UPDATE matter SET shared_with = '{procuratorate}' WHERE number = %(n)s", n=number)
        await officer.take(number, "arrive-on-scene")
        assert (await anext(events))["id"].startswith(number)
        other = (await (await bureau.as_("wuhaoran")).open("incident", kind="求助", place="东河", narrative="求助"))["number"]
        assert (await anext(strangers))["id"] == f"{other}:1"


async def test_of_a_sealed_matter_only_who_may_open_it_hears(bureau: World, address: str) -> None:
    sealed, officer = await reported(bureau)
    await officer.take(sealed, "seal-file", grounds="涉及被害人隐私")
    await (await bureau.as_("zhaotiejun")).approve(sealed, "seal-file")
    async with _stream(bureau, address, "liusiyuan") as events, _stream(bureau, address, "xuyating") as strangers:
        await officer.take(sealed, "arrive-on-scene")
        other, _ = await reported(bureau)
        assert (await anext(events))["id"].startswith(sealed)
        assert (await anext(strangers))["id"].startswith(other)


async def test_whoever_was_away_hears_what_they_missed(bureau: World, address: str) -> None:
    async with _stream(bureau, address, "zhaotiejun") as events:
        number, _ = await reported(bureau)
        await anext(events)
    async with _stream(bureau, address, "zhaotiejun", f"{number}:1") as events:
        assert (await anext(events))["id"] == f"{number}:2"


async def test_whoever_was_away_too_long_is_told_to_look_afresh(bureau: World, address: str) -> None:
    async with _stream(bureau, address, "zhaotiejun", "JQ202600000001:7") as events:
        assert (await anext(events))["event"] == "resync"


async def test_everyone_looks_afresh_once_the_database_is_back(bureau: World, address: str) -> None:
    async with _stream(bureau, address, "zhaotiejun") as events:
        await bureau.ask(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'louke-events'"
            " AND datname = current_database()"
        )
        assert (await anext(events))["event"] == "resync"
        number, _ = await reported(bureau)
        assert (await anext(events))["id"] == f"{number}:1"


async def test_a_stream_whose_database_is_away_says_to_look_afresh_and_goes_on(
    bureau: World, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, officer = await reported(bureau)

    async def cut(*_: Any) -> bool:
        raise psycopg.OperationalError("the connection is lost")

    async with _stream(bureau, address, "liusiyuan") as events:
        with monkeypatch.context() as patched:
            patched.setattr(api.events, "_is_visible", cut)
            await officer.take(number, "arrive-on-scene")
            assert (await anext(events))["event"] == "resync"
        other, _ = await reported(bureau)
        assert (await anext(events))["id"] == f"{other}:1"


async def test_a_deputy_hears_of_a_dispatch_to_whoever_is_away_and_that_it_is_urgent(bureau: World, address: str) -> None:
    absent = await bureau.as_("liusiyuan")
    assert (await away(absent, "machao")).status_code == 200
    async with _stream(bureau, address, "machao") as events:
        await reported(bureau, urgent=True)
        _, dispatched = [await anext(events) for _ in range(2)]
    assert dispatched["data"]["asked"] == [{"sort": "turn", "step": "accept-dispatch", "urgent": True}]


async def test_of_a_review_sheet_nobody_hears_and_of_its_review_only_that_a_seat_is_in(bureau: World, address: str) -> None:
    file = await decided(bureau)
    _, sheets = await assigned(bureau, (file, "wuhaoran", "kongfanlin"))
    review = await review_of(bureau, file)
    async with _stream(bureau, address, "jiangruolan") as events:
        await scored(await bureau.as_("wuhaoran"), sheets[f"{file}/1"], "仅第一席知道")
        heard = await anext(events)
    assert heard["id"].startswith(review)
    assert "仅第一席知道" not in json.dumps(heard, ensure_ascii=False)
