"""Citizens without accounts ask how their matter stands by a code that is given to them once, and rate the answer where they wrote."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx

from runtime.query_codes import LENGTH, QueryCodes, fold_code
from tests.organ import organ
from tests.sandbox import Sandbox
from tests.scenarios.test_s06_a_letter_to_the_chief import register, signed
from tests.world import Hand, World, until

TAIL = "1001"
ANSWER = "您反映的问题已经核实，路灯本周内修复，修复以后再告知您。"


async def ask(citizen: httpx.AsyncClient, number: str, code: str, tail: str = TAIL) -> httpx.Response:
    return await citizen.get(f"/api/counter/{number}", headers={"X-Query-Code": code, "X-Phone-Tail": tail})


async def given(hand: Hand, number: str, key: str = "") -> dict[str, Any]:
    answer = await hand.post(f"/api/matters/{number}/query-code", {"Idempotency-Key": key} if key else None)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_code_is_known_again_under_every_key_and_is_no_other_matters() -> None:
    old, new = ("a", b"1" * 32), ("b", b"2" * 32)
    before, after = QueryCodes([old]), QueryCodes([new, old])
    code = before.make_code("LX202600000001", "somebody:once")
    kept = before.compute_hash("LX202600000001", code)
    assert (len(code), code, code in kept) == (LENGTH, before.make_code("LX202600000001", "somebody:once"), False)
    assert after.is_code("LX202600000001", fold_code(f" {code[:4].lower()}-{code[4:]} "), kept), "however it is typed"
    refused = [("LX202600000002", code, kept), ("LX202600000001", code[::-1], kept), ("LX202600000001", code, None)]
    assert [after.is_code(*each) for each in refused] == [False] * 3
    assert not QueryCodes([new]).is_code("LX202600000001", code, kept), "under a key that is not here it opens nothing"


async def test_whoever_wrote_learns_how_far_it_is_what_is_promised_and_what_is_asked_of_them(county: World) -> None:
    desk, number, _ = await signed(county, subject_officer="")
    slip = await given(desk, number, "slip")
    assert (await given(desk, number, "slip")) == slip, "who got no answer gets the same"
    citizen = await county.stranger()
    told = (await ask(citizen, number.lower(), slip["code"].lower())).json()
    assert (told["said"], told["number"], slip["needs_phone"]) == ("承办单位正在办理", number, True)
    assert [each["what"] for each in told["promises"]] == ["首次答复", "告知是否受理"]
    assert not any(each["overdue"] for each in told["promises"])
    whole = json.dumps(told, ensure_ascii=False)
    assert not [each for each in ("程守正", "13900001001", "纠纷", "mengxiaolan", "孟晓岚") if each in whole]

    another = await given(desk, number)
    assert (await ask(citizen, number, slip["code"])).status_code == 404, "whoever lost it got another, and this is void"
    assert (await ask(citizen, number, another["code"])).status_code == 200
    late = await desk.post(f"/api/matters/{number}/query-code", {"Idempotency-Key": "slip"})
    assert (late.status_code, "已经作废" in late.json()["detail"]) == (409, True), "a repeat that comes late revives no lost code"
    assert (await ask(citizen, number, another["code"])).status_code == 200
    kept = "".join(f"{row}" for row in await county.ask("SELECT content FROM entry UNION ALL SELECT answer FROM inbound"))
    assert slip["code"] not in kept and another["code"] not in kept


async def test_nobody_learns_by_asking_whether_a_matter_is_there_and_nobody_guesses_on(county: World) -> None:
    desk, number, _ = await signed(county, subject_officer="")
    code = (await given(desk, number))["code"]
    citizen = await county.stranger()
    plain = [await ask(citizen, *each) for each in ((number, "AAAAAAAA"), (number, code, "0000"), ("LX202600999999", code))]
    assert {each.status_code for each in plain} == {404}
    assert len({each.json()["detail"] for each in plain}) == 1, "a wrong code, a wrong telephone and no such number read alike"
    for _ in range(3):
        await ask(citizen, number, "BBBBBBBB")
    closed = await ask(citizen, number, code)
    assert (closed.status_code, closed.json()["type"]) == (429, "/problems/too-many-requests")
    assert int(closed.headers["retry-after"]) > 60 * 50, "for an hour, and also for whoever says the right one"
    for _ in range(4):
        await ask(citizen, "LX202600999999", code)
    assert (await ask(citizen, "LX202600999999", code)).status_code == 429, "of a number that is none it is the same"


async def test_a_code_is_given_by_whoever_has_the_matter_to_whoever_brought_it(county: World) -> None:
    desk, number, _ = await signed(county, subject_officer="")
    refused = await (await county.as_("hejingyuan")).post(f"/api/matters/{number}/query-code")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/office-may-not-act")
    outsider = await (await county.as_("wuhaoran")).post(f"/api/matters/{number}/query-code")
    assert outsider.status_code == 404
    task = await desk.open(
        "letter", channel="post", sort="tip", narrative="和平路12号有地下赌场", anonymous=True, at=datetime.now(UTC)
    )
    slip = await given(desk, task["number"])
    assert slip["needs_phone"] is False
    told = (await ask(await county.stranger(), task["number"], slip["code"], "")).json()
    assert (told["said"], [each["what"] for each in told["promises"]]) == ("来信已经收到，正在签收", ["核查线索"])


async def test_who_writes_at_the_portal_gets_the_code_there_and_rates_the_answer_there(county: World, sandbox: Sandbox) -> None:
    sandbox.answers_to(county.app)
    sandbox.decides("citizen-portal", "script")
    portal, desk = await organ(county, "citizen-portal"), await county.as_("mengxiaolan")
    letter = {"channel": "online-inquiry", "channel_number": "WZ-1", "sort": "help", "narrative": "小区路灯坏了"}
    first, body = await register(portal, "wz_1", **letter, writer_phone="13900001001")
    number, code = first.json()["receipt"]["number"], first.json()["query_code"]
    assert (await portal.post(body, portal.headers(body, "wz_1"))).json() == first.json()
    citizen = await county.stranger()
    assert (await ask(citizen, number, code)).json()["promises"][0]["what"] == "签收来信"
    await desk.take(number, "sign-letter")
    await desk.take(number, "contact-writer", outcome="电话联系")
    await desk.take(number, "classify-letter", labels=["1.03.01"])
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    officer, head = await county.as_("xuyating"), await county.as_("zhaotiejun")
    await officer.take(number, "conclude-letter", finding="true", result="supported", answer=ANSWER)
    await head.approve(number, "conclude-letter")
    await until(lambda: desk.card(number), lambda card: card["stage"] == "closed")
    last = (await desk.read(f"/api/matters/{number}/journal", limit=100))["items"]
    assert ("evaluate-letter", "system:citizen-portal") in [(each["step"], each["username"]) for each in last]
    (told,) = sandbox.received("citizen-portal")
    said = json.dumps(told["message"]["data"], ensure_ascii=False)
    assert ("路灯" not in said, told["message"]["data"]["order"]) == (True, "WZ-1")
    assert (await ask(citizen, number, code)).json()["said"] == "已经办结"
