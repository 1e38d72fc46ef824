"""What somebody is filling in survives reloads, a server that is away, and others who act meanwhile; and it happens once."""

from contextlib import suppress

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Route, expect

from tests.api.matters import accepted, requested
from tests.scenarios.fraud import SUSPECT
from tests.web.screens import County
from tests.world import until

GROUNDS = "有犯罪事实，需要追究刑事责任"


async def test_a_draft_survives_a_reload_of_the_page(county: County) -> None:
    case, _ = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    await screen.open(case)
    form = await screen.step("立案")
    await form.get_by_label("立案理由").fill(GROUNDS)
    await screen.page.reload()
    form = screen.page.get_by_role("dialog", name="立案")
    await expect(form.get_by_label("立案理由")).to_have_value(GROUNDS)
    await expect(form.get_by_text("已恢复您上次没有提交的草稿")).to_be_visible()
    await form.get_by_role("button", name="丢弃草稿").click()
    await expect(form.get_by_label("立案理由")).to_have_value("")


async def test_a_server_that_is_away_and_back_loses_no_form_and_doubles_none(county: County) -> None:
    case, officer = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    await screen.open(case)
    form = await screen.step("立案")
    await screen.choose(form, "罪名", "盗窃罪")
    await form.get_by_label("立案理由").fill(GROUNDS)
    await county.end_serving()
    await form.locator("button[type=submit]").click()
    await expect(form.get_by_text("暂时没有送达")).to_be_visible()
    await expect(screen.page.get_by_text("与服务器的连接中断，正在自动重新连接")).to_be_visible()
    await expect(form.get_by_label("立案理由")).to_have_value(GROUNDS)
    await county.begin_serving()
    await expect(screen.page.get_by_text("与服务器的连接中断，正在自动重新连接")).to_be_hidden()
    await screen.submit(form)
    steps = [each["step"] for each in (await officer.read(f"/api/matters/{case}/journal"))["items"] if each["sort"] == "step"]
    assert steps.count("file-case") == 1


async def test_an_answer_that_was_lost_on_its_way_is_asked_for_again_and_the_step_is_taken_once(county: County) -> None:
    case, officer = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    await screen.open(case)
    form = await screen.step("立案")
    await screen.choose(form, "罪名", "盗窃罪")
    await form.get_by_label("立案理由").fill(GROUNDS)

    async def swallow(route: Route) -> None:
        await route.fetch()
        with suppress(PlaywrightError):  # where the page has stopped waiting for it meanwhile
            await route.abort()

    await screen.page.route("**/steps/file-case", swallow)
    await form.locator("button[type=submit]").click()
    await expect(form.get_by_text("暂时没有送达")).to_be_visible()
    await screen.page.unroute("**/steps/file-case")
    await screen.submit(form)
    steps = [each["step"] for each in (await officer.read(f"/api/matters/{case}/journal"))["items"] if each["sort"] == "step"]
    assert steps.count("file-case") == 1


async def test_whoever_fills_in_while_the_matter_moves_on_is_asked_first(county: County) -> None:
    case, officer = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    await screen.open(case)
    form = await screen.step("立案")
    await screen.choose(form, "罪名", "盗窃罪")
    await form.get_by_label("立案理由").fill(GROUNDS)
    await officer.take(case, "extend-filing-review", extension="to 30 day", grounds="案情复杂")
    await form.locator("button[type=submit]").click()
    await expect(screen.page.get_by_role("dialog", name="事项已有更新")).to_be_visible()
    await screen.page.get_by_role("button", name="仍按所填内容提交").click()
    await expect(form).to_be_hidden()
    assert "file-case" in [each["step"] for each in (await officer.card(case))["requests"]]


async def test_what_only_the_server_can_judge_is_shown_at_its_field_and_with_its_article(county: County) -> None:
    case, officer = await requested(county.bureau)
    chief = await county.as_("zhouminghui")
    await chief.approve(case, "file-case")
    (suspect,) = (await officer.take(case, "name-suspect", **SUSPECT))["opened"]
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: answer.is_success)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据")
    await chief.approve(suspect, "execute-detention")

    screen = await county.signed_in("liusiyuan")
    await screen.open(suspect)
    form = await screen.step("讯问")
    await form.get_by_label("讯问地点").fill("看守所讯问室")
    await form.get_by_label("另一名侦查人员").fill("liusiyuan")
    await form.locator("button[type=submit]").click()
    field = form.locator(".ant-form-item").filter(has=screen.page.get_by_label("另一名侦查人员")).last
    await expect(field).to_contain_text("另一名侦查人员不得是本人")
    await form.get_by_role("button", name="关闭（保留草稿）").click()

    form = await screen.step("延长拘留")
    await form.get_by_label("延长期限", exact=True).fill("5")
    await form.get_by_label("延长理由").fill("案情复杂")
    await form.locator("button[type=submit]").click()
    await expect(form.get_by_role("alert")).to_contain_text("《刑事诉讼法》第九十一条")
