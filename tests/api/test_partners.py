"""An administrator sees how what systems outside are told fares, and sends again what was given up, by the delivery's own step."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from tests.api.matters import reported
from tests.sandbox import Sandbox
from tests.sandbox import sandbox as serve_sandbox
from tests.world import World, found, until, world

CAMERA = "body-camera"
ASKED = {"device": "1", "wearer": "刘思源", "since": "2026-09-28T10:00:00+08:00", "until": "2026-09-28T11:00:00+08:00"}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """The systems outside."""
    async with serve_sandbox() as one:
        yield one


@pytest.fixture
async def county(peopled: str, temporal_address: str, tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[World]:
    """The county, tied to them."""
    async with world(found(peopled, temporal_address, tmp_path, sandbox.settings)) as one:
        sandbox.answers_to(one.app)
        yield one


async def partner(county: World, system: str) -> dict[str, object]:
    told = await (await county.as_("guanli")).read("/api/admin/partners")
    return next(each for each in told["partners"] if each["system"] == system)


async def test_systems_without_an_address_are_told_apart_and_no_secret_is_shown(idle: World) -> None:
    answer = await (await idle.as_("guanli")).get("/api/admin/partners")
    told = answer.json()["partners"]
    assert {each["system"] for each in told} >= {"procuratorate", "court", "custody-centre", CAMERA}
    assert {(each["configured"], each["host"], each["waiting"]) for each in told} == {(False, "", 0)}


async def test_what_was_given_up_is_found_with_its_reason_and_sent_again(county: World, sandbox: Sandbox) -> None:
    sandbox.feels(CAMERA, "refusing")
    number, officer = await reported(county)
    await officer.take(number, "ask-recording", **ASKED)
    admin = await county.as_("guanli")
    found_ = await until(
        partial(admin.read, "/api/admin/deliveries", system=CAMERA, state="undeliverable"), lambda page: page["items"], within=10
    )
    (delivery,) = found_["items"]
    assert (delivery["subject"], delivery["stage_zh"], delivery["attempts"]) == (number, "送达失败", 1)
    assert delivery["last_error"]
    camera = await partner(county, CAMERA)
    assert (camera["configured"], camera["given_up"], camera["waiting"], camera["last_receipt_at"]) == (True, 1, 0, None)
    assert camera["last_error"] == delivery["last_error"]
    assert "whsec_" not in str(camera)

    sandbox.feels(CAMERA, "well")
    await admin.take(delivery["number"], "repeat-delivery", remark="对方已修复")
    await until(partial(admin.read, "/api/admin/deliveries", state="delivered"), lambda page: page["items"], within=10)
    camera = await partner(county, CAMERA)
    assert (camera["given_up"], camera["last_error"], camera["last_receipt_at"] is not None) == (0, "", True)


async def test_of_a_sealed_file_no_delivery_is_shown(county: World, sandbox: Sandbox) -> None:
    sandbox.feels(CAMERA, "down")
    number, officer = await reported(county)
    await officer.take(number, "ask-recording", **ASKED)
    admin = await county.as_("guanli")
    await until(partial(admin.read, "/api/admin/deliveries", subject=number), lambda page: page["items"], within=10)
    await county.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    assert (await admin.read("/api/admin/deliveries"))["items"] == []
    sandbox.feels(CAMERA, "well")
    stands = "SELECT stage FROM matter WHERE kind = 'delivery'"
    await until(lambda: county.ask(stands), lambda rows: rows[0].stage == "delivered", within=20)
