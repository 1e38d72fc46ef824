"""Letters that go another way (不予受理、导入、撤回、联系不上、复查复核): what each asks before it is taken."""

from datetime import datetime, timedelta

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from activities.steps_taken import StepsTaken, read_steps_taken
from law.calendar import SHANGHAI
from law.counting import Counting, count
from law.facts import Fact
from law.instruments import PET
from law.lengths import days, working_days
from models.forms.letter import LETTERS, PROTECTED, ClassifyLetter, ConcludeLetter, EvaluateLetter, RecordNoEvaluation, list_flags
from models.forms.letter_review import ReceiveFinalReview, ReceiveReexamination
from models.forms.letter_ways import ProceedUnreached, ProposeBadFaith, RefusePetition, RouteIntoProcedure, WithdrawLetter
from models.forms.tip import TIPS, PayReward, ProposeReward
from models.matter import Kind
from models.messages import Refusal
from models.problems import LawForbids
from models.store.connection import Query, fetch_all

feature = Feature(__name__, Concern.BELONGING)
_LETTERS = (Kind.LETTER,)
_PETITIONS = frozenset({Fact.PETITION_RECEIVED, Fact.PETITION_REFERRED})
_TRIED, _APART = 3, timedelta(hours=2)
# How many letters of one cause, in how long after the final answer, abuse letters.
_MANY, _WITHIN = 3, timedelta(days=30)
_TO_ASK, _TO_OBJECT = days(30), working_days(5)
# Labels of what tells of a breach (R), and by which whoever reports is protected (P).
_REPORTING = frozenset("RP")
LETTERS_SINCE = Query[str](
    "SELECT number FROM matter WHERE number = ANY(%(numbers)s) AND kind = 'letter' AND opened_at >= %(since)s ORDER BY number"
)


class _Letter(StepsTaken):
    """A letter by what was done with it so far."""


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(RefusePetition.rule.step, RouteIntoProcedure.rule.step), type="step")
async def check_petition(draft: Draft) -> Refusal | None:
    """Refuse to treat as a petition what is none: whoever asks, thanks or is in need is answered."""
    if _PETITIONS.isdisjoint(fact.fact for fact in draft.known.facts):
        return LawForbids("来信不是信访事项，应当办理并答复", basis=str(PET.article(17))).to_refusal()
    return None


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(WithdrawLetter.rule.step,), type="step")
async def check_not_denounced(draft: Draft) -> Refusal | None:
    """Refuse to let go of a denunciation, and of what is labelled as telling of a breach: it is looked into whatever its writer wants later."""
    letter = await read_steps_taken(draft, _Letter)
    if letter.opening.get("sort") in PROTECTED:
        return LawForbids("检举控告不因撤回而终止，应当继续依规办理", basis=str(PET.article(30))).to_refusal()
    classified = letter.find_last(ClassifyLetter.rule.step)
    if classified is None or list_flags(classified.form["labels"]).isdisjoint(_REPORTING):
        return None
    return LawForbids("来信反映违法犯罪的，不因撤回而终止，应当继续依法办理并办结", basis=str(PET.article(31))).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, facts=(Fact.PETITION_REFERRAL_OBJECTED,), type="step")
async def check_objected_in_time(draft: Draft) -> Refusal | None:
    """Refuse to object to a referral, or to approve that, after five working days, or once its writer was told that it is accepted: it is ours then."""
    if any(fact.fact is Fact.PETITION_ACCEPTED for fact in draft.known.facts):
        return LawForbids("已经告知来信人受理，不能再提出异议；确不归本局办理的，转出", basis=str(PET.article(23))).to_refusal()
    referred = next((fact for fact in draft.known.facts if fact.fact is Fact.PETITION_REFERRED), None)
    if referred is None:
        return None
    last = count(referred.at, (_TO_OBJECT,), Counting.WORKING_DAYS, draft.calendar).due
    if draft.now <= last:
        return None
    detail = f"异议应当自收到转送、交办之日起五个工作日内提出，已于{last.astimezone(SHANGHAI):%Y-%m-%d}届满，由本局办理"
    return LawForbids(detail, basis=str(PET.article(23))).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(ProceedUnreached.rule.step,), type="step")
async def check_tried(draft: Draft) -> Refusal | None:
    """Refuse to give up a writer who was not tried three times, each two hours or more after the last, and at another hour of the day."""
    tries = sorted(fact.at.astimezone(SHANGHAI) for fact in draft.known.facts if fact.fact is Fact.LETTER_WRITER_TRIED)
    told = _list_apart(tries)
    if len(told) >= _TRIED:
        return None
    detail = f"来信人至少在三个不同时段联系过（每次相隔两小时以上）才能转入办理，现有{len(told)}次"
    return LawForbids(detail, basis=str(LETTERS)).to_refusal()


def _list_apart(tries: list[datetime]) -> list[datetime]:
    """Those of the attempts, in their order, that stand apart from the one before and fall into an hour of the day of their own."""
    told: list[datetime] = []
    for each in tries:
        if (not told or each - told[-1] >= _APART) and each.hour not in {other.hour for other in told}:
            told.append(each)
    return told


@feature.hook(Phase.CHECK, kinds=_LETTERS, facts=(Fact.LETTER_BAD_FAITH,), type="step")
async def check_bad_faith(draft: Draft) -> Refusal | None:
    """Refuse to call abuse what was never answered for good, and letters that are not three, or not of these days."""
    answered = [fact.at for fact in draft.known.facts if fact.fact is Fact.LETTER_CONCLUDED]
    asked = (await read_steps_taken(draft, _Letter)).find_last(ProposeBadFaith.rule.step)
    form = draft.proposal.form if draft.proposal.step == ProposeBadFaith.rule.step else asked.form if asked else {}
    if form.get("ground") != "repeated":
        return None
    if not answered:
        return LawForbids("尚未作出最终答复，不得认定为恶意来信", basis=str(PET.article(47))).to_refusal()
    numbers = {*form.get("letters", ())}
    found = await fetch_all(draft.connection, LETTERS_SINCE, {"numbers": sorted(numbers), "since": draft.now - _WITHIN})
    if len(found) >= _MANY and numbers == {*found}:
        return None
    return refuse_field("letters", "not-repeated", "应当列出三十日内同一事由的三件以上来信", basis=PET.article(47))


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(ReceiveReexamination.rule.step, ReceiveFinalReview.rule.step), type="step")
async def check_asked_in_time(draft: Draft) -> Refusal | None:
    """Refuse what is asked for a second time, or later than thirty days after the written answer, a rest day at the end not counted."""
    form, (fact, *_) = draft.proposal.form, draft.proposal.facts
    basis = PET.article(35 if fact.fact is Fact.PETITION_REEXAMINATION_REQUESTED else 36)
    if any(known.fact is fact.fact for known in draft.known.facts):
        return LawForbids("同一信访事项的复查、复核各只有一次", basis=str(basis)).to_refusal()
    served = datetime.fromisoformat(form["served_on"]).replace(tzinfo=SHANGHAI)
    last = count(served, (_TO_ASK,), Counting.DAYS, draft.calendar).due
    if fact.at <= last:
        return None
    return LawForbids(f"已超过三十日，可以提出至{last:%Y-%m-%d}", field="served_on", basis=str(basis)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(EvaluateLetter.rule.step, RecordNoEvaluation.rule.step), type="step")
async def check_no_tip(draft: Draft) -> Refusal | None:
    """Refuse to ask whoever gave a tip what they think of the answer: it is rewarded or not, and they are left in peace."""
    if not any(fact.fact is Fact.TIP_RECEIVED for fact in draft.known.facts):
        return None
    return LawForbids("举报线索不作评价回访，呈请奖励或者登记不予奖励", basis=str(TIPS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, facts=(Fact.TIP_REWARD_APPROVED,), type="step")
async def check_proved_right(draft: Draft) -> Refusal | None:
    """Refuse to reward what did not prove right, at least in part; and to reward one tip twice, though it was looked into twice."""
    if any(fact.fact is Fact.TIP_REWARD_APPROVED for fact in draft.known.facts):
        return LawForbids("该线索已经批准奖励，不能再次奖励", basis=str(TIPS)).to_refusal()
    found = (await read_steps_taken(draft, _Letter)).find_last(ConcludeLetter.rule.step)
    if found and found.form.get("finding") in ("true", "partly"):
        return None
    return LawForbids("查明属实或者部分属实的线索才能奖励", basis=str(TIPS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(PayReward.rule.step,), type="step")
async def check_code(draft: Draft) -> Refusal | None:
    """Refuse to pay to another code than the one to which it was granted."""
    granted = (await read_steps_taken(draft, _Letter)).find_last(ProposeReward.rule.step)
    if granted and granted.form.get("code") == draft.proposal.form.get("code"):
        return None
    return refuse_field("code", "not-granted", "与批准奖励的代号不一致", basis=TIPS)
