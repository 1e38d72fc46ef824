"""S6: somebody writes that a case stands still. It is signed for, answered by another than it complains of, and done again once.

Systems outside register letters too, under the numbers that these bear there.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.organ import Organ, organ
from tests.scenarios.fraud import filed_case, team
from tests.world import Hand, World, until

ANSWER = "您反映的案件由刑侦民警办理，昨日已经询问证人，下一步将作伤情鉴定，结果出来即告知您。"
COMPLAINT: dict[str, Any] = {
    "channel": "chief-mailbox",
    "sort": "complaint",
    "narrative": "8月的纠纷案子拖着不办，民警刘思源催我",
    "writer_name": "程守正",
    "writer_phone": "13900001001",
    "subject_officer": "liusiyuan",
}


async def signed(county: World, **said: Any) -> tuple[Hand, str, datetime]:
    """A letter that came an hour ago, signed for after seven minutes, its writer called after 26."""
    officer, came = await county.as_("mengxiaolan"), datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(hours=1)
    number = (await officer.open("letter", **COMPLAINT | said, at=came))["number"]
    await officer.take(number, "sign-letter", at=came + timedelta(minutes=7))
    await officer.take(number, "contact-writer", outcome="电话联系，了解诉求", at=came + timedelta(minutes=26))
    return officer, number, came


async def concluded(officer: Hand, head: Hand, number: str) -> None:
    """Whoever has it concludes it as the petition that it is, and the head of the station approves."""
    said = {"finding": "partly", "result": "explained", "answer": ANSWER, "articles": "刑事诉讼法第一百一十二条"}
    await officer.take(number, "conclude-petition", **said)
    await head.approve(number, "conclude-petition")


async def test_a_complaint_is_answered_by_another_than_it_is_about_and_done_again_once_by_a_third(county: World) -> None:
    desk, number, came = await signed(county)
    shown = {each["limit"]: each for each in await desk.read(f"/api/matters/{number}/clocks")}
    assert [shown[f"sla-mailbox-{each}"]["state"] for each in ("sign", "respond", "first-feedback")] == ["met", "met", "running"]
    assert datetime.fromisoformat(shown["sla-mailbox-first-feedback"]["due_at"]) == came + timedelta(hours=48)
    assert "petition-acceptance-notice" in shown, "a complaint is a petition from the day it comes"
    await _answered(county, desk, number, await filed_case(await team(county), came))
    await desk.take(number, "evaluate-letter", score="dissatisfied", words="没解决")
    assert (await desk.card(number))["stage"] == "handling_again"
    assert (await desk.clock(number, "letter-dissatisfied-call"))["state"] == "running"
    await desk.take(number, "contact-writer", outcome="督察回访")
    again = await desk.try_(number, "assign-letter", unit="chengguan", officer="xuyating")
    assert (again.status_code, again.json()["field"]) == (409, "officer")
    await desk.take(number, "assign-letter", unit="chengguan", officer="machao")
    await concluded(await county.as_("machao"), await county.as_("zhaotiejun"), number)
    assert (await desk.take(number, "evaluate-letter", score="dissatisfied"))["stage"] == "closed"
    third = await desk.try_(number, "reopen-letter", why="还是不满意")
    assert (third.status_code, "复查" in third.json()["detail"]) == (409, True)


async def _answered(county: World, desk: Hand, number: str, case: str) -> None:
    """It is labelled, given to another than it complains of, linked with its case, and concluded."""
    early = await desk.try_(number, "answer-letter", answer=ANSWER)
    assert (early.status_code, early.json()["type"]) == (409, "/problems/law-forbids")
    unknown = await desk.try_(number, "classify-letter", labels=["1.03.03", "9.99.99"])
    assert (unknown.status_code, "letter-labels" in unknown.text) == (422, True)
    await desk.take(number, "classify-letter", labels=["1.03.01", "1.01.06"])
    refused = await desk.try_(number, "assign-letter", unit="chengguan", officer="liusiyuan")
    assert (refused.status_code, refused.json()["field"], "第二十八条" in refused.json()["basis"]) == (409, "officer", True)
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")

    handler, head = await county.as_("xuyating"), await county.as_("zhaotiejun")
    assert (await handler.try_(number, "link-letter", number="XA202600999999")).status_code == 422
    await handler.take(number, "link-letter", number=case)
    assert [each["zh"] for each in (await head.card(case))["links"]["linked"]] == ["涉及本事项"]
    await handler.take(number, "accept-petition", told="您反映的事项已经受理，六十日内办结")
    await handler.take(number, "answer-letter", answer=ANSWER)
    plain = await handler.try_(number, "conclude-letter", finding="partly", result="explained", answer=ANSWER)
    assert (plain.status_code, plain.json()["type"]) == (409, "/problems/step-not-open")
    await concluded(handler, head, number)
    after = {each["limit"]: each["state"] for each in await desk.read(f"/api/matters/{number}/clocks")}
    assert [after[each] for each in ("sla-mailbox-first-feedback", "petition-conclude", "letter-evaluate")] == [
        "met",
        "met",
        "running",
    ]


async def test_whom_a_letter_complains_of_decides_nothing_in_it_though_it_lies_before_their_unit(county: World) -> None:
    desk, number, _ = await signed(county, subject_officer="zhaotiejun")
    for field, nobody in (("subject_officer", "刘思源"), ("subject_unit", "nowhere")):
        unknown = await desk.post("/api/matters/letter", **COMPLAINT | {field: nobody})
        assert [each["field"] for each in unknown.json()["errors"]] == [field], "whom nobody knows it is kept from nobody"
    thanked = await desk.try_(number, "convey-thanks", to_unit="chengguan", words="群众表扬")
    assert (thanked.status_code, "不是表扬" in thanked.json()["detail"]) == (409, True), "a complaint is answered"
    await desk.take(number, "classify-letter", labels=["1.03.01"])
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    said = {"finding": "untrue", "result": "explained", "answer": ANSWER}
    await (await county.as_("xuyating")).take(number, "conclude-letter", **said)
    head = await county.as_("zhaotiejun")
    own = await head.try_(number, "approve", request="conclude-letter")
    assert (own.status_code, "反映的是本人" in own.json()["detail"]) == (409, True)
    await desk.take(number, "assign-letter", unit="donghe")
    await (await county.as_("sunjiawei")).approve(number, "conclude-letter")

    _, other, _ = await signed(county)
    await desk.take(other, "classify-letter", labels=["1.03.01"])
    await desk.take(other, "assign-letter", unit="chengguan")
    subject = await county.as_("liusiyuan")
    for step, form in (
        ("answer-letter", {"answer": ANSWER}),
        ("accept-petition", {"told": "已经受理"}),
        ("conclude-letter", said),
    ):
        refused = await subject.try_(other, step, **form)
        assert (refused.status_code, "反映的是本人" in refused.json()["detail"]) == (409, True), step


async def test_thanks_are_passed_on_without_an_answer_owed_and_one_letter_answers_for_its_repeats(county: World) -> None:
    desk, first, _ = await signed(county)
    _, repeated, _ = await signed(county, writer_name="程守义")
    thanks = (await desk.open("letter", **COMPLAINT | {"sort": "thanks", "narrative": "感谢刘思源警官"}))["number"]
    limits = {each["limit"] for each in await desk.read(f"/api/matters/{thanks}/clocks")}
    assert "sla-mailbox-sign" in limits
    assert "sla-mailbox-first-feedback" not in limits
    await desk.take(thanks, "sign-letter")
    done = await desk.take(thanks, "convey-thanks", to_unit="chengguan", to_officer="liusiyuan", words="群众表扬")
    assert done["stage"] == "closed"

    paper = {"place": "letter", "title": "来信原件"}, {"file": ("来信.pdf", b"%PDF-1.7 " + b"scanned " * 400, "application/pdf")}
    assert (await desk.http.post(f"/api/matters/{first}/dossier", data=paper[0], files=paper[1])).status_code == 201
    itself = await desk.try_(first, "merge-letter", into=thanks, reason="同一事由")
    assert (itself.status_code, itself.json()["errors"][0]["rule"]) == (422, "no-open-letter")
    assert (await desk.take(repeated, "merge-letter", into=first, reason="同一事由"))["stage"] == "merged"
    await desk.take(first, "classify-letter", labels=["1.03.01"])
    await desk.take(first, "answer-letter", answer=ANSWER)
    # Who wrote the repeat has the same answer.
    await until(lambda: desk.clock(repeated, "sla-mailbox-first-feedback"), lambda clock: clock["state"] == "met")


async def test_a_letter_that_leads_others_is_let_go_of_in_no_way_in_which_they_would_never_be_answered(county: World) -> None:
    desk, leading, _ = await signed(county, channel="superior")
    _, repeat, _ = await signed(county)
    _, other, _ = await signed(county)
    thanks = (await desk.open("letter", **COMPLAINT | {"sort": "thanks"}))["number"]
    into_thanks = await desk.try_(repeat, "merge-letter", into=thanks, reason="同一事由")
    assert (into_thanks.status_code, into_thanks.json()["errors"][0]["rule"]) == (422, "no-open-letter")
    await desk.take(repeat, "merge-letter", into=leading, reason="同一事由")
    for step, form in (
        ("merge-letter", {"into": other, "reason": "同一事由"}),
        ("object-referral", {"reason": "不归本局管辖", "competent": "住建局"}),
    ):
        refused = await desk.try_(leading, step, **form)
        assert (refused.status_code, "已有来信并入" in refused.json()["detail"]) == (409, True), step
    await desk.take(leading, "hand-over-letter", to="住建局", why="不归本局管辖", told="已转住建局")
    await (await county.as_("hejingyuan")).approve(leading, "hand-over-letter")
    await until(lambda: desk.clock(repeat, "petition-acceptance-notice"), lambda clock: clock["state"] == "lapsed")


async def register(system: Organ, key: str, **form: Any) -> Any:
    said = {
        "type": "open-letter",
        "timestamp": datetime.now(UTC).isoformat(),
        "data": {"form": {"channel": "hotline-12345", "sort": "complaint", "narrative": "报案后没有回音", **form}},
    }
    body = json.dumps(said, ensure_ascii=False).encode()
    return await system.post(body, system.headers(body, key)), body


async def test_a_system_outside_registers_a_letter_once_whatever_is_sent_again(county: World) -> None:
    hotline, desk = await organ(county, "hotline"), await county.as_("mengxiaolan")
    first, body = await register(hotline, "msg_1", channel_number="HX2026113000017", term="3 working day")
    assert first.status_code == 200, first.text
    number = first.json()["receipt"]["number"]
    repeated = await hotline.post(body, hotline.headers(body, "msg_1"))
    assert (repeated.status_code, repeated.content) == (200, first.content)
    other, _ = await register(hotline, "msg_2", channel_number="HX2026113000017", narrative="改了一个字的同一工单")
    assert (other.status_code, other.json()["receipt"]["number"], other.json()["duplicate"]) == (200, number, True)
    assert "duplicate" not in first.json()
    card = await desk.card(number)
    assert (card["kind"], card["stage"], card["unit"]) == ("letter", "received", "qinglan")
    clock = await desk.clock(number, "letter-hotline-conclude")
    assert any("3个工作日" in reason for reason in clock["reasons"]), "as whoever passed it on asks"
    typed = await desk.open("letter", **COMPLAINT | {"channel": "hotline-12345", "channel_number": "HX2026113000017"})
    assert typed["number"] == number, "and nobody types it in a second time"
    assert f"此前已经登记为{number}" in typed["notes"][0], "nor takes another letter of a mistyped number for entered"

    # What was answered by a process that died before it could say so is answered with the first number.
    await county.ask("UPDATE inbound SET status = NULL, answer = NULL, answered_at = NULL WHERE message_id = 'msg_1'")
    told = (await hotline.post(body, hotline.headers(body, "msg_1"))).json()
    assert (told["receipt"]["number"], "duplicate" in told) == (number, False)
    assert len((await desk.read("/api/matters", kind="letter"))["items"]) == 1


async def test_a_system_opens_what_it_is_connected_for_and_nothing_else(county: World) -> None:
    hotline, court = await organ(county, "hotline"), await organ(county, "court")
    refused, _ = await register(court, "msg_3")
    assert (refused.status_code, refused.json()["near"]) == (404, [])
    named = await hotline.decide("LX202600000001", "open-letter", channel="hotline-12345", sort="help", narrative="请求帮助")
    assert (named.status_code, named.json()["errors"][0]["field"]) == (422, "data.matter")
    unnamed = await hotline.decide("", "sign-letter")
    assert (unnamed.status_code, unnamed.json()["errors"][0]["field"]) == (422, "data.matter")
