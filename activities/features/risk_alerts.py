"""Risk alerts (风险提示): who may dismiss which, who hears of one, what becomes of its finding, and how an order answers it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.clock import Colour
from law.facts import Fact
from law.offices import Office
from models.forms.risk_alert import (
    BASIS,
    GRAVE,
    AcknowledgeAlert,
    ClearAlert,
    DismissAlert,
    DismissGraveAlert,
    IssueOrder,
    RaiseAlert,
    RefreshAlert,
    RemindOfficer,
    SettleAlert,
)
from models.matter import Kind
from models.messages import Notice, Refusal
from models.problems import DutiesNotSeparated, LawForbids
from models.store.alert_outcomes import OUTCOME_ACKNOWLEDGED, OUTCOME_ASKED, OUTCOME_BEGINS, OUTCOME_ENDS, OUTCOME_ORDERED
from models.store.connection import Query, fetch_all, fetch_first
from models.store.findings import ENDED, ORDERED, RAISED, REFRESHED

feature = Feature(__name__, Concern.REVIEW)
_ALERTS = (Kind.RISK_ALERT,)
_DISMISSES = (DismissAlert.rule.step, DismissGraveAlert.rule.step)
_LIGHTLY = (DismissAlert.rule.step, RemindOfficer.rule.step)
_GRADED = (Fact.ALERT_RAISED, Fact.ALERT_WORSENED)


class _Hand(NamedTuple):
    """A step of a matter in which somebody had a hand."""

    seq: int


# Whoever took a step of the subject, asked for it, approved it, or has the matter.
HANDS = Query[_Hand]("""
SELECT e.seq FROM entry e
WHERE e.chain = %(subject)s AND e.sort = 'step' AND %(person)s = ANY (ARRAY[e.username, e.content::json #>> '{recorded,ended,asked_by,person}',
    (SELECT officer FROM matter WHERE number = %(subject)s)]
    || ARRAY(SELECT json_array_elements_text(e.content::json #> '{recorded,ended,approved_by}')))
ORDER BY e.position LIMIT 1
""")


OFFICER = Query[str]("SELECT officer FROM matter WHERE number = %(subject)s")


@feature.hook(Phase.CHECK, kinds=_ALERTS, steps=(*_LIGHTLY, DismissGraveAlert.rule.step), type="step")
async def check_severity(draft: Draft) -> Refusal | None:
    """That what is orange or red is dismissed by two, and not merely reminded of; and that nobody is asked about what is less."""
    graded = [fact for fact in draft.known.facts if fact.fact in _GRADED]
    grave = bool(graded) and Colour(graded[-1].reason) in GRAVE
    if grave and draft.proposal.step in _LIGHTLY:
        return LawForbids("橙色、红色提示须呈请法制员批准排除，或者转整改指令", basis=str(BASIS)).refusal()
    if not grave and draft.proposal.step == DismissGraveAlert.rule.step:
        return LawForbids("黄色以下提示不必呈请，请直接排除", basis=str(BASIS)).refusal()
    return None


@feature.hook(Phase.CHECK, kinds=_ALERTS, steps=_DISMISSES, type="step")
async def check_own_work(draft: Draft) -> Refusal | None:
    """That nobody dismisses what was found in a matter in which they had a hand."""
    actor = draft.proposal.actor
    if actor is None:
        return None
    hands = {"subject": draft.proposal.parent, "person": actor.person}
    own = await fetch_all(draft.connection, HANDS, hands)
    if not own:
        return None
    detail = "您办理、呈请或者审批过所涉事项，应由其他人员核查排除"
    return DutiesNotSeparated(detail, conflicting_entry=own[0].seq, basis=str(BASIS)).refusal()


@feature.hook(Phase.NOTIFY, kinds=_ALERTS, steps=(RaiseAlert.rule.step, RefreshAlert.rule.step), facts=_GRADED)
async def tell_whoever_hears(draft: Draft) -> None:
    """Tell the officer what was found and what would clear it; who heads the unit of what is orange, who reviews and supervises of what is red."""
    form = draft.proposal.form
    if draft.proposal.step == RaiseAlert.rule.step:
        officer = await fetch_first(draft.connection, OFFICER, {"subject": draft.proposal.parent})
        words = f"{draft.proposal.title}（{draft.proposal.parent}）。改正后自动消除：{form['demand']}"
        if officer:
            draft.add_notices(Notice(words=words, person=officer))
    else:
        words = "风险提示等级升高，请尽快核查处置"
    severity = Colour(form["severity"])
    above = (Office.STATION_HEAD,) if severity in GRAVE else ()
    above += (Office.LEGAL_REVIEWER, Office.SUPERVISOR) if severity is Colour.RED else ()
    draft.add_notices(*(Notice(words=words, office=office) for office in above))


@feature.hook(Phase.WRITE, kinds=_ALERTS, type="step")
async def follow_finding(draft: Draft) -> None:
    """Say beside the finding how far its alert has come."""
    proposal = draft.proposal
    form, alert = proposal.form, proposal.number
    match proposal.step:
        case RaiseAlert.rule.step:
            said = {"alert": alert, "fingerprint": form["fingerprint"], "severity": form["severity"]}
            await draft.connection.execute(RAISED, said)
        case RefreshAlert.rule.step:
            said = {"alert": alert, "fingerprint": form["fingerprint"], "severity": form["severity"]}
            await draft.connection.execute(REFRESHED, said)
        case IssueOrder.rule.step:
            await draft.connection.execute(ORDERED, {"alert": alert})
        case _ if proposal.final:
            judged = proposal.step != ClearAlert.rule.step
            await draft.connection.execute(ENDED, {"alert": alert, "judged": judged})
        case _:
            pass


@feature.hook(Phase.WRITE, kinds=_ALERTS, type="step")
async def keep_outcome(draft: Draft) -> None:
    """Say what became of an alert that an inspection raised, so that the inspection says how often it was right."""
    proposal = draft.proposal
    form, said = proposal.form, {"alert": proposal.number, "at": proposal.decided_at}
    match proposal.step:
        case RaiseAlert.rule.step:
            await draft.connection.execute(OUTCOME_BEGINS, said | {"rule": form["inspection"], "unit": proposal.unit})
        case AcknowledgeAlert.rule.step:
            await draft.connection.execute(OUTCOME_ACKNOWLEDGED, said)
        case IssueOrder.rule.step:
            await draft.connection.execute(OUTCOME_ORDERED, said)
        case _ if proposal.final:
            ended = said | {"outcome": _outcome(proposal.step, form, proposal.stage), "ground": form.get("ground", "")}
            await draft.connection.execute(OUTCOME_ENDS, ended)
        case DismissGraveAlert.rule.step:  # asked for; who approves repeats no ground
            await draft.connection.execute(OUTCOME_ASKED, said | {"ground": form["ground"]})
        case _:
            pass


def _outcome(step: str, form: Mapping[str, Any], stage: str) -> str:
    if step == ClearAlert.rule.step:
        return "cured" if form["cured"] else "withdrawn"
    if step == SettleAlert.rule.step:
        return "verified" if form["verified"] else "revoked"
    return stage
