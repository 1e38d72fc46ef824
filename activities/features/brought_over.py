"""What is brought over from before (迁入): it happened before the bureau began to work with us, and it is brought while the bureau moves in.

Else whoever takes calls could end what nobody has looked into, and whoever keeps the cases could hold somebody without an approval.
"""

from datetime import timedelta
from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.calendar import SHANGHAI
from law.instruments import RPT, RULE
from law.offices import Office
from models.forms.criminal_case import AcceptCase
from models.forms.incident import OpenIncident
from models.forms.public_order_case import FilePublicOrderCase
from models.matter import Kind
from models.messages import Refusal
from models.moving_in import has_moved_in
from models.problems import LawForbids
from models.readmodel import case_ledgers
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.BELONGING)
_OPENINGS = (AcceptCase.rule.step, FilePublicOrderCase.rule.step)
_BASIS = str(RULE.section("迁入"))


class _Released(NamedTuple):
    """Who put a ledger forward, and who released it."""

    proposed_by: str
    released_by: str | None


RELEASED = Query[_Released]("SELECT proposed_by, released_by FROM case_ledger WHERE digest = %(ledger)s")


@feature.hook(Phase.CHECK, kinds=[Kind.INCIDENT], steps=[OpenIncident.rule.step])
async def check_happened_before_us(draft: Draft) -> Refusal | None:
    """What speaks against opening an incident as dealt with: that it happened since, or nobody says when."""
    if not draft.proposal.form.get("outcome"):
        return None
    happened = next((fact.at for fact in draft.brought), None)
    founded = await case_ledgers.find_founding(draft.connection)
    # A demonstration is never founded: there it is what is not of today.
    began = founded or draft.proposal.decided_at - timedelta(days=1)
    if draft.proposal.form.get("at") and happened and happened < began:
        return None
    day = began.astimezone(SHANGHAI)
    detail = f"只有本系统启用（{day:%Y年%m月%d日}）以前的旧警情可以连同处理结果迁入；以后的警情须派警、处置后再办结，处理结果在办结时填写"
    return LawForbids(detail, field="outcome", basis=str(RPT.article(8))).to_refusal()


@feature.hook(Phase.CHECK, type="step")
async def check_is_brought_over(draft: Draft) -> Refusal | None:
    """What speaks against a step that nobody here approved: that no ledger with it was released, or that the bureau has moved in."""
    proposal = draft.proposal
    if proposal.brought is None:
        return None
    released = await fetch_first(draft.connection, RELEASED, {"ledger": proposal.brought.ledger})
    actor = proposal.actor
    keeps = actor is not None and Office.CASE_MANAGEMENT_OFFICER in actor.offices
    if not keeps or released is None or released.released_by in (None, released.proposed_by):
        return LawForbids("在办案件由案管员迁入，并且先经督察核对试算结果后放行", basis=_BASIS).to_refusal()
    founded = await case_ledgers.find_founding(draft.connection)
    if over := has_moved_in(founded, draft.now):
        return LawForbids(over, basis=_BASIS).to_refusal()
    began = founded or draft.now - timedelta(days=1)
    if proposal.step in _OPENINGS and all(fact.at >= began for fact in draft.facts):
        detail = f"只有本系统启用（{began.astimezone(SHANGHAI):%Y年%m月%d日}）以前受理的案件可以迁入；以后的由承办人接受案件"
        return LawForbids(detail, field="at", basis=_BASIS).to_refusal()
    return None
