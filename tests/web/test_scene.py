"""On the scene with one hand: a dispatch that is heard, one tap for being there, pictures with what is fed back."""

from playwright.async_api import FilePayload, expect

from tests.api.matters import THEFT, reported
from tests.web.screens import County, Screen
from tests.web.test_turns import listening

PICTURE: FilePayload = {"name": "image.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 a photograph"}
# What is played is counted in the place of being heard.
_COUNTING = """() => {
    window.notes = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...when) { window.notes += 1; return start.apply(this, when); };
}"""


async def _within_the_screen(screen: Screen) -> bool:
    return await screen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


async def test_an_urgent_dispatch_sounds_otherwise_and_says_so(county: County) -> None:
    officer, desk = await listening(county, "liusiyuan"), await county.as_("linxiaoyu")
    await officer.page.evaluate(_COUNTING)
    usual = (await desk.open("incident", **THEFT))["number"]
    await desk.take(usual, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await expect(officer.page.get_by_text("新警情待签收")).to_be_visible()
    assert await officer.page.evaluate("window.notes") == 2
    urgent = (await desk.open("incident", **THEFT, urgent=True))["number"]
    await desk.take(urgent, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await expect(officer.page.get_by_text("紧急警情待签收")).to_be_visible()
    assert await officer.page.evaluate("window.notes") == 8
    first = officer.page.get_by_role("table", name="待办").get_by_role("row").nth(1)
    await expect(first).to_contain_text(urgent)
    await expect(first).to_contain_text("紧急")


async def test_on_a_phone_one_tap_says_that_one_is_there_and_pictures_go_with_the_feedback(county: County) -> None:
    number, hand = await reported(county.bureau)
    officer = await county.signed_in("liusiyuan", phone=True)
    page = officer.page
    await officer.open(number)
    assert await _within_the_screen(officer)
    for word in ("签收", "到达现场"):
        tap = page.locator(".one-tap").and_(page.get_by_role("button", name=word, exact=True))
        await expect(tap).to_be_visible()
        box = await tap.bounding_box()
        assert box
        assert (box["height"] >= 44, box["width"] >= 300) == (True, True)
        await tap.click()
        await expect(page.get_by_text(f"已{word}").last).to_be_visible()
    form = await officer.step("处警反馈")
    await officer.choose(form, "处警结果", "现场处置完毕")
    # Going back closes the form, and leaves neither the matter nor what was filled in.
    await page.go_back()
    await expect(form).to_be_hidden()
    assert f"/matters/{number}" in page.url
    form = await officer.step("处警反馈")
    await expect(form.get_by_text("现场处置完毕")).to_be_visible()
    camera = form.locator("input[capture=environment]")
    await camera.set_input_files(PICTURE)
    await expect(form.get_by_role("button", name="再拍一张")).to_be_visible()
    await camera.set_input_files(PICTURE)
    assert await _within_the_screen(officer)
    await officer.submit(form)
    await expect(page.get_by_text("现在轮到：刘思源（分流定性）")).to_be_visible()
    places = (await hand.read(f"/api/matters/{number}/dossier"))["places"]
    # Cameras call every picture alike: they are two pictures, and no versions of one.
    items = [(each["place"], item["version"]) for each in places for item in each["items"]]
    assert items == [("scene", 1), ("scene", 1)]
    assert officer.faults == []
