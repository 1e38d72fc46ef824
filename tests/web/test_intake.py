"""The intake desk: calls entered by keyboard, dispatched in place, hinted at where somebody called before, and never lost."""

from contextlib import suppress
from re import compile as matching

from playwright.async_api import Locator, expect
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.api.matters import THEFT, reported
from tests.web.screens import County, Screen

NUMBER = matching(r"JQ\d{12}")
_TRIES, _A_PAGE_MS = 5, 5_000


async def _desk(county: County) -> Screen:
    screen = await county.signed_in("linxiaoyu")
    narrative = screen.page.get_by_label("报警内容")
    # Two keys belong together within a second or so, which a busy machine may let pass between them.
    for _ in range(_TRIES):
        await screen.page.keyboard.press("g")
        await screen.page.keyboard.press("i")
        with suppress(PlaywrightTimeout):
            await narrative.wait_for(timeout=_A_PAGE_MS)
            break
    await narrative.clear()  # of a key of the next try, where the page came just then
    await expect(narrative).to_be_focused()
    return screen


async def _typed(screen: Screen, narrative: str, place: str) -> None:
    """A call as it is typed: narrative, place, and whatever is proposed."""
    keys = screen.page.keyboard
    await keys.type(narrative)
    await keys.press("Enter")
    await expect(screen.page.get_by_label("发生地点")).to_be_focused()
    await keys.type(place)
    await keys.press("Enter")
    await expect(screen.page.get_by_label("警情类别")).to_be_focused()


def _entered(screen: Screen) -> Locator:
    return screen.page.get_by_role("region", name="刚才录入的警情").get_by_role("listitem")


async def test_an_incident_is_entered_and_dispatched_by_keyboard_alone(county: County) -> None:
    screen = await _desk(county)
    keys = screen.page.keyboard
    await _typed(screen, "楼上漏水，天花板被泡，邻居不承认", "城关镇人民路88号")
    await expect(screen.page.get_by_label("警情类别")).to_have_value("邻里纠纷")
    await keys.press("Enter")
    await expect(screen.page.get_by_label("处警单位")).to_be_focused()
    await keys.press("Enter")
    await expect(screen.page.get_by_label("报警人电话")).to_be_focused()
    await keys.type("13800001234")
    await keys.press("Control+Enter")
    # The next call is on the line already.
    await expect(screen.page.get_by_label("报警内容")).to_be_focused()
    await expect(screen.page.get_by_label("报警内容")).to_have_value("")
    row = _entered(screen).first
    number = await row.get_by_role("link", name=NUMBER).inner_text()
    await keys.press("Control+d")
    await expect(row.get_by_label("处警单位")).to_be_focused()
    await keys.press("Enter")
    await expect(row.get_by_label("处警民警")).to_be_focused()
    await keys.type("刘思源")
    await expect(screen.page.get_by_role("option", name="刘思源")).to_be_attached()
    await keys.press("Enter")
    await keys.press("Control+Enter")
    await expect(row).to_contain_text("已派警 · 城关派出所 刘思源")
    await expect(screen.page.get_by_label("报警内容")).to_be_focused()
    card = await (await county.as_("liusiyuan")).card(number)
    assert (card["stage"], card["officer"], card["title"]) == ("dispatched", "liusiyuan", "邻里纠纷 城关镇人民路88号")
    assert screen.faults == []


async def test_a_duplicate_is_hinted_at_while_the_call_is_typed(county: County) -> None:
    first = (await (await county.as_("linxiaoyu")).open("incident", **THEFT))["number"]
    screen = await _desk(county)
    # What was entered elsewhere is seen by the next shift, and dispatched from here.
    recent = screen.page.get_by_role("region", name="近来的警情").get_by_role("listitem").filter(has_text=first)
    await expect(recent.get_by_role("button", name=f"派警 {first}")).to_be_visible()
    await _typed(screen, "河滨路有人的电动自行车被盗", "城关镇河滨路")
    hint = screen.page.get_by_role("region", name="可能重复的警情").get_by_role("listitem").filter(has_text=first)
    await expect(hint.get_by_role("link", name=first)).to_have_attribute("href", f"/matters/{first}")
    await hint.get_by_role("button", name="同一警情").click()
    await expect(screen.page.get_by_text(f"录入后记为对 {first} 的重复报案")).to_be_visible()
    await screen.page.keyboard.press("Control+Enter")
    number = await _entered(screen).first.get_by_role("link", name=NUMBER).inner_text()
    card = await (await county.as_("linxiaoyu")).card(number)
    assert (card["stage"], card["links"]["parent"]) == ("duplicate", first)


async def test_what_was_typed_is_there_when_the_browser_is_opened_again(county: County) -> None:
    screen = await _desk(county)
    await _typed(screen, "有人在广场打架", "城关镇文化广场")
    await screen.page.reload()
    await expect(screen.page.get_by_label("报警内容")).to_have_value("有人在广场打架")
    await expect(screen.page.get_by_label("发生地点")).to_have_value("城关镇文化广场")


async def test_calls_taken_while_the_server_is_away_are_entered_once_when_it_is_back(county: County) -> None:
    screen = await _desk(county)
    await county.end_serving()
    await _typed(screen, "店里的手机被偷了", "城关镇人民路1号")
    await screen.page.keyboard.press("Control+Enter")
    await expect(_entered(screen).first).to_contain_text("等待连接")
    # The next call does not wait for the first.
    await expect(screen.page.get_by_label("报警内容")).to_be_focused()
    await county.begin_serving()
    await expect(_entered(screen).first.get_by_role("link", name=NUMBER)).to_be_visible()
    rows = await county.bureau.ask("SELECT count(*) AS n FROM matter WHERE kind = 'incident'")
    assert rows[0].n == 1


async def test_an_urgent_call_and_when_it_happened_are_entered_by_keyboard_too(county: County) -> None:
    screen = await _desk(county)
    keys, page = screen.page.keyboard, screen.page
    await _typed(screen, "有人持刀，正在行凶", "城关镇河滨路9号")
    await expect(page.get_by_text("报警内容写有“持刀”，是否紧急？")).to_be_visible()
    await keys.press("Control+u")
    await expect(page.get_by_role("checkbox", name="紧急")).to_be_checked()
    await expect(page.get_by_text("是否紧急？")).to_have_count(0)
    await page.get_by_label("发生时间").fill("25:80")
    await keys.press("Control+Enter")
    await expect(page.get_by_label("发生时间")).to_have_accessible_description(matching("写作 21:30"))
    await page.get_by_label("发生时间").fill("昨天 21:05")
    await keys.press("Control+Enter")
    row = _entered(screen).first
    number = await row.get_by_role("link", name=NUMBER).inner_text()
    await expect(row).to_contain_text("紧急")
    desk = await county.as_("linxiaoyu")
    (call,) = (await desk.read(f"/api/matters/{number}/summary"))["told"]
    assert call["form"]["happened_at"][10:] == "T21:05:00+08:00"
    assert (await desk.card(number))["urgent"] is True
    assert screen.faults == []


async def test_a_call_about_somebody_missing_waits_for_an_answer_and_any_other_for_none(county: County) -> None:
    screen = await _desk(county)
    await _typed(screen, "孩子放学后走失", "城关镇实验小学")
    await screen.page.keyboard.press("Control+Enter")
    answer = screen.page.get_by_role("radiogroup", name="有人失踪、走失")
    await expect(answer).to_have_accessible_description(matching("必须回答"))
    await expect(answer.get_by_role("radio", name="是")).to_be_focused()
    await expect(_entered(screen)).to_have_count(0)
    await answer.get_by_text("是", exact=True).click()
    await screen.page.keyboard.press("Control+Enter")
    number = await _entered(screen).first.get_by_role("link", name=NUMBER).inner_text()
    assert (await (await county.as_("linxiaoyu")).clock(number, "sla-missing-person"))["state"] == "running"


async def test_whoever_dispatches_sees_who_is_free_and_who_is_busy(county: County) -> None:
    await reported(county.bureau)
    screen = await _desk(county)
    await _typed(screen, "门锁打不开，请求帮忙", "城关镇人民路88号")
    await screen.page.keyboard.press("Control+Enter")
    await expect(_entered(screen).first.get_by_role("link", name=NUMBER)).to_be_visible()
    await screen.page.keyboard.press("Control+d")
    row = _entered(screen).first
    await screen.choose(row, "处警单位", "城关派出所")
    await row.get_by_label("处警民警").click()
    await expect(screen.page.get_by_role("option", name=matching("^刘思源.*手上 1 起$"))).to_be_attached()
    await expect(screen.page.get_by_role("option", name=matching("^马朝.*空闲$"))).to_be_attached()


async def test_what_is_missing_is_said_at_its_field(county: County) -> None:
    screen = await _desk(county)
    await screen.page.keyboard.type("有人打架")
    await screen.page.keyboard.press("Control+Enter")
    await expect(screen.page.get_by_label("发生地点")).to_be_focused()
    await expect(screen.page.get_by_label("发生地点")).to_have_accessible_description(matching("必须填写"))
    await expect(_entered(screen)).to_have_count(0)
