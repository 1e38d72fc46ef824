"""Files go with a form into the dossier: each once, and none is lost in silence."""

from typing import Any

from playwright.async_api import FilePayload, Route, expect

from tests.api.matters import accepted
from tests.web.axe import findings
from tests.web.screens import County
from tests.world import Hand

SCAN: FilePayload = {"name": "报案笔录.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + b"scanned " * 400}
PHOTOGRAPH: FilePayload = {"name": "现场照片.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0 a photograph"}
# Called an image by its name, which the server does not go by.
PROGRAM: FilePayload = {"name": "现场照片.png", "mimeType": "image/png", "buffer": b"MZ\x90\x00 a program"}


async def _lying_there(officer: Hand, number: str) -> list[tuple[str, str, int]]:
    places: list[dict[str, Any]] = (await officer.read(f"/api/matters/{number}/dossier"))["places"]
    return [(each["place"], item["title"], item["version"]) for each in places for item in each["items"]]


async def test_a_file_that_is_refused_is_named_and_the_others_lie_in_the_dossier_once(county: County) -> None:
    case, officer = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    await screen.open(case)
    form = await screen.step("立案")
    await screen.choose(form, "罪名", "盗窃罪")
    await form.get_by_label("立案理由").fill("有犯罪事实，需要追究刑事责任")
    chooser = form.locator("input[type=file]").first
    await chooser.set_input_files([SCAN, PROGRAM])
    files = form.get_by_role("list", name="附件")
    await expect(files.get_by_role("listitem")).to_have_count(2)
    await expect(files.get_by_role("listitem").first).to_contain_text("3 KB")
    await expect(form.get_by_text("附件不随草稿保存")).to_be_visible()
    await screen.choose(files.get_by_role("listitem").first, "位置", "受案材料")
    await files.get_by_role("listitem").first.get_by_label("材料名称").fill("报案材料")
    assert await findings(screen) == []

    await form.locator("button[type=submit]").click()
    await expect(form.get_by_text("还有 1 个附件没有入卷")).to_be_visible()
    refused = files.get_by_role("listitem").filter(has_text="现场照片.png")
    await expect(refused).to_contain_text("只接受 PDF、OFD、JPEG、PNG、HEIC、BMP、TIFF、DOCX 文件")
    await expect(files.get_by_role("listitem").filter(has_text="报案笔录.pdf")).to_contain_text("已入卷")
    assert await findings(screen) == []
    assert "file-case" in [each["step"] for each in (await officer.card(case))["requests"]]

    await form.get_by_role("button", name="重试").click()
    await expect(refused).to_contain_text("未入卷")
    await screen.page.keyboard.press("Escape")
    await expect(screen.page.get_by_text("附件不随草稿保存，关闭后需要重新选择")).to_be_visible()
    await screen.page.get_by_role("button", name="返回").click()
    await refused.get_by_role("button", name="移除附件 现场照片.png").click()
    await expect(form).to_be_hidden()
    assert await _lying_there(officer, case) == [("acceptance", "报案材料", 1)]
    assert screen.faults == []


async def test_what_was_lost_on_its_way_is_sent_again_and_lies_there_once(county: County) -> None:
    case, officer = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan", phone=True)
    await screen.open(case)
    form = await screen.step("立案")
    await screen.choose(form, "罪名", "盗窃罪")
    await form.get_by_label("立案理由").fill("有犯罪事实，需要追究刑事责任")
    await expect(form.get_by_role("button", name="拍照")).to_be_visible()
    await form.locator("input[capture=environment]").set_input_files(PHOTOGRAPH)
    await form.locator("input[type=file]").first.set_input_files(SCAN)

    async def swallow(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await screen.page.route("**/dossier", lambda route: swallow(route) if route.request.method == "POST" else route.continue_())
    await form.locator("button[type=submit]").click()
    await expect(form.get_by_text("没有送达")).to_have_count(2)
    await screen.page.unroute("**/dossier")
    await form.get_by_role("button", name="重试").click()
    await expect(form).to_be_hidden()
    assert sorted(await _lying_there(officer, case)) == [("other", "报案笔录", 1), ("other", "现场照片", 1)]


async def test_a_draft_says_which_files_it_could_not_keep(county: County) -> None:
    case, _ = await accepted(county.bureau)
    screen = await county.signed_in("liusiyuan")
    screen.page.on("dialog", lambda leaving: leaving.accept())
    await screen.open(case)
    form = await screen.step("立案")
    await form.get_by_label("立案理由").fill("有犯罪事实")
    await form.locator("input[type=file]").first.set_input_files(SCAN)
    await expect(form.get_by_text("附件不随草稿保存")).to_be_visible()
    await screen.page.reload()
    await expect(form.get_by_label("立案理由")).to_have_value("有犯罪事实")
    await expect(form.get_by_text("当时的附件没有保存，需要重新选择：报案笔录.pdf")).to_be_visible()
    await expect(form.get_by_role("list", name="附件").get_by_role("listitem")).to_have_count(0)


async def test_whoever_may_not_scan_is_offered_no_files(county: County) -> None:
    case, _ = await accepted(county.bureau)
    reviewer = await county.signed_in("jiangruolan")
    await reviewer.open(case)
    async with reviewer.page.expect_response(f"**/{case}/dossier"):
        form = await reviewer.step("封存案卷")
    await expect(form.locator("button[type=submit]")).to_be_visible()
    await expect(form.get_by_text("附件")).to_have_count(0)
    assert (await (await county.as_("jiangruolan")).read(f"/api/matters/{case}/dossier"))["may_scan"] is False


async def test_whoever_filed_a_scan_declares_from_the_dossier_that_it_is_as_the_paper(county: County) -> None:
    case, officer = await accepted(county.bureau)
    file = {"file": ("报案笔录.pdf", SCAN["buffer"], "application/pdf")}
    told = {"place": "acceptance", "title": "报案笔录"}
    assert (await officer.http.post(f"/api/matters/{case}/dossier", data=told, files=file)).status_code == 201
    screen = await county.signed_in("liusiyuan")
    await screen.open(case)
    await screen.page.get_by_role("tab", name="卷宗").click()
    await screen.page.get_by_role("button", name="声明与纸质一致").click()
    await expect(screen.page.get_by_text("已声明与纸质一致")).to_be_visible()
    places = (await officer.read(f"/api/matters/{case}/dossier"))["places"]
    assert [item["declared_by"] for each in places for item in each["items"]] == ["liusiyuan"]
