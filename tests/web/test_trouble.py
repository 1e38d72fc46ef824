"""What cannot be done now is said on every page within five seconds, and taken back by itself."""

from collections import namedtuple

import pytest
from playwright.async_api import expect

from tests.web.screens import County

SECONDS_MS = 5000
Usage = namedtuple("Usage", "total used free")


async def test_a_disk_without_room_is_named_on_the_page_within_five_seconds_and_reading_goes_on(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = [10 * 2**30]
    monkeypatch.setattr("runtime.disk_space.shutil.disk_usage", lambda _: Usage(0, 0, free[-1]))
    officer = await county.signed_in("liusiyuan")
    banner = officer.page.get_by_role("status").filter(has_text="磁盘空间不足")
    await expect(banner).to_have_count(0)
    free.append(2**20)
    await expect(banner).to_contain_text("暂不能办理步骤，查阅不受影响", timeout=SECONDS_MS)
    await officer.go("/clocks")
    await expect(officer.page.get_by_role("heading").first).to_be_visible()
    stranger = await county.window()
    await stranger.page.goto(county.address)
    await expect(stranger.page.get_by_role("status").filter(has_text="磁盘空间不足")).to_be_visible(timeout=SECONDS_MS)
    free.append(10 * 2**30)
    await expect(banner).to_have_count(0, timeout=SECONDS_MS)
