"""S9: a phone, cash and three bottles, from the list on which they stand to whose they are, each hand on record; organs by HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.documents.samples import text_of
from tests.organ import Organ, organ
from tests.sandbox import Sandbox
from tests.scenarios.fraud import Team, filed_case, named_suspect, opened, team
from tests.scenarios.passing import Passing, eventually
from tests.world import Answer, Hand, World
from watchdog.duties.make_documents import MakeDocuments

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PHONE = {"name": "手机", "quantity": "1部", "features": "黑色，串号860000000000001", "owner": "贺文涛", "holder": "贺文涛"}
CASH = {"name": "人民币", "quantity": "12000元", "features": "百元面额120张", "remark": "点验后封装"}
BOTTLES = {"name": "瓶装液体", "quantity": "3瓶", "features": "无标签，各500毫升"}
LIST: dict[str, Any] = {
    "officers": ["liusiyuan", "xuyating"],
    "witness": "社区工作者 桑晓梅",
    "place": "青岚县城关镇人民路88号",
    "items": [PHONE, CASH, BOTTLES],
    "grounds": "可用以证明犯罪嫌疑人有罪或者无罪",
}
SHELF = {"keeper": "qinwanqing", "place": "涉案财物保管中心 A-03"}


class Case:
    """One case with its things, and those through whose hands they go."""

    def __init__(self, people: Team, manager: Hand, number: str, things: list[str]) -> None:
        """That case, in which these were seized."""
        self.people, self.manager, self.number = people, manager, number
        self.phone, self.cash, self.bottles = things

    async def custody(self, thing: str) -> tuple[str, str, str]:
        """At which stage a thing is, who holds it, and where; the card and the list of the case's things say the same."""
        card = await self.people.chief.card(thing)
        listed = (await self.people.chief.read("/api/matters", kind="exhibit", parent=self.number))["items"]
        assert next(each["custody"] for each in listed if each["number"] == thing) == card["custody"]
        return card["stage"], card["custody"]["holder_zh"], card["custody"]["place"]

    async def comes_to(self, thing: str, stage: str) -> None:
        """Wait until a thing stands there, where the case has sent it."""

        async def there() -> bool:
            return (await self.people.chief.card(thing))["stage"] == stage

        await eventually(there)


async def _approved(asker: Hand, by: Hand, number: str, step: str, **form: Any) -> Answer:
    await asker.take(number, step, **form)
    return await by.approve(number, step)


async def _seized(county: World, case: str, people: Team) -> Case:
    receipt = await _approved(people.officer, people.head, case, "seize-property", **LIST)
    assert len(receipt["opened"]) == 3
    for number in receipt["opened"]:
        await opened(people.officer, receipt | {"opened": [number]})
    return Case(people, await county.as_("qinwanqing"), case, receipt["opened"])


async def _decided(by: Organ, number: str, step: str, passing: Passing, **form: Any) -> Answer:
    answer = await by.decide(number, step, at=await passing.now(), **form)
    assert answer.status_code == 200, answer.text
    return answer.json()["receipt"]


async def _told(sandbox: Sandbox, system: str, fact: str) -> list[dict[str, Any]]:
    return [each["message"]["data"] for each in sandbox.received(system) if each["message"]["type"] == fact]


async def _stored_and_lent(passing: Passing, case: Case) -> None:
    """Into the store within the day; the phone is lent, comes back late, and that is seen."""
    officer, head, manager = case.people.officer, case.people.head, case.manager
    assert await case.custody(case.phone) == ("in_hand", "刘思源", "经办民警处")
    due = await officer.clock(case.phone, "property-handover")
    assert (due["state"], due["basis"].startswith("《公安机关办理行政案件程序规定》第一百九十条")) == ("running", True)
    await passing.until(await passing.now() + 20 * HOUR)
    for thing in (case.phone, case.cash, case.bottles):
        await manager.take(thing, "store-exhibit", **SHELF)
        assert (await officer.clock(thing, "property-handover"))["state"] == "met"
    assert await case.custody(case.phone) == ("in_store", "秦婉清", "涉案财物保管中心 A-03")

    lent = {"borrower": "xuyating", "place": "县局电子物证实验室", "purpose": "提取聊天记录", "term": "2 day"}
    await _approved(officer, head, case.phone, "lend-exhibit", **lent)
    assert await case.custody(case.phone) == ("lent", "许雅婷", "县局电子物证实验室")
    with_her = (await manager.find("/api/matters/find?kind=exhibit", holder="xuyating"))["items"]
    assert [each["number"] for each in with_her] == [case.phone]
    await passing.until(await passing.now() + 3 * DAY)
    late = await officer.clock(case.phone, "exhibit-loan-return")
    assert (late["colour"], "内部管理规定" in late["basis"]) == ("overdue", True)
    told = (await case.people.supervisor.read("/api/notices"))["items"]
    assert case.phone in [each["matter"] for each in told if each["colour"] == "overdue"]
    assert case.phone in [each["matter"] for each in (await officer.read("/api/tasks"))["items"]]
    await manager.take(case.phone, "return-loan", **SHELF, condition="完好")
    assert (await officer.clock(case.phone, "exhibit-loan-return"))["state"] == "met-late"


async def _to_the_procuratorate(passing: Passing, sandbox: Sandbox, case: Case, procuratorate: Organ) -> None:
    """With the case and its papers; the procuratorate confirms phone and cash, and does not take the bottles."""
    people, things = case.people, [case.phone, case.cash, case.bottles]
    await named_suspect(people, case.number)
    await _approved(people.officer, people.chief, case.number, "close-investigation", report="事实清楚")
    await _approved(people.officer, people.chief, case.number, "send-case", opinion="应当追究刑事责任", exhibits=things)
    for thing in things:
        await case.comes_to(thing, "to_procuratorate")
    # Until the other side has confirmed, it is still ours.
    assert await case.custody(case.cash) == ("to_procuratorate", "秦婉清", "涉案财物保管中心 A-03")

    async def all_told() -> bool:
        return len(await _told(sandbox, "procuratorate", "exhibit.sent-to-procuratorate")) == 3

    await eventually(all_told)
    (sent,) = await _told(sandbox, "procuratorate", "case.sent-to-procuratorate")
    assert [(each["number"], each["name"], each["quantity"]) for each in sent["exhibits"]] == [
        (case.phone, "手机", "1部"),
        (case.cash, "人民币", "12000元"),
        (case.bottles, "瓶装液体", "3瓶"),
    ]
    assert {"立案决定书", "扣押清单", "起诉意见书", "随案移送清单"} <= {each["title"] for each in sent["papers"]}

    await _decided(procuratorate, case.number, "receive-prosecution-case", passing)
    await _decided(procuratorate, case.number, "confirm-papers", passing, complete=True)
    for thing in (case.phone, case.cash):
        await _decided(procuratorate, thing, "receive-prosecution-exhibit", passing, receiver="施朝霞", place="案管中心财物室")
    assert await case.custody(case.phone) == ("at_procuratorate", "人民检察院 施朝霞", "案管中心财物室")
    why = "危险液体不宜移送，移送清单和照片即可"
    await _decided(procuratorate, case.bottles, "refuse-prosecution-exhibit", passing, why=why)
    assert await case.custody(case.bottles) == ("in_store", "秦婉清", "涉案财物保管中心 A-03")
    assert (await _journal(people.officer, case.bottles))[-1]["content"]["form"]["why"] == why


async def _to_the_court(passing: Passing, sandbox: Sandbox, case: Case, procuratorate: Organ, court: Organ) -> None:
    """With the prosecution; the court confirms the phone, and sends the cash back, which is stored again."""
    going = {"charge": "诈骗罪", "court": "青岚县人民法院", "exhibits": [case.phone, case.cash]}
    await _decided(procuratorate, case.number, "prosecute-case", passing, **going)
    await case.comes_to(case.phone, "to_court")
    await case.comes_to(case.cash, "to_court")
    assert (await case.custody(case.phone))[1] == "人民检察院 施朝霞"

    async def all_told() -> bool:
        return len(await _told(sandbox, "court", "exhibit.sent-to-court")) == 2

    await eventually(all_told)
    (sent,) = await _told(sandbox, "court", "case.prosecuted")
    assert [each["number"] for each in sent["exhibits"]] == [case.phone, case.cash]
    assert "起诉意见书" in {each["title"] for each in sent["papers"]}
    await _decided(court, case.number, "receive-trial-case", passing)
    await _decided(court, case.number, "confirm-papers", passing, complete=False, missing="光盘一张")
    await _decided(court, case.phone, "receive-trial-exhibit", passing, receiver="莫公毅")
    assert await case.custody(case.phone) == ("at_court", "人民法院 莫公毅", "人民法院")
    await _decided(court, case.cash, "refuse-trial-exhibit", passing, why="现金应当存入公安机关专户")
    assert (await case.custody(case.cash))[:2] == ("coming_back", "人民检察院 施朝霞")
    await case.manager.take(case.cash, "take-back-exhibit", **SHELF)
    assert await case.custody(case.cash) == ("in_store", "秦婉清", "涉案财物保管中心 A-03")


async def _disposed_of(passing: Passing, case: Case, court: Organ) -> None:
    """The court returns the phone; the cash goes back to the victim within the time that the bureau sets, against a list."""
    officer, chief = case.people.officer, case.people.chief
    await _decided(court, case.phone, "order-disposal", passing, decision="发还贺文涛的家属")
    await _decided(court, case.phone, "dispose-by-organ", passing, way="returned", receiver="宋雨桐")
    assert await case.custody(case.phone) == ("returned", "宋雨桐", "已发还")

    await officer.take(case.cash, "order-disposal", decision="判决发还被害人沈国梁")
    assert (await officer.clock(case.cash, "exhibit-disposal"))["state"] == "running"
    await _approved(officer, chief, case.cash, "return-exhibit", receiver="沈国梁", explanation="系被害人合法财产")
    assert (await officer.clock(case.cash, "exhibit-disposal"))["state"] == "met"
    assert await case.custody(case.cash) == ("returned", "沈国梁", "已发还")
    lines = await _paper(passing.county, officer, case.cash, "发还清单")
    assert {"领取人：沈国梁", f"财物编号：{case.cash}"} <= set(lines)
    assert "人民币 | 12000元 | 百元面额120张 | 点验后封装" in lines
    gone = await _paper(passing.county, officer, case.number, "随案移送清单")
    assert f"{case.bottles} | 瓶装液体 | 3瓶 | 无标签，各500毫升 |" in [each.strip() for each in gone]


async def _paper(county: World, hand: Hand, number: str, title: str) -> list[str]:
    """The lines of a document that a step issued, as they stand on paper."""
    await county.watch().get_duty(MakeDocuments).do()
    (issued,) = [each for each in (await hand.read(f"/api/matters/{number}/documents"))["items"] if each["title"] == title]
    return text_of((await hand.get(f"/api/matters/{number}/documents/{issued['id']}")).content).splitlines()


async def _journal(hand: Hand, number: str) -> list[dict[str, Any]]:
    return [each for each in (await hand.read(f"/api/matters/{number}/journal", limit=100))["items"] if each["sort"] == "step"]


async def test_three_things_go_from_hand_to_hand_and_each_hand_is_on_record(passing: Passing, sandbox: Sandbox) -> None:
    county, people = passing.county, await team(passing.county)
    procuratorate, court = await organ(county, "procuratorate"), await organ(county, "court")
    case = await _seized(county, await filed_case(people, await passing.now() - DAY), people)
    lines = await _paper(county, people.officer, case.number, "扣押清单")
    assert "1 | 手机 | 1部 | 黑色，串号860000000000001 |" in [each.strip() for each in lines]
    assert "2 | 人民币 | 12000元 | 百元面额120张 | 点验后封装" in lines
    assert "本清单一式三份，一份附卷，一份交持有人，一份交保管人员。" in lines

    await _stored_and_lent(passing, case)
    await _to_the_procuratorate(passing, sandbox, case, procuratorate)
    await _to_the_court(passing, sandbox, case, procuratorate, court)
    await _disposed_of(passing, case, court)

    assert [each["step"] for each in await _journal(people.chief, case.phone)] == [
        "open-exhibit",
        "store-exhibit",
        "lend-exhibit",
        "approve",
        "return-loan",
        "send-exhibit",
        "receive-prosecution-exhibit",
        "forward-exhibit",
        "receive-trial-exhibit",
        "order-disposal",
        "dispose-by-organ",
    ]
    assert (await case.custody(case.bottles))[0] == "in_store"


async def test_scripts_of_the_organs_confirm_what_comes_with_the_case(county: World, sandbox: Sandbox) -> None:
    sandbox.answers_to(county.app)
    sandbox.decides("procuratorate", "script")
    people = await team(county)
    case = await _seized(county, await filed_case(people, _ago(DAY)), people)
    await case.manager.take(case.phone, "store-exhibit", **SHELF)
    await people.officer.take(case.phone, "send-exhibit")
    await case.comes_to(case.phone, "at_procuratorate")
    assert (await case.custody(case.phone))[1] == "人民检察院 涉案财物管理员"


def _ago(span: timedelta) -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) - span


async def test_nothing_is_seized_before_the_case_is_filed_by_one_officer_or_without_a_list(county: World) -> None:
    people = await team(county)
    unfiled = (await people.officer.open("criminal-case", charge="xf-266", summary="网络购物被骗"))["number"]
    refused = await people.officer.try_(unfiled, "seize-property", **LIST)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "step-not-open")

    case = await filed_case(people, _ago(DAY))
    for field, said in (
        ("officers", {"officers": ["liusiyuan"]}),
        ("officers", {"officers": ["liusiyuan", "liusiyuan"]}),
        ("officers", {"officers": ["liusiyuan", "nobody"]}),
        ("witness", {"witness": "xuyating"}),
        ("items", {"items": []}),
    ):
        refused = await people.officer.try_(case, "seize-property", **{**LIST, **said})
        assert refused.status_code == 422, refused.text
        assert refused.json()["errors"][0]["field"] == field
    await people.officer.take(case, "seize-property", **LIST)
    wrong = await people.legal.try_(case, "approve", request="seize-property")
    assert (wrong.status_code, wrong.json()["type"].rpartition("/")[2]) == (403, "office-may-not-act")
    assert (await people.chief.card(case))["links"]["children"] == []


async def test_what_is_lent_or_belongs_to_another_case_does_not_go_along(county: World) -> None:
    people = await team(county)
    case = await _seized(county, await filed_case(people, _ago(DAY)), people)
    other = await _seized(county, await filed_case(people, _ago(DAY)), people)
    await people.officer.take(case.number, "close-investigation", report="事实清楚")
    await people.chief.approve(case.number, "close-investigation")
    refused = await people.officer.try_(case.number, "send-case", opinion="应当追究", exhibits=[case.phone])
    assert (refused.status_code, refused.json()["field"]) == (409, "exhibits")
    assert "手机" in refused.json()["detail"]
    refused = await people.officer.try_(case.number, "send-case", opinion="应当追究", exhibits=[other.phone])
    assert (refused.status_code, refused.json()["errors"][0]["rule"]) == (422, "of-this-matter")
