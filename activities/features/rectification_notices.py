"""Rectification orders (整改指令): who hears of what is done in one, the alert that it answers included."""

from collections.abc import Iterable, Iterator
from enum import Enum, auto

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.rectification_order import Order, list_responsible, read_order
from law.facts import Fact
from law.offices import Office
from models.forms.rectification_appeal import AppealRectification, DecideAppeal
from models.forms.rectification_order import (
    CancelRectification,
    EscalateRectification,
    OpenRectificationOrder,
    SignRectification,
    StateResponsibility,
    UrgeRectification,
)
from models.forms.rectification_report import ReportGraveRectification, ReportRectification, ReturnRectification
from models.forms.risk_alert import SettleAlert
from models.forms.supervision import OpenSupervision
from models.matter import Kind
from models.messages import Notice, PendingCommand

feature = Feature(__name__, Concern.REVIEW)
_ORDER = (Kind.RECTIFICATION_ORDER,)
# After so many the matter needs more hands than one issuer has.
_MOST_RETURNED = 3
_ABOVE = (Office.COUNTY_HEAD, Office.SUPERVISOR)


class _Side(Enum):
    """Whom a step concerns: whoever issued the order, the unit that is to put it right, those above both."""

    ISSUER = auto()
    UNIT = auto()
    ABOVE = auto()


# What each step says to whom; the words may take in what was filled in.
_TOLD: dict[str, tuple[tuple[_Side, ...], str]] = {
    SignRectification.rule.step: ((_Side.ISSUER,), "整改指令已签收"),
    ReportRectification.rule.step: ((_Side.ISSUER,), "已反馈整改结果，请核查"),
    ReportGraveRectification.rule.step: ((_Side.ISSUER,), "已呈请反馈整改结果"),
    AppealRectification.rule.step: ((_Side.ISSUER,), "对整改指令提出异议"),
    DecideAppeal.rule.step: ((_Side.UNIT, _Side.ISSUER), "异议已经审查决定：{reasons}"),
    ReturnRectification.rule.step: ((_Side.UNIT,), "整改被退回：{reason}"),
    UrgeRectification.rule.step: ((_Side.UNIT,), "催办整改：{words}"),
    EscalateRectification.rule.step: ((_Side.ABOVE,), "整改升级：{reason}"),
    CancelRectification.rule.step: ((_Side.UNIT,), "整改指令已撤销：{reason}"),
}


@feature.hook(Phase.NOTIFY, kinds=_ORDER, steps=_TOLD, type="step")
async def tell_sides(draft: Draft) -> None:
    """Let issuer and unit read what the other did, and those above what does not go on."""
    sides, words = _TOLD[draft.proposal.step]
    order = await read_order(draft)
    heard = [each for side in sides for each in _of_side(side, draft, order)]
    draft.add_notices(*_set_words(words.format_map(draft.proposal.form), heard))


@feature.hook(Phase.NOTIFY, steps=(OpenRectificationOrder.rule.step,), type="step")
async def tell_responsible(draft: Draft) -> None:
    """Let whoever is named as responsible know, who may say something to it."""
    named = list_responsible(draft.proposal.form)
    heard = [Notice(words="", person=each, step=StateResponsibility.rule.step) for each in named]
    draft.add_notices(*_set_words("整改指令将您列为责任人，您可以陈述一次", heard))


@feature.hook(Phase.NOTIFY, steps=(ReturnRectification.rule.step,), type="step")
async def tell_of_third_return(draft: Draft) -> None:
    """Let those above know of an order that was returned three times."""
    returned = len((await read_order(draft)).of(ReturnRectification.rule.step)) + 1
    if returned >= _MOST_RETURNED:
        heard = [Notice(words="", office=each) for each in (Office.LEGAL_REVIEWER, *_ABOVE)]
        draft.add_notices(*_set_words(f"整改已第{returned}次退回，请考虑督办", heard))


def _of_side(side: _Side, draft: Draft, order: Order) -> Iterator[Notice]:
    match side:
        case _Side.ISSUER:
            yield Notice(words="", person=order.issuer) if order.issuer else Notice(words="", office=Office.SUPERVISOR)
        case _Side.UNIT:
            if draft.proposal.officer:
                yield Notice(words="", person=draft.proposal.officer)
            yield Notice(words="", office=Office.STATION_HEAD)
        case _Side.ABOVE:
            yield from (Notice(words="", office=each) for each in _ABOVE)


def _set_words(words: str, to: Iterable[Notice]) -> Iterator[Notice]:
    return (each.model_copy(update={"words": words}) for each in to)


# Where it came from, and what comes of it


@feature.hook(Phase.COMMAND, kinds=_ORDER, facts=(Fact.RECTIFICATION_VERIFIED, Fact.RECTIFICATION_CANCELLED), type="step")
async def tell_alert(draft: Draft) -> None:
    """Tell the alert that the order answers how it came out."""
    came = tuple(draft.list_brought(Fact.RECTIFICATION_VERIFIED, Fact.RECTIFICATION_CANCELLED))
    alert = (await read_order(draft)).opening.get("alert") if came else ""
    if alert:
        verified = all(each.fact is Fact.RECTIFICATION_VERIFIED for each in came)
        form = {"order": draft.proposal.number, "verified": verified}
        draft.add_commands(PendingCommand(verb="take", kind=Kind.RISK_ALERT, number=alert, step=SettleAlert.rule.step, form=form))


@feature.hook(Phase.COMMAND, steps=(EscalateRectification.rule.step,), type="step")
async def propose_supervision(draft: Draft) -> None:
    """Propose that the matter be watched, where an order is escalated: the head of the bureau decides."""
    opening, reason = (await read_order(draft)).opening, draft.proposal.form.get("reason", "")
    form = {
        "subject": opening.get("subject", draft.proposal.parent),
        "level": "county",
        "category": opening.get("category", ""),
        "reason": f"整改指令{draft.proposal.number}升级：{reason}",
        "members": ["legal-reviewer", "station-head", "supervisor"],
        "lead": "legal-reviewer",
        "conditions": ["not-overdue"],
        "unit": draft.proposal.unit,
    }
    kind, step = Kind.SUPERVISION, OpenSupervision.rule.step
    draft.add_commands(PendingCommand(verb="open", kind=kind, step=step, form=form, actor=draft.proposal.actor))
