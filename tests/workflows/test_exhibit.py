"""An exhibit: what opens it, where each step leads, and the clocks of measures on things, on a real server."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from models.forms.exhibit import LendExhibit, ReturnLoan, StoreExhibit
from models.forms.exhibit_opening import OpenExhibit
from models.forms.exhibit_transfer import ForwardExhibit, RefuseProsecutionExhibit, RefuseTrialExhibit, SendExhibit
from models.forms.form import Form, Open
from models.forms.seizure import PRESERVING, SEIZING
from models.matter import UNOPENED, Kind
from models.messages import Actor, MatterEvent, State, Submission
from models.origin import Origin
from models.problems import FormInvalid
from tests.scenarios.fraud import opened
from tests.scenarios.passing import eventually
from tests.workflows.test_stages import a_matter, example, leads
from tests.world import Hand, World, until
from workflows.decision import decide
from workflows.registry import get_lifecycles

NOW = datetime(2026, 9, 28, 4, tzinfo=UTC)
OFFICER = Actor(person="liusiyuan", unit="chengguan", offices=("case-officer",))
ITEM = {"name": "手机", "quantity": "1部", "holder": "贺文涛"}
LIST: dict[str, Any] = {
    "officers": ["liusiyuan", "xuyating"],
    "witness": "桑晓梅",
    "place": "城关镇夜市",
    "items": [ITEM],
    "grounds": "需要作为证据",
}
ACCOUNT = {"name": "存款", "institution": "安澜农商银行", "account": "6217000000000000001", "quantity": "350000元"}
SHELF = {"keeper": "qinwanqing", "place": "A-03"}


def submitted(step: str, **form: Any) -> Submission:
    return Submission(key=step, body_hash="", step=step, form=form, actor=OFFICER)


# What opens it, and where each step leads


def test_each_thing_on_a_list_becomes_an_exhibit_that_says_who_holds_it() -> None:
    case = a_matter(Kind.CRIMINAL_CASE, "investigation")
    things = [ITEM, {"name": "人民币", "quantity": "12000元"}]
    said = LIST | {"items": things, "commander": "韩磊"}
    decision = decide(case, submitted("seize-at-scene", **said), NOW, trusted=False)
    assert (decision.refusal, decision.stage) == (None, "investigation")
    assert [(each.verb, each.kind, each.form["name"]) for each in decision.commands] == [
        ("open", Kind.EXHIBIT, "手机"),
        ("open", Kind.EXHIBIT, "人民币"),
    ]
    (holder,) = OpenExhibit.model_validate(decision.commands[0].form).build_parties()
    assert (holder["id"], holder["name"], holder["place"]) == ("holder", "liusiyuan", "经办民警处")


@pytest.mark.parametrize("form", [*SEIZING, *PRESERVING], ids=lambda form: form.rule.step)
def test_whatever_a_case_lays_hands_on_stays_where_it_lies_or_goes_with_an_officer(form: type[Form]) -> None:
    more = {"commander": "韩磊", "recording": "JLY-1", "sender": "邻县公安局"}
    said = LIST | {"assets": [ACCOUNT]} | more
    (opened,) = form.model_validate({name: said[name] for name in form.model_fields if name in said}).build_commands()
    assert isinstance(opened, Open)
    assert opened.kind is Kind.EXHIBIT
    thing = opened.form
    assert isinstance(thing, OpenExhibit)
    first = leads(a_matter(Kind.EXHIBIT, UNOPENED), thing)
    expected = {"in_hand": "liusiyuan", "in_place": "贺文涛", "frozen": "安澜农商银行"}
    assert thing.build_parties()[0]["name"] == expected[first]


def test_a_thing_goes_into_the_store_out_and_back() -> None:
    stage = "in_hand"
    passed = [stage := leads(a_matter(Kind.EXHIBIT, stage), example(form)) for form in (StoreExhibit, LendExhibit, ReturnLoan)]
    assert passed == ["in_store", "lent", "in_store"]


def test_what_an_organ_does_not_take_is_ours_to_keep() -> None:
    assert leads(a_matter(Kind.EXHIBIT, "to_procuratorate"), RefuseProsecutionExhibit(why="不宜移送")) == "in_store"
    assert leads(a_matter(Kind.EXHIBIT, "to_court"), RefuseTrialExhibit(why="应当存入专户")) == "coming_back"


def test_what_is_sent_on_has_evidently_come() -> None:
    assert leads(a_matter(Kind.EXHIBIT, "to_procuratorate"), ForwardExhibit()) == "to_court"


def test_nothing_leaves_us_while_it_is_lent() -> None:
    steps = get_lifecycles()[Kind.EXHIBIT].stages["lent"].open_steps
    assert SendExhibit not in steps


def test_only_things_of_the_case_go_with_it() -> None:
    case = a_matter(Kind.CRIMINAL_CASE, "investigation_closed", children=("RY202600000001", "WP202600000002"))
    mine = decide(case, submitted("send-case", opinion="应当起诉", exhibits=["WP202600000002"]), NOW, trusted=False)
    assert mine.refusal is None
    other = decide(case, submitted("send-case", opinion="应当起诉", exhibits=["WP202600000003"]), NOW, trusted=False)
    assert other.refusal is not None
    assert other.refusal.slug == FormInvalid.slug


def test_a_case_that_is_sent_has_its_things_take_the_step() -> None:
    case = a_matter(Kind.CRIMINAL_CASE, "investigation_closed", children=("WP202600000002",))
    said = {"opinion": "应当起诉", "exhibits": ["WP202600000002"]}
    asked = decide(case, submitted("send-case", **said), NOW, trusted=False)
    case.state = State.model_validate(case.state.model_dump() | {"requests": asked.requests, "seq": 1})
    chief = Actor(person="zhouminghui", unit="qinglan", offices=("county-head",))
    approval = Submission(key="2", body_hash="", step="approve", form={"request": "send-case"}, actor=chief)
    (going,) = decide(case, approval, NOW, trusted=False).commands
    assert (going.verb, going.number, going.step) == ("take", "WP202600000002", "send-exhibit")
    assert going.actor == OFFICER


# On a real server


async def thing_of(bureau: World, kind: Kind, step: str, *, by: str = "", **form: Any) -> tuple[str, Hand, Hand]:
    """One thing of a new case of that kind, the officer, and the county head."""
    officer, chief = await bureau.as_("liusiyuan"), await bureau.as_("zhouminghui")
    if kind is Kind.CRIMINAL_CASE:
        case = (await officer.open(kind, charge="xf-266", summary="网络购物被骗"))["number"]
        await officer.take(case, "file-case", charge="xf-266", grounds="有犯罪事实")
        await chief.approve(case, "file-case")
    else:
        case = (await officer.open(kind, violation="za-58-1", station=True))["number"]
    receipt = await officer.take(case, step, **form)
    if by:
        for each in by.split():
            receipt = await (await bureau.as_(each)).approve(case, step)
    return await opened(officer, receipt), officer, chief


def ago(**span: float) -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(**span)


async def approved(officer: Hand, chief: Hand, number: str, step: str, **form: Any) -> None:
    await officer.take(number, step, **form)
    await chief.approve(number, step)


async def test_a_seizure_on_the_spot_is_approved_in_a_day_extended_once_and_lifted(bureau: World) -> None:
    seized = {**LIST, "recording": "JLY-0001", "at": ago(days=20)}
    # The filing of the case comes first.
    officer = await bureau.as_("liusiyuan")
    case = (await officer.open("public-order-case", violation="za-58-1", station=True, at=ago(days=21)))["number"]
    thing = await opened(officer, await officer.take(case, "seize-evidence-on-the-spot", **seized))
    chief = await bureau.as_("zhouminghui")
    assert (await officer.clock(thing, "admin-seizure-onsite-approval"))["colour"] == "overdue"
    await approved(officer, chief, thing, "approve-seizure", grounds="物品价值不大")
    assert (await officer.clock(thing, "admin-seizure-onsite-approval"))["state"] == "met-late"
    await officer.take(thing, "start-exhibit-appraisal", institution="市局物证鉴定所", told="十日")
    assert (await officer.clock(thing, "admin-seizure"))["state"] == "suspended"
    await officer.take(thing, "end-exhibit-appraisal", opinion="系赃物")
    before = (await officer.clock(thing, "admin-seizure"))["due_at"]
    await approved(officer, chief, thing, "extend-seizure", grounds="情况复杂")
    assert datetime.fromisoformat((await officer.clock(thing, "admin-seizure"))["due_at"]) >= datetime.fromisoformat(
        before
    ) + timedelta(days=29)
    again = await officer.try_(thing, "extend-seizure", grounds="仍然复杂")
    assert (again.status_code, again.json()["limit"]) == (409, "admin-seizure")
    await approved(officer, chief, thing, "lift-seizure", receiver="贺文涛", explanation="不需要继续扣押")
    assert (await officer.clock(thing, "admin-seizure"))["state"] == "met"
    assert (await officer.card(thing))["stage"] == "returned"


async def under(hand: Hand, thing: str, case: str) -> None:
    """Wait until a thing belongs to that case, which knows it."""

    async def there() -> bool:
        belongs = (await hand.card(thing))["links"]["parent"] == case
        return belongs and thing in {each["number"] for each in (await hand.card(case))["links"]["children"]}

    await until(there, bool)


async def test_what_was_seized_in_a_public_order_case_that_turns_criminal_goes_on_in_the_criminal_case(bureau: World) -> None:
    thing, officer, chief = await thing_of(bureau, Kind.PUBLIC_ORDER_CASE, "register-evidence", by="zhaotiejun", **LIST)
    offence = (await officer.card(thing))["links"]["parent"]
    running = {each["id"]: each["due_at"] for each in (await officer.card(thing))["clocks"] if each["state"] == "running"}
    await officer.take(offence, "turn-criminal", charge="xf-234", reason="鉴定为轻伤二级", injured=True)
    case = await opened(officer, await chief.approve(offence, "turn-criminal"))
    await under(officer, thing, case)
    card = await officer.card(thing)
    assert running.items() <= {each["id"]: each["due_at"] for each in card["clocks"]}.items()
    journal = (await officer.read(f"/api/matters/{thing}/journal"))["items"]
    assert ("told", "turn-criminal") in {(each["sort"], each["step"]) for each in journal}
    # The new case has its things taken along from now on, and nothing of them stays behind.
    assert (await officer.read("/api/matters", kind="exhibit", parent=offence))["items"] == []
    await officer.take(case, "file-case", charge="xf-234", grounds="有犯罪事实")
    await chief.approve(case, "file-case")
    await officer.take(case, "turn-administrative", mediable=False, explanation="情节显著轻微", violation="za-51-1")
    again = await opened(officer, await chief.approve(case, "turn-administrative"))
    await under(officer, thing, again)


# Its officer, who approves, who reviews, and who keeps the store; not a colleague, nor who supervises the flow.
SEES_THE_THING = {
    "liusiyuan": True,
    "zhouminghui": True,
    "fangzhengping": True,
    "qinwanqing": True,
    "xuyating": False,
    "mengqiu": False,
}


async def sees(hand: Hand, thing: str, case: str) -> set[bool]:
    """Whether this person finds a thing, by each way there is."""
    listed = await hand.read("/api/matters", kind="exhibit")
    found = await hand.find("/api/search", q=LIST["items"][0]["name"])
    clocks = await hand.read("/api/clocks", kind="exhibit")
    counted = (await hand.read("/api/boards/stages", kind="exhibit"))["stages"]
    return {
        thing in {each["number"] for each in listed["items"]},
        thing in str(found),
        thing in {each["matter"] for each in clocks["items"]},
        bool(counted),
        (await hand.get(f"/api/matters/{thing}")).status_code == 200,
    }


async def test_the_things_of_a_sealed_case_are_sealed_with_it_and_open_to_those_who_handle_it(bureau: World) -> None:
    thing, officer, chief = await thing_of(bureau, Kind.CRIMINAL_CASE, "seize-property", by="zhaotiejun", **LIST)
    case = (await officer.card(thing))["links"]["parent"]
    head = await bureau.as_("zhaotiejun")
    assert await sees(await bureau.as_("xuyating"), thing, case) == {True}
    await officer.take(case, "seal-file", grounds="未成年人案件")
    await head.approve(case, "seal-file")
    for username, may in SEES_THE_THING.items():
        assert await sees(await bureau.as_(username), thing, case) == {may}, username
    # What is seized in it later is sealed from its first moment; who joins sees both, who leaves neither.
    outsider = await officer.try_(case, "seize-property", **LIST)
    assert "许雅婷" in outsider.json()["errors"][0]["detail"]
    await officer.take(case, "seize-property", **LIST | {"officers": ["liusiyuan", "zhaotiejun"]})
    later = await opened(officer, await head.approve(case, "seize-property"))
    assert (await (await bureau.as_("xuyating")).get(f"/api/matters/{later}")).status_code == 404
    await officer.take(case, "admit-handler", handler="xuyating", reason="协助办理")
    await head.approve(case, "admit-handler")
    assert {(await (await bureau.as_("xuyating")).get(f"/api/matters/{each}")).status_code for each in (thing, later)} == {200}
    await officer.take(case, "dismiss-handler", handler="xuyating", reason="不再协助")
    assert {(await (await bureau.as_("xuyating")).get(f"/api/matters/{each}")).status_code for each in (thing, later)} == {404}
    legal = await bureau.as_("fangzhengping")
    await legal.take(case, "unseal-file", grounds="依法解除")
    await chief.approve(case, "unseal-file")
    assert await sees(await bureau.as_("mengqiu"), thing, case) == {True}


async def test_evidence_registered_in_place_is_seized_or_released_in_seven_days(bureau: World) -> None:
    thing, officer, chief = await thing_of(bureau, Kind.PUBLIC_ORDER_CASE, "register-evidence", by="zhaotiejun", **LIST)
    assert (await officer.card(thing))["custody"]["holder"] == "贺文涛"
    assert (await officer.clock(thing, "admin-advance-registration"))["state"] == "running"
    await (await bureau.as_("qinwanqing")).take(thing, "register-exhibit", papers="证据保全决定书复印件")
    assert (await officer.clock(thing, "property-offsite-register"))["state"] == "met"
    said = {"outcome": "seize", "taken_by": "xuyating", "explanation": "需要作为证据"}
    await approved(officer, chief, thing, "decide-registration", **said)
    card = await officer.card(thing)
    assert (card["stage"], card["custody"]["holder_zh"]) == ("in_hand", "许雅婷")
    running = {each["limit"] for each in card["clocks"] if each["state"] == "running"}
    assert {"admin-seizure", "property-handover"} <= running


async def test_things_taken_over_with_a_case_count_anew(bureau: World) -> None:
    said = LIST | {"sender": "邻县公安局"}
    thing, officer, _ = await thing_of(bureau, Kind.PUBLIC_ORDER_CASE, "take-over-evidence", by="zhaotiejun", **said)
    assert (await officer.clock(thing, "admin-seizure"))["state"] == "running"


async def test_a_freeze_of_a_year_is_approved_and_renewed_by_the_city(bureau: World) -> None:
    frozen = {"assets": [ACCOUNT], "grounds": "涉案资金"}
    hands = "zhouminghui yanshouzheng"
    thing, officer, chief = await thing_of(bureau, Kind.CRIMINAL_CASE, "freeze-funds-for-year", by=hands, **frozen)
    card = await officer.card(thing)
    assert (card["stage"], card["custody"]["holder"]) == ("frozen", "安澜农商银行")
    due = (await officer.clock(thing, "criminal-freeze-funds"))["due_at"]
    refused = await officer.try_(thing, "renew-freeze", grounds="继续冻结")
    assert refused.status_code == 409, refused.text
    await officer.take(thing, "renew-freeze-by-city", extension="+1 year", grounds="案情重大")
    await chief.approve(thing, "renew-freeze-by-city")
    await (await bureau.as_("yanshouzheng")).approve(thing, "renew-freeze-by-city")
    assert (await officer.clock(thing, "criminal-freeze-funds"))["due_at"] > due
    # Who approved the freeze approves its end (MPSC 241).
    below = await officer.try_(thing, "unfreeze", explanation="与案件无关")
    assert (below.status_code, "第二百四十一条" in below.json()["basis"]) == (409, True)
    await approved(officer, chief, thing, "unfreeze-by-city", explanation="与案件无关")
    await (await bureau.as_("yanshouzheng")).approve(thing, "unfreeze-by-city")
    assert (await officer.card(thing))["stage"] == "unfrozen"


async def test_a_freeze_that_nobody_renewed_has_lapsed(bureau: World) -> None:
    officer, chief = await bureau.as_("liusiyuan"), await bureau.as_("zhouminghui")
    case = (await officer.open("criminal-case", charge="xf-266", summary="被骗", at=ago(days=230)))["number"]
    await officer.take(case, "file-case", charge="xf-266", grounds="有犯罪事实", at=ago(days=229))
    await chief.approve(case, "file-case")
    await officer.take(case, "freeze-funds", assets=[ACCOUNT], grounds="涉案资金", at=ago(days=228))
    thing = await opened(officer, await chief.approve(case, "freeze-funds"))
    late = await officer.try_(thing, "renew-freeze", grounds="继续冻结")
    assert late.json()["type"].endswith("time-limit-expired")
    await officer.take(thing, "record-lapse", told="已告知银行")
    assert (await officer.card(thing))["stage"] == "unfrozen"


async def test_what_has_nothing_to_do_with_the_case_goes_back_in_three_days(bureau: World) -> None:
    thing, officer, chief = await thing_of(bureau, Kind.CRIMINAL_CASE, "seize-property", by="zhaotiejun", **LIST)
    await officer.take(thing, "find-irrelevant", finding="系借用他人手机")
    assert (await officer.clock(thing, "criminal-property-irrelevant-return"))["state"] == "running"
    for receiver in ("liusiyuan", "刘思源", "赵铁军"):
        themselves = await officer.try_(thing, "return-exhibit", receiver=receiver, explanation="与案件无关")
        assert (themselves.status_code, themselves.json()["field"]) == (409, "receiver")
        assert "第二百三十四条" in themselves.json()["basis"]
    await approved(officer, chief, thing, "return-exhibit", receiver="罗建平", explanation="与案件无关")
    assert (await officer.clock(thing, "criminal-property-irrelevant-return"))["state"] == "met"


async def test_an_owner_who_bears_an_officers_name_shows_that_it_is_theirs(bureau: World) -> None:
    thing, officer, chief = await thing_of(bureau, Kind.CRIMINAL_CASE, "seize-property", by="zhaotiejun", **LIST)
    said = {"receiver": "赵铁军", "explanation": "系被害人合法财产，权属明确"}
    assert (await officer.try_(thing, "return-exhibit", **said)).status_code == 409
    await officer.take(thing, "claim-exhibit", claimant="赵铁军", proof="购机发票、身份证，与同名民警不是同一人")
    await approved(officer, chief, thing, "return-exhibit", **said)
    assert (await officer.card(thing))["stage"] == "returned"


@pytest.mark.parametrize(
    ("end", "said"),
    [("cancel-case", {"grounds": "没有犯罪事实"}), ("turn-administrative", {"explanation": "不构成犯罪", "to": "市场监管局"})],
)
async def test_what_is_frozen_is_let_go_when_there_is_nothing_to_prosecute(bureau: World, end: str, said: dict[str, str]) -> None:
    frozen = {"assets": [ACCOUNT], "grounds": "涉案资金"}
    money, officer, chief = await thing_of(bureau, Kind.CRIMINAL_CASE, "freeze-funds", by="zhouminghui", **frozen)
    ((case,),) = await bureau.ask(f"SELECT parent FROM matter WHERE number = '{money}'")
    await officer.take(case, "seize-property", **LIST)
    seized = await opened(officer, await (await bureau.as_("zhaotiejun")).approve(case, "seize-property"))
    await approved(officer, chief, case, end, **said)

    async def limits(thing: str) -> set[str]:
        return {each["limit"] for each in (await officer.card(thing))["clocks"]}

    async def is_to_be_lifted() -> bool:
        return "exhibit-disposal" in await limits(money)

    assert await eventually(is_to_be_lifted)
    longer = await officer.try_(money, "renew-freeze", grounds="继续冻结")
    assert (longer.status_code, "第一百八十七条" in longer.json()["basis"]) == (409, True)
    # What was seized may be evidence of an administrative case.
    assert ("exhibit-disposal" in await limits(seized)) is (end == "cancel-case")
    await approved(officer, chief, money, "unfreeze", explanation="没有需要追究的犯罪")
    assert (await officer.clock(money, "exhibit-disposal"))["state"] == "met"


async def test_nothing_is_nobodys_before_its_owner_was_told_and_six_months_have_passed(bureau: World) -> None:
    officer, manager, chief = [await bureau.as_(name) for name in ("liusiyuan", "qinwanqing", "zhouminghui")]
    case = (await officer.open("criminal-case", charge="xf-266", summary="被骗", at=ago(days=260)))["number"]
    await officer.take(case, "file-case", charge="xf-266", grounds="有犯罪事实", at=ago(days=259))
    await chief.approve(case, "file-case")
    await officer.take(case, "seize-property", **LIST, at=ago(days=258))
    thing = await opened(officer, await (await bureau.as_("zhaotiejun")).approve(case, "seize-property"))
    treasury = {"reason": "unclaimed", "voucher": "缴库凭证1号"}
    untold = await manager.try_(thing, "hand-to-treasury", **treasury)
    assert (untold.status_code, "第二百三十三条" in untold.json()["basis"]) == (409, True)
    await officer.take(thing, "notify-owner", means="公告", administrative=False, at=ago(days=250))
    early = await manager.try_(thing, "hand-to-treasury", **treasury, at=ago(days=200))
    assert (early.status_code, early.json()["limit"]) == (409, "criminal-property-unclaimed")
    await approved(manager, chief, thing, "hand-to-treasury", **treasury)
    assert (await officer.card(thing))["stage"] == "treasury"


async def test_what_must_be_examined_first_is_stored_a_day_after(bureau: World) -> None:
    thing, officer, _ = await thing_of(bureau, Kind.CRIMINAL_CASE, "seize-property", by="zhaotiejun", **LIST)
    await officer.take(thing, "examine-exhibit-first", examiner="市局理化实验室", purpose="毒物检验")
    await (await bureau.as_("zhaotiejun")).approve(thing, "examine-exhibit-first")
    card = await officer.card(thing)
    assert (card["stage"], card["custody"]["holder"]) == ("under_examination", "市局理化实验室")
    await officer.take(thing, "finish-examination", received_by="xuyating")
    assert (await officer.clock(thing, "property-handover"))["state"] == "running"
    await (await bureau.as_("qinwanqing")).take(thing, "store-exhibit", **SHELF)
    assert (await officer.clock(thing, "property-supervision-file"))["state"] == "running"


async def test_when_a_case_ends_the_time_begins_for_what_is_still_held_and_not_for_what_is_gone(bureau: World) -> None:
    two = LIST | {"items": [ITEM, {"name": "账本", "quantity": "1册"}]}
    officer, head, chief = [await bureau.as_(name) for name in ("liusiyuan", "zhaotiejun", "zhouminghui")]
    case = (await officer.open("criminal-case", charge="xf-266", summary="网络购物被骗"))["number"]
    await approved(officer, chief, case, "file-case", charge="xf-266", grounds="有犯罪事实")
    await officer.take(case, "seize-property", **two)
    held, gone = (await head.approve(case, "seize-property"))["opened"]
    for thing in (held, gone):
        await opened(officer, {"opened": [thing]})
    await approved(officer, chief, gone, "return-exhibit", receiver="罗建平", explanation="与案件无关")
    await approved(officer, chief, case, "cancel-case", grounds="没有犯罪事实")

    async def steps(thing: str) -> list[str]:
        found = (await officer.read(f"/api/matters/{thing}/journal"))["items"]
        return [each["step"] for each in found if each["step"] == "order-disposal"]

    for thing in (held, gone):
        assert await eventually(lambda thing=thing: steps(thing))
    assert (await officer.clock(held, "exhibit-disposal"))["state"] == "running"
    assert "exhibit-disposal" not in [each["limit"] for each in (await officer.card(gone))["clocks"]]
    assert await bureau.ask("SELECT 1 FROM task WHERE sort = 'undelivered'") == []
    await approved(officer, chief, held, "return-exhibit", receiver="贺文涛", explanation="案件已撤销")
    assert (await officer.clock(held, "exhibit-disposal"))["state"] == "met"


async def test_a_step_that_a_thing_cannot_take_with_its_case_is_left_to_a_person(bureau: World) -> None:
    thing, officer, _ = await thing_of(bureau, Kind.CRIMINAL_CASE, "seize-property", by="zhaotiejun", **LIST)
    origin = Origin(number="XA1", seq=9, item=0)
    told = MatterEvent(key=origin.key, source=origin.number, step="send-exhibit", facts=(), form={}, actor=OFFICER, origin=origin)
    await bureau.client.get_workflow_handle(f"exhibit/{thing}").signal("hear", told)

    async def left() -> list[Any]:
        return await bureau.ask("SELECT * FROM task WHERE matter = %(thing)s AND key = %(key)s", thing=thing, key=told.key)

    assert await eventually(left)
    assert (await officer.card(thing))["stage"] == "in_hand"
