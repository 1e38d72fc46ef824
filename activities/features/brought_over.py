"""What is brought over from before (迁入): an incident is opened as dealt with only if it happened before the bureau began to work with us.

Else whoever takes calls could end what nobody has looked into.
"""

from datetime import datetime, timedelta

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.calendar import SHANGHAI
from law.instruments import RPT
from models.forms.incident import OpenIncident
from models.journal import BUREAU
from models.matter import Kind
from models.messages import Refusal
from models.problems import LawForbids
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.BELONGING)

# The first entry of the bureau's own journal is that of its founding. A demonstration is never founded: there it is what is not of today.
BEGAN = Query[datetime](f"SELECT recorded_at FROM entry WHERE chain = '{BUREAU}' AND position = 1")


@feature.hook(Phase.CHECK, kinds=[Kind.INCIDENT], steps=[OpenIncident.rule.step])
async def check_happened_before_us(draft: Draft) -> Refusal | None:
    """What speaks against opening an incident as dealt with: that it happened since, or nobody says when."""
    if not draft.proposal.form.get("outcome"):
        return None
    happened = next((fact.at for fact in draft.brought), None)
    founded = await fetch_first(draft.connection, BEGAN, {})
    began = founded or draft.proposal.decided_at - timedelta(days=1)
    if draft.proposal.form.get("at") and happened and happened < began:
        return None
    day = began.astimezone(SHANGHAI)
    detail = f"只有本系统启用（{day:%Y年%m月%d日}）以前的旧警情可以连同处理结果迁入；以后的警情须派警、处置后再办结，处理结果在办结时填写"
    return LawForbids(detail, field="outcome", basis=str(RPT.article(8))).refusal()
