"""From whom a matter is kept (回避知悉): whom the supervisor names; what is opened under it goes along."""

from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from models.access.kept_from import build_kept_person, is_kept_sql
from models.forms.kept_from import BASIS, ChangeKeptFrom
from models.messages import Refusal
from models.store.connection import Query, execute, fetch_all, fetch_first
from models.store.kept_from import KEEP_BELOW
from models.store.sealing import HOLD_FAMILY

feature = Feature(__name__, Concern.REVIEW)
_CHANGES = (ChangeKeptFrom.rule.step,)

NAMES = Query[str](
    "SELECT username FROM person WHERE username = ANY(%(people)s) UNION ALL SELECT id FROM unit WHERE id = ANY(%(units)s)"
)


class _HeldByThem(NamedTuple):
    """A matter in which somebody is held, and its officer, from whom it would be kept."""

    number: str
    officer: str
    zh: str


# Of the matter and all that was opened under it.
HELD_BY_THEM = Query[_HeldByThem](f"""
WITH RECURSIVE family AS (
    SELECT %(number)s::text AS number UNION SELECT m.number FROM matter m JOIN family ON m.parent = family.number
)
SELECT c.matter AS number, p.username AS officer, p.zh FROM family JOIN clock c ON c.matter = family.number JOIN person p ON p.username = c.officer
WHERE c.liberty AND c.state IN ('running', 'suspended') AND {is_kept_sql("p.username", "%(keeps)s::text[]")} ORDER BY c.matter LIMIT 1
""")


@feature.hook(Phase.CHECK, steps=_CHANGES, type="step")
async def check_names(draft: Draft) -> Refusal | None:
    """Refuse names that nobody and no unit has: a matter would seem to be kept from somebody, and is not; and one's own.

    Whoever keeps it from themselves could not take that back, and nobody else may be there who could.
    """
    form, actor = draft.proposal.form, draft.proposal.actor
    if actor and actor.person in form.get("officers", ()):
        return refuse_field("officers", "oneself", "不能填写本人；涉及本人的，由其他督察人员调整", basis=BASIS)
    known = set(
        await fetch_all(draft.connection, NAMES, {"people": list(form.get("officers", ())), "units": list(form.get("units", ()))})
    )
    for field, what in (("officers", "人员"), ("units", "单位")):
        if unknown := [each for each in form.get(field, ()) if each not in known]:
            return refuse_field(field, "unknown", f"没有编号为“{unknown[0]}”的{what}", basis=BASIS)
    return None


@feature.hook(Phase.CHECK, steps=_CHANGES, type="step")
async def check_who_answers_for_liberty(draft: Draft) -> Refusal | None:
    """Refuse to keep it from whoever has to let somebody go: their duty would stand before nobody."""
    form = draft.proposal.form
    keeps = (*map(build_kept_person, form.get("officers", ())), *form.get("units", ()))
    held = await fetch_first(draft.connection, HELD_BY_THEM, {"number": draft.proposal.number, "keeps": list(keeps)})
    if held is None:
        return None
    field = "officers" if held.officer in form.get("officers", ()) else "units"
    detail = f"{held.zh}承办的{held.number}正在限制人身自由，到期由其释放或者变更措施，不能对其回避；先释放、变更措施或者指定其他单位承办"
    return refuse_field(field, "answers-for-liberty", detail, basis=BASIS)


@feature.hook(Phase.CONCLUDE, steps=_CHANGES, type="step")
async def keep_from_whoever_is_named(draft: Draft) -> None:
    """Keep it from whom the supervisor says, and let those know whom they let."""
    form = draft.proposal.form
    draft.keeps = (*map(build_kept_person, form.get("officers", ())), *form.get("units", ()))
    draft.lets = (*map(build_kept_person, form.get("let_officers", ())), *form.get("let_units", ()))


@feature.hook(Phase.WRITE, type="step")
async def keep_below(draft: Draft) -> None:
    """Let what was opened under it be kept from the same people; what is being opened there is waited for."""
    if not draft.proposal.seq or not (draft.keeps or draft.lets):
        return
    below = {"number": draft.proposal.number, "keeps": list(draft.keeps), "lets": list(draft.lets)}
    await execute(draft.connection, HOLD_FAMILY, below)
    await execute(draft.connection, KEEP_BELOW, below)
