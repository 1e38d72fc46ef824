"""Declaring scans identical to their papers (声明一致): what is marked is marked in the transaction of the step, and kept in its entry."""

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from models.forms.approval import Approve
from models.forms.dossier import DeclareIdentical
from models.messages import Refusal
from models.problems import FormInvalid
from models.store.connection import Query, fetch_all, fetch_first, fetch_one
from models.store.dossiers import DECLARE

feature = Feature(__name__, Concern.REVIEW)
_DECLARES = (DeclareIdentical.rule.step,)

# Whoever adds a version holds the head of the matter's chain, as we do.
UNDECLARED = Query[int]("SELECT id FROM dossier_item WHERE declared_at IS NULL AND matter = %(matter)s LIMIT 1")
SCANNED = Query[bool]("SELECT EXISTS (SELECT FROM dossier_item WHERE matter = %(matter)s AND title = %(title)s) AS there")


@feature.hook(Phase.CHECK, steps=_DECLARES, type="step")
async def check_declarable(draft: Draft) -> Refusal | None:
    """What speaks against a declaration: that no scan of the matter still wants one."""
    if await fetch_first(draft.connection, UNDECLARED, {"matter": draft.proposal.number}):
        return None
    detail = "本事项没有尚未声明一致的扫描件"
    return FormInvalid(errors=[{"field": "identical", "rule": "nothing-to-declare", "detail": detail}]).to_refusal()


@feature.hook(Phase.CHECK, steps=[Approve.rule.step])
async def check_paper_scanned(draft: Draft) -> Refusal | None:
    """What speaks against an approval on paper that names its scan: that no such scan lies in the matter's dossier."""
    title = draft.proposal.form.get("paper_scan")
    if not title or await fetch_one(draft.connection, SCANNED, {"matter": draft.proposal.number, "title": title}):
        return None
    detail = f"本事项的电子卷宗中没有名为“{title}”的扫描件，请先上传"
    return FormInvalid(errors=[{"field": "paper_scan", "rule": "not-in-the-dossier", "detail": detail}]).to_refusal()


@feature.hook(Phase.CONCLUDE, steps=_DECLARES, type="step")
async def declare(draft: Draft) -> None:
    """Mark the scans that this step declares identical, and keep them in its entry in the order in which they came."""
    actor = draft.proposal.actor
    if actor is None:
        return
    arguments = {"username": actor.person, "now": draft.now, "matter": draft.proposal.number}
    if rows := await fetch_all(draft.connection, DECLARE, arguments):
        draft.kept["declared"] = tuple(row._asdict() for row in rows)
