"""Findings of inspections that somebody who supervises dismisses (巡查发现不予采纳): the task is done, and stays so on the same evidence."""

from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from inspections.inspection import inspections
from models.forms.findings import DismissFinding
from models.messages import Refusal
from models.problems import FormInvalid
from models.store.connection import Query, fetch_all
from models.store.tasks import DISMISS_FINDING

feature = Feature(__name__, Concern.REVIEW)
_DISMISSES = (DismissFinding.rule.step,)


class _Finding(NamedTuple):
    """A finding whose task is open."""

    key: str
    inspection: str
    words: str


# Whoever inspects meanwhile waits, or has been waited for.
FINDINGS = Query[_Finding](
    "SELECT key, coalesce(inspection, '') AS inspection, words FROM task WHERE matter = %(number)s AND sort = 'finding' AND done_at IS NULL ORDER BY key FOR UPDATE"
)


class Dismissed(NamedTuple):
    """The task over the finding that is dismissed, and what it says."""

    key: str
    words: str


@feature.hook(Phase.CHECK, steps=_DISMISSES, type="step")
async def check_finding_open(draft: Draft) -> Refusal | None:
    """What speaks against dismissing a finding: that the matter has none of that name, or several and none was named."""
    rows = await fetch_all(draft.connection, FINDINGS, {"number": draft.proposal.number})
    asked = draft.proposal.form.get("finding") or ""
    meant = [row for row in rows if not asked or _name(row) == asked]
    if len(meant) == 1:
        draft.keep(Dismissed(meant[0].key, meant[0].words))
        return None
    names = "、".join(dict.fromkeys(_name(row) for row in rows))
    if not rows:
        detail = "本事项没有待处理的巡查发现"
    elif meant:
        detail = f"本事项有{len(meant)}项巡查发现，请填写不予采纳的是哪一项：{names}"
    else:
        detail = f"本事项没有名为“{asked}”的巡查发现：{names}"
    return FormInvalid(errors=[{"field": "finding", "rule": "no-such-finding", "detail": detail}]).refusal()


@feature.hook(Phase.WRITE, steps=_DISMISSES, type="step")
async def dismiss(draft: Draft) -> None:
    """Do the task over the finding, and remember on what evidence."""
    if dismissed := draft.own(Dismissed):
        await draft.connection.execute(DISMISS_FINDING, {"key": dismissed.key, "now": draft.now})


@feature.hook(Phase.CONCLUDE, steps=_DISMISSES, type="step")
async def keep_dismissed(draft: Draft) -> None:
    """Keep in the entry which finding it was, and what it rested on."""
    if dismissed := draft.own(Dismissed):
        draft.kept["dismissed"] = dismissed._asdict()


def _name(finding: _Finding) -> str:
    """What people call the inspection; its id where there is none of that id any more."""
    inspection = inspections().get(finding.inspection)
    return inspection.label if inspection else finding.inspection
