"""Being told outside, at the screen: an address is confirmed, a rule is set, what was sent is seen and sent again, a calendar is subscribed to."""

from re import compile as matching

from playwright.async_api import expect

from tests.api.matters import reported
from tests.web.axe import findings_everywhere
from tests.web.screens import County
from watchdog.duties.announce_notices import AnnounceNotices

PHONE = "13900001234"


async def _with_sms(county: County) -> None:
    """Let the bureau have an SMS gateway, as its watchdog says so."""
    await county.bureau.ask("INSERT INTO channel_state (channel, configured) VALUES ('sms', true)")


async def test_an_officer_confirms_a_telephone_and_subscribes_to_a_calendar(county: County) -> None:
    await _with_sms(county)
    screen = await county.signed_in("liusiyuan")
    await screen.go("/account")
    page = screen.page
    ways = page.get_by_role("region", name="通知方式")
    await ways.get_by_label(matching("手机号码")).fill("12345")
    await ways.get_by_role("button", name="发送确认码").click()
    await expect(ways.get_by_role("alert")).to_contain_text("不是手机号码")
    await ways.get_by_label(matching("手机号码")).fill(PHONE)
    await ways.get_by_role("button", name="发送确认码").click()
    await expect(ways).to_contain_text(f"确认码已发往 {PHONE}")
    code = (await county.bureau.ask("SELECT code FROM channel_address"))[0].code
    await ways.get_by_label("确认码", exact=True).fill(code)
    await ways.get_by_role("button", name="确认", exact=True).click()
    await ways.get_by_role("button", name="短信：发送测试通知").click()
    await expect(page.get_by_text("测试通知已交短信发送")).to_be_visible()
    feed = page.get_by_role("region", name="期限日历")
    await feed.get_by_role("button", name="建立期限日历").click()
    await expect(feed).to_contain_text("只显示这一次")
    address = await feed.locator("code").inner_text()
    answer = await (await county.bureau.stranger()).get(address.removeprefix(county.address))
    assert answer.text.startswith("BEGIN:VCALENDAR")
    assert await findings_everywhere(screen) == []
    await feed.get_by_role("button", name="停用").click()
    await expect(feed.get_by_role("button", name="建立期限日历")).to_be_visible()


async def test_an_administrator_sets_a_rule_and_sends_again_what_failed_and_who_opens_the_matter_has_read_it(
    county: County,
) -> None:
    await _with_sms(county)
    screen = await county.signed_in("guanli")
    await screen.go("/administration/rules")
    page = screen.page
    await expect(page.get_by_text("没有打开页面的人得不到通知")).to_be_visible()
    await page.get_by_role("button", name="新设规则").click()
    form = page.get_by_role("dialog", name="新设规则")
    await screen.choose(form, "何事", "新警情待签收")
    await form.get_by_label("多久未查看即上报（分钟）").fill("5")
    await form.get_by_role("button", name="保存").click()
    await expect(form.get_by_role("alert")).to_contain_text("上报须同时写明")
    await screen.choose(form, "上报给谁", "办案部门负责人")
    assert await findings_everywhere(screen) == []
    await form.get_by_role("button", name="保存").click()
    rules = page.get_by_role("region", name="通知规则")
    await expect(rules).to_contain_text("新警情待签收以短信告知通知对象，全天，5分钟未查看的上报办案部门负责人")
    assert await findings_everywhere(screen) == []
    number, _ = await reported(county.bureau)
    await county.bureau.watch().get_duty(AnnounceNotices).do()
    await county.bureau.ask("UPDATE sending SET state = 'given-up', words = 'x', last_error = '答复503'")
    await screen.go("/administration/messages")
    sent = page.get_by_role("region", name="发送记录")
    await expect(sent).to_contain_text("✕ 发送失败")
    assert await findings_everywhere(screen) == []
    await sent.get_by_role("button", name=f"重新发送 {number} 刘思源").click()
    await expect(sent).to_contain_text("… 待发送")
    officer = await county.signed_in("liusiyuan")
    await officer.go(f"/matters/{number}")
    await expect(officer.page.get_by_role("heading", level=1)).to_be_visible()
    await page.reload()
    await expect(sent.get_by_role("row").filter(has_text=number)).to_be_visible()
    read = await county.bureau.ask("SELECT read_at FROM sending WHERE username = 'liusiyuan'")
    assert read[0].read_at is not None
    await screen.go("/administration/rules")
    await page.get_by_role("button", name=matching("^撤销：")).click()
    await page.get_by_role("button", name="撤 销", exact=True).or_(page.get_by_role("button", name="撤销", exact=True)).click()
    await expect(page.get_by_text("没有打开页面的人得不到通知")).to_be_visible()
