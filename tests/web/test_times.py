"""How long a dispatch and a turn may wait is proposed on one page by one person, and confirmed by another where their task leads."""

from playwright.async_api import expect

from tests.api.matters import reported
from tests.api.test_response_times import times
from tests.web.axe import findings
from tests.web.screens import County


async def test_one_person_proposes_a_time_and_another_confirms_it_where_their_task_leads(county: County) -> None:
    admin = await county.signed_in("guanli")
    page = admin.page
    await admin.go("/administration/times")
    await page.get_by_role("button", name="提请设定处警时限").click()
    form = page.get_by_role("dialog", name="提请设定处警时限")
    await admin.choose(form, "单位", "青岚县公安局")
    await admin.choose(form, "时限", "处警 签收")
    await form.get_by_label("多久之内", exact=True).fill("2")
    assert await findings(admin) == []
    await form.get_by_role("button", name="提请").click()
    waiting = page.get_by_role("region", name="待确认的时限")
    await expect(waiting.get_by_role("row").filter(has_text="处警 签收")).to_contain_text("2分钟")
    # Whoever proposed it is told who confirms it, and cannot.
    await expect(waiting).to_contain_text("待督察或者法制员确认")
    supervisor = await county.signed_in("leijianfeng")
    await supervisor.go("/")
    task = supervisor.page.get_by_role("row").filter(has_text="关理提请设定青岚县公安局的处警时限（处警 签收）：2分钟")
    await task.get_by_role("link", name="去确认").click()
    await supervisor.page.get_by_role("button", name="确认青岚县公安局处警时限（处警 签收）").click()
    assert await findings(supervisor) == []
    await supervisor.page.get_by_role("dialog").get_by_role("button", name="确认", exact=True).click()
    held = supervisor.page.get_by_role("region", name="处警时限")
    await expect(held.get_by_role("row").filter(has_text="青岚县公安局")).to_contain_text("关理、雷剑锋")
    await expect(supervisor.page.get_by_text("没有待确认的时限")).to_be_visible()
    number, officer = await reported(county.bureau)
    assert (await times(officer, number))["sign"] == 120
    await page.reload()
    await page.get_by_role("button", name="取消青岚县公安局处警时限（处警 签收）").click()
    await page.get_by_role("dialog").get_by_role("button", name="提请", exact=True).click()
    await expect(waiting.get_by_role("row").filter(has_text="处警 签收")).to_contain_text("不再另行设定（原为2分钟）")
    assert admin.faults + supervisor.faults == []


async def test_a_turn_is_reminded_of_as_its_unit_set_it_and_what_cannot_be_is_said_at_the_form(county: County) -> None:
    admin = await county.signed_in("guanli")
    page = admin.page
    await admin.go("/administration/times")
    await page.get_by_role("button", name="提请设定催办时限").click()
    form = page.get_by_role("dialog", name="提请设定催办时限")
    await admin.choose(form, "单位", "城关派出所")
    await admin.choose(form, "轮到办理", "签收警情")
    await form.get_by_label("多久后催办", exact=True).fill("3")
    await form.get_by_label("多久后上报", exact=True).fill("1")
    await form.get_by_role("button", name="提请").click()
    await expect(form.get_by_role("alert")).to_contain_text("上报不得早于催办")
    await form.get_by_label("多久后上报", exact=True).fill("5")
    await form.get_by_role("button", name="提请").click()
    row = page.get_by_role("region", name="待确认的时限").get_by_role("row").filter(has_text="城关派出所")
    await expect(row).to_contain_text("3分钟后催办，5分钟后上报")
    assert admin.faults == []
