"""Administration at the screen: units, people, offices, rest days, systems outside, the journal, the house itself."""

from re import compile as matching

from playwright.async_api import expect

from tests.api.matters import THEFT
from tests.web.screens import County, Screen
from watchdog.duties.verify_journal import VerifyJournal


async def _at(county: County, part: str) -> Screen:
    screen = await county.signed_in("guanli")
    await screen.go(f"/administration/{part}")
    return screen


async def _found(county: County, username: str) -> Screen:
    """The list of people, narrowed to one of them."""
    screen = await _at(county, "people")
    await screen.page.get_by_label("按姓名、用户名或者警号查找").fill(username)
    await screen.page.keyboard.press("Enter")
    return screen


async def test_whoever_is_no_administrator_is_told_so(county: County) -> None:
    screen = await county.signed_in("liusiyuan")
    await screen.go("/administration/people")
    await expect(screen.page.get_by_text("系统管理只对系统管理员开放")).to_be_visible()
    await expect(screen.page.get_by_role("button", name="新增人员")).to_have_count(0)


async def test_an_administrator_adds_a_unit_and_a_person_who_then_signs_in(county: County) -> None:
    screen = await _at(county, "units")
    page = screen.page
    await page.get_by_role("button", name="新设").click()
    form = page.get_by_role("region", name="新设单位")
    await form.get_by_label("名称").fill("滨湖派出所")
    await form.get_by_label("代号").fill("binhu")
    await form.get_by_role("button", name="设立").click()
    await expect(page.get_by_role("region", name="单位详情")).to_contain_text("代号 binhu")
    await screen.go("/administration/people?unit=binhu")
    await page.get_by_role("button", name="新增人员").click()
    form = page.get_by_role("dialog", name="新增人员")
    await form.get_by_label("姓名").fill("湛清")
    await form.get_by_label("用户名").fill("zhanqing")
    await screen.choose(form, "职务", "办案民警")
    await form.get_by_label("初始口令").fill("a heron over paper boats")
    await form.get_by_role("button", name="新增", exact=True).click()
    await expect(page.get_by_role("dialog", name="湛清")).to_contain_text("滨湖派出所 · 办案民警")
    theirs = await county.window()
    await theirs.sign_in("zhanqing", "a heron over paper boats")
    own = theirs.page.get_by_role("region", name="修改口令")
    await expect(own).to_contain_text("由他人设置")
    await own.get_by_label("现在的口令").fill("a heron over paper boats")
    await own.get_by_label("新口令", exact=True).fill("seven kettles on a ferry")
    await own.get_by_label("再输一遍新口令").fill("seven kettles on a ferry")
    await own.get_by_role("button", name="修改口令").click()
    await expect(theirs.page.get_by_role("button", name=matching("湛清"))).to_contain_text("滨湖派出所 · 办案民警")


async def test_a_withdrawn_office_is_felt_at_once(county: County) -> None:
    desk = await county.signed_in("sutingting")
    await desk.go("/intake")
    await expect(desk.page.get_by_label("报警内容")).to_be_focused()
    screen = await _found(county, "sutingting")
    page = screen.page
    await page.get_by_role("button", name="苏婷婷").click()
    for place in ("指挥中心", "青岚县公安局"):
        await page.get_by_role("button", name=f"免去{place}接警员").click()
        await page.get_by_role("button", name="确定").click()
        await expect(page.get_by_role("button", name=f"免去{place}接警员")).to_have_count(0)
    await expect(page.get_by_text("没有职务，不能办理任何事项")).to_be_visible()
    await desk.page.keyboard.type("店里的手机被偷了")
    await desk.page.keyboard.press("Enter")
    await desk.page.keyboard.type("城关镇人民路1号")
    await desk.page.keyboard.press("Enter")
    await desk.page.keyboard.press("Control+Enter")
    await expect(desk.page.get_by_text("✕ 未被接受")).to_be_visible()


async def test_whoever_leaves_names_who_takes_over(county: County) -> None:
    hand = await county.as_("linxiaoyu")
    number = (await hand.open("incident", **THEFT))["number"]
    await hand.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    screen = await _found(county, "liusiyuan")
    page = screen.page
    await page.get_by_role("button", name="刘思源").click()
    await page.get_by_role("button", name="停用刘思源").click()
    dialogue = page.get_by_role("dialog", name="停用刘思源")
    await dialogue.get_by_role("button", name="确定").click()
    await expect(dialogue.get_by_role("alert")).to_contain_text(matching("接手|未结"))
    await screen.choose(dialogue, "接手人", "许雅婷")
    await dialogue.get_by_role("button", name="确定").click()
    await expect(page.get_by_role("button", name="启用刘思源")).to_be_visible()
    assert (await (await county.as_("xuyating")).card(number))["officer"] == "xuyating"


async def test_a_year_of_rest_days_is_published_by_clicking(county: County) -> None:
    screen = await _at(county, "calendar")
    page = screen.page
    await page.get_by_label("年份").fill("2031")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("2031 年的放假安排尚未公布")).to_be_visible()
    day = page.locator("#day-2031-04-07")
    await expect(day).to_have_attribute("aria-pressed", "false")
    await day.click()
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Space")
    await page.get_by_label("依据的通知").fill("国务院办公厅关于2031年部分节假日安排的通知")
    await page.get_by_role("button", name="提请公布", exact=True).click()
    await expect(page.get_by_text("提请公布 2031 年的放假安排，待另一人确认")).to_be_visible()
    # Whoever proposed it may not confirm it.
    await page.get_by_role("button", name="确认公布", exact=True).click()
    await expect(page.locator(".refused-words").filter(has_text="提请的人不能自己确认")).to_be_visible()
    legal = await county.as_("fangzhengping")
    proposed = await legal.read("/api/calendar/2031/proposal")
    assert (await legal.post("/api/calendar/2031/confirm", proposed_at=proposed["proposed_at"])).status_code == 200
    await page.reload()
    await page.get_by_label("年份").fill("2031")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("2031 年的放假安排已经公布")).to_be_visible()
    told = await (await county.as_("guanli")).read("/api/calendar/2031")
    assert {"2031-04-07", "2031-04-08"} <= set(told["rest_days"])


async def test_the_journal_is_verified_and_the_result_said_in_words(county: County) -> None:
    screen = await _at(county, "verification")
    await expect(screen.page.get_by_text("还没有核对过")).to_be_visible()
    await screen.page.get_by_role("button", name="现在核对").click()
    await expect(screen.page.get_by_role("status").filter(has_text="等待核对")).to_be_visible()
    assert await county.bureau.watch().get_duty(VerifyJournal).do()
    await expect(screen.page.get_by_text("日志完整可信")).to_be_visible()
    await expect(screen.page.get_by_text("写入的各条均在")).to_be_visible()


async def test_the_house_says_how_it_is_and_what_to_do(county: County) -> None:
    screen = await _at(county, "health")
    house = screen.page.get_by_role("region", name="运行状况").get_by_role("listitem")
    await expect(house.filter(has_text="数据库").first).to_contain_text("PostgreSQL")
    # Nothing rings in this county, since no watchdog was started.
    await expect(house.filter(has_text="守望").first).to_contain_text("怎么办：启动 louke watch")
