"""What is told beside a step about a suspect: to whoever acts, to those who watch over custody, and to the organ that has the case now."""

import re
from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.facts import Fact
from law.history import History
from law.instruments import CPL, MPSC
from law.measure_rules import HELD_AGAIN
from law.measures import count_days_held
from law.offices import Office
from law.reasons import format_minute
from law.renewals import RENEWABLE
from models.forms.criminal_case import NameSuspect
from models.forms.personal_status import STATUS_FACTS
from models.matter import Kind
from models.messages import Notice, Refusal
from models.party_ids import SUSPECT, get_about_id
from models.problems import LawForbids
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.CUSTODY)


class _Who(NamedTuple):
    """A suspect by name and number."""

    name: str
    citizen_id: str


WHO = Query[_Who]("SELECT name, citizen_id FROM party WHERE matter = %(number)s AND id = 'suspect'")
# Somebody whose number is on record, by either id of theirs.
NUMBER_OF = Query[str]("""
SELECT name FROM party WHERE matter = %(number)s
    AND %(person)s = ANY(regexp_split_to_array(concat_ws(' ', id, said ->> 'also'), ' '))
    AND (coalesce(citizen_id, '') <> '' OR coalesce(said ->> 'travel_document', '') <> '')
""")
_DEPUTY = STATUS_FACTS[:4]
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


@feature.hook(Phase.CHECK, facts=[Fact.IDENTITY_UNKNOWN])
async def check_identity_unknown(draft: Draft) -> Refusal | None:
    """Why somebody cannot be of unknown identity: the record has the number by which everybody knows who that is."""
    unknown = next((fact for fact in draft.brought if fact.fact is Fact.IDENTITY_UNKNOWN and not fact.told_by), None)
    if unknown is None:
        return None
    proposal = draft.proposal
    person = SUSPECT if proposal.kind == Kind.SUSPECT else get_about_id(unknown.about)
    name = await fetch_first(draft.connection, NUMBER_OF, {"number": proposal.number, "person": person})
    if name is None:
        return None
    detail = f"{name}的证件号码已经登记，不能记为身份不明；号码有误的，先更正当事人信息"
    return LawForbids(detail, field="grounds", basis=f"{CPL.article(160)}、{MPSC.article(152)}").to_refusal()


# What whoever acts should still ask


@feature.hook(Phase.ADVISE, kinds=[Kind.SUSPECT], facts=_MEASURES, type="step")
async def advise_on_nationality(draft: Draft) -> None:
    """Ask of the nationality once more, as a measure is asked for or taken, where who may be foreign has not answered it."""
    if {fact.fact for fact in (*draft.known.facts, *draft.facts)} & {Fact.FOUND_NATIONAL, Fact.FOUND_FOREIGN}:
        return
    who = await fetch_first(draft.connection, WHO, {"number": draft.proposal.number})
    if why := _may_be_foreign(who.name, who.citizen_id) if who else "":
        draft.notes += (_ASK_NATIONALITY.format(why=why),)


@feature.hook(Phase.NOTIFY, steps=[NameSuspect.rule.step], type="step")
async def note_what_to_ask_of_a_suspect(draft: Draft) -> None:
    """Note in the receipt what should still be asked of a suspect who is named."""
    form = draft.proposal.form
    name, number = form.get("name", ""), form.get("citizen_number")
    why = "" if form.get("nationality") else _may_be_foreign(name, number)
    aged = number or form.get("born_on")
    draft.notes += (*(() if form.get("deputy") else (_ASK_DEPUTY,)), *(() if aged else (_ASK_AGE,)))
    draft.notes += (_ASK_NATIONALITY.format(why=why),) if why else ()


@feature.hook(Phase.NOTIFY, kinds=[Kind.SUSPECT], facts=_MEASURES, type="step")
async def note_deputy_unasked(draft: Draft) -> None:
    """Note in the receipt of a measure that nobody has asked whether the suspect is a deputy."""
    if not {fact.fact for fact in (*draft.known.facts, *draft.facts)} & set(_DEPUTY):
        draft.notes += (_ASK_DEPUTY,)


def _may_be_foreign(name: str, citizen_number: str | None) -> str:
    if not _CHINESE_NAME.fullmatch(name.strip()):
        return "姓名不是中文"
    return "" if citizen_number else "没有公民身份号码"


# Who reads of it


@feature.hook(Phase.NOTIFY, facts=(*HELD_AGAIN, *RENEWABLE))
async def notify_of_renewal(draft: Draft) -> None:
    """Let the legal reviewer and the supervisor know that a person is held or restricted again in the same case."""
    known, again = draft.known.facts, next(draft.list_brought(*HELD_AGAIN, *RENEWABLE), None)
    if again is None or all((fact.fact, fact.about) != (again.fact, again.about) for fact in known):
        return
    if again.fact in HELD_AGAIN:
        days, name = count_days_held(known, again.about, again.at), HELD_AGAIN[again.fact][2]
        words = f"本案中再次{name}同一犯罪嫌疑人，此前已累计羁押{days}日，请核对再次{name}的新事实、新证据"
    else:
        words = f"本案中对同一人再次{again.fact.label}，请核对再次采取的新事实、新证据"
    draft.add_notices(*(Notice(words=words, office=office) for office in (Office.LEGAL_REVIEWER, Office.SUPERVISOR)))


@feature.hook(Phase.NOTIFY, kinds=[Kind.SUSPECT], facts=_GOES_TO)
async def share_with_its_case(draft: Draft) -> None:
    """Let a suspect come within reach of the organ to which its case has gone."""
    organs = tuple(str(_GOES_TO[fact.fact]) for fact in draft.facts if fact.told_by and fact.fact in _GOES_TO)
    if organs:
        draft.update(share_with=(*draft.proposal.share_with, *organs))


@feature.hook(Phase.NOTIFY, facts=_LOST)
async def notify_of_loss(draft: Draft) -> None:
    """Let head and supervisor know that somebody who was held is said to have broken out or died.

    Nobody approves what has happened, and it is entered at once; whoever can check it learns of it in the same moment.
    """
    lost = next(draft.list_brought(*_LOST), None)
    if lost is None or not History(draft.known.facts).in_custody_before(lost):
        return
    words = f"在押人员{lost.fact.label}（{format_minute(lost.at)}），无须审批即已登记，请立即核实"
    draft.add_notices(*(Notice(words=words, office=office) for office in (Office.COUNTY_HEAD, Office.SUPERVISOR)))
