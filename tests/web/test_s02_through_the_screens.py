"""S2 through the screens: from the call to a detention whose limits run."""

from re import compile as matching

from playwright.async_api import expect

from tests.scenarios.fraud import CALL, SUSPECT
from tests.web.screens import County, Screen


async def _number_here(screen: Screen, prefix: str) -> str:
    await screen.page.wait_for_url(matching(rf"/matters/{prefix}\d+"))
    return screen.page.url.rpartition("/")[2].partition("?")[0]


async def _called_in(county: County) -> str:
    desk = await county.signed_in("linxiaoyu")
    await desk.go("/matters")
    await desk.page.get_by_role("button", name="登记").click()
    await desk.page.get_by_role("menuitem").filter(has_text="接").first.click()
    form = desk.page.get_by_role("dialog")
    await form.get_by_label("警情类别").fill(CALL["kind"])
    await form.get_by_label("发生地点").fill(CALL["place"])
    await form.get_by_label("报警内容").fill(CALL["narrative"])
    await desk.choose(form, "处警单位", "城关派出所")
    await desk.submit(form)
    incident = await _number_here(desk, "JQ")
    form = await desk.step("派警")
    await desk.choose(form, "处警单位", "城关派出所")
    await desk.choose(form, "处警民警", "刘思源")
    await desk.submit(form)
    return incident


async def _classified(officer: Screen, incident: str) -> str:
    await officer.open(incident)
    form = await officer.step("分流定性")
    await officer.choose(form, "定性", "刑事案件")
    await form.get_by_label("定性理由").fill("收款后未发货且失联，虚构货源骗取货款")
    await officer.choose(form, "涉嫌罪名", "诈骗罪")
    await officer.submit(form)
    return await _number_here(officer, "XA")


async def _approved(chief: Screen, request: str) -> None:
    await chief.go("/")
    row = chief.page.get_by_role("row").filter(has_text=request)
    await row.get_by_role("button", name="查看").click()
    await chief.page.get_by_role("dialog", name=f"呈请：{request}").get_by_role("button", name="同意").click()
    await chief.leave()
    await expect(row).to_have_count(0)


async def _named(officer: Screen) -> str:
    form = await officer.step("确定犯罪嫌疑人")
    await form.get_by_label("姓名", exact=True).fill(SUSPECT["name"])
    await form.get_by_label("公民身份号码").fill(SUSPECT["citizen_number"][:-1] + "3")
    await form.get_by_label("住址").click()
    await expect(form.get_by_text("校验码不符，请核对号码")).to_be_visible()
    await form.get_by_label("公民身份号码").fill(SUSPECT["citizen_number"])
    await officer.submit(form)
    return await _number_here(officer, "RY")


async def _detained(officer: Screen, chief: Screen, suspect: str) -> None:
    form = await officer.step("执行拘留")
    await form.get_by_label("执行地点").fill("青岚县城关镇")
    await form.get_by_label("拘留理由").fill("有固定联络不上、可能逃跑的情形")
    await officer.submit(form)
    await expect(officer.heading("等待审批：执行拘留")).to_be_visible()
    await _approved(chief, "执行拘留")
    # Nobody reloads the officer's page: it hears that the chief has decided.
    await expect(officer.page.get_by_role("list", name="阶段").locator("[aria-current=step]")).to_contain_text("刑事拘留")
    assert suspect in officer.page.url


async def test_a_fraud_is_carried_from_the_call_to_a_detention_whose_limits_run(county: County) -> None:
    incident = await _called_in(county)
    officer, chief = await county.signed_in("liusiyuan"), await county.signed_in("zhouminghui")
    case = await _classified(officer, incident)
    await officer.open(case)
    form = await officer.step("立案")
    await officer.choose(form, "罪名", "诈骗罪")
    await form.get_by_label("立案理由").fill("有犯罪事实，需要追究刑事责任")
    await officer.submit(form)
    await _approved(chief, "立案")
    await expect(officer.page.get_by_role("list", name="阶段").locator("[aria-current=step]")).to_contain_text("侦查")
    suspect = await _named(officer)
    await _detained(officer, chief, suspect)

    chart = officer.page.get_by_role("group", name=f"{SUSPECT['name']}的措施与期限图")
    await expect(chart.get_by_text("刑事拘留")).to_be_visible()
    await chart.get_by_role("button", name="提请审查批准逮捕").click()
    why = officer.page.get_by_role("dialog", name="提请审查批准逮捕")
    await expect(why).to_contain_text("每满24小时为一日，共3日")
    await expect(why).to_contain_text("《刑事诉讼法》第九十一条")
    assert officer.faults + chief.faults == []
