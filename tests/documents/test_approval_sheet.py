"""What is asked for and approved is on paper, with what each approver said of it and when; what a step serves or withdraws is named on its paper."""

from datetime import timedelta
from typing import Any

from activities.recording.records import Records
from law.facts import Fact
from law.legal_fact import LegalFact
from models.documents import get_document_types
from models.forms.bail import ForfeitBail
from models.forms.criminal_case import AcceptCase, ExtendEconomicReview, ExtendFilingReview, RefuseFiling
from models.forms.filing_remedies import ServeNoFilingNotice
from models.forms.flight import IssueWantedOrder, LiftWantedOrder
from models.forms.form import get_forms
from models.forms.jurisdiction import DesignateCaseJurisdiction
from models.forms.suspect import OpenSuspect
from models.messages import Actor
from tests.documents.conftest import Ask
from tests.documents.steps import CASE, PERSON, TEN, approved, asked, step

HOUR = timedelta(hours=1)
ABOVE = Actor(person="yanshouzheng", unit="anlan", offices=("higher-police", "city-head"))
ACCEPT = AcceptCase(at=None, charge="xf-271", summary="业务员将货款据为己有", complainant="沈国梁", economic=True)
LONG = ExtendFilingReview(at=None, extension="to 30 day", grounds="案情重大、复杂")
LONGER = ExtendEconomicReview(at=None, extension="+30 day", grounds="账目众多，尚未审计完毕")
ISSUED = "SELECT type, title, number, context FROM document WHERE title <> ALL(ARRAY['受案登记表', '受案回执']) ORDER BY id"


async def taken(records: Records, *proposals: Any) -> None:
    for each in proposals:
        answer = await records.record(each)
        assert answer.refusal is None, answer.refusal


def of_higher(number: str, seq: int, form: Any) -> list[Any]:
    """That it is asked for, that the bureau's head agrees, and then who stands above."""
    request = asked(number, seq, form)
    first = approved(number, seq + 1, form, at=TEN + HOUR).model_copy(update={"facts": (), "requests": request.requests})
    words = {"request": form.rule.step, "opinion": "同意延长三十日。"}
    second = approved(number, seq + 2, form, at=TEN + 2 * HOUR).model_copy(update={"actor": ABOVE, "form": words})
    return [request, first, second]


async def test_what_was_approved_is_on_a_sheet_with_what_each_approver_said_and_when(records: Records, ask: Ask) -> None:
    await taken(records, step(CASE, 0, ACCEPT), asked(CASE, 1, LONG), approved(CASE, 2, LONG), *of_higher(CASE, 3, LONGER))
    (_, sheet) = await ask(ISSUED)
    assert (sheet.title, sheet.number) == ("呈请审批表", f"{CASE}呈请审批表第2号")
    said = sheet.context
    assert (said["办理事项"], said["呈请人"], said["呈请时间"]) == (
        "再次延长立案审查（经济犯罪）",
        "乔安然",
        "2026年9月28日10时05分",
    )
    assert {each["题"]: each["答"] for each in said["呈请内容"]} == {"延长期限": "三十日", "延长理由": "账目众多，尚未审计完毕"}
    assert [tuple(each[name] for name in ("职务", "意见", "姓名", "时间")) for each in said["审批经过"]] == [
        ("县级以上公安机关负责人", "同意。", "周明辉", "2026年9月28日11时05分"),
        ("上一级公安机关负责人", "同意延长三十日。", "严守正", "2026年9月28日12时05分"),
    ]
    assert (said["案情"], said["卷内材料"]) == ("业务员将货款据为己有", "受案回执1份、受案登记表1份、呈请审批表1份")
    # It is the bureau's own sheet, whoever approved.
    assert said["机关"] == "青岚县公安局"


def test_every_form_that_somebody_approves_has_a_paper() -> None:
    assert not [step for step, form in get_forms().items() if form.rule.approved_by and not form.rule.document]


async def test_the_bureau_above_says_in_its_own_name_and_number_who_handles_a_case(records: Records, ask: Ask) -> None:
    there = DesignateCaseJurisdiction(at=None, handler="elsewhere", police="邻水县公安局", grounds="两地对管辖有争议")
    await taken(records, step(CASE, 0, ACCEPT), *of_higher(CASE, 1, there))
    (paper,) = await ask(ISSUED)
    assert (paper.context["机关"], paper.number) == ("安澜市公安局", "安公指管字〔2026〕1号")
    known = DesignateCaseJurisdiction(at=None, handler="here", grounds="两地对管辖有争议", number="安公管字〔2026〕9号")
    assert not get_document_types()["jurisdiction-designation"].suits(known)


async def test_a_receipt_says_which_paper_was_served_and_on_whom(records: Records, ask: Ask) -> None:
    no = RefuseFiling(at=None, grounds="双方系合同纠纷")
    serve = ServeNoFilingNotice(at=None, recipient="沈国梁")
    await taken(records, step(CASE, 0, ACCEPT), asked(CASE, 1, no), approved(CASE, 2, no, at=TEN + HOUR))
    await taken(records, step(CASE, 3, serve, at=TEN + 2 * HOUR))
    notice, receipt = await ask(ISSUED)
    said = receipt.context
    assert (said["所涉文书"], said["所涉文书文号"], said["受送达人"]) == ("不予立案通知书", notice.number, "沈国梁")


async def test_the_withdrawal_of_a_wanted_order_names_the_order(records: Records, ask: Ask) -> None:
    name = OpenSuspect(at=None, name="贺文涛", sex="男", citizen_number="330102198506121012")
    seek = IssueWantedOrder(at=None, grounds="案发后逃匿", features="身高约175厘米", scope="青岚县范围内")
    lift = LiftWantedOrder(at=None, grounds="犯罪嫌疑人已经归案")
    fled = LegalFact(Fact.PERSON_ABSCONDED, TEN, PERSON)
    await taken(
        records,
        step(CASE, 0, ACCEPT),
        step(PERSON, 0, name, parent=CASE, facts=(*name.build_facts(PERSON, TEN, ""), fled)),
        asked(PERSON, 1, seek, parent=CASE),
        approved(PERSON, 2, seek, parent=CASE, at=TEN + HOUR),
        asked(PERSON, 3, lift, parent=CASE, at=TEN + HOUR),
        approved(PERSON, 4, lift, parent=CASE, at=TEN + 2 * HOUR),
    )
    order, withdrawal = (each for each in await ask(ISSUED) if "通缉令" in each.title)
    assert withdrawal.context["所涉文书文号"] == order.number == "青公（刑）缉字〔2026〕1号"


def test_of_bail_that_was_broken_that_decision_is_made_which_was_taken() -> None:
    deposit, guarantor = get_document_types()["deposit-forfeiture"], get_document_types()["guarantor-fine"]
    for against, made in (("没收保证金", (True, False)), ("对保证人罚款", (False, True)), ("", (False, False))):
        form = ForfeitBail.model_validate({"amount_yuan": 5000, "grounds": "擅自离开", "against": against})
        assert (deposit.suits(form), guarantor.suits(form)) == made
