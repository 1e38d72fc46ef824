"""Requests that go through many hands: each has the task that is theirs and no other, and no clock is moved by any of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from law.facts import Fact
from tests.scenarios.fraud import Team, detain, filed_case, named_suspect, team
from tests.scenarios.passing import Passing
from tests.world import Hand, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HELD = "criminal-detention-submit-for-arrest"
EXTENSION: dict[str, Any] = {"extension": "+4 day", "grounds": "涉案资金流向复杂"}
ASSESSMENT = {"assessment": "可能毁灭证据，有继续羁押必要"}


async def _held(people: Team, at: datetime) -> str:
    suspect = await named_suspect(people, await filed_case(people, at - DAY))
    await detain(people, suspect, at)
    return suspect


async def _just_held(county: World) -> tuple[Team, str]:
    people = await team(county)
    return people, await _held(people, datetime.now(SHANGHAI).replace(second=0, microsecond=0) - 2 * HOUR)


async def _asked_of(hand: Hand, number: str, sort: str = "approval") -> list[str]:
    """The steps that this person has before them in a matter."""
    tasks = (await hand.read("/api/tasks", limit=100))["items"]
    return [each["step"] for each in tasks if (each["matter"], each["sort"]) == (number, sort)]


async def _told(hand: Hand, number: str) -> list[str]:
    """What this person was told of a matter besides the warnings of its clocks and whose turn it is, the newest first."""
    notices = (await hand.read("/api/notices", limit=100))["items"]
    return [each["words"] for each in notices if each["matter"] == number and each["type"] not in ("clock", "turn")]


async def _requested(hand: Hand, number: str) -> list[Any]:
    """The tasks of a matter that a request made."""
    return [each for each in (await hand.card(number))["tasks"] if each["sort"] != "turn"]


async def _clocks(hand: Hand, number: str) -> list[Any]:
    return await hand.read(f"/api/matters/{number}/clocks")


async def _due(hand: Hand, suspect: str) -> datetime:
    return datetime.fromisoformat((await hand.clock(suspect, HELD))["due_at"])


# What went wrong elsewhere


async def test_a_reminder_is_not_gone_after_a_return(passing: Passing) -> None:
    people, at = await team(passing.county), await passing.now()
    suspect = await _held(people, at)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    await people.chief.take(suspect, "return", request="extend-detention", reason="请补充资金流水")
    assert await _asked_of(people.chief, suspect) == []
    assert await _asked_of(people.officer, suspect, "returned") == ["extend-detention"]
    assert await _told(people.officer, suspect) == ["“延长拘留”被退回：请补充资金流水", "“执行拘留”已获批准"]
    assert await _due(people.officer, suspect) == at + 3 * DAY

    await passing.until(at + 2 * DAY + HOUR)
    assert (await people.officer.clock(suspect, HELD))["colour"] == "yellow"
    warned = [each for each in (await people.officer.read("/api/notices", limit=100))["items"] if each["clock"].startswith(HELD)]
    assert [each["colour"] for each in warned] == ["yellow"]

    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    assert await _asked_of(people.officer, suspect, "returned") == []
    assert await _asked_of(people.chief, suspect) == ["extend-detention"]
    await people.chief.approve(suspect, "extend-detention")
    assert await _due(people.officer, suspect) == at + 7 * DAY
    await passing.until(at + 3 * DAY + HOUR)
    assert (await people.officer.clock(suspect, HELD))["colour"] == "none"


async def test_a_hold_is_not_lost_when_the_request_goes_to_somebody_else(passing: Passing) -> None:
    people, at = await team(passing.county), await passing.now()
    vice = await passing.as_("hejingyuan")
    suspect = await _held(people, at)
    await people.officer.take(suspect, "start-evaluation", institution="安澜市精神卫生中心", at=at)
    await people.chief.approve(suspect, "start-evaluation")
    suspended = await people.officer.clock(suspect, HELD)
    assert suspended["state"] == "suspended"
    await people.officer.take(suspect, "assess-necessity", **ASSESSMENT)
    await people.head.take(suspect, "countersign", request="assess-necessity", offices=["county-head"], reason="重大案件")
    await people.chief.take(suspect, "transfer", request="assess-necessity", person="hejingyuan", reason="外出")
    assert await people.officer.clock(suspect, HELD) == suspended
    await passing.until(at + 4 * DAY)
    assert (await people.officer.clock(suspect, HELD))["colour"] == "none"
    await vice.approve(suspect, "assess-necessity")
    await people.head.approve(suspect, "assess-necessity")
    assert await people.officer.clock(suspect, HELD) == suspended


async def test_no_verb_moves_a_clock(county: World) -> None:
    people, suspect = await _just_held(county)
    vice = await county.as_("hejingyuan")
    before = await _clocks(people.officer, suspect)
    of_both = {"request": "assess-necessity"}
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    await people.officer.take(suspect, "assess-necessity", **ASSESSMENT)
    for hand, verb, form in (
        (people.officer, "urge", {}),
        (people.head, "copy-to", {"persons": ["wuhaoran"]}),
        (people.head, "countersign", {"offices": ["county-head"], "reason": "会签"}),
        (people.chief, "delegate", {"person": "fangzhengping", "reason": "外出"}),
        (people.chief, "transfer", {"person": "hejingyuan", "reason": "外出"}),
        (vice, "approve", {}),
        (people.head, "add-signer", {"place": "before", "office": "case-management-officer", "reason": "核对"}),
        (await county.as_("qinwanqing"), "approve", {}),
        (people.head, "return", {"to": "county-head", "reason": "再议"}),
        (vice, "return", {"reason": "材料不全"}),
    ):
        await hand.take(suspect, verb, **of_both, **form)
        assert await _clocks(people.officer, suspect) == before, verb
    await people.officer.take(suspect, "withdraw", request="extend-detention", reason="不再需要")
    assert await _clocks(people.officer, suspect) == before
    assert (await people.officer.card(suspect))["requests"] == []


async def test_a_task_comes_back_with_the_turn_and_an_urging_reaches_whoever_has_it(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "assess-necessity", **ASSESSMENT)
    assert await _asked_of(people.head, suspect) == ["assess-necessity"]
    await people.head.approve(suspect, "assess-necessity")
    assert (await _asked_of(people.head, suspect), await _asked_of(people.legal, suspect)) == ([], ["assess-necessity"])
    (back,) = [each for each in await people.legal.steps(suspect) if each["step"] == "return"]
    assert back["form"]["properties"]["to"]["enum"] == ["", "station-head", "zhaotiejun"]
    await people.legal.take(suspect, "return", request="assess-necessity", to="station-head", reason="理由不充分")
    assert (await _asked_of(people.head, suspect), await _asked_of(people.legal, suspect)) == (["assess-necessity"], [])
    await people.officer.take(suspect, "urge", request="assess-necessity", words="明日届满")
    assert await _told(people.head, suspect) == ["催办“羁押必要性评估”：明日届满"]
    assert await _told(people.legal, suspect) == []
    await people.head.approve(suspect, "assess-necessity")
    assert (await people.legal.approve(suspect, "assess-necessity"))["standing"] == "done"
    assert await _requested(people.officer, suspect) == []


async def test_what_is_transferred_is_before_nobody_but_the_one_who_has_it(county: World) -> None:
    people, suspect = await _just_held(county)
    vice = await county.as_("hejingyuan")
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    assert [await _asked_of(hand, suspect) for hand in (people.chief, vice)] == [["extend-detention"], ["extend-detention"]]
    await people.chief.take(suspect, "transfer", request="extend-detention", person="hejingyuan", reason="外出")
    assert [await _asked_of(hand, suspect) for hand in (people.chief, vice)] == [[], ["extend-detention"]]
    (task,) = await _requested(people.officer, suspect)
    assert (task["office"], task["person"]) == ("county-head", "hejingyuan")
    assert "approve" not in [each["step"] for each in await people.chief.steps(suspect)]
    await vice.approve(suspect, "extend-detention")
    assert await _asked_of(vice, suspect) == []


async def test_an_approval_that_names_somebody_who_is_away_is_their_deputys_who_signs_as_themselves(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    await people.chief.take(suspect, "transfer", request="extend-detention", person="hejingyuan", reason="本人回避")
    vice, now = await county.as_("hejingyuan"), datetime.now(UTC)
    away = {"begins": (now - timedelta(days=1)).isoformat(), "ends": (now + timedelta(days=1)).isoformat(), "reason": "年休假"}
    assert (await vice.post("/api/absences", deputy="zhouminghui", **away)).status_code == 200
    assert [await _asked_of(hand, suspect) for hand in (people.chief, vice)] == [["extend-detention"]] * 2
    # As a delegate may: what was handed on goes no further.
    assert [each["step"] for each in await people.chief.steps(suspect) if each["request"]] == ["approve", "return"]
    await people.chief.approve(suspect, "extend-detention")
    entry = (await people.officer.read(f"/api/matters/{suspect}/journal", limit=100))["items"][-1]
    (signed,) = entry["content"]["recorded"]["ended"]["turns"][0]
    assert (entry["username"], signed["signed_by"], signed["signed_for"]) == ("zhouminghui", "zhouminghui", "hejingyuan")
    assert entry["content"]["actor"]["stands_in_for"] == ["hejingyuan"]
    assert [await _asked_of(hand, suspect) for hand in (people.chief, vice)] == [[], []]


async def test_who_is_back_approves_themselves_and_their_deputy_no_more(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    await people.chief.take(suspect, "transfer", request="extend-detention", person="hejingyuan", reason="本人回避")
    vice, now = await county.as_("hejingyuan"), datetime.now(UTC)
    away = {"begins": (now - timedelta(days=1)).isoformat(), "ends": (now + timedelta(days=1)).isoformat(), "reason": "年休假"}
    (absence,) = (await vice.post("/api/absences", deputy="zhouminghui", **away)).json()["items"]
    assert (await vice.post("/api/absences/end", absence=absence["id"])).status_code == 200
    assert (await people.chief.try_(suspect, "approve", request="extend-detention")).status_code == 403
    await vice.approve(suspect, "extend-detention")


async def test_a_turn_goes_up_to_the_unit_above_and_nowhere_else(county: World) -> None:
    officer, head, above = [await county.as_(name) for name in ("chenlu", "huangweimin", "shaobin")]
    number = (await officer.open("criminal-case", charge="xf-264", summary="电动自行车被盗"))["number"]
    await officer.take(number, "check-facts", measures="询问、调取监控")
    for unit, slug in (("legal", "form-invalid"), ("chanyeyuan", "form-invalid"), ("qinglan", "office-may-not-act")):
        answer = await head.try_(number, "transfer", request="check-facts", unit=unit, reason="本人回避")
        assert answer.json()["type"] == f"/problems/{slug}", answer.text
    await head.take(number, "transfer", request="check-facts", unit="east-zone", reason="本人回避")
    assert [await _asked_of(hand, number) for hand in (head, above)] == [[], ["check-facts"]]
    assert (await head.try_(number, "approve", request="check-facts")).status_code == 403
    assert (await above.approve(number, "check-facts"))["standing"] == "done"


async def test_a_delegate_approves_in_the_name_of_another_and_never_their_own_request(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    for person, slug in (("liusiyuan", "duties-not-separated"), ("wuhaoran", "form-invalid"), ("nobody", "form-invalid")):
        answer = await people.chief.try_(suspect, "delegate", request="extend-detention", person=person, reason="外出")
        assert answer.json()["type"] == f"/problems/{slug}", answer.text
    await people.chief.take(suspect, "delegate", request="extend-detention", person="fangzhengping", reason="外出")
    assert await _asked_of(people.legal, suspect) == ["extend-detention"]
    assert await _asked_of(await county.as_("jiangruolan"), suspect) == []
    assert [each["step"] for each in await people.legal.steps(suspect) if each["request"]] == ["approve", "return"]
    await people.legal.approve(suspect, "extend-detention")
    assert await _requested(people.officer, suspect) == []
    entry = (await people.officer.read(f"/api/matters/{suspect}/journal", limit=100))["items"][-1]
    (signed,) = entry["content"]["recorded"]["ended"]["turns"][0]
    assert (entry["username"], signed["signed_by"], signed["signed_for"]) == ("fangzhengping", "fangzhengping", "zhouminghui")
    assert [fact["approver"] for fact in entry["content"]["facts"]] == ["county-head"]


async def test_nobody_decides_for_another_who_holds_no_office_that_approves(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    of_it: dict[str, Any] = {"request": "extend-detention", "reason": "外出"}
    for person in ("leijianfeng", "guanli", "linxiaoyu", "dongxiaodong", "xuyating", "qinwanqing"):
        answer = await people.chief.try_(suspect, "delegate", person=person, **of_it)
        assert answer.status_code == 422, answer.text
        (error,) = answer.json()["errors"]
        assert (error["field"], error["rule"]) == ("person", "approving-office"), person
        assert await _asked_of(await county.as_(person), suspect) == []
    assert (await people.chief.approve(suspect, "extend-detention"))["standing"] == "done"


async def test_whoever_supervises_assists_or_administers_is_not_asked_to_sign(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    of_it: dict[str, Any] = {"request": "extend-detention", "reason": "核对"}
    cases: tuple[tuple[str, dict[str, Any], tuple[str, str]], ...] = (
        ("add-signer", {"place": "before", "office": "supervisor"}, ("office", "signs-in-no-case")),
        ("countersign", {"offices": ["legal-reviewer", "administrator"]}, ("offices", "signs-in-no-case")),
        ("add-signer", {"place": "before", "person": "leijianfeng"}, ("person", "out-of-reach")),
        ("countersign", {"persons": ["dongxiaodong"]}, ("person", "out-of-reach")),
        ("countersign", {"persons": ["guanli"]}, ("person", "out-of-reach")),
    )
    for verb, form, fault in cases:
        answer = await people.chief.try_(suspect, verb, **of_it, **form)
        assert answer.status_code == 422, answer.text
        (error,) = answer.json()["errors"]
        assert (error["field"], error["rule"]) == fault


async def test_a_delegate_who_has_left_the_office_that_approves_does_not_decide_any_more(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    await people.chief.take(suspect, "delegate", request="extend-detention", person="fangzhengping", reason="外出")
    moved = "UPDATE holding SET office = 'supervisor' WHERE username = 'fangzhengping' AND office = 'legal-reviewer'"
    await county.ask(moved)
    county.app.state.ctx.directory.forget()
    answer = await people.legal.try_(suspect, "approve", request="extend-detention")
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/office-may-not-act")
    assert "county-head" in answer.json()["required"]
    assert (await people.chief.approve(suspect, "extend-detention"))["standing"] == "done"


async def test_those_who_sign_together_each_have_a_task_until_they_have_signed(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    form: dict[str, Any] = {"offices": ["case-management-officer"], "persons": ["fangzhengping"], "reason": "重大案件"}
    await people.chief.take(suspect, "countersign", request="extend-detention", **form)
    three = (people.legal, people.chief, await county.as_("qinwanqing"))
    for n, hand in enumerate(three):
        assert [await _asked_of(each, suspect) for each in three] == [[]] * n + [["extend-detention"]] * (3 - n)
        await hand.approve(suspect, "extend-detention")
        again = await hand.try_(suspect, "approve", request="extend-detention")
        assert again.status_code in (403, 409)
    journal = (await people.officer.read(f"/api/matters/{suspect}/journal", limit=100))["items"]
    granted = [fact for each in journal for fact in each["content"].get("facts", ()) if fact["fact"] == Fact.DETENTION_EXTENDED]
    assert [fact["approver"] for fact in granted] == ["county-head"]


async def test_more_signers_than_there_are_people_are_not_asked(county: World) -> None:
    people, suspect = await _just_held(county)
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    added: dict[str, Any] = {"request": "extend-detention", "office": "county-head", "place": "after", "reason": "两位局领导审批"}
    await people.chief.take(suspect, "add-signer", **added)  # the county has two
    answer = await people.chief.try_(suspect, "add-signer", **added)
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/office-may-not-act")
    assert "人员不足" in answer.json()["detail"]


async def test_a_copy_lets_somebody_read_who_could_not_and_decide_nothing(county: World) -> None:
    people, suspect = await _just_held(county)
    other, desk = await county.as_("wuhaoran"), await county.as_("sunjiawei")
    assert (await other.get(f"/api/matters/{suspect}")).status_code == 404
    await people.officer.take(suspect, "extend-detention", **EXTENSION)
    nowhere: tuple[dict[str, Any], ...] = (
        {"persons": ["yeqingheng"]},
        {"offices": ["station-head"], "unit": "atlantis"},
        {"offices": ["procuratorate"]},
    )
    for form in nowhere:
        answer = await people.officer.try_(suspect, "copy-to", request="extend-detention", **form)
        assert answer.json()["type"] == "/problems/form-invalid", answer.text
    to = {"persons": ["wuhaoran"], "offices": ["station-head"], "unit": "donghe"}
    await people.officer.take(suspect, "copy-to", request="extend-detention", words="请协助查找", **to)
    for hand in (other, desk):
        assert await _told(hand, suspect) == ["抄送“延长拘留”：请协助查找"]
        assert (await hand.card(suspect))["number"] == suspect
        assert await hand.steps(suspect) == []
        assert (await hand.try_(suspect, "approve", request="extend-detention")).status_code == 403
    assert (await (await county.as_("dengmin")).get(f"/api/matters/{suspect}")).status_code == 404
