"""What was given up is found by an administrator, and sent again."""

from collections.abc import AsyncIterator
from functools import partial

import pytest
import pytest_asyncio
from playwright.async_api import expect

from runtime.settings import Partner
from tests.api.matters import reported
from tests.sandbox import Sandbox
from tests.sandbox import sandbox as serve_sandbox
from tests.web.screens import County
from tests.world import until

CAMERA = "body-camera"
ASKED = {"device": "1", "wearer": "刘思源", "since": "2026-09-28T10:00:00+08:00", "until": "2026-09-28T11:00:00+08:00"}


@pytest_asyncio.fixture(loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    """The systems outside."""
    async with serve_sandbox() as one:
        yield one


@pytest.fixture
def partners(sandbox: Sandbox) -> dict[str, Partner]:
    """Their addresses."""
    return sandbox.settings


async def test_a_delivery_that_was_given_up_is_sent_again(county: County, sandbox: Sandbox) -> None:
    sandbox.answers_to(county.bureau.app)
    sandbox.feels(CAMERA, "refusing")
    number, officer = await reported(county.bureau)
    await officer.take(number, "ask-recording", **ASKED)
    admin = await county.as_("guanli")
    asked = partial(admin.read, "/api/admin/deliveries", system=CAMERA, state="undeliverable")
    (given_up,) = (await until(asked, lambda page: page["items"], within=10))["items"]
    screen = await county.signed_in("guanli")
    await screen.go("/administration/partners")
    systems = screen.page.get_by_role("region", name="外部系统")
    await expect(systems.get_by_role("row").filter(has_text="执法记录仪管理平台")).to_contain_text("✕ 有送达失败")
    row = screen.page.get_by_role("region", name="送达", exact=True).get_by_role("row").filter(has_text=given_up["number"])
    await expect(row).to_contain_text(given_up["last_error"])
    sandbox.feels(CAMERA, "well")
    await row.get_by_role("button", name="重新送达").click()
    await expect(screen.page.get_by_text("没有送达失败的")).to_be_visible()
    await until(partial(admin.read, "/api/admin/deliveries", state="delivered"), lambda page: page["items"], within=10)
    assert screen.faults == []
