"""What lies before somebody is done where it lies: one sentence, one key, and what was opened is what is decided upon."""

import re

from playwright.async_api import expect

from tests.api.matters import accepted, requested
from tests.scenarios.fraud import SUSPECT
from tests.web.ground import planted
from tests.web.screens import County
from tests.world import until


async def test_an_overrun_is_acknowledged_from_the_list(county: County) -> None:
    ground = await planted(county)
    chief = await county.as_("zhouminghui")
    await (await county.as_(ground.officer)).take(ground.suspect, "release", grounds="超过拘留期限")
    await chief.approve(ground.suspect, "release")
    supervisor = await county.as_("leijianfeng")

    async def waiting() -> list[dict[str, object]]:
        return [each for each in (await supervisor.read("/api/tasks"))["items"] if each["sort"] == "overrun"]

    before = await until(waiting, bool)
    screen = await county.signed_in("leijianfeng")
    await screen.go("/")
    row = screen.page.get_by_role("row").filter(has_text="超期待确认").first
    await row.get_by_role("button", name="确认").click()
    dialog = screen.page.get_by_role("dialog", name=re.compile("^确认"))
    await dialog.get_by_label("核查情况").fill("已对承办人谈话提醒")
    await dialog.get_by_role("button", name=re.compile("确 ?认")).click()
    await expect(dialog).to_be_hidden()
    assert len(await waiting()) < len(before)
    assert screen.faults == []


async def test_what_somebody_did_after_a_detention_was_opened_is_looked_at_before_it_is_approved(county: County) -> None:
    case, officer = await requested(county.bureau)
    head = await county.as_("zhouminghui")
    await head.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", **SUSPECT))["opened"]
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: answer.is_success)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据")
    chief = await county.signed_in("zhouminghui")
    page = chief.page
    row = page.get_by_role("row").filter(has_text=suspect)
    await row.get_by_role("button", name="查看").click()
    look = page.get_by_role("dialog", name="呈请：执行拘留")
    await expect(look.get_by_role("region", name="对象")).to_contain_text(SUSPECT["name"])
    await look.get_by_role("button", name="同意").click()
    await expect(look).to_be_hidden()
    await officer.take(suspect, "urge", request="execute-detention")
    await chief.leave()
    await expect(page.get_by_role("list", name="刚才的决定")).to_contain_text("须重新查看")
    assert (await officer.card(suspect))["stage"] != "detained"
    assert chief.faults == []


async def test_help_is_one_click_from_every_screen_and_begins_where_that_screen_is_told_of(county: County) -> None:
    number, _ = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    page = screen.page
    told = {
        "/": "工作台",
        "/matters": "警情案件",
        f"/matters/{number}": "警情案件",
        "/clocks": "期限",
        "/boards/deadlines": "看板",
        "/calculator": "期限计算",
        "/intake": "接警",
    }
    for path, zh in told.items():
        await screen.go(path)
        await page.get_by_role("link", name="本页帮助").click()
        await expect(page).to_have_url(re.compile("/help#page-"))
        anchor = page.url.partition("#")[2]
        await expect(page.locator(f"#{anchor}").get_by_role("heading", name=zh, exact=True)).to_be_in_viewport()
    assert screen.faults == []
