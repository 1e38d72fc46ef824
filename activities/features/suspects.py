"""What is told beside a step about a suspect: to whoever acts, to those who watch over custody, and to the organ that has the case now."""

import re
from collections.abc import Sequence
from typing import Any

from law.facts import Fact
from law.history import History
from law.instruments import CPL, MPSC
from law.legal_fact import LegalFact
from law.measures import days_held
from law.measures_permitted import HELD_AGAIN
from law.offices import Office
from law.reasons import minute_of
from law.renewals import RENEWABLE
from models.forms.criminal_case import NameSuspect
from models.forms.standing import STANDINGS
from models.matter import Kind
from models.messages import Notice, Proposal, Refusal
from models.problems import LawForbids

WHO = "SELECT name, citizen_id FROM party WHERE matter = %(number)s AND id = 'suspect'"
# Somebody whose number is on record, by either id of theirs.
NUMBER_OF = """
SELECT name FROM party WHERE matter = %(number)s
    AND %(person)s = ANY(regexp_split_to_array(concat_ws(' ', id, said ->> 'also'), ' '))
    AND (coalesce(citizen_id, '') <> '' OR coalesce(said ->> 'travel_document', '') <> '')
"""
_DEPUTY = STANDINGS[:4]
_MEASURES = (
    Fact.PERSON_COMPELLED,
    Fact.BAIL_DECIDED,
    Fact.SURVEILLANCE_DECIDED,
    Fact.DETENTION_EXECUTED,
    Fact.ARREST_REQUESTED,
    Fact.ARREST_EXECUTED,
)
# Where the case goes its suspects go: their measures are that organ's to decide from then on.
_GOES_TO = {
    Fact.CASE_SENT_TO_PROCURATORATE: Office.PROCURATORATE,
    Fact.CASE_SENT_AGAIN: Office.PROCURATORATE,
    Fact.CASE_PROSECUTED: Office.COURT,
}
# By these somebody is held no longer though nobody decided it.
_LOST = (Fact.PERSON_ESCAPED, Fact.PERSON_DIED)
_CHINESE_NAME = re.compile(r"[一-鿿·]+")
_ASK_DEPUTY = "尚未问明是否人大代表、政协委员：对县级以上人大代表采取强制措施须先经许可，请办理“查明身份事项”"
_ASK_AGE = (
    "不知出生日期，不能判断是否未成年：讯问未成年人须有法定代理人或者合适成年人到场，查明后请更正或者办理“查明犯罪嫌疑人未成年”"
)
_ASK_NATIONALITY = "{why}，尚未问明国籍：对外国人采取强制措施须在四十八小时以内层报，请办理“查明身份事项”"


def noted(proposal: Proposal, known: Sequence[LegalFact], new: Sequence[LegalFact]) -> tuple[str, ...]:
    """What whoever acts should still ask of the suspect: when one is named, and when a measure is taken or asked for."""
    if proposal.type != "step":
        return ()
    if proposal.step == NameSuspect.rule.step:
        name, number = proposal.form.get("name", ""), proposal.form.get("citizen_number")
        why = "" if proposal.form.get("nationality") else _may_be_foreign(name, number)
        aged = proposal.form.get("citizen_number") or proposal.form.get("born_on")
        notes = (*(() if proposal.form.get("deputy") else (_ASK_DEPUTY,)), *(() if aged else (_ASK_AGE,)))
        return (*notes, _ASK_NATIONALITY.format(why=why)) if why else notes
    if proposal.kind != Kind.SUSPECT:
        return ()
    established = {fact.fact for fact in (*known, *new)}
    measure = {fact.fact for fact in (*new, *proposal.foreseen)} & set(_MEASURES)
    return (_ASK_DEPUTY,) if measure and not established & set(_DEPUTY) else ()


async def unasked_nationality(
    connection: Any, proposal: Proposal, known: Sequence[LegalFact], new: Sequence[LegalFact]
) -> tuple[str, ...]:
    """The question of nationality, once more as a measure is asked for or taken, where who may be foreign has not answered it."""
    measure = {fact.fact for fact in (*new, *proposal.foreseen)} & set(_MEASURES)
    answered = {fact.fact for fact in (*known, *new)} & {Fact.FOUND_NATIONAL, Fact.FOUND_FOREIGN}
    if proposal.type != "step" or proposal.kind != Kind.SUSPECT or not measure or answered:
        return ()
    who = await (await connection.execute(WHO, {"number": proposal.number})).fetchone()
    why = _may_be_foreign(who.name, who.citizen_id) if who else ""
    return (_ASK_NATIONALITY.format(why=why),) if why else ()


def _may_be_foreign(name: str, citizen_number: str | None) -> str:
    if not _CHINESE_NAME.fullmatch(name.strip()):
        return "姓名不是中文"
    return "" if citizen_number else "没有公民身份号码"


def told_of_renewal(proposal: Proposal, known: Sequence[LegalFact], new: Sequence[LegalFact]) -> Proposal:
    """The proposal with a word to the legal reviewer and the supervisor where a person is held or restricted again in the same case."""
    again = next((fact for fact in new if fact.fact in (*HELD_AGAIN, *RENEWABLE) and not fact.told_by), None)
    if again is None or all((fact.fact, fact.about) != (again.fact, again.about) for fact in known):
        return proposal
    if again.fact in HELD_AGAIN:
        days, name = days_held(known, again.about, again.at), HELD_AGAIN[again.fact][2]
        said = f"本案中再次{name}同一犯罪嫌疑人，此前已累计羁押{days}日，请核对再次{name}的新事实、新证据"
    else:
        said = f"本案中对同一人再次{again.fact.label}，请核对再次采取的新事实、新证据"
    words = tuple(Notice(words=said, office=office) for office in (Office.LEGAL_REVIEWER, Office.SUPERVISOR))
    return proposal.model_copy(update={"notices": (*proposal.notices, *words)})


def told_of_a_loss(proposal: Proposal, known: Sequence[LegalFact], new: Sequence[LegalFact]) -> Proposal:
    """The proposal with a word to head and supervisor where somebody who was held is said to have broken out or died.

    Nobody approves what has happened, and it is entered at once; whoever can check it learns of it in the same moment.
    """
    lost = next((fact for fact in new if fact.fact in _LOST and not fact.told_by), None)
    if lost is None or not History(known).in_custody_before(lost):
        return proposal
    said = f"在押人员{lost.fact.label}（{minute_of(lost.at)}），无须审批即已登记，请立即核实"
    words = tuple(Notice(words=said, office=office) for office in (Office.COUNTY_HEAD, Office.SUPERVISOR))
    return proposal.model_copy(update={"notices": (*proposal.notices, *words)})


async def named_by_number(connection: Any, proposal: Proposal, new: Sequence[LegalFact]) -> Refusal | None:
    """Why somebody cannot be of unknown identity: the record has the number by which everybody knows who that is."""
    unknown = next((fact for fact in new if fact.fact is Fact.IDENTITY_UNKNOWN and not fact.told_by), None)
    if unknown is None:
        return None
    person = "suspect" if proposal.kind == Kind.SUSPECT else f"person-{unknown.about.rpartition('/')[2]}"
    row = await (await connection.execute(NUMBER_OF, {"number": proposal.number, "person": person})).fetchone()
    if row is None:
        return None
    detail = f"{row.name}的证件号码已经登记，不能记为身份不明；号码有误的，先更正当事人信息"
    return LawForbids(detail, field="grounds", basis=f"{CPL.article(160)}、{MPSC.article(152)}").refusal()


def along_with_its_case(proposal: Proposal, new: Sequence[LegalFact]) -> Proposal:
    """The proposal by which a suspect comes within reach of the organ to which its case has gone."""
    if proposal.kind != Kind.SUSPECT:
        return proposal
    organs = tuple(str(_GOES_TO[fact.fact]) for fact in new if fact.told_by and fact.fact in _GOES_TO)
    return proposal.model_copy(update={"share_with": (*proposal.share_with, *organs)}) if organs else proposal
