"""Veiled fields (密级字段): what may be asked of them, who hears that they were opened, and their end."""

from datetime import timedelta

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from activities.steps_taken import StepsTaken, read_steps_taken
from law.calendar import SHANGHAI
from law.facts import Fact
from law.offices import Office
from models.ends import get_ends
from models.forms.unveil import BASIS, DestroyIdentity, Unveil
from models.forms.veil import is_veiled
from models.matter import Kind
from models.messages import Notice, Refusal
from models.problems import LawForbids
from models.store.connection import Query, fetch_first
from models.store.veil_keys import destroy_keys

feature = Feature(__name__, Concern.RECORD)
_LETTERS = (Kind.LETTER,)
# Who wrote is needed for so long after a letter was concluded, or its reward paid.
_KEPT_FOR = timedelta(days=731)
_LAST = (Fact.LETTER_ARRIVED, Fact.LETTER_CONCLUDED, Fact.LETTER_HANDED_OVER, Fact.TIP_REWARD_PAID, Fact.TIP_SETTLED)


# A matter that is linked with a letter, or was opened under it, and has not ended.
RUNNING = Query[str]("""
SELECT m.number FROM matter m WHERE NOT m.final AND m.kind <> 'delivery'
    AND (m.parent = %(number)s OR m.number IN (SELECT other FROM link WHERE matter = %(number)s UNION SELECT matter FROM link WHERE other = %(number)s))
ORDER BY m.number LIMIT 1
""")


class _Letter(StepsTaken):
    """A letter by what was done with it so far."""


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(Unveil.rule.step,), type="step")
async def check_veiled(draft: Draft) -> Refusal | None:
    """Refuse to ask for what stands in clear, was not said, or was destroyed."""
    opening = (await read_steps_taken(draft, _Letter)).opening
    if _was_destroyed(draft):
        return refuse_field("fields", "destroyed", "来信人身份信息已经销毁，任何人都不能再查看", basis=BASIS)
    if any(not is_veiled(opening.get(each)) for each in draft.proposal.form["fields"]):
        return refuse_field("fields", "not-veiled", "所选字段没有登记，或者没有加密，在登记表中直接查看", basis=BASIS)
    return None


@feature.hook(Phase.CHECK, kinds=_LETTERS, steps=(DestroyIdentity.rule.step,), type="step")
async def check_may_be_forgotten(draft: Draft) -> Refusal | None:
    """Refuse to destroy what was destroyed, what may still be needed for two years, and what the letter, or a matter that runs, may rest on."""
    if _was_destroyed(draft):
        return LawForbids("来信人身份信息已经销毁", basis=str(BASIS)).to_refusal()
    last = max((fact.at for fact in draft.known.facts if fact.fact in _LAST), default=draft.now)
    if draft.now < last + _KEPT_FOR:
        until = (last + _KEPT_FOR).astimezone(SHANGHAI)
        return LawForbids(f"办结、发放奖励满二年才能销毁，最早{until:%Y-%m-%d}", basis=str(BASIS)).to_refusal()
    if draft.proposal.stage not in get_ends()[Kind.LETTER]:
        return LawForbids("来信尚未办结，不能销毁：办理、答复、奖励还须联系来信人", basis=str(BASIS)).to_refusal()
    if running := await fetch_first(draft.connection, RUNNING, {"number": draft.proposal.number}):
        return LawForbids(f"相关的{running}尚未办结，不能销毁", basis=str(BASIS)).to_refusal()
    return None


def _was_destroyed(draft: Draft) -> bool:
    return any(fact.fact is Fact.LETTER_IDENTITY_DESTROYED for fact in draft.known.facts)


@feature.hook(Phase.NOTIFY, kinds=_LETTERS, facts=(Fact.LETTER_UNVEILED, Fact.LETTER_IDENTITY_DESTROYED), type="step")
async def tell_who_keeps_letters(draft: Draft) -> None:
    """Tell who keeps letters, and who supervises, that somebody may now read who wrote one, or that nobody can any more."""
    for fact in draft.list_brought(Fact.LETTER_UNVEILED, Fact.LETTER_IDENTITY_DESTROYED):
        said = "来信人身份信息经批准开启查看" if fact.fact is Fact.LETTER_UNVEILED else "来信人身份信息已经销毁"
        for office in (Office.LETTER_OFFICER, Office.SUPERVISOR):
            draft.add_notices(Notice(words=f"{draft.proposal.number}：{said}", office=office))


@feature.hook(Phase.WRITE, kinds=_LETTERS, facts=(Fact.LETTER_IDENTITY_DESTROYED,), type="step")
async def destroy(draft: Draft) -> None:
    """Destroy the key, once that is approved: the ciphertext stays in the chain, and nobody opens it."""
    if any(draft.list_brought(Fact.LETTER_IDENTITY_DESTROYED)):
        await destroy_keys(draft.connection, draft.proposal.number, draft.now)
