"""From a figure of a unit's month to what it counted; and from a point of one's own index to the decision on what one said to it."""

from playwright.async_api import expect

from tests.api.matters import accepted
from tests.api.test_personal_index import put_right
from tests.web.axe import findings
from tests.web.screens import County


async def test_a_figure_of_the_sheet_opens_the_cases_that_it_counted(county: County) -> None:
    number, _ = await accepted(county.bureau)
    screen = await county.signed_in("zhouminghui")
    page = screen.page
    await screen.go("/boards/assessment?unit=chengguan")
    row = page.get_by_role("row").filter(has_text="结案率（结案数÷受理数）")
    await row.get_by_role("button").click()
    drawer = page.get_by_role("dialog", name="城关派出所 · 结案率（结案数÷受理数）")
    await expect(drawer.get_by_text(number)).to_be_visible()
    assert await findings(screen) == []


async def test_an_officer_objects_to_a_point_and_a_supervisor_decides(county: County) -> None:
    order = await put_right(county.bureau)
    screen = await county.signed_in("liusiyuan")
    page = screen.page
    await screen.go("/boards/own-index")
    point = page.get_by_role("listitem").filter(has_text="201 应立不立")
    await expect(point.get_by_role("link", name=order)).to_be_visible()
    await point.get_by_text("陈述、提出异议").click()
    await point.get_by_role("textbox").fill("该环节由他人承办")
    await point.get_by_role("button", name="提出异议").click()
    await expect(point.get_by_text("申诉中")).to_be_visible()
    assert await findings(screen) == []

    deciding = await county.signed_in("mengqiu")
    await deciding.go("/boards/own-index")
    await deciding.page.get_by_text("待决定的异议").click()
    await deciding.page.get_by_label("决定理由").fill("经查由他人承办")
    await deciding.page.get_by_role("button", name="异议成立").click()
    await expect(deciding.page.get_by_text("没有等您决定的异议")).to_be_visible()
    await screen.go("/boards/own-index")
    await expect(page.get_by_role("listitem").filter(has_text="201 应立不立").get_by_text("已撤销")).to_be_visible()
