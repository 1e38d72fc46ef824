"""Whoever reads a citation reads the words of its article, and goes on where they were."""

from playwright.async_api import expect

from tests.api.matters import requested
from tests.scenarios.fraud import SUSPECT
from tests.web.axe import findings
from tests.web.screens import County
from tests.world import until


async def _suspect(county: County) -> str:
    """Somebody who is suspected in a case that was filed."""
    case, officer = await requested(county.bureau)
    await (await county.as_("zhouminghui")).approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", **SUSPECT))["opened"]
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: answer.is_success)
    return suspect


async def test_an_officer_reads_the_article_while_the_form_stays_as_it_is(county: County) -> None:
    suspect = await _suspect(county)
    screen = await county.signed_in("liusiyuan")
    await screen.open(suspect)
    form = await screen.step("执行拘留")
    await form.get_by_label("执行地点").fill("青岚县城关镇")
    citation = form.get_by_role("button", name="《刑事诉讼法》第八十五条")
    await citation.focus()
    await screen.page.keyboard.press("Enter")
    article = screen.page.get_by_role("dialog", name="《刑事诉讼法》第八十五条")
    await expect(article).to_contain_text("第一编 总则 · 第六章 强制措施")
    await expect(article).to_contain_text("拘留后，应当立即将被拘留人送看守所羁押，至迟不得超过二十四小时")
    await expect(article).to_contain_text("2018年10月26日第十三届全国人民代表大会常务委员会第六次会议第三次修正")
    await expect(article.get_by_role("link", name="发布机关的网站")).to_have_attribute("href", "https://flk.npc.gov.cn")
    assert await findings(screen) == []
    await screen.page.keyboard.press("Escape")
    await expect(article).to_be_hidden()
    await expect(form.get_by_label("执行地点")).to_have_value("青岚县城关镇")
    await expect(citation).to_be_focused()
    assert screen.faults == []


async def test_a_refusal_and_the_reasons_of_a_date_open_their_articles_on_a_phone_at_night(county: County) -> None:
    suspect = await _suspect(county)
    officer, chief = await county.as_("liusiyuan"), await county.as_("zhouminghui")
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据")
    await chief.approve(suspect, "execute-detention")
    screen = await county.signed_in("liusiyuan", phone=True, dark=True)
    await screen.open(suspect)
    form = await screen.step("延长拘留")
    await form.get_by_label("延长期限", exact=True).fill("5")
    await form.get_by_label("延长理由").fill("案情复杂")
    await form.locator("button[type=submit]").click()
    await form.get_by_role("alert").get_by_role("button", name="《刑事诉讼法》第九十一条").first.click()
    article = screen.page.get_by_role("dialog", name="《刑事诉讼法》第九十一条")
    await expect(article).to_contain_text("提请审查批准的时间可以延长一日至四日")
    box = await article.bounding_box()
    assert box and (box["x"], box["width"]) == (0, 390)
    assert await findings(screen) == []
    await article.get_by_role("button", name="Close").or_(article.get_by_role("button", name="关闭")).first.click()
    await expect(form.get_by_label("延长理由")).to_have_value("案情复杂")

    (clock,) = [
        each["id"]
        for each in await officer.read(f"/api/matters/{suspect}/clocks")
        if each["limit"] == "criminal-detention-submit-for-arrest"
    ]
    await screen.go(f"/matters/{suspect}?clock={clock}")
    why = screen.page.get_by_role("dialog", name="提请审查批准逮捕")
    await why.get_by_role("button", name="《公安机关适用刑事羁押期限规定》第四条").first.click()
    await expect(screen.page.get_by_text("本系统未收录《公安机关适用刑事羁押期限规定》全文")).to_be_visible()
    assert screen.faults == []


async def test_the_cited_paragraph_stands_out_and_the_text_is_that_of_the_day(county: County) -> None:
    screen = await county.signed_in("liusiyuan")
    await screen.go("/calculator?limit=admin-no-contact-order&start=2026-03-02")
    answer = screen.page.get_by_role("region", name="计算结果")
    await answer.get_by_role("button", name="《治安管理处罚法》第五十条第二款").last.click()
    article = screen.page.get_by_role("dialog", name="《治安管理处罚法》第五十条第二款")
    meant = article.locator("p").filter(has_text="所引条款：")
    await expect(meant).to_have_count(1)
    await expect(meant).to_contain_text("一定期限内禁止接触被侵害人")
    assert await findings(screen) == []
    await screen.go("/calculator?limit=public-order-case-handling&start=2025-12-01")
    await answer.get_by_role("button", name="《治安管理处罚法》第九十九条").last.click()
    article = screen.page.get_by_role("dialog", name="《治安管理处罚法》第九十九条")
    await expect(article).to_contain_text("自受理之日起不得超过三十日")
    await expect(article).to_contain_text("自 2013-01-01 起施行")
