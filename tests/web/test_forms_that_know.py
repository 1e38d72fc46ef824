"""Forms ask what matters, steps stand in an order, and whoever acts goes on where the act led."""

from re import compile as matching
from typing import Any

from playwright.async_api import Locator, expect

from tests.api.matters import reported
from tests.web.axe import findings
from tests.web.screens import County, Screen

FIGHT: dict[str, Any] = {"kind": "打架斗殴", "narrative": "因停车发生争执，一方头部流血", "place": "城关镇文化广场"}
CASE = matching(r"/matters/ZA\d+")
IN_FRONT = 8
# What lies over the buttons of a form, where something does: they are asked of as a finger or a mouse meets them.
# What lies over a button of the form while its fields are scrolled from top to bottom, 40 pixels at a time.
COVERED = """form => {
  const body = form.querySelector('.ant-drawer-body');
  const found = [];
  for (let at = 0; at <= body.scrollHeight - body.clientHeight; at += 40) {
    body.scrollTop = at;
    for (const button of form.querySelectorAll('.form-buttons button')) {
      const box = button.getBoundingClientRect();
      const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      if (!button.contains(there)) found.push(`at ${at}, ${button.innerText}: ${there?.outerHTML.slice(0, 120)}`);
    }
  }
  return found;
}"""


async def _labels(form: Locator) -> list[str]:
    """What the form asks, by the labels that are shown."""
    return [each.strip() for each in await form.locator(".schema-form label[for]").all_inner_texts() if each.strip()]


async def _classified(officer: Screen, number: str) -> str:
    """The case that a fight makes, classified and filed in one go by whoever is there."""
    await officer.open(number)
    form = await officer.step("分流定性")
    await officer.choose(form, "定性", "行政案件")
    await form.get_by_label("定性理由").fill("因停车争执殴打他人")
    await form.get_by_label("违反治安管理行为").click()
    await officer.page.keyboard.type("打架")
    await expect(officer.page.locator(".ant-select-dropdown:visible .ant-select-item-option-active")).to_have_text(
        matching("^殴打他人（")
    )
    await officer.page.keyboard.press("Enter")
    await expect(form.get_by_text("已选：殴打他人")).to_contain_text("《治安管理处罚法》第51条")
    await form.get_by_role("radiogroup", name="伤害案件可以调解处理").get_by_label("否").check()
    # Sent from within a field, by the keyboard.
    await form.get_by_label("定性理由").press("Control+Enter")
    await officer.page.wait_for_url(CASE)
    return officer.page.url.rpartition("/")[2].partition("?")[0]


async def test_a_form_asks_only_what_matters_as_it_is_filled_in(county: County) -> None:
    number, _ = await reported(county.bureau, **FIGHT)
    officer = await county.signed_in("liusiyuan")
    await officer.open(number)
    form = await officer.step("分流定性")
    await expect(form.get_by_label("定性", exact=True)).to_be_visible()
    offences = {"涉嫌罪名", "违反治安管理行为"}
    assert not offences & set(await _labels(form))
    for classified, asked in (("刑事案件", "涉嫌罪名"), ("行政案件", "违反治安管理行为")):
        await officer.choose(form, "定性", classified)
        await expect(form.get_by_label(asked)).to_be_visible()
        assert offences & set(await _labels(form)) == {asked}
    await officer.choose(form, "定性", "求助")
    await form.get_by_label("定性理由").fill("老人请求协助回家")
    await expect(form.get_by_label("违反治安管理行为")).to_have_count(0)
    # What was chosen before and no longer matters is not sent.
    await officer.submit(form)
    assert (await (await county.as_("liusiyuan")).card(number))["stage"] == "classified"
    assert officer.faults == []


async def test_whoever_sends_a_form_that_lacks_an_answer_is_taken_to_it(county: County) -> None:
    number, _ = await reported(county.bureau, **FIGHT)
    officer = await county.signed_in("liusiyuan")
    await officer.open(number)
    form = await officer.step("分流定性")
    await officer.choose(form, "定性", "行政案件")
    await officer.choose(form, "违反治安管理行为", "殴打他人")
    await form.get_by_label("定性理由").fill("殴打他人")
    await form.locator("button[type=submit]").click()
    lacking = form.get_by_role("radiogroup", name="伤害案件可以调解处理")
    await expect(lacking).to_be_in_viewport()
    await expect(form.get_by_text("必须填写")).to_be_in_viewport()
    await expect(lacking.get_by_label("是", exact=True)).to_be_focused()
    assert officer.faults == []


async def test_a_fight_becomes_a_case_in_one_go_and_the_page_goes_there(county: County) -> None:
    number, hand = await reported(county.bureau, **FIGHT)
    officer = await county.signed_in("liusiyuan")
    case = await _classified(officer, number)
    card = await hand.card(case)
    assert (card["stage"], card["links"]["parent"]) == ("investigation", number)
    await expect(officer.page.get_by_role("heading", level=1)).to_contain_text("殴打他人")
    assert officer.faults == []


async def test_few_steps_stand_in_front_and_the_rest_is_found_by_a_few_letters(county: County) -> None:
    number, _ = await reported(county.bureau, **FIGHT)
    officer = await county.signed_in("liusiyuan")
    case = await _classified(officer, number)
    await officer.open(case)
    page, steps = officer.page, officer.page.get_by_role("region", name="可以办理的步骤")
    await expect(steps.get_by_role("button", name="确定违法嫌疑人")).to_be_visible()
    front = await steps.locator(".steps:visible .ant-btn, .steps-due .ant-btn").all_inner_texts()
    assert len(front) <= IN_FRONT
    assert {"确定违法嫌疑人", "询问"} <= {each.split("\n")[0] for each in front}
    # What presupposes something that has not happened is not among them until somebody asks for it.
    await steps.locator("summary", has_text="送达执行").click()
    ended = steps.get_by_role("button", name="解除行政拘留")
    await expect(ended).to_have_count(0)
    await steps.get_by_role("switch", name=matching(r"显示现在不能办理的 \d+ 项")).click()
    await expect(ended).to_contain_text("须先有：")
    for typed in ("xunwen", "xw", "询问"):
        await steps.get_by_label("查找步骤").fill(typed)
        await expect(steps.get_by_role("button", name="询问查证结束")).to_be_visible()
    assert await findings(officer) == []
    await page.keyboard.press("Control+j")
    palette = page.get_by_role("dialog", name="办理步骤")
    await palette.get_by_role("combobox").fill("xw")
    await expect(palette.get_by_role("option").first).to_contain_text("询问")
    assert await findings(officer) == []
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="询问", exact=True)).to_be_visible()


async def test_the_first_step_is_four_tabs_away(county: County) -> None:
    number, _ = await reported(county.bureau, **FIGHT)
    officer = await county.signed_in("liusiyuan")
    await officer.open(number)
    page, steps = officer.page, officer.page.get_by_role("region", name="可以办理的步骤")
    first = steps.get_by_role("button").first
    await expect(first).to_be_visible()
    for key, focused in (
        ("Tab", page.get_by_role("link", name="跳到内容")),
        ("Tab", page.get_by_role("link", name="跳到可以办理的步骤")),
        ("Enter", steps),
        ("Tab", first),
    ):
        await page.keyboard.press(key)
        await expect(focused).to_be_focused()


async def test_whoever_the_matter_knows_is_summoned_without_their_name(county: County) -> None:
    number, hand = await reported(county.bureau, **FIGHT)
    officer = await county.signed_in("liusiyuan")
    case = await _classified(officer, number)
    await hand.take(case, "name-offender", name="王某", minor=False)
    await officer.open(case)
    form = await officer.step("治安传唤")
    await expect(form.locator(".ant-select-content", has_text="王某")).to_be_visible()
    await expect(form.get_by_label("姓名")).to_have_count(0)
    await officer.choose(form, "被传唤人", "另一人（新登记）")
    await expect(form.get_by_label("姓名")).to_be_visible()
    await officer.choose(form, "被传唤人", "王某")
    await form.get_by_label("理由").fill("需要询问查证")
    await officer.submit(form)
    (asked,) = (await hand.card(case))["requests"]
    assert asked["form"]["person"] == 1
    assert not asked["form"].get("name")


async def test_a_warning_asks_for_neither_a_sum_nor_days(county: County) -> None:
    number, hand = await reported(county.bureau, **FIGHT)
    officer = await county.signed_in("liusiyuan")
    case = await _classified(officer, number)
    await hand.take(case, "name-offender", name="王某", minor=False)
    await hand.take(case, "notify-penalty", penalty="警告", grounds="殴打他人", hearing=False, minor=False)
    await officer.open(case)
    form = await officer.step("处罚决定")
    await officer.choose(form, "处罚种类", "警告")
    of_detention = {"行政拘留日数", "依法不执行行政拘留的情形", "被处罚人为外国人"}
    assert not (of_detention | {"罚款数额（元）"}) & set(await _labels(form))
    # What a duty hangs on has no preset.
    await expect(form.get_by_role("radiogroup", name="依法应当法制审核").get_by_role("radio", checked=True)).to_have_count(0)
    await officer.choose(form, "处罚种类", "行政拘留并处罚款")
    await expect(form.get_by_label("行政拘留日数")).to_be_visible()
    assert of_detention | {"罚款数额（元）"} <= set(await _labels(form))


async def test_nothing_lies_over_the_buttons_of_a_form_wherever_it_is_scrolled(county: County) -> None:
    number, hand = await reported(county.bureau, **FIGHT)
    officer = await county.signed_in("liusiyuan")
    case = await _classified(officer, number)
    covered: list[str] = []
    for matter in (number, case):
        for step in [each for each in await hand.steps(matter) if not each["request"]][::6]:
            await officer.turn_to(f"/matters/{matter}?step={step['step']}")
            form = officer.page.get_by_role("dialog", name=step["title"])
            await expect(form.locator("button[type=submit]")).to_be_visible()
            covered += [f"{step['title']} {each}" for each in await form.evaluate(COVERED)]
    assert covered == []
