"""Whoever takes a call sees what is known of whoever calls, as far as they may read."""

from playwright.async_api import expect

from tests.web.screens import County


async def test_the_desk_sees_the_earlier_matters_of_whoever_calls_and_leaves_a_trace(county: County) -> None:
    hand = await county.bureau.as_("linxiaoyu")
    told = {"kind": "纠纷", "place": "城关镇人民路9号", "narrative": "邻居争吵", "unit": "chengguan", "reporter": "测试甲"}
    number = (await hand.open("incident", **told, reporter_phone="16012345678"))["number"]
    screen = await county.signed_in("linxiaoyu")
    await screen.go("/intake")
    page = screen.page
    await page.get_by_label("报警人电话").fill("1601234567")
    await expect(page.get_by_role("region", name="此前事项")).to_have_count(0)
    await page.get_by_label("报警人电话").fill("160 1234 5678")
    earlier = page.get_by_role("region", name="此前事项")
    await expect(earlier.get_by_role("link", name=number)).to_be_visible()
    await expect(earlier.get_by_role("status")).to_contain_text("查到 1 件；查阅已留痕")
    assert screen.faults == []
