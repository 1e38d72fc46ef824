"""How many clicks the work of a day takes: what is done most is counted as a hand does it, and takes no more than it should."""

from collections.abc import Awaitable, Callable
from re import compile as matching

from playwright.async_api import expect

from tests.api.matters import requested
from tests.web.screens import County, Screen
from tests.web.test_forms_that_know import CASE, FIGHT
from tests.world import Hand

# As docs/performance.md lists them.
AT_MOST = {"find": 0, "see": 1, "approve": 2, "answer": 2, "summon": 4, "case": 7}
# A press of the pointer, whatever it sets off.
_COUNTING = """() => {
  if (!("clicks" in window)) addEventListener('pointerdown', event => { if (event.isTrusted) window.clicks += 1; }, true);
  window.clicks = 0;
}"""


async def _clicks(screen: Screen, act: Callable[[], Awaitable[object]]) -> int:
    """How often the pointer is pressed in what somebody does, on the page on which they are."""
    await screen.page.evaluate(_COUNTING)
    await act()
    return await screen.page.evaluate("window.clicks")


async def _dispatched(county: County) -> str:
    desk = await county.as_("linxiaoyu")
    number = (await desk.open("incident", unit="chengguan", **FIGHT))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    return number


async def _is_there(officer: Screen, number: str) -> None:
    row = officer.page.get_by_role("row").filter(has_text=number)
    await expect(row).to_contain_text("轮到办理：签收警情")


async def _filed(officer: Screen) -> None:
    page = officer.page
    await page.get_by_role("button", name=matching("^分流定性")).click()
    form = page.get_by_role("dialog", name="分流定性")
    await officer.choose(form, "定性", "行政案件")
    await form.get_by_label("定性理由").click()
    await page.keyboard.type("因停车争执殴打他人")
    await form.get_by_label("违反治安管理行为").click()
    await page.keyboard.type("打架")
    await expect(page.locator(".ant-select-dropdown:visible .ant-select-item-option-active")).to_have_text(matching("^殴打他人（"))
    await page.keyboard.press("Enter")
    await form.get_by_role("radiogroup", name="伤害案件可以调解处理").get_by_text("否").click()
    await form.locator("button[type=submit]").click()
    await page.wait_for_url(CASE)


async def _summoned(officer: Screen) -> None:
    page = officer.page
    await page.get_by_role("button", name=matching("^治安传唤")).click()
    form = page.get_by_role("dialog", name="治安传唤")
    await form.get_by_label("理由").click()
    await page.keyboard.type("需要询问查证")
    await officer.submit(form)


async def _approved(chief: Screen, asked: str) -> None:
    row = chief.page.get_by_role("row").filter(has_text=asked)
    await row.get_by_role("button", name="同意").click()
    await chief.leave()
    await expect(row).to_have_count(0)


async def _answered(officer: Screen, number: str) -> None:
    row = officer.page.get_by_role("row").filter(has_text=number).first
    await row.get_by_role("link", name="修改重报").click()
    await officer.submit(officer.page.get_by_role("dialog", name="立案"))


async def _seen(chief: Screen, number: str) -> None:
    await chief.page.get_by_role("row").filter(has_text=number).get_by_role("button", name="查看").click()
    sheet = chief.page.get_by_role("dialog", name="呈请")
    for facts in ("王某", "因停车发生争执", "警告", "殴打他人"):
        await expect(sheet.get_by_text(facts).first).to_be_visible()


async def _penalty_asked(hand: Hand, case: str) -> None:
    none = dict.fromkeys(("hearing_due", "review_due", "discussion_due", "victim"), False)
    await hand.take(case, "notify-penalty", penalty="警告", grounds="殴打他人", hearing=False, minor=False)
    await hand.take(case, "decide-penalty", penalty="warning", violation="za-51-1", grounds="殴打他人", **none)


async def test_the_work_of_a_day_takes_few_clicks(county: County) -> None:
    officer, chief = await county.signed_in("liusiyuan"), await county.signed_in("zhouminghui")
    hand, head = await county.as_("liusiyuan"), await county.as_("zhouminghui")
    incident = await _dispatched(county)
    taken = {"find": await _clicks(officer, lambda: _is_there(officer, incident))}
    await officer.open(incident)
    taken["case"] = await _clicks(officer, lambda: _filed(officer))
    case = officer.page.url.rpartition("/")[2].partition("?")[0]
    await hand.take(case, "name-offender", name="王某", minor=False)
    await officer.open(case)
    taken["summon"] = await _clicks(officer, lambda: _summoned(officer))
    await _penalty_asked(hand, case)
    await chief.go("/")
    taken["see"] = await _clicks(chief, lambda: _seen(chief, case))
    await head.approve(case, "decide-penalty")
    other, _ = await requested(county.bureau)
    await head.take(other, "return", request="file-case", reason="请补充报案材料")
    await officer.go("/")
    taken["answer"] = await _clicks(officer, lambda: _answered(officer, other))
    await chief.go("/")
    taken["approve"] = await _clicks(chief, lambda: _approved(chief, other))
    assert {task: clicks for task, clicks in taken.items() if clicks > AT_MOST[task]} == {}
    assert set(taken) == set(AT_MOST)
