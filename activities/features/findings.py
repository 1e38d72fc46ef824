"""Findings of inspections that somebody who supervises dismisses (巡查发现不予采纳): on the same evidence they are found no more."""

from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from inspections.inspection import get_inspections
from models.forms.findings import DismissFinding
from models.messages import Refusal
from models.problems import FormInvalid
from models.store.connection import Query, fetch_all
from models.store.findings import SETTLE

feature = Feature(__name__, Concern.REVIEW)
_DISMISSES = (DismissFinding.rule.step,)


class _Finding(NamedTuple):
    """A finding that holds; `alert` is the number of the risk alert that is open over it, or about to be, empty where there is none."""

    rule: str
    about: str
    fingerprint: str
    alert: str


# Whoever inspects meanwhile waits, or has been waited for.
FINDINGS = Query[_Finding]("""
SELECT rule, about, fingerprint, CASE WHEN state IN ('due', 'open', 'ordered') THEN alert ELSE '' END AS alert FROM finding
WHERE subject = %(number)s AND gone_at IS NULL AND fingerprint <> settled ORDER BY rule, about FOR UPDATE
""")


class Dismissed(NamedTuple):
    """The finding that is dismissed, and on what evidence."""

    rule: str
    about: str
    fingerprint: str


@feature.hook(Phase.CHECK, steps=_DISMISSES, type="step")
async def check_finding_open(draft: Draft) -> Refusal | None:
    """What speaks against dismissing a finding: that the matter has none of that name, several and none was named, or that an alert is open."""
    rows = await fetch_all(draft.connection, FINDINGS, {"number": draft.proposal.number})
    asked = draft.proposal.form.get("finding") or ""
    meant = [row for row in rows if not asked or _get_inspection_name(row) == asked]
    if len(meant) == 1 and not meant[0].alert:
        draft.keep(Dismissed(meant[0].rule, meant[0].about, meant[0].fingerprint))
        return None
    names = "、".join(dict.fromkeys(_get_inspection_name(row) for row in rows))
    if not rows:
        detail = "本事项没有待处理的巡查发现"
    elif len(meant) == 1:
        detail = f"“{_get_inspection_name(meant[0])}”已经转为风险提示{meant[0].alert}，请在风险提示中核查、排除"
    elif meant:
        detail = f"本事项有{len(meant)}项巡查发现，请填写不予采纳的是哪一项：{names}"
    else:
        detail = f"本事项没有名为“{asked}”的巡查发现：{names}"
    return FormInvalid(errors=[{"field": "finding", "rule": "no-such-finding", "detail": detail}]).to_refusal()


@feature.hook(Phase.WRITE, steps=_DISMISSES, type="step")
async def dismiss(draft: Draft) -> None:
    """Remember on what evidence it was dismissed."""
    if dismissed := draft.find_own(Dismissed):
        await draft.connection.execute(SETTLE, {"subject": draft.proposal.number, **dismissed._asdict()})


@feature.hook(Phase.CONCLUDE, steps=_DISMISSES, type="step")
async def keep_dismissed(draft: Draft) -> None:
    """Keep in the entry which finding it was, and what it rested on."""
    if dismissed := draft.find_own(Dismissed):
        draft.kept["dismissed"] = dismissed._asdict()


def _get_inspection_name(finding: _Finding) -> str:
    """What people call the inspection; its id where there is none of that id any more."""
    inspection = get_inspections().get(finding.rule)
    return inspection.label if inspection else finding.rule
