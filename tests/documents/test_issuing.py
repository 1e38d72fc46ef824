"""A step that takes effect issues its documents: numbered, with every word they say, or not at all."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from docx import Document as WordFile

from activities.features.documents import Issue
from activities.recording.records import Records
from law.facts import Fact
from law.legal_fact import LegalFact
from models import templates
from models.documents import build_number_prefix
from models.dossier import find_missing
from models.forms.bail import DecideBail
from models.forms.criminal_case import AcceptCase, CloseInvestigation, FileCase, SendCase
from models.forms.detention import ExecuteDetention
from models.forms.dossier import DeclareIdentical
from models.forms.prosecution import ReturnForInvestigation, SendCaseAgain
from models.forms.suspect import Interrogate, NotifyFamily, OpenSuspect
from models.messages import Actor
from models.readmodel import documents
from models.store import api_writes
from models.store.document_writes import ISSUE
from runtime.database import Pool
from tests.documents.conftest import Ask
from tests.documents.steps import CASE, PERSON, TEN, approved, asked, step

HOUR = timedelta(hours=1)
PROCURATOR = Actor(person="yeqingheng", unit="qinglan-procuratorate", offices=("procuratorate",))
ACCEPT = AcceptCase(at=None, charge="xf-266", summary="收款后不发货且失联", complainant="沈国梁", economic=False)
FILE = FileCase(at=None, charge="xf-266", grounds="有犯罪事实，需要追究刑事责任")
NAME = OpenSuspect(at=None, name="贺文涛", sex="男", citizen_number="330102198506121012")
DETAIN = ExecuteDetention(at=None, place="城关镇", grounds="企图逃跑")
BAIL = DecideBail(at=None, surety="保证金", deposit_yuan=5000, grounds="不致发生社会危险性", term="6 month")
CLOSE = CloseInvestigation(at=None, report="事实清楚，证据确实、充分")
SEND = SendCase(at=None, opinion="应当依法追究刑事责任")
FAMILY = NotifyFamily(at=None, relative="贺建国（父亲）", means="当面送达")
# Everything that a step writes; a refusal leaves all of it as it was.
WRITTEN = " UNION ALL ".join(
    f"SELECT '{table}' AS name, count(*) AS many FROM {table}"
    for table in ("entry", "fact", "clock", "matter", "party", "document", "document_counter")
)
ISSUED = "SELECT title, number, state, context FROM document ORDER BY id"


async def taken(records: Records, *proposals: Any) -> None:
    for each in proposals:
        answer = await records.record(each)
        assert answer.refusal is None, answer.refusal


async def accepted(records: Records) -> None:
    await taken(records, step(CASE, 0, ACCEPT))


async def held(records: Records) -> None:
    """The fraud is filed, and its suspect detained at noon."""
    await accepted(records)
    await taken(records, asked(CASE, 1, FILE), approved(CASE, 2, FILE, at=TEN + HOUR))
    filed = LegalFact(Fact.CASE_FILED, TEN + HOUR, PERSON, told_by=CASE)
    await taken(
        records,
        step(PERSON, 0, NAME, parent=CASE, facts=(*NAME.build_facts(PERSON, TEN + HOUR, ""), filed)),
        asked(PERSON, 1, DETAIN, parent=CASE, at=TEN + HOUR),
        approved(PERSON, 2, DETAIN, parent=CASE, at=TEN + 2 * HOUR),
    )


async def test_a_form_and_its_receipt_bear_one_number_and_say_what_was_filled_in(records: Records, ask: Ask) -> None:
    await accepted(records)
    form, receipt = await ask(ISSUED)
    assert (form.title, receipt.title) == ("受案登记表", "受案回执")
    assert form.number == receipt.number == "青公（刑）受案字〔2026〕1号"
    assert form.context["文号"] == form.number
    said = {word: form.context[word] for word in ("机关", "办案单位", "承办人", "报案人", "案情", "案件名称", "发生时间", "日期")}
    assert said == {
        "机关": "青岚县公安局",
        "办案单位": "刑事侦查大队",
        "承办人": "乔安然",
        "报案人": "沈国梁",
        "案情": "收款后不发货且失联",
        "案件名称": "诈骗案",
        "发生时间": "2026年9月28日10时05分",
        "日期": "二〇二六年九月二十八日",
    }


async def test_what_awaits_approval_issues_nothing_until_the_last_approval(records: Records, ask: Ask) -> None:
    await accepted(records)
    await taken(records, asked(CASE, 1, FILE))
    assert "立案决定书" not in {row.title for row in await ask(ISSUED)}
    await taken(records, approved(CASE, 2, FILE, at=TEN + HOUR))
    decision = (await ask(ISSUED))[-1]
    assert (decision.title, decision.number) == ("立案决定书", "青公（刑）立字〔2026〕1号")
    assert decision.context["批准人"] == "周明辉"
    assert decision.context["立案理由"] == "有犯罪事实，需要追究刑事责任"
    assert decision.context["法律依据"] == "《中华人民共和国刑事诉讼法》第一百一十二条"


async def test_a_warrant_names_the_person_the_charge_of_the_case_and_where_they_are_held(records: Records, ask: Ask) -> None:
    await held(records)
    warrant = (await ask(ISSUED))[-1]
    words = ("姓名", "性别", "出生日期", "涉嫌罪名", "看守所", "执行地点", "发生时间", "批准人")
    assert [warrant.context[word] for word in words] == [
        "贺文涛", "男", "1985年6月12日", "诈骗罪", "青岚县看守所", "城关镇", "2026年9月28日12时05分", "周明辉",
    ]  # fmt: skip
    # No address was filled in, and the template says that it may be missing.
    assert "住址" not in warrant.context


async def test_the_family_gets_the_notice_of_the_measure_that_the_person_is_under(records: Records, ask: Ask) -> None:
    await held(records)
    await taken(records, step(PERSON, 3, FAMILY, parent=CASE, at=TEN + 3 * HOUR))
    notice = (await ask(ISSUED))[-1]
    assert (notice.title, notice.number) == ("拘留通知书", "青公（刑）拘通字〔2026〕1号")
    assert notice.context["措施时间"] == "2026年9月28日12时05分"


async def test_who_is_told_of_a_step_elsewhere_issues_no_document_of_it(records: Records, ask: Ask) -> None:
    await accepted(records)
    before = await ask(ISSUED)
    told = LegalFact(Fact.CASE_FILED, TEN + HOUR, CASE, told_by="XA202600000009")
    heard = {"type": "told", "form": {}, "actor": None, "facts": (told,), "parties": (), "title": ""}
    await taken(records, step(CASE, 1, FILE).model_copy(update=heard))
    assert await ask(ISSUED) == before


@pytest.fixture
def demanding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody has edited a template in Word: a decision on bail must name the guarantor now."""
    folder = tmp_path / "templates"
    shutil.copytree(templates._FOLDER, folder)
    page = WordFile(str(folder / "取保候审决定书.docx"))
    page.add_paragraph("保证人：{{保证人}}")
    page.save(str(folder / "取保候审决定书.docx"))
    monkeypatch.setattr(templates, "_FOLDER", folder)
    templates._read_template_words.cache_clear()
    yield
    templates._read_template_words.cache_clear()


@pytest.mark.parametrize("then", [asked, approved])
async def test_a_word_that_nothing_fills_refuses_the_step_names_the_field_and_leaves_nothing_behind(
    records: Records, ask: Ask, request: pytest.FixtureRequest, then: Any
) -> None:
    await held(records)
    seq = 3
    if then is approved:  # edited after the request was made
        await taken(records, asked(PERSON, 3, BAIL, parent=CASE, at=TEN + 4 * HOUR))
        seq = 4
    request.getfixturevalue("demanding")
    before = await ask(WRITTEN)
    answer = await records.record(then(PERSON, seq, BAIL, parent=CASE, at=TEN + 5 * HOUR))
    assert answer.refusal
    assert answer.refusal.slug == "form-invalid"
    assert [each["field"] for each in answer.refusal.members["errors"]] == ["guarantor"]
    assert "保证人" in answer.refusal.members["errors"][0]["detail"]
    assert await ask(WRITTEN) == before
    named = BAIL.model_copy(update={"guarantor": "贺建国", "surety": "保证人"})
    if then is asked:
        await taken(records, asked(PERSON, seq, named, parent=CASE, at=TEN + 5 * HOUR))


async def test_a_person_whom_the_record_does_not_know_cannot_be_detained_on_paper(records: Records, ask: Ask) -> None:
    filed = LegalFact(Fact.CASE_FILED, TEN, PERSON, told_by=CASE)
    await taken(records, step(PERSON, 0, NAME, parent=CASE, facts=(filed,), parties=()))
    answer = await records.record(asked(PERSON, 1, DETAIN, parent=CASE))
    assert answer.refusal
    fields = {each["field"] for each in answer.refusal.members["errors"]}
    assert "姓名" in fields
    assert await ask("SELECT 1 FROM document") == []


# Numbers


async def test_two_hundred_who_number_at_once_leave_no_gap_and_no_double(pool: Pool, ask: Ask) -> None:
    beginning = build_number_prefix("青岚县公安局", "刑事侦查大队", "立字", 2026)

    async def one(n: int) -> None:
        row = {"type": "filing-decision", "title": "立案决定书", "beginning": beginning, "context": {}}
        async with pool.connection() as connection, connection.transaction():
            await connection.execute(ISSUE, Issue([row], f"XA{n:012}", 1, TEN).build_arguments())
            if n % 10 == 7:
                raise psycopg.Rollback  # whoever gives up gives the number back

    await asyncio.gather(*(one(n) for n in range(220)), return_exceptions=True)
    numbers = sorted(int(row.number.removeprefix(beginning).removesuffix("号")) for row in await ask(ISSUED))
    assert numbers == list(range(1, 199))


async def test_cases_filed_at_once_by_one_unit_are_numbered_one_after_another(records: Records, ask: Ask) -> None:
    numbers = [f"XA20260000{n:04}" for n in range(20)]
    answers = await asyncio.gather(*(records.record(step(number, 0, ACCEPT)) for number in numbers))
    assert all(answer.refusal is None for answer in answers)
    issued = {row.number for row in await ask(ISSUED)}
    assert issued == {f"青公（刑）受案字〔2026〕{n}号" for n in range(1, 21)}


async def test_units_kinds_and_years_count_apart(records: Records, ask: Ask) -> None:
    later = TEN.replace(year=2027)
    await taken(
        records,
        step("XA202600000001", 0, ACCEPT),
        step("XA202600000002", 0, ACCEPT, unit="chengguan"),
        step("XA202600000003", 0, ACCEPT, at=later),
        step("XA202600000004", 0, ACCEPT, unit="qinglan"),
        step("XA202600000005", 0, ACCEPT),
    )
    numbers = [row.number for row in await ask(ISSUED) if row.title == "受案登记表"]
    assert numbers == [
        "青公（刑）受案字〔2026〕1号",
        "青公（城）受案字〔2026〕1号",
        "青公（刑）受案字〔2027〕1号",
        "青公受案字〔2026〕1号",
        "青公（刑）受案字〔2026〕2号",
    ]


async def test_units_whose_names_begin_alike_count_apart(records: Records, ask: Ask) -> None:
    places = ("baita", "bailu", "donghe", "east-zone", "baita")
    await taken(records, *(step(f"XA20260000001{n}", 0, ACCEPT, unit=unit) for n, unit in enumerate(places)))
    assert [row.number for row in await ask(ISSUED) if row.title == "受案登记表"] == [
        "青公（白塔）受案字〔2026〕1号",
        "青公（白鹭）受案字〔2026〕1号",
        "青公（东河）受案字〔2026〕1号",
        "青公（东区）受案字〔2026〕1号",
        "青公（白塔）受案字〔2026〕2号",
    ]


async def test_a_number_given_before_a_namesake_came_stays_and_none_is_given_twice(records: Records, ask: Ask) -> None:
    await taken(records, step("XA202600000021", 0, ACCEPT, unit="xincheng"))
    await ask("""INSERT INTO unit (id, parent_id, path, zh, kind)
                 SELECT 'xinjian', 'qinglan', path || 'xinjian/', '新建派出所', 'station' FROM unit WHERE id = 'qinglan'""")
    await taken(records, step("XA202600000022", 0, ACCEPT, unit="xincheng"), step("XA202600000023", 0, ACCEPT, unit="xinjian"))
    assert [row.number for row in await ask(ISSUED) if row.title == "受案登记表"] == [
        "青公（新）受案字〔2026〕1号",
        "青公（新城）受案字〔2026〕1号",
        "青公（新建）受案字〔2026〕1号",
    ]


async def test_a_step_handed_in_twice_issues_once(records: Records, ask: Ask) -> None:
    for _ in range(2):
        await accepted(records)
    assert len(await ask(ISSUED)) == 2


# What leaves the house


async def closed(records: Records) -> None:
    """The investigation of the fraud is closed."""
    await held(records)
    await taken(records, asked(CASE, 3, CLOSE, at=TEN + 4 * HOUR), approved(CASE, 4, CLOSE, at=TEN + 4 * HOUR))


async def test_a_case_may_be_sent_on_when_its_papers_are_complete_and_lists_its_suspects(records: Records, ask: Ask) -> None:
    await closed(records)
    await taken(records, asked(CASE, 5, SEND, at=TEN + 5 * HOUR), approved(CASE, 6, SEND, at=TEN + 6 * HOUR))
    opinion = (await ask(ISSUED))[-1]
    assert opinion.title == "起诉意见书"
    (suspect,) = opinion.context["犯罪嫌疑人"]
    assert (suspect["姓名"], suspect["强制措施"]) == ("贺文涛", "2026年9月28日12时05分刑事拘留")
    assert opinion.context["检察院"] == "青岚县人民检察院"
    assert opinion.context["案情"] == ACCEPT.summary


async def test_an_opinion_says_what_the_investigation_found_and_not_what_was_first_reported(records: Records, ask: Ask) -> None:
    await closed(records)
    found = SEND.model_copy(update={"summary": "查明其以同一手法骗取三人共计18万元"})
    await taken(records, asked(CASE, 5, found, at=TEN + 5 * HOUR), approved(CASE, 6, found, at=TEN + 6 * HOUR))
    assert (await ask(ISSUED))[-1].context["案情"] == found.summary


async def back(records: Records, seq: int, at: datetime) -> None:
    """The case has come back from the procuratorate."""
    await taken(records, step(CASE, seq, ReturnForInvestigation(at=None, outline="查清赃款去向"), by=PROCURATOR, at=at))


def again(outcome: str, **more: str) -> SendCaseAgain:
    """Sent once more, with that."""
    return SendCaseAgain.model_validate({"outcome": outcome, "report": "已查清", **more})


async def test_what_is_made_of_a_case_sent_again_is_what_its_outcome_calls_for(records: Records, ask: Ask) -> None:
    await closed(records)
    await taken(records, asked(CASE, 5, SEND, at=TEN + 5 * HOUR), approved(CASE, 6, SEND, at=TEN + 6 * HOUR))
    await back(records, 7, TEN + 24 * HOUR)
    anew, late = again("new-opinion", opinion="另查明其参与诈骗二起"), TEN + 48 * HOUR
    await taken(records, asked(CASE, 8, anew, at=late), approved(CASE, 9, anew, at=late))
    await back(records, 10, TEN + 72 * HOUR)
    supplemented, last = again("supplemented"), TEN + 96 * HOUR
    await taken(records, asked(CASE, 11, supplemented, at=last), approved(CASE, 12, supplemented, at=last))
    made = [row for row in await ask(ISSUED) if row.title in ("起诉意见书", "补充侦查报告书")]
    assert [(row.title, row.number) for row in made] == [
        ("起诉意见书", "青公（刑）诉字〔2026〕1号"),
        ("起诉意见书", "青公（刑）诉字〔2026〕2号"),
        ("补充侦查报告书", "青公（刑）补侦字〔2026〕1号"),
    ]
    assert made[1].context["起诉意见"] == "另查明其参与诈骗二起"


@pytest.mark.parametrize("outcome", ["unobtainable", "improper-return"])
async def test_a_case_sent_again_with_an_explanation_makes_neither_and_lacks_neither(
    records: Records, ask: Ask, outcome: str
) -> None:
    await closed(records)
    await taken(records, asked(CASE, 5, SEND, at=TEN + 5 * HOUR), approved(CASE, 6, SEND, at=TEN + 6 * HOUR))
    before = len(await ask(ISSUED))
    for n in range(2):
        at, seq = TEN + 24 * (n + 1) * HOUR, 7 + 3 * n
        await back(records, seq, at)
        await taken(
            records, asked(CASE, seq + 1, again(outcome), at=at + HOUR), approved(CASE, seq + 2, again(outcome), at=at + HOUR)
        )
    assert len(await ask(ISSUED)) == before


async def test_a_new_opinion_must_say_what_it_is(records: Records) -> None:
    await closed(records)
    await taken(records, asked(CASE, 5, SEND, at=TEN + 5 * HOUR), approved(CASE, 6, SEND, at=TEN + 6 * HOUR))
    await back(records, 7, TEN + 24 * HOUR)
    refused = (await records.record(asked(CASE, 8, again("new-opinion"), at=TEN + 48 * HOUR))).refusal
    assert refused
    assert refused.members["errors"][0]["field"] == "opinion"


@pytest.mark.parametrize("lost", ["立案决定书", "拘留证"])
async def test_a_case_whose_papers_are_not_all_there_is_not_sent_on_until_they_are_scanned_and_declared(
    records: Records, pool: Pool, ask: Ask, lost: str
) -> None:
    """As of a case older than the making of its documents: a paper that was written by hand is scanned."""
    await closed(records)
    await ask("ALTER TABLE document DISABLE TRIGGER USER")
    await ask("DELETE FROM document WHERE title = %(lost)s", lost=lost)
    whose = PERSON if lost == "拘留证" else CASE
    before = await ask(WRITTEN)
    refused = (await records.record(asked(CASE, 5, SEND, at=TEN + 5 * HOUR))).refusal
    assert refused
    assert refused.slug == "law-forbids"
    assert refused.members["missing"] == [{"matter": whose, "title": lost, "why": "absent", "blocks": True}]
    assert refused.members["basis"] == "《中华人民共和国刑事诉讼法》第一百六十二条"
    assert await ask(WRITTEN) == before
    scan = {"place": "filing", "title": lost, "hash": "ab", "size": 1, "media_type": "application/pdf"}
    async with pool.connection() as connection:
        await api_writes.add_scan(connection, whose, "qiaoanran", ["case-officer"], scan, "qiaoanran:scan", TEN)
    refused = (await records.record(asked(CASE, 5, SEND, at=TEN + 5 * HOUR))).refusal
    assert refused
    assert [each["why"] for each in refused.members["missing"]] == ["not-declared"]
    vouch, after = DeclareIdentical(at=None, identical=True), TEN + 5 * HOUR
    if whose == CASE:
        await taken(records, step(CASE, 5, vouch, at=after), asked(CASE, 6, SEND, at=after))
    else:
        await taken(records, step(PERSON, 3, vouch, at=after, parent=CASE), asked(CASE, 5, SEND, at=after))


async def test_a_decision_on_bail_says_how_it_is_secured(records: Records, ask: Ask) -> None:
    await held(records)
    await taken(
        records, asked(PERSON, 3, BAIL, parent=CASE, at=TEN + 4 * HOUR), approved(PERSON, 4, BAIL, parent=CASE, at=TEN + 5 * HOUR)
    )
    decision = (await ask(ISSUED))[-1].context
    assert (decision["保证方式"], decision["保证金数额"], decision["取保期限"]) == ("保证金", "5000", "六个月")


# What is written down (笔录)


def _interrogation(record: str) -> Interrogate:
    return Interrogate(at=None, place="看守所", companion="gaoyuan", record=record)


async def test_what_was_asked_and_answered_becomes_the_record_that_is_signed(records: Records, ask: Ask) -> None:
    await held(records)
    for n in range(2):
        said = _interrogation("问：钱在哪里？\n答：取现了。")
        await taken(records, step(PERSON, 3 + n, said, parent=CASE, at=TEN + (3 + n) * HOUR))
    made = [row for row in await ask(ISSUED) if row.title == "讯问笔录"]
    assert [row.number for row in made] == [f"{PERSON}讯问笔录第1号", f"{PERSON}讯问笔录第2号"]
    words = ("姓名", "讯问笔录", "经办人", "另一名侦查人员", "机关")
    assert [made[0].context[word] for word in words] == [
        "贺文涛", "问：钱在哪里？\n答：取现了。", "乔安然", "高原", "青岚县公安局",
    ]  # fmt: skip


async def test_an_interrogation_written_by_hand_prints_no_empty_record_and_the_dossier_awaits_its_scan(
    records: Records, pool: Pool, ask: Ask
) -> None:
    await held(records)
    await taken(records, step(PERSON, 3, _interrogation(""), parent=CASE, at=TEN + 3 * HOUR))
    assert "讯问笔录" not in {row.title for row in await ask(ISSUED)}
    assert "讯问笔录" in await missed(pool)


async def test_a_dossier_does_not_miss_the_record_that_the_interrogation_made(records: Records, pool: Pool) -> None:
    await held(records)
    await taken(records, step(PERSON, 3, _interrogation("问：钱在哪里？\n答：取现了。"), parent=CASE, at=TEN + 3 * HOUR))
    assert "讯问笔录" not in await missed(pool)


async def missed(pool: Pool) -> set[str]:
    async with pool.connection() as connection:
        return {each["title"] for each in find_missing(json.loads(await documents.load_holdings(connection, PERSON)))}


async def test_a_step_whose_template_was_edited_amiss_is_refused_with_what_to_mend(
    records: Records, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = WordFile(str(templates._FOLDER / "受案登记表.docx"))
    page.add_paragraph("｛｛机关｝｝")
    page.save(str(tmp_path / "受案登记表.docx"))
    monkeypatch.setattr(templates, "_FOLDER", tmp_path)
    templates._read_template_words.cache_clear()
    refused = (await records.record(step(CASE, 0, ACCEPT))).refusal
    templates._read_template_words.cache_clear()
    assert refused
    assert "受案登记表.docx" in refused.detail
    assert "半角" in refused.detail
    assert await ask(ISSUED) == []
