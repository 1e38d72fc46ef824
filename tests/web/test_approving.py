"""Heads decide at the screen: in place, one by one and many at once, with a result for each."""

from playwright.async_api import expect

from tests.api.matters import accepted, requested
from tests.scenarios.fraud import SUSPECT
from tests.web.screens import County
from tests.world import Hand, until


async def _summoned(officer: Hand, case: str) -> str:
    """A suspect of a case whose summons awaits the head of the station."""
    (suspect,) = (await officer.take(case, "name-suspect", **SUSPECT))["opened"]
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: answer.is_success)
    await officer.take(suspect, "summon", place="城关派出所", grounds="经查有重大嫌疑")
    return suspect


async def _filed(county: County) -> tuple[str, Hand]:
    case, officer = await requested(county.bureau)
    await (await county.as_("zhouminghui")).approve(case, "file-case")
    return case, officer


async def test_a_county_head_approves_many_at_once_and_sees_what_became_of_each(county: County) -> None:
    first, officer = await requested(county.bureau)
    second, _ = await accepted(county.bureau, summary="另一起盗窃")
    await officer.take(second, "file-case", charge="xf-264", grounds="有犯罪事实")
    chief = await county.signed_in("zhouminghui")
    await expect(chief.page.get_by_text("其中待审批 2 件")).to_be_visible()
    await chief.page.get_by_label("选择全部待审批的").check()
    # Meanwhile the officer withdraws one of them.
    await chief.page.get_by_role("button", name="批量同意").click()
    dialogue = chief.page.get_by_role("dialog", name="同意 2 件呈请")
    await officer.take(second, "withdraw", request="file-case", reason="补充材料后再呈请")
    await dialogue.get_by_role("button", name="同意 2 件").click()
    rows = dialogue.get_by_role("listitem")
    await expect(rows.filter(has_text=first)).to_contain_text("已同意")
    await expect(rows.filter(has_text=second)).to_contain_text("事项已有更新")
    assert (await officer.card(first))["stage"] == "investigation"
    assert (await officer.card(second))["stage"] == "review"


async def test_a_detention_is_approved_upon_everything_with_two_clicks_and_can_be_taken_back(county: County) -> None:
    case, officer = await _filed(county)
    (suspect,) = (await officer.take(case, "name-suspect", **SUSPECT))["opened"]
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: answer.is_success)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据")
    chief = await county.signed_in("zhouminghui")
    await chief.page.clock.install()
    row = chief.page.get_by_role("row").filter(has_text=suspect)
    await expect(row.get_by_role("button", name="查看")).to_be_visible()
    # Nobody's liberty is decided upon unseen.
    await expect(row.get_by_role("button", name="同意")).to_have_count(0)

    async def approved() -> None:
        await row.get_by_role("button", name="查看").click()
        look = chief.page.get_by_role("dialog", name="呈请：执行拘留")
        await expect(look.get_by_role("region", name="对象")).to_contain_text(SUSPECT["name"])
        await expect(look.get_by_role("group", name="拘留证预览")).to_contain_text("（同意后编号）")
        await expect(look).to_contain_text("可能毁灭证据")
        await expect(look).not_to_contain_text("人员序号")
        await look.get_by_role("button", name="同意").click()

    await approved()
    await chief.page.get_by_role("button", name="撤销").click()
    await chief.page.clock.fast_forward(10_000)
    assert [each["step"] for each in (await officer.card(suspect))["requests"]] == ["execute-detention"]
    await approved()
    await chief.page.clock.fast_forward(6_000)
    await expect(chief.page.get_by_role("list", name="刚才的决定")).to_contain_text("已同意")
    await expect(row).to_have_count(0)
    assert (await officer.card(suspect))["stage"] == "detained"


async def test_a_tab_in_a_picker_of_several_people_adds_nobody(county: County) -> None:
    case, _ = await requested(county.bureau)
    chief = await county.signed_in("zhouminghui")
    await chief.open(case)
    request = chief.page.get_by_role("region", name="等待审批：立案")
    await expect(request).to_contain_text("有犯罪事实，需要追究刑事责任")
    await expect(chief.page.get_by_text("目前没有您可以办理的步骤")).to_have_count(0)
    await request.get_by_role("button", name="会签").click()
    form = chief.page.get_by_role("dialog", name="会签")
    people = form.get_by_label("会签人员", exact=True)
    await people.fill("方正平")
    await people.press("Enter")
    await expect(form.locator(".ant-select-selection-item", has_text="方正平")).to_be_visible()
    await people.press("Tab")
    await expect(people).not_to_be_focused()
    await expect(form.locator(".ant-select-selection-item")).to_have_count(1)


async def test_a_station_head_returns_a_request_with_the_reason_and_the_officer_finds_it(county: County) -> None:
    case, officer = await _filed(county)
    suspect = await _summoned(officer, case)
    head = await county.signed_in("zhaotiejun")
    row = head.page.get_by_role("row").filter(has_text=suspect)
    await row.get_by_role("button", name="查看").click()
    look = head.page.get_by_role("dialog", name="呈请：传唤")
    await expect(look).to_contain_text("经查有重大嫌疑")
    await look.get_by_role("button", name="退回").click()
    await look.get_by_role("button", name="退回呈请人").click()
    await expect(look.get_by_text("必须填写")).to_be_visible()
    await look.get_by_label("退回理由").fill("传唤理由不具体，请补充")
    await look.get_by_role("button", name="退回呈请人").click()
    # Whoever goes away meanwhile has decided.
    await head.leave()
    await until(lambda: officer.get(f"/api/matters/{suspect}"), lambda answer: not answer.json()["requests"])

    back = await county.signed_in("liusiyuan")
    await back.page.get_by_role("tab", name="我呈请的").click()
    await expect(back.page.get_by_role("row").filter(has_text=suspect)).to_contain_text("被退回")


async def test_a_county_head_transfers_a_request_to_another_of_the_same_office(county: County) -> None:
    case, officer = await requested(county.bureau)
    chief = await county.signed_in("zhouminghui")
    await chief.page.get_by_role("row").filter(has_text=case).get_by_role("checkbox").check()
    await chief.page.get_by_role("button", name="批量转办").click()
    dialogue = chief.page.get_by_role("dialog")
    await chief.choose(dialogue, "转办给", "何静远")
    await dialogue.get_by_label("转办理由").fill("分管领导审批")
    await dialogue.get_by_role("button", name="转办").click()
    await expect(dialogue.get_by_text("已转办")).to_be_visible()
    other = await county.signed_in("hejingyuan")
    await expect(other.page.get_by_role("row").filter(has_text=case)).to_contain_text("立案")
    assert (await officer.card(case))["stage"] == "review"
