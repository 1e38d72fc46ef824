"""Risk alerts (风险提示): who may dismiss which, who hears of one, what becomes of its finding, and how an order answers it."""

from collections.abc import Mapping
from typing import Any, LiteralString, NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from activities.rectification_order import refuse_red_of_station
from activities.steps_taken import put_under_subject
from law.clock import Colour
from law.facts import Fact
from law.offices import Office
from models.forms.form import TEXT
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
    ReportProblem,
    SettleAlert,
    SuperviseAlert,
)
from models.forms.supervision import DECIDING, OpenSupervision
from models.instants import AS_STORED
from models.matter import Kind
from models.messages import Notice, PendingCommand, Refusal
from models.problems import DutiesNotSeparated, LawForbids
from models.readmodel.alerts import find_severity
from models.readmodel.orders import find_supervision
from models.store.alert_outcomes import OUTCOME_ACKNOWLEDGED, OUTCOME_ASKED, OUTCOME_BEGINS, OUTCOME_ENDS, OUTCOME_ORDERED
from models.store.connection import Query, fetch_all, fetch_first, fetch_one
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


# More are read in the list, and not one by one.
_SINGLY = 30


# The alerts that inspections raise in a unit in one hour: those about to be raised, and those that are. What belongs to each is looked up one by
# one (OFFSET keeps the planner from joining all first), so that counting ends with the last that matters.
_ABOUT_TO_BE = """
SELECT f.severity FROM finding f CROSS JOIN LATERAL (SELECT FROM matter m WHERE m.number = f.subject AND m.unit_id = %(unit)s OFFSET 0) own
WHERE f.state = 'due' AND f.gone_at IS NULL
"""
_RAISED = """
SELECT own.severity FROM matter a
CROSS JOIN LATERAL (SELECT f.severity FROM finding f WHERE f.alert = a.number AND f.state <> 'due' OFFSET 0) own
WHERE a.unit_id = %(unit)s AND a.opened_at >= date_trunc('hour', %(now)s::timestamptz) AND a.kind = 'risk-alert'
"""


class _AtOnce(NamedTuple):
    """How many alerts are raised at once, and the place of one of them, both as far as it matters."""

    many: int
    place: int


def _build_count_sql(about_to_be: LiteralString = "", raised: LiteralString = "") -> LiteralString:
    return f"""(SELECT count(*)::int FROM (
        ({_ABOUT_TO_BE} {about_to_be} ORDER BY f.alert LIMIT %(enough)s) UNION ALL ({_RAISED} {raised} LIMIT %(enough)s)) at_once)"""


_UP_TO_IT = _build_count_sql("AND f.alert <= %(alert)s", "AND a.number <= %(alert)s")
AT_ONCE = Query[_AtOnce](f"SELECT {_build_count_sql()} AS many, least({_UP_TO_IT}, %(enough)s) AS place")


class _Storm(NamedTuple):
    """How many alerts are raised at once, and how grave they are."""

    many: int
    red: int
    orange: int


STORM = Query[_Storm](f"""
SELECT count(*)::int AS many, count(*) FILTER (WHERE severity = 'red')::int AS red, count(*) FILTER (WHERE severity = 'orange')::int AS orange
FROM ({_ABOUT_TO_BE} UNION ALL {_RAISED}) at_once
""")
OFFICER = Query[str]("SELECT officer FROM matter WHERE number = %(subject)s")


@feature.hook(Phase.PREPARE, steps=(ReportProblem.rule.step,), type="step")
async def stand_under_subject(draft: Draft) -> None:
    """Let a problem that another matter reports, what a drive goes through, stand under the matter in which it was found."""
    await put_under_subject(draft)


@feature.hook(Phase.CHECK, kinds=_ALERTS, steps=(*_LIGHTLY, DismissGraveAlert.rule.step), type="step")
async def check_severity(draft: Draft) -> Refusal | None:
    """That what is orange or red is dismissed by two, and not merely reminded of; and that nobody is asked about what is less."""
    graded = [fact for fact in draft.known.facts if fact.fact in _GRADED]
    grave = bool(graded) and Colour(graded[-1].reason) in GRAVE
    if grave and draft.proposal.step in _LIGHTLY:
        return LawForbids("橙色、红色提示须呈请法制员批准排除，或者转整改指令", basis=str(BASIS)).to_refusal()
    if not grave and draft.proposal.step == DismissGraveAlert.rule.step:
        return LawForbids("黄色以下提示不必呈请，请直接排除", basis=str(BASIS)).to_refusal()
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
    return DutiesNotSeparated(detail, conflicting_entry=own[0].seq, basis=str(BASIS)).to_refusal()


@feature.hook(Phase.CHECK, kinds=_ALERTS, steps=(IssueOrder.rule.step,), type="step")
async def check_order(draft: Draft) -> Refusal | None:
    """Refuse here what the order itself would refuse once the alert rests on it: a red one of a station's own, and one to whoever issues it."""
    actor = draft.proposal.actor
    if actor is None:
        return None
    if draft.proposal.form.get("officer") == actor.person:
        return refuse_field("officer", "not-this-person", "责任民警不能是下达人本人", basis=BASIS)
    red = await find_severity(draft.connection, draft.proposal.number) == Colour.RED
    return await refuse_red_of_station(draft, actor) if red else None


@feature.hook(Phase.CHECK, kinds=_ALERTS, steps=(SuperviseAlert.rule.step,), type="step")
async def check_not_watched_yet(draft: Draft) -> Refusal | None:
    """Refuse a second supervision over a matter that is watched already."""
    if other := await find_supervision(draft.connection, draft.proposal.parent):
        return LawForbids(f"所涉事项已有督办{other}，请在该督办中点评或者整改", basis=str(BASIS)).to_refusal()
    return None


@feature.hook(Phase.COMMAND, kinds=_ALERTS, steps=(SuperviseAlert.rule.step,), type="step")
async def open_supervision(draft: Draft) -> None:
    """Open the supervision over the matter in which it was found: at once where whoever hands it on may decide that, else as a proposal."""
    proposal, said = draft.proposal, SuperviseAlert.model_validate(draft.proposal.form, context=AS_STORED)
    watch = OpenSupervision(
        at=None,
        subject=proposal.parent,
        level=said.level,
        category="",
        reason=f"风险提示{proposal.number}转督办：{said.reason}"[:TEXT],
        members=said.members,
        lead=said.lead,
        conditions=said.conditions,
        further="",
        term=said.term,
        decided=bool(proposal.actor) and not set(DECIDING).isdisjoint(proposal.actor.offices),
        unit=proposal.unit,
    )
    form, step = watch.model_dump(mode="json", exclude_defaults=True), OpenSupervision.rule.step
    draft.add_commands(PendingCommand(verb="open", kind=Kind.SUPERVISION, step=step, form=form, actor=proposal.actor))


@feature.hook(Phase.NOTIFY, kinds=_ALERTS, steps=(RaiseAlert.rule.step, RefreshAlert.rule.step), facts=_GRADED)
async def tell_whoever_hears(draft: Draft) -> None:
    """Tell the officer what was found and what would clear it; who heads the unit of what is orange, who reviews and supervises of what is red.

    Of more than thirty in a unit within an hour the offices are told once, with the figures; each officer of their own, one by one.
    """
    form = draft.proposal.form
    if draft.proposal.step == RaiseAlert.rule.step:
        officer = await fetch_first(draft.connection, OFFICER, {"subject": draft.proposal.parent})
        words = f"{draft.proposal.title}（{draft.proposal.parent}）。改正后自动消除：{form['demand']}"
        if officer:
            draft.add_notices(Notice(words=words, person=officer))
    else:
        words = "风险提示等级升高，请尽快核查处置"
    severity = Colour(form["severity"])
    if draft.proposal.step == RaiseAlert.rule.step and (place := await _find_place_in_storm(draft)):
        draft.turn_is_quiet = True
        if place == _SINGLY + 1:
            storm = await fetch_one(draft.connection, STORM, {"unit": draft.proposal.unit, "now": draft.now})
            grave = f"红色{storm.red}件、橙色{storm.orange}件"
            words = f"本小时新增风险提示{storm.many}件（{grave}），不再逐件通知，请在“风险提示”清单中一并核查"
            above = (Office.CASE_MANAGEMENT_OFFICER, Office.STATION_HEAD)
            above += (Office.LEGAL_REVIEWER, Office.SUPERVISOR) if storm.red else ()
            draft.add_notices(*(Notice(words=words, office=office) for office in above))
        return
    above = (Office.STATION_HEAD,) if severity in GRAVE else ()
    above += (Office.LEGAL_REVIEWER, Office.SUPERVISOR) if severity is Colour.RED else ()
    draft.add_notices(*(Notice(words=words, office=office) for office in above))


async def _find_place_in_storm(draft: Draft) -> int:
    """The place of the alert among those of its unit and hour, thirty-two for all that come later; 0 where they are not too many to be told singly."""
    asked = {"unit": draft.proposal.unit, "alert": draft.proposal.number, "now": draft.now, "enough": _SINGLY + 2}
    at_once = await fetch_one(draft.connection, AT_ONCE, asked)
    return at_once.place if at_once.many > _SINGLY else 0


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
            ended = said | {"outcome": _get_outcome(proposal.step, form, proposal.stage), "ground": form.get("ground", "")}
            await draft.connection.execute(OUTCOME_ENDS, ended)
        case DismissGraveAlert.rule.step:  # asked for; who approves repeats no ground
            await draft.connection.execute(OUTCOME_ASKED, said | {"ground": form["ground"]})
        case _:
            pass


def _get_outcome(step: str, form: Mapping[str, Any], stage: str) -> str:
    if step == ClearAlert.rule.step:
        return "cured" if form["cured"] else "withdrawn"
    if step == SettleAlert.rule.step:
        return "verified" if form["verified"] else "revoked"
    return stage
