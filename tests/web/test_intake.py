"""The intake desk: calls entered by keyboard, dispatched in place, hinted at where somebody called before, and never lost."""

from contextlib import suppress
from re import compile as matching

from playwright.async_api import Locator, expect
from playwright.async_api import TimeoutError as PlaywrightTimeout

from tests.api.matters import THEFT
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


async def test_what_is_missing_is_said_at_its_field(county: County) -> None:
    screen = await _desk(county)
    await screen.page.keyboard.type("有人打架")
    await screen.page.keyboard.press("Control+Enter")
    await expect(screen.page.get_by_label("发生地点")).to_be_focused()
    await expect(screen.page.get_by_label("发生地点")).to_have_accessible_description(matching("必须填写"))
    await expect(_entered(screen)).to_have_count(0)
