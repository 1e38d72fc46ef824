"""Documents and dossiers through the API: who may have what, what is journaled of it, and what keeps a case from leaving."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pypdf import PdfReader, PdfWriter

from activities.press import Press
from api.documents import LARGEST_SCAN
from operations.verify import verify
from runtime.content_store import ContentStore, get_content_store_folder
from tests.documents.samples import text_of
from tests.world import Answer, Hand, World, found, until, world
from verification.rules.journal import Question
from watchdog.duties.seal_journal import SealJournal

FRAUD: dict[str, Any] = {"charge": "xf-266", "summary": "收款后不发货且失联", "complainant": "沈国梁"}
PDF = b"%PDF-1.7\nscanned"


@pytest.fixture
async def county(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


@pytest.fixture
async def officer(county: World) -> Hand:
    return await county.as_("qiaoanran")


async def press(county: World) -> None:
    await Press(county.ctx.pool, ContentStore(get_content_store_folder(county.settings.data_dir))).produce()


async def a_case(officer: Hand) -> str:
    return (await officer.open("criminal-case", **FRAUD))["number"]


async def upload(hand: Hand, number: str, content: bytes = PDF, **fields: str) -> httpx.Response:
    said = {"place": "statements", "title": "询问笔录"} | fields
    return await hand.http.post(f"/api/matters/{number}/dossier", data=said, files={"file": ("a.pdf", content)})


async def journal(hand: Hand, number: str, sort: str) -> list[Answer]:
    entries = (await hand.read(f"/api/matters/{number}/journal"))["items"]
    return [each["content"] for each in entries if each["sort"] == sort]


async def test_what_a_step_issued_is_listed_at_once_and_had_once_it_is_made(county: World, officer: Hand) -> None:
    number = await a_case(officer)
    (form, receipt) = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    assert (form["title"], receipt["title"], form["state"], form["formats"]) == ("受案登记表", "受案回执", "due", [])
    early = await officer.get(f"/api/matters/{number}/documents/{form['id']}")
    assert (early.status_code, early.json()["retry_after"]) == (503, 2)
    await press(county)
    (form, _) = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    assert (form["state"], form["formats"], form["number"]) == ("produced", ["docx"], "青公（刑）受案字〔2026〕1号")
    file = await officer.get(f"/api/matters/{number}/documents/{form['id']}")
    assert file.status_code == 200
    assert file.headers["X-Content-SM3"] == form["hash"]
    assert "收款后不发货且失联" in text_of(file.content)


async def test_who_had_a_file_is_in_the_journal(county: World, officer: Hand) -> None:
    number = await a_case(officer)
    await press(county)
    (form, _) = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    chief = await county.as_("zhouminghui")
    await chief.get(f"/api/matters/{number}/documents/{form['id']}")
    (look,) = await journal(officer, number, "access")
    assert (look["actor"]["person"], look["document"], look["sm3"]) == ("zhouminghui", form["id"], form["hash"])


async def test_a_paper_that_was_made_is_read_on_the_page_as_its_file_has_it(county: World, officer: Hand) -> None:
    number = await a_case(officer)
    (form, _) = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    assert (await officer.get(f"/api/matters/{number}/documents/{form['id']}/text")).status_code == 503
    await press(county)
    text = await officer.read(f"/api/matters/{number}/documents/{form['id']}/text")
    assert (text["title"], text["number"]) == ("受案登记表", "青公（刑）受案字〔2026〕1号")
    assert text["lines"][0]["centred"]
    cells = [cell for line in text["lines"] for row in line["rows"] for cell in row]
    assert any("收款后不发货且失联" in cell for cell in cells)
    assert await journal(officer, number, "access") == [], "whoever reads takes nothing away"
    stranger = await county.as_("wuhaoran")
    assert (await stranger.get(f"/api/matters/{number}/documents/{form['id']}/text")).status_code == 404


async def test_without_a_pdf_the_word_file_is_offered_instead(county: World, officer: Hand) -> None:
    number = await a_case(officer)
    await press(county)
    (form, _) = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    answer = await officer.get(f"/api/matters/{number}/documents/{form['id']}", format="pdf")
    assert answer.status_code == 404
    assert "DOCX" in answer.json()["detail"]
    assert await journal(officer, number, "access") == []


async def test_whoever_may_not_know_of_the_matter_knows_of_no_paper_of_it(county: World, officer: Hand) -> None:
    number = await a_case(officer)
    await press(county)
    stranger = await county.as_("liusiyuan")
    for path in ("documents", "documents/1", "dossier", "dossier/1"):
        answer = await stranger.get(f"/api/matters/{number}/{path}")
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/matter-not-found")
    assert (await upload(stranger, number)).status_code == 404
    other = await a_case(officer)
    (form, _) = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    assert (await officer.get(f"/api/matters/{other}/documents/{form['id']}")).status_code == 404


async def keep_pdfs(county: World, *pages: int) -> None:
    """A PDF of so many pages beside each document, in order."""
    contents = ContentStore(get_content_store_folder(county.settings.data_dir))
    rows = await county.ask("SELECT id FROM document ORDER BY id")
    for row, many in zip(rows, pages, strict=True):
        hash_ = contents.keep((pdf_of(row.id, many),)).hash
        await county.ask("UPDATE document SET pdf = %(pdf)s WHERE id = %(id)s", pdf=hash_, id=row.id)


def pdf_of(width: int, pages: int) -> bytes:
    """So many pages, told apart by how wide they are."""
    writer, file = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(100 + width, 100)
    writer.write(file)
    return file.getvalue()


def widths(pdf: bytes) -> list[int]:
    return [round(page.mediabox.width) - 100 for page in PdfReader(io.BytesIO(pdf)).pages]


async def test_several_papers_are_printed_in_one_go_in_the_order_and_number_asked_for(county: World, officer: Hand) -> None:
    number = await a_case(officer)
    await press(county)
    await keep_pdfs(county, 1, 2)
    form, receipt = (each["id"] for each in (await officer.read(f"/api/matters/{number}/documents"))["items"])
    path, chosen = f"/api/matters/{number}/printout", [receipt, form]
    answer = await officer.get(path, document=chosen, copies=[1, 3])
    assert answer.headers["content-type"] == "application/pdf"
    assert widths(answer.content) == [receipt, receipt, form, form, form]
    # Printed on both sides, no paper begins on the back of another.
    assert widths((await officer.get(path, document=chosen, both_sides=True)).content) == [receipt, receipt, form, form]
    looks = await journal(officer, number, "access")
    assert [(each["document"], each["copies"]) for each in looks] == [(receipt, 1), (form, 3), (receipt, 1), (form, 1)]


async def test_what_cannot_be_printed_in_one_go_is_named_and_nothing_is_journaled(county: World, officer: Hand) -> None:
    number, other = await a_case(officer), await a_case(officer)
    await press(county)
    (form, receipt) = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    path, chosen = f"/api/matters/{number}/printout", [form["id"], receipt["id"]]
    answer = await officer.get(path, document=chosen)
    assert (answer.status_code, "《受案登记表》、《受案回执》" in answer.json()["detail"]) == (404, True)
    assert (await officer.get(path, document=chosen, copies=2)).status_code == 422
    assert (await officer.get(path.replace(number, other), document=chosen)).status_code == 404
    assert (await (await county.as_("liusiyuan")).get(path, document=chosen)).status_code == 404
    assert await journal(officer, number, "access") == []


# The dossier


async def test_a_scan_lies_in_its_place_and_a_new_version_stands_beside_the_old(officer: Hand) -> None:
    number = await a_case(officer)
    first, second = (await upload(officer, number)).json(), (await upload(officer, number, PDF + b" better")).json()
    assert (first["version"], second["version"]) == (1, 2)
    places = (await officer.read(f"/api/matters/{number}/dossier"))["places"]
    (statements,) = [place for place in places if place["place"] == "statements"]
    assert [(each["title"], each["version"]) for each in statements["items"]] == [("询问笔录", 1), ("询问笔录", 2)]
    old = await officer.get(f"/api/matters/{number}/dossier/{first['id']}")
    assert (old.content, old.headers["content-type"]) == (PDF, "application/pdf")
    entries = await journal(officer, number, "dossier")
    assert [(each["step"], each["sm3"]) for each in entries] == [("upload-paper", each["hash"]) for each in (first, second)]
    (look,) = await journal(officer, number, "access")
    assert (look["title"], look["version"]) == ("询问笔录", 1)


async def test_a_scan_that_is_sent_twice_lies_there_once(county: World, officer: Hand) -> None:
    number, other = await a_case(officer), await a_case(officer)

    async def send(matter: str, content: bytes = PDF, key: str = "scanned-once") -> httpx.Response:
        said, file = {"place": "statements", "title": "询问笔录"}, {"file": ("a.pdf", content)}
        return await officer.http.post(f"/api/matters/{matter}/dossier", data=said, files=file, headers={"Idempotency-Key": key})

    first = await send(number)
    await upload(officer, number, PDF + b" better")
    assert (await send(number)).json() == first.json()
    for reused in (await send(number, PDF + b" another"), await send(other)):
        assert (reused.status_code, reused.json()["type"]) == (409, "/problems/key-reused")
    assert len(await journal(officer, number, "dossier")) == 2
    assert (await county.ask("SELECT count(*) AS n FROM dossier_item"))[0].n == 2
    step = await officer.try_(number, "file-case", {"Idempotency-Key": "scanned-once"}, charge="xf-266", grounds="有犯罪事实")
    assert step.json()["type"] == "/problems/key-reused"
    await county.watch().get_duty(SealJournal).do()
    assert verify(county.settings).faults == []


async def test_papers_are_declared_identical_by_a_named_person_and_new_ones_anew(officer: Hand) -> None:
    number = await a_case(officer)
    await upload(officer, number)
    assert (await officer.try_(number, "declare-identical", identical=False)).status_code == 422
    key = {"Idempotency-Key": "vouched"}
    said = {"identical": True, "note": "逐页核对"}
    first = await officer.try_(number, "declare-identical", key, **said)
    assert (first.status_code, first.json()["standing"]) == (200, "done")
    assert (await officer.try_(number, "declare-identical", key, **said)).json() == first.json()
    nothing_left = await officer.try_(number, "declare-identical", identical=True)
    assert (nothing_left.status_code, nothing_left.json()["errors"][0]["rule"]) == (422, "nothing-to-declare")
    await upload(officer, number, PDF + b" better")
    places = (await officer.read(f"/api/matters/{number}/dossier"))["places"]
    (items,) = [place["items"] for place in places if place["place"] == "statements"]
    assert [each["declared_by"] for each in items] == ["qiaoanran", None]
    (entry,) = [each for each in await journal(officer, number, "step") if each["step"] == "declare-identical"]
    assert (entry["actor"]["person"], entry["form"]["note"]) == ("qiaoanran", "逐页核对")
    (vouched,) = entry["declared"]
    assert (vouched["title"], vouched["version"], vouched["sm3"]) == ("询问笔录", 1, items[0]["hash"])


@pytest.mark.parametrize(
    ("content", "fields", "status", "field"),
    [
        (b"MZ\x90\x00 a program", {}, 415, None),
        (b"", {}, 415, None),
        (PDF, {"place": "nowhere"}, 422, "place"),
        (PDF, {"title": " "}, 422, "title"),
        (PDF, {"title": "笔" * 101}, 422, "title"),
        (b"%PDF-" + bytes(LARGEST_SCAN), {}, 413, None),
    ],
    ids=["a program", "nothing", "no such place", "no title", "a long title", "too large"],
)
async def test_what_is_no_scan_is_refused_and_leaves_nothing(
    county: World, officer: Hand, content: bytes, fields: dict[str, str], status: int, field: str | None
) -> None:
    number = await a_case(officer)
    answer = await upload(officer, number, content, **fields)
    assert answer.status_code == status, answer.text
    if field:
        assert answer.json()["errors"][0]["field"] == field
    assert await county.ask("SELECT 1 FROM dossier_item") == []
    folder = get_content_store_folder(county.settings.data_dir)
    assert not folder.exists() or list(folder.rglob("*")) == []
    (tried,) = await journal(officer, number, "refusal")
    assert tried["step"] == "upload-paper"


async def test_a_body_that_is_no_form_is_refused(officer: Hand) -> None:
    number = await a_case(officer)
    path = f"/api/matters/{number}/dossier"
    assert (await officer.post(path, place="other", title="x")).status_code == 415
    broken = await officer.http.post(path, content=b"--x\r\nbroken", headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert broken.status_code == 422


async def test_only_who_keeps_the_case_scans_and_only_sworn_officers_vouch_for_it(county: World) -> None:
    officer, auxiliary = await county.as_("liusiyuan"), await county.as_("dongxiaodong")
    number, head = await a_case(officer), await county.as_("zhaotiejun")
    assert (await upload(auxiliary, number)).status_code == 404
    await officer.take(number, "admit-handler", handler="dongxiaodong", reason="协助扫描入卷")
    await head.approve(number, "admit-handler")
    assert (await upload(auxiliary, number)).status_code == 201
    refused = await auxiliary.try_(number, "declare-identical", identical=True)
    assert refused.json()["type"] == "/problems/office-may-not-act"
    assert (await officer.take(number, "declare-identical", identical=True))["stage"] == "review"
    supervisor = await county.as_("leijianfeng")
    assert (await upload(supervisor, number)).status_code == 403
    told = [(await each.read(f"/api/matters/{number}/dossier"))["may_scan"] for each in (officer, auxiliary, supervisor)]
    assert told == [True, True, False]


async def test_what_is_recommended_is_listed_as_missing_and_blocks_nothing(county: World, officer: Hand) -> None:
    number, chief = await a_case(officer), await county.as_("zhouminghui")
    await officer.take(number, "file-case", charge="xf-266", grounds="有犯罪事实，需要追究刑事责任")
    await chief.approve(number, "file-case")
    (person,) = (await officer.take(number, "name-suspect", name="贺文涛"))["opened"]
    await until(lambda: officer.get(f"/api/matters/{person}"), lambda answer: answer.is_success)
    await officer.take(person, "notify-defence-right")
    await officer.take(person, "interrogate", place="办案中心", companion="gaoyuan")
    dossier = await officer.read(f"/api/matters/{number}/dossier")
    assert (dossier["complete"], dossier["blocking"]) == (True, [])
    missing = [(each["title"], each["matter"], each["blocks"]) for place in dossier["places"] for each in place["missing"]]
    assert ("讯问笔录", person, False) in missing
    await upload(officer, person, place="interrogation", title="讯问笔录")
    await officer.take(person, "declare-identical", identical=True)
    dossier = await officer.read(f"/api/matters/{number}/dossier")
    (place,) = [place for place in dossier["places"] if place["place"] == "interrogation"]
    assert (len(place["items"]), place["missing"]) == (1, [])


async def test_the_journal_of_a_case_with_papers_verifies(county: World, officer: Hand) -> None:
    number = await a_case(officer)
    await press(county)
    (form, _) = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    await officer.get(f"/api/matters/{number}/documents/{form['id']}")
    await upload(officer, number)
    await officer.take(number, "declare-identical", identical=True)
    await county.watch().get_duty(SealJournal).do()
    report = verify(county.settings)
    assert (report.faults, report.files) == ([], 3)
    assert {"document", "access", "dossier"} <= {row.sort for row in await county.ask("SELECT DISTINCT sort FROM entry")}


async def test_a_matter_without_a_dossier_says_so(county: World) -> None:
    desk, supervisor = await county.as_("linxiaoyu"), await county.as_("leijianfeng")
    incident = (await desk.open("incident", kind="求助", place="人民路", narrative="钥匙丢失", unit="chengguan"))["number"]
    said = {"subject": incident, "problem": "视音频缺失", "demand": "补齐", "officer": "liusiyuan"}
    number = (await supervisor.open("rectification-order", **said))["number"]
    answer = await supervisor.get(f"/api/matters/{number}/dossier")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


async def test_a_file_that_is_gone_or_was_altered_is_named_where_the_journal_has_its_digest(county: World, officer: Hand) -> None:
    number = await a_case(officer)
    await press(county)
    scanned = (await upload(officer, number)).json()
    documents = (await officer.read(f"/api/matters/{number}/documents"))["items"]
    kept = ContentStore(get_content_store_folder(county.settings.data_dir))
    kept.get_path(scanned["hash"]).unlink()
    kept.get_path(documents[0]["hash"]).write_bytes(b"something else")
    report = await asyncio.to_thread(verify, county.settings)
    said = {fault.words for fault in report.faults}
    assert {(fault.question, fault.chain) for fault in report.faults} == {(Question.INTEGRITY, number)}
    assert said == {
        f"该条所载文件（SM3 {scanned['hash']}）已经缺失",
        f"该条所载文件（SM3 {documents[0]['hash']}）内容与摘要不符：存入之后被改动",
    }
    assert not report.holds(Question.INTEGRITY)
