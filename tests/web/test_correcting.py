"""A date or a word that was typed wrongly is set right without looking anything up."""

from datetime import datetime, timedelta

from playwright.async_api import expect

from law.calendar import SHANGHAI
from tests.api.matters import reported
from tests.web.screens import County


async def test_whoever_sets_a_date_right_chooses_what_happened_by_its_words(county: County) -> None:
    number, hand = await reported(county.bureau, at=(datetime.now(SHANGHAI) - timedelta(days=2)).isoformat(timespec="seconds"))
    await hand.take(number, "arrive-on-scene")
    officer = await county.signed_in("liusiyuan")
    await officer.open(number)
    form = await officer.step("更正")
    await officer.choose(form, "更正什么", "事实的发生时间")
    await expect(form.get_by_label("正确的姓名")).to_have_count(0)
    await officer.choose(form, "更正的事实", "到达现场")
    rightly = (datetime.now(SHANGHAI) - timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    await form.get_by_label("正确的发生时间").fill(rightly)
    await officer.page.keyboard.press("Enter")
    await form.get_by_label("更正理由").fill("到场时间误写")
    await officer.submit(form)
    (asked,) = (await hand.read(f"/api/matters/{number}"))["requests"]
    assert (asked["form"]["fact_seq"], asked["form"]["happened_at"][:16].replace("T", " ")) == (3, rightly)
    await expect(officer.page.get_by_role("region", name="等待审批：更正")).to_be_visible()
    assert officer.faults == []


async def test_whoever_sets_words_right_chooses_them_as_they_stand_and_the_old_ones_stay_beside_them(county: County) -> None:
    number, hand = await reported(county.bureau)
    officer = await county.signed_in("liusiyuan")
    await officer.open(number)
    form = await officer.step("更正")
    await officer.choose(form, "更正什么", "记录的文字")
    await officer.choose(form, "更正的内容", "发生地点：城关镇河滨路")
    await expect(form.get_by_label("正确的内容")).to_have_value("城关镇河滨路")
    await form.get_by_label("正确的内容").fill("城关镇河滨北路17号")
    await form.get_by_label("更正理由").fill("接警时误听")
    await officer.submit(form)
    await (await county.as_("zhaotiejun")).approve(number, "correct-record")
    summary = officer.page.get_by_role("region", name="基本情况")
    await expect(summary).to_contain_text("城关镇河滨北路17号")
    await expect(summary.locator("del")).to_have_text("城关镇河滨路")
    await expect(officer.page.get_by_role("heading", name="盗窃 城关镇河滨北路17号")).to_be_visible()
    assert (await hand.card(number))["requests"] == []
    assert officer.faults == []
