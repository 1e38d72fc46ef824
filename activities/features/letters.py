"""Letters from the public (群众来信): who may not be given one, who does not ask for its evaluation, and that it is done again once."""

from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from activities.steps_taken import StepsTaken, read_steps_taken, refuse_who_took
from law.facts import Fact
from law.instruments import PET
from law.legal_fact import LegalFact
from law.offices import Office
from models.access.kept_from import is_kept_sql
from models.administration import HANDLING
from models.forms.incident_promises import AnswerLetter, ContactWriter, SignLetter
from models.forms.kept_from import BASIS
from models.forms.letter import (
    LETTERS,
    AssignLetter,
    ClassifyLetter,
    ConcludeLetter,
    ConcludePetition,
    ConveyThanks,
    EvaluateLetter,
    HandOverLetter,
    LinkLetter,
    MergeLetter,
    OpenLetter,
    RecordNoEvaluation,
    ReopenLetter,
)
from models.forms.letter_petition import AcceptPetition, ExtendPetition, ObjectReferral
from models.forms.letter_review import REVIEWS, IssueFinalReview, IssueReexamination
from models.forms.letter_ways import ON_THE_WAY, ProceedUnreached, RefusePetition, RouteIntoProcedure, WithdrawLetter
from models.links import Relation
from models.matter import Kind
from models.messages import Refusal
from models.problems import LawForbids
from models.store.connection import Query, fetch_first, fetch_one

feature = Feature(__name__, Concern.BELONGING)
_LETTERS = (Kind.LETTER,)
_CONCLUDES = (ConcludeLetter.rule.step, ConcludePetition.rule.step)
_EVALUATES = (EvaluateLetter.rule.step, RecordNoEvaluation.rule.step)
# What is done with a letter: what becomes of it, and what its writer hears, and is said to have said.
_DEALS = tuple(
    each.rule.step
    for each in (
        *(SignLetter, ContactWriter, ProceedUnreached, *ON_THE_WAY, ClassifyLetter, AssignLetter, LinkLetter, AnswerLetter),
        *(
            AcceptPetition,
            ExtendPetition,
            ObjectReferral,
            HandOverLetter,
            MergeLetter,
            RefusePetition,
            RouteIntoProcedure,
            WithdrawLetter,
        ),
        *(ConcludeLetter, ConcludePetition, EvaluateLetter, RecordNoEvaluation, ReopenLetter, *REVIEWS),
    )
)
# What whoever keeps letters does, and who supervises where they may not know of it.
_OF_THE_OFFICE = tuple(each.rule.step for each in (ClassifyLetter, AssignLetter, HandOverLetter))
_APPROVED = (
    Fact.LETTER_CONCLUDED,
    Fact.LETTER_HANDED_OVER,
    Fact.LETTER_REFUSED,
    Fact.LETTER_BAD_FAITH,
    Fact.PETITION_EXTENDED,
    Fact.PETITION_REFERRAL_OBJECTED,
)
# Whether that unit is the one complained of, or stands below it.
IS_WITHIN = Query[bool]("""
SELECT true FROM unit own JOIN unit subject ON starts_with(own.path, subject.path) WHERE own.id = %(unit)s AND subject.id = %(subject)s
""")
# Whether somebody holds an office in the unit complained of, or below; of a bureau everybody does.
SERVES_WITHIN = Query[bool]("""
SELECT true FROM holding h JOIN unit own ON own.id = h.unit_id JOIN unit subject ON starts_with(own.path, subject.path)
WHERE h.username = %(person)s AND subject.id = %(subject)s AND subject.kind = ANY(%(handling)s) LIMIT 1
""")
# Whether another letter of that number is being dealt with, and is no word of thanks, which nobody answers; and is accepted as a petition where
# the one that is merged was: that is owed a written opinion. It is read by nobody from whom the one that is merged is kept, or sealed.
LEADS = Query[bool]("""
SELECT m.stage IN ('received', 'signed', 'handling', 'handling_again')
    AND EXISTS (SELECT FROM entry e WHERE e.chain = m.number AND e.seq = 1 AND e.content::json -> 'form' ->> 'sort' <> 'thanks')
    AND (NOT %(accepted)s OR EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact = 'petition.accepted'))
    AND m.sealed >= own.sealed AND m.kept_from @> own.kept_from
FROM matter m JOIN matter own ON own.number = %(number)s WHERE m.number = %(into)s AND m.kind = 'letter' FOR SHARE OF m
""")
# Whether it exists for nobody of a unit but those who supervise and head the bureau; and whether for one at least of those who keep letters.
IS_KEPT_FROM_UNIT = Query[bool]("""
SELECT true FROM matter m JOIN unit u ON u.id = %(unit)s AND m.kept_from && string_to_array(trim('/' FROM u.path), '/')
WHERE m.number = %(number)s
""")
IS_KEPT_FROM_ITS_OFFICE = Query[bool](f"""
SELECT true FROM matter m JOIN holding h ON h.office = '{Office.LETTER_OFFICER}'
WHERE m.number = %(number)s AND {is_kept_sql("h.username", "m.kept_from")} LIMIT 1
""")
IS_LED = Query[bool](f"SELECT true FROM link WHERE other = %(number)s AND relation = '{Relation.DUPLICATES}' LIMIT 1")


class _Unknown(NamedTuple):
    """Whether whom a letter complains of is nobody, and no unit, of this bureau."""

    officer: bool
    unit: bool


UNKNOWN = Query[_Unknown]("""
SELECT %(officer)s <> '' AND NOT EXISTS (SELECT FROM person WHERE username = %(officer)s) AS officer,
    %(unit)s <> '' AND NOT EXISTS (SELECT FROM unit WHERE id = %(unit)s) AS unit
""")


class _Letter(StepsTaken):
    """A letter by what was done with it so far."""


async def _read(draft: Draft) -> _Letter:
    return await read_steps_taken(draft, _Letter)


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(OpenLetter.rule.step,), type="step")
async def check_subject_known(draft: Draft) -> Refusal | None:
    """Refuse to register as complained of whom nobody knows: the letter would be kept out of no hands."""
    form = draft.proposal.form
    asked = {"officer": form.get("subject_officer", ""), "unit": form.get("subject_unit", "")}
    unknown = await fetch_one(draft.connection, UNKNOWN, asked)
    if unknown.officer:
        return refuse_field(
            "subject_officer",
            "unknown",
            f"本系统没有登录名为“{asked['officer']}”的人员；不知道登录名的，写在来信内容里",
            basis=LETTERS,
        )
    return refuse_field("subject_unit", "unknown", f"没有编号为“{asked['unit']}”的单位", basis=LETTERS) if unknown.unit else None


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=_OF_THE_OFFICE, type="step")
async def check_stands_in(draft: Draft) -> Refusal | None:
    """Refuse who supervises in place of who keeps letters, but where the letter does not exist for one of these."""
    actor = draft.proposal.actor
    if actor is None or Office.LETTER_OFFICER in actor.offices or Office.SUPERVISOR not in actor.offices:
        return None
    if await fetch_first(draft.connection, IS_KEPT_FROM_ITS_OFFICE, {"number": draft.proposal.number}):
        return None
    return LawForbids("来信由民意专员办理；只有对民意专员回避的来信，由督察办理", basis=str(BASIS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(AssignLetter.rule.step,), type="step")
async def check_not_to_its_subject(draft: Draft) -> Refusal | None:
    """Refuse to give it to the officer or unit that it complains of; done again, to whoever did it before."""
    form, letter = draft.proposal.form, await _read(draft)
    subject, officer = letter.opening.get("subject_unit", ""), form.get("officer", "")
    if officer and officer == letter.opening.get("subject_officer"):
        return _refuse_assignment("officer", "不得交由被反映的民警办理")
    if subject and await fetch_first(draft.connection, IS_WITHIN, {"unit": form.get("unit", ""), "subject": subject}):
        return _refuse_assignment("unit", "不得交由被反映的单位或者其下级单位办理")
    if await fetch_first(draft.connection, IS_KEPT_FROM_UNIT, {"number": draft.proposal.number, "unit": form.get("unit", "")}):
        return _refuse_assignment("unit", "来信对该单位回避，该单位无人能够知悉，应当交由其他单位办理")
    before = [each.form.get("officer", "") for each in letter.of(AssignLetter.rule.step)]
    again = any(fact.fact is Fact.LETTER_REOPENED for fact in draft.known.facts)
    return _refuse_assignment("officer", "重办的应当由另一民警办理") if again and officer and officer in before else None


def _refuse_assignment(field: str, detail: str) -> Refusal:
    return LawForbids(detail, field=field, basis=f"{PET.article(28)}、{PET.article(30)}").to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=_DEALS, type="step")
async def check_not_by_its_subject(draft: Draft) -> Refusal | None:
    """Refuse whatever the officer complained of would do with it: given to a unit, it lies before everybody there."""
    return await _refuse_subject(draft)


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(WithdrawLetter.rule.step, EvaluateLetter.rule.step), type="step")
async def check_not_by_its_subjects_unit(draft: Draft) -> Refusal | None:
    """Refuse to let the unit complained of say that its writer wants no more of it, or is content; a bureau's own desk serves all its units."""
    actor, opening = draft.proposal.actor, (await _read(draft)).opening
    asked = {"person": actor.person if actor else "", "subject": opening.get("subject_unit", ""), "handling": sorted(HANDLING)}
    if opening.get("sort") == "thanks" or not await fetch_first(draft.connection, SERVES_WITHIN, asked):
        return None
    detail = "来信反映的是本单位，由其他单位的民意专员、接警员登记"
    return LawForbids(detail, basis=f"{PET.article(28)}、{PET.article(30)}").to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, facts=_APPROVED, type="step")
async def check_not_approved_by_its_subject(draft: Draft) -> Refusal | None:
    """Refuse an approval by whoever is complained of; it is given to another unit, whose head approves."""
    return await _refuse_subject(draft) if draft.proposal.ended else None


async def _refuse_subject(draft: Draft) -> Refusal | None:
    actor, opening = draft.proposal.actor, (await _read(draft)).opening
    # A word of thanks names in the same field whom it is for.
    if actor is None or opening.get("sort") == "thanks" or actor.person != opening.get("subject_officer"):
        return None
    detail = "来信反映的是本人，不得由本人办理或者审批，由民意专员另行交办"
    return LawForbids(detail, basis=f"{PET.article(28)}、{PET.article(30)}").to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(ConveyThanks.rule.step,), type="step")
async def check_thanks(draft: Draft) -> Refusal | None:
    """Refuse to be done with a letter as with a word of thanks that is none: its writer would never be answered."""
    if (await _read(draft)).opening.get("sort") == "thanks":
        return None
    return LawForbids("来信不是表扬感谢，应当办理并答复，不能以转达表扬办结", basis=str(LETTERS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(*_CONCLUDES, AnswerLetter.rule.step), type="step")
async def check_classified(draft: Draft) -> Refusal | None:
    """Refuse to answer what nobody has said the sort of."""
    if not (await _read(draft)).of(ClassifyLetter.rule.step):
        return LawForbids("来信尚未标注，先标注再答复", basis=str(LETTERS)).to_refusal()
    return None


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(MergeLetter.rule.step,), type="step")
async def check_leading(draft: Draft) -> Refusal | None:
    """Refuse to merge it into one that is no open letter, or thanks: nobody would be answered there."""
    accepted = any(fact.fact is Fact.PETITION_ACCEPTED for fact in draft.known.facts)
    asked = {"number": draft.proposal.number, "into": draft.proposal.form.get("into", ""), "accepted": accepted}
    if await fetch_first(draft.connection, LEADS, asked):
        return None
    also = "；本信已经告知受理，只能并入同样已经受理的来信" if accepted else ""
    return refuse_field(
        "into", "no-open-letter", f"只能并入尚在办理、须答复的来信，保密、回避的只能并入同样保密、回避的{also}", basis=LETTERS
    )


@feature.hook(
    Phase.CHECK, kinds=_LETTERS, facts=(Fact.LETTER_MERGED, Fact.LETTER_WITHDRAWN, Fact.PETITION_REFERRAL_OBJECTED), type="step"
)
async def check_leads_none(draft: Draft) -> Refusal | None:
    """Refuse to let go of one that leads others, asked for or approved: they hear of its own answer, and of no other's."""
    if not await fetch_first(draft.connection, IS_LED, {"number": draft.proposal.number}):
        return None
    detail = "已有来信并入本信，由本信答复或者转出，不能再并入另一来信，也不能以异议退回、以撤回办结；来信人要撤回的，记入补充来信"
    return LawForbids(detail, basis=str(LETTERS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=_EVALUATES, type="step")
async def check_not_by_who_answered(draft: Draft) -> Refusal | None:
    """Refuse an evaluation that is entered by whoever concluded it, or approved that."""
    hands = [each for each in (await _read(draft)).steps if {each.step, each.form.get("request")} & {*_CONCLUDES}]
    return refuse_who_took(draft, reversed(hands), "办结答复的人不得自己登记评价", LETTERS)


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(ReopenLetter.rule.step,), type="step")
async def check_reopened_once(draft: Draft) -> Refusal | None:
    """Refuse to do it a third time, naming what is left to its writer."""
    known = {fact.fact for fact in draft.known.facts}
    reopened = [fact.seq for fact in draft.known.facts if fact.fact is Fact.LETTER_REOPENED]
    if not reopened or await _is_to_be_done_again(draft, reopened[-1]):
        return None
    if Fact.PETITION_FINALLY_REVIEWED in known:
        return LawForbids("已经复核，仍以同一事实和理由提出的不再受理", basis=str(PET.article(36))).to_refusal()
    left = "可以自收到答复之日起三十日内请求复查" if Fact.PETITION_ACCEPTED in known else "可以向督察部门反映"
    return LawForbids(f"来信只重办一次；来信人不服的，{left}", basis=str(PET.article(35))).to_refusal()


async def _is_to_be_done_again(draft: Draft, since: int) -> bool:
    """Whether whoever looked at it again since then did not uphold what had been answered."""
    reviewed = (await _read(draft)).find_last(IssueReexamination.rule.step, IssueFinalReview.rule.step)
    return reviewed is not None and reviewed.seq > since and reviewed.form.get("result") != "upheld"


@feature.hook(Phase.ENRICH, kinds=_LETTERS, steps=(EvaluateLetter.rule.step,), type="step")
async def record_reopening(draft: Draft) -> None:
    """Record that it is done again, where that is what its writer's word led to."""
    if draft.proposal.stage == "handling_again":
        evaluated = draft.proposal.facts[0]
        draft.following.append(LegalFact(Fact.LETTER_REOPENED, evaluated.at, evaluated.about, draft.proposal.seq + 1))
