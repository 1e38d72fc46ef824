"""Whom a step of a public-order case concerns is somebody whom the case has entered: papers name people, and not numbers."""

from activities.identity import build_party
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.instruments import MPSA, PSAPL
from models.forms.administrative_detention import RestrictForeignerActivity, ReviewForeigner, ServeDrugIsolation
from models.forms.form import get_forms
from models.forms.incident_questioning import DecideTerrorRestraint, Inquire, OrderNoContact
from models.forms.public_order_case import NameOffender, SamplePerson
from models.forms.public_order_hearing import NotifyPenalty, PublishPenaltyNotice
from models.forms.public_order_penalty import AgreeExpedited, OneOfSeveral
from models.matter import Kind
from models.messages import Refusal
from models.parties import list_roles
from models.party_ids import build_numbered_id, list_ids
from models.problems import LawForbids
from models.store import statements as sql
from models.store.connection import fetch_all

feature = Feature(__name__, Concern.PEOPLE)

# What is announced to or decided of somebody, or done to a suspect alone. What follows upon these needs them first.
_OF_SUSPECTS = (NotifyPenalty, PublishPenaltyNotice, AgreeExpedited, ReviewForeigner, RestrictForeignerActivity)
_DECISIONS = [step for step, form in get_forms().items() if issubclass(form, OneOfSeveral)]
_SUSPECTS = frozenset({*_DECISIONS, ServeDrugIsolation.rule.step, *(form.rule.step for form in _OF_SUSPECTS)})
# What may befall anybody in the case, suspected or not: samples are taken of who was harmed too (PSAPL 102). A summons and a stop say
# themselves who it is. What is done at once to a drunk or a raging person (约束醒酒、当场采取强制措施) waits for nobody's name: from it hours run.
_ANYBODY = [form.rule.step for form in (Inquire, SamplePerson, OrderNoContact, DecideTerrorRestraint)]


@feature.hook(Phase.CHECK, kinds=[Kind.PUBLIC_ORDER_CASE], steps=[*_SUSPECTS, *_ANYBODY], type="step")
async def check_is_entered(draft: Draft) -> Refusal | None:
    """Refuse what concerns a person whom nobody has entered, or of whom nobody has said that they are suspected."""
    proposal = draft.proposal
    person = proposal.form.get("person", 1)
    rows = await fetch_all(draft.connection, sql.PEOPLE, {"number": proposal.number})
    people = (*map(build_party, rows), *(proposal.parties or proposal.foreseen_parties))
    entered = next((party for party in people if build_numbered_id(person) in list_ids(party)), None)
    naming = NameOffender.rule.title
    if proposal.step in _SUSPECTS:
        if entered is not None and "offender" in list_roles(entered):
            return None
        who = f"{entered['name']}（第{person}人）" if entered and entered["name"] else f"第{person}人"
        detail = f"本案尚未将{who}确定为违法嫌疑人，文书无从写明对谁作出：请先办理“{naming}”"
        basis = f"{PSAPL.article(115)}、{MPSA.article(166)}"
    elif entered is None:
        detail = f"本案尚未登记第{person}人是谁：请先办理“{naming}”，或者在传唤、询问时填写姓名"
        basis = str(MPSA.article(166))
    else:
        return None
    return LawForbids(detail, field="person", basis=basis).to_refusal()
