"""I4, I6: who wrote a letter in secret stands nowhere in clear, is read by an approval of its own, and is forgotten for good."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models import veil_windows
from models.journal import hash_sm3
from operations.verify import verify
from runtime.encryption import KeyRing
from tests.organ import organ
from tests.scenarios.test_s06_a_letter_to_the_chief import register
from tests.world import Hand, World

NAME, PHONE = "韩素芬", "13900008811"
TIP: dict[str, Any] = {
    "channel": "post",
    "sort": "tip",
    "narrative": f"反映人{NAME}（{PHONE}）称邻居家中聚众赌博",
    "writer_name": NAME,
    "writer_phone": PHONE,
}


async def standing(county: World, *secrets: str) -> list[tuple[str, str]]:
    """Each table of the database in which one of these words stands in clear, and which."""
    tables = [row.name for row in await county.ask("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'")]
    return [
        (table, secret)
        for table in tables
        for secret in secrets
        if await county.ask(f"SELECT 1 AS one FROM {table} t WHERE t::text LIKE %(like)s LIMIT 1", like=f"%{secret}%")
    ]


async def unveiled(county: World, desk: Hand, number: str, *fields: str) -> None:
    """Whoever keeps letters asks to read these fields, and the head of the bureau lets them."""
    await desk.take(number, "unveil", fields=list(fields), purpose="核查线索需要向举报人补充了解情况")
    await (await county.as_("hejingyuan")).approve(number, "unveil")


async def test_who_gave_a_tip_stands_nowhere_in_clear_and_a_repeat_is_known_again(county: World) -> None:
    desk, hotline = await county.as_("mengxiaolan"), await organ(county, "hotline")
    key = {"Idempotency-Key": "tip-1"}
    first = await desk.post("/api/matters/letter", key, **TIP)
    again = await desk.post("/api/matters/letter", key, **TIP)
    other = await desk.post("/api/matters/letter", key, **TIP | {"writer_name": "韩素芳"})
    number = first.json()["number"]
    assert (again.json()["number"], other.status_code) == (number, 409)
    came, body = await register(hotline, "msg_31", **TIP | {"channel": "hotline-12345", "channel_number": "HX31"})
    passed_on = came.json()["receipt"]["number"]
    assert await standing(county, NAME, PHONE) == []
    repeated = await hotline.post(body, hotline.headers(body, "msg_31"))
    assert repeated.json() == came.json(), "what comes twice under one id is one message"

    card, journal = await desk.card(number), (await desk.get(f"/api/matters/{number}/journal")).text
    assert (card["people"], card["title"]) == ([], "反映人●●●（●●●●●●●●●●●）称邻居家中聚众赌博")
    assert "●●●（代号" in journal
    assert "veiled:" not in journal
    assert {each["title"] for each in await desk.read(f"/api/matters/{passed_on}/veiled")} == {"来信人姓名", "来信人电话"}
    typed = await desk.post("/api/matters/letter", **TIP | {"writer_name": f"veiled:1:A3F9:{'x' * 60}"})
    assert typed.status_code == 422, "nobody types a ciphertext of another letter"
    kept = await county.ask(
        "SELECT content::json ->> 'form_hash' AS hash FROM entry WHERE step = 'open-letter' AND sort = 'refusal'"
    )
    tried = {hash_sm3(each.request.content).hex() for each in (other, typed)}
    assert (len(kept), tried & {each.hash for each in kept}) == (2, set()), "nobody tries names by the hash of what was refused"
    forged, _ = await register(hotline, "msg_32", **TIP | {"channel": "hotline-12345", "writer_name": f"veiled:1:A3F9:{'x' * 60}"})
    assert (forged.status_code, "不得填写密文" in forged.text) == (422, True), "nor does a system outside"
    words = (await desk.open("letter", **TIP | {"narrative": f"veiled:1:A3F9:{'x' * 60}"}))["number"]
    assert {each["field"] for each in await desk.read(f"/api/matters/{words}/veiled")} == {"writer_name", "writer_phone"}
    await desk.take(words, "sign-letter")
    plain = (await desk.open("letter", **TIP | {"sort": "complaint"}))["number"]
    assert (await desk.card(plain))["people"][0]["name"] == NAME, "who complains in the open is called by name"


async def test_who_gave_a_tip_is_read_once_by_who_asked_and_was_approved_and_each_look_is_told(
    county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, supervisor = await county.as_("mengxiaolan"), await county.as_("leijianfeng")
    number = (await desk.open("letter", **TIP))["number"]
    phone = f"/api/matters/{number}/veiled/writer_phone"
    assert (await desk.get(phone)).status_code == 403
    absent = await desk.try_(number, "unveil", fields=["writer_citizen_number"], purpose="核查线索")
    assert (absent.status_code, absent.json()["errors"][0]["field"]) == (422, "fields")
    await unveiled(county, desk, number, "writer_phone")
    assert (await desk.get(f"/api/matters/{number}/veiled/writer_name")).status_code == 403, "what was not asked for stays veiled"
    assert (await supervisor.get(phone)).status_code == 403, "it opens to whoever asked"
    shown = await desk.read(phone)
    assert shown["value"] == PHONE
    left = datetime.fromisoformat(shown["until"]) - datetime.now(UTC)
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)
    assert (await desk.read(phone))["until"] == shown["until"], "looking again prolongs nothing"
    looks = [each for each in (await desk.read(f"/api/matters/{number}/journal"))["items"] if each["step"] == "look-at-veiled"]
    assert [(each["username"], each["content"]["what"], each["content"]["approved_by"]) for each in looks] == [
        ("mengxiaolan", "writer_phone", "hejingyuan")
    ] * 2
    told = (await supervisor.get("/api/notices")).text
    assert f"{number}：来信人身份信息经批准开启查看" in told

    monkeypatch.setattr(veil_windows, "SHOWN_FOR", timedelta(0))
    over = await desk.get(phone)
    assert (over.status_code, "重新呈请" in over.json()["detail"]) == (403, True)
    monkeypatch.undo()
    await unveiled(county, desk, number, "writer_name", "writer_phone")
    assert (await desk.read(f"/api/matters/{number}/veiled/writer_name"))["value"] == NAME, "a second look is approved anew"
    assert await standing(county, NAME, PHONE) == []
    assert verify(county.settings).faults == []


async def test_whoever_read_who_gave_a_tip_writes_it_down_nowhere_in_clear(county: World) -> None:
    desk = await county.as_("mengxiaolan")
    said = TIP | {"narrative": f"{NAME[0]} {NAME[1:]}（139-0000-8811）称邻居家中聚众赌博", "about": [f"{NAME}所说的赌博"]}
    number = (await desk.open("letter", **said))["number"]
    assert (await desk.card(number))["title"] == "●●●●（●●●●●●●●●●●●●）称邻居家中聚众赌博", "however it is spelt"
    await unveiled(county, desk, number, "writer_name", "writer_phone")
    await desk.read(f"/api/matters/{number}/veiled/writer_name")
    await desk.take(number, "sign-letter")
    key, called = {"Idempotency-Key": "called"}, {"outcome": f"已电话联系{NAME}（139 0000 8811），称{PHONE}可以联系"}
    receipt = await desk.take(number, "contact-writer", key, **called)
    assert await desk.take(number, "contact-writer", key, **called) == receipt, "a repeat is known again"
    other = await desk.try_(number, "contact-writer", key, **called | {"outcome": "已电话联系韩素芳"})
    assert other.status_code == 409
    await desk.take(number, "classify-letter", labels=["2.03.02"])
    await desk.take(number, "assign-letter", unit="chengguan", officer="xuyating")
    await (await county.as_("xuyating")).take(
        number, "correct-record", told_seq=1, told_field="narrative", told_text=f"{NAME}称楼上家中聚众赌博", reason="听错楼层"
    )
    await (await county.as_("zhaotiejun")).approve(number, "correct-record")
    assert (await desk.card(number))["title"] == "●●●称楼上家中聚众赌博"
    assert await standing(county, NAME, PHONE, "139 0000 8811", "139-0000-8811") == []
    assert verify(county.settings).faults == []


async def test_without_the_key_nothing_is_shown_or_taken_down_and_people_are_told_why(
    county: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await county.as_("mengxiaolan")
    number = (await desk.open("letter", **TIP))["number"]
    await unveiled(county, desk, number, "writer_name")
    name = f"/api/matters/{number}/veiled/writer_name"
    monkeypatch.setattr(county.ctx, "ring", KeyRing([("another", b"1" * 32)]))
    for answer in (await desk.get(name), await desk.post("/api/matters/letter", **TIP)):
        assert (answer.status_code, "不在本系统的密钥中" in answer.json()["detail"]) == (503, True)
    monkeypatch.undo()
    assert (await desk.read(name))["value"] == NAME, "nothing was lost, and no look was spent"


async def test_who_asked_for_secrecy_is_forgotten_for_good_after_two_years_and_the_journal_stays_whole(county: World) -> None:
    desk, head = await county.as_("mengxiaolan"), await county.as_("hejingyuan")
    asked_for = TIP | {"sort": "help", "secrecy": True}
    late = (await desk.open("letter", **asked_for))["number"]
    early = await desk.try_(late, "destroy-identity", reason="已经办结")
    assert (early.status_code, "满二年" in early.json()["detail"]) == (409, True)
    number = (await desk.open("letter", **asked_for, at=datetime.now(UTC) - timedelta(days=740)))["number"]
    await unveiled(county, desk, number, "writer_name")
    running = await desk.try_(number, "destroy-identity", reason="满二年")
    assert (running.status_code, "尚未办结" in running.json()["detail"]) == (409, True)
    await desk.take(number, "withdraw-letter", how_said="来电表示不再需要")
    await desk.take(number, "destroy-identity", reason="办结满二年，没有相关案件")
    assert (await desk.read(f"/api/matters/{number}/veiled/writer_name"))["value"] == NAME, "one person alone destroys nothing"
    await head.approve(number, "destroy-identity")
    gone = await desk.get(f"/api/matters/{number}/veiled/writer_name")
    assert (gone.status_code, "已经依保存期限销毁" in gone.json()["detail"]) == (409, True)
    asked = await desk.try_(number, "unveil", fields=["writer_name"], purpose="再次核查")
    assert (asked.status_code, "已经销毁" in asked.text) == (422, True)
    assert verify(county.settings).faults == []
