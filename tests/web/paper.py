"""What a printer is given, for whoever wants to see it."""

from playwright.async_api import Locator, ViewportSize, expect

from tests.web.screens import Screen

A4: ViewportSize = {"width": 794, "height": 1123}
# A window without a printer never says that it has printed, and so the paper stays.
_PRINTER = "() => { window.print = () => { document.documentElement.dataset.printed = 'yes' } }"


async def printed(screen: Screen) -> Locator:
    """The paper of the matter that is open, printed by the keys that print everywhere."""
    await expect(screen.page.get_by_text("现在可以办理")).to_be_visible()
    await screen.page.evaluate(_PRINTER)
    await screen.page.keyboard.press("Control+p")
    await expect(screen.page.locator("html[data-printed=yes]")).to_be_attached()
    await screen.page.emulate_media(media="print")
    await screen.page.set_viewport_size(A4)
    return screen.page.locator("table.paper")
