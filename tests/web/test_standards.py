"""By what units are assessed is proposed on one page by one person, and confirmed by another where their task leads."""

from playwright.async_api import expect

from tests.api.test_assessments import NEXT
from tests.web.screens import County


async def test_one_person_proposes_a_standard_and_another_confirms_it_where_their_task_leads(county: County) -> None:
    admin = await county.signed_in("guanli")
    page = admin.page
    await admin.go("/administration/standards")
    await page.get_by_role("button", name="提请考评标准").click()
    form = page.get_by_role("dialog", name="提请考评标准")
    await admin.choose(form, "单位", "青岚县公安局")
    # What does not make a hundred is said before it is sent, and refused where it is sent all the same.
    closure = form.get_by_label("结案率（依法按期）")
    await closure.fill("20")
    await expect(form.get_by_role("status")).to_contain_text("应为 100")
    await form.get_by_role("button", name="提请").click()
    await expect(form.get_by_role("alert")).to_be_visible()
    await closure.fill("12")
    await form.get_by_role("button", name="提请").click()
    waiting = page.get_by_role("region", name="待确认的考评标准")
    await expect(waiting).to_contain_text(f"青岚县公安局，自 {NEXT} 起")
    await expect(waiting).to_contain_text("待督察或者法制员确认")

    supervisor = await county.signed_in("leijianfeng")
    await supervisor.go("/")
    task = supervisor.page.get_by_role("row").filter(has_text="青岚县公安局的考评标准")
    await task.get_by_role("link", name="去确认").click()
    await supervisor.page.get_by_role("button", name="确认青岚县公安局考评标准").click()
    await supervisor.page.get_by_role("dialog").get_by_role("button", name="确认", exact=True).click()
    held = supervisor.page.get_by_role("region", name="已确认的考评标准")
    await expect(held).to_contain_text("第 1 版")
    await expect(held).to_contain_text("关理提请，雷剑锋确认")
    assert admin.faults + supervisor.faults == []
