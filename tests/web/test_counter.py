"""Whoever brought a matter, and has no account, is given a code at the window and asks by it on their telephone."""

import re

from playwright.async_api import expect

from tests.scenarios.test_s06_a_letter_to_the_chief import signed
from tests.web.axe import findings
from tests.web.screens import County

LARGE_PX = 20


async def test_a_citizen_is_given_a_code_at_the_window_and_reads_on_a_telephone_how_it_stands(county: County) -> None:
    _, number, _ = await signed(county.bureau, subject_officer="")
    window = await county.signed_in("mengxiaolan")
    await window.go("/window")
    await window.page.get_by_label("事项编号").fill(number.lower())
    await window.page.get_by_label("已当面核对是本人").check()
    await window.page.get_by_role("button", name="发给查询码").click()
    slip = window.page.get_by_role("region", name="查询凭条")
    await expect(slip).to_contain_text(number)
    code = re.search(r"查询码 ?([2-9A-Z]{8})", await slip.inner_text())
    assert code is not None

    phone = await county.window(phone=True)
    await phone.go("/counter")
    for label, words in (("编号", number), ("查询码（八位）", code[1][::-1]), ("登记电话的后四位（没有登记电话的不填）", "1001")):
        await phone.page.get_by_label(label, exact=True).fill(words)
    await phone.page.keyboard.press("Enter")
    await expect(phone.page.get_by_role("alert")).to_contain_text("不正确")
    await phone.page.get_by_label("查询码（八位）").fill(code[1])
    await phone.page.get_by_role("button", name="查询").click()
    told = phone.page.get_by_role("region", name="办理情况")
    await expect(told).to_contain_text("承办单位正在办理")
    await expect(told).to_contain_text("首次答复")
    assert await phone.page.evaluate("document.documentElement.scrollWidth") <= 390
    size = await told.locator("li").first.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert size >= LARGE_PX
    assert await findings(phone) == []
    assert phone.faults == []
