"""Case review (案件评查): sheets that nobody else reads before both are in, what is settled of them, and what the unit may say to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.clock import ClockState
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.case_review import (
    BASIS,
    ArbitrateScore,
    CloseReview,
    CompareScores,
    ObjectToReview,
    OpenCaseReview,
    RecheckReview,
    SendFileBack,
    SettleScore,
    TellUnit,
    VoidReview,
    parse_rulings,
)
from models.forms.rectification_order import OpenRectificationOrder
from models.forms.review_sheet import AcceptReview, AssignSheet, RecuseReviewer, ScoreFile, WithdrawSheet
from models.matter import Kind
from models.messages import Notice, PendingCommand, Refusal, Reparenting
from models.problems import DutiesNotSeparated, FormInvalid, LawForbids, TimeLimitExpired
from models.readmodel.review_checks import OPENED, Opened, list_proposals
from models.reviews.checklists import Checklist, get_checklists
from models.reviews.scoring import ItemScore, Total, apply_rulings, check_scores, compare, compute_mean, compute_total
from models.store.connection import Query, fetch_all, fetch_first
from models.store.reviews import (
    BEGIN_REVIEW,
    BEGIN_SHEET,
    CLOSED,
    COMPARED,
    HOLD_REVIEW,
    NOWHERE,
    OBJECTED,
    RELEASED,
    SCORED,
    SEATS_OF_REVIEW,
    SENT_BACK,
    SETTLED,
    TOLD,
    VOIDED,
)

feature = Feature(__name__, Concern.REVIEW)
_SHEET, _REVIEW = (Kind.REVIEW_SHEET,), (Kind.CASE_REVIEW,)
_SCORES = ScoreFile.rule.step
_SETTLES = (SettleScore.rule.step, ArbitrateScore.rule.step)
_CURES = (SendFileBack.rule.step, CloseReview.rule.step)


class _Entry(NamedTuple):
    """A step of a review or a sheet, as it was taken."""

    seq: int
    step: str
    username: str
    form: dict[str, Any]


ENTRIES = Query[_Entry]("""
SELECT seq, step, coalesce(username, '') AS username, content::json -> 'form' AS form
FROM entry WHERE chain = %(number)s AND sort = 'step' ORDER BY position
""")


class _Review(NamedTuple):
    """A review, as far as what is done with it asks."""

    round: str
    subject: str
    unit: str
    officer: str
    checklist: str
    items: list[dict[str, Any]] | None


class _Whose(NamedTuple):
    """Whose a matter is now."""

    unit: str
    officer: str


REVIEW = Query[_Review]("""
SELECT round, subject, unit_id AS unit, officer, checklist, items FROM case_review WHERE number = %(number)s
""")
SUBJECT_NOW = Query[_Whose]("SELECT unit_id AS unit, officer FROM matter WHERE number = %(number)s")
OBJECTION_STATE = Query[str]("""
SELECT state FROM clock WHERE matter = %(number)s AND limit_id = 'review-objection' ORDER BY started_at DESC LIMIT 1
""")
OPEN_ORDERS = Query[str]("""
SELECT m.number FROM matter m JOIN entry e ON e.chain = m.number AND e.seq = 1 AND e.origin_number = %(number)s
WHERE m.kind = 'rectification-order' AND NOT m.final ORDER BY m.number
""")


SENT_BACK_BY = Query[str]("""
SELECT r.number FROM entry e JOIN case_review r ON r.number = e.origin_number WHERE e.chain = %(number)s AND e.seq = 1
""")


@dataclass(frozen=True, slots=True)
class _Settled:
    """What a file comes to, item by item."""

    items: Sequence[ItemScore]
    total: Total

    @property
    def values(self) -> list[dict[str, Any]]:
        """The items as JSON."""
        return [each.model_dump(mode="json", exclude_defaults=True) | {"points": each.points} for each in self.items]


@dataclass(frozen=True, slots=True)
class _Compared:
    """The two sheets side by side, as the review is told."""

    form: dict[str, Any]


def _build_form_invalid(errors: Sequence[tuple[str, str]], rule: str) -> Refusal:
    listed = [{"field": field, "rule": rule, "detail": detail} for field, detail in errors]
    return FormInvalid(errors=listed, basis=str(BASIS)).to_refusal()


def _parse_scores(values: Sequence[Mapping[str, Any]]) -> list[ItemScore]:
    return [ItemScore.model_validate(each) for each in values]


async def _review(draft: Draft) -> _Review | None:
    if found := draft.find_own(_Review):
        return found
    if found := await fetch_first(draft.connection, REVIEW, {"number": draft.proposal.number}):
        draft.keep(found)
    return found


# A sheet


@feature.hook(Phase.PREPARE, kinds=_SHEET)
async def stand_nowhere(draft: Draft) -> None:
    """Let a sheet be of no unit: nobody reaches it by an office, and no list shows it."""
    draft.update(unit=NOWHERE)


@feature.hook(Phase.NOTIFY, steps=(AssignSheet.rule.step, AcceptReview.rule.step), type="step")
async def ask_to_score(draft: Draft) -> None:
    """Ask whoever has the seat to take it on, and then to score: them alone."""
    words, step = ("请接收评查", AcceptReview) if draft.proposal.step == AssignSheet.rule.step else ("请评查打分", ScoreFile)
    draft.add_notices(Notice(words=words, person=draft.proposal.officer, step=step.rule.step))


@feature.hook(Phase.CHECK, steps=(_SCORES,), type="step")
async def check_sheet(draft: Draft) -> Refusal | None:
    """Refuse a sheet that leaves items out, or that departs from what was found without saying why."""
    opened = await fetch_first(draft.connection, OPENED, {"number": draft.proposal.number})
    if opened is None:
        return LawForbids("该卷的评查尚在生成，请稍候", basis=str(BASIS)).to_refusal()
    checklist, scores = get_checklists()[opened.checklist], _parse_scores(draft.proposal.form["items"])
    if wrong := check_scores(checklist, scores):
        return _build_form_invalid(wrong, "not-as-the-checklist")
    proposed = await list_proposals(draft.connection, opened.review, checklist)
    silent = [each.item for each in scores if each.item in proposed and each.points > proposed[each.item].points and not each.note]
    if silent:
        detail = f"第{'、'.join(map(str, silent))}项有巡查发现，评分高于建议的须写明说明"
        return _build_form_invalid([("items", detail)], "unexplained")
    draft.keep(opened)
    return None


@feature.hook(Phase.COMMAND, kinds=_SHEET, steps=(_SCORES, RecuseReviewer.rule.step), type="step")
async def tell_review(draft: Draft) -> None:
    """Tell the review that a seat is filled or empty, and nothing of what was found; both sheets together, once the second is in."""
    opened = draft.find_own(Opened) or await fetch_first(draft.connection, OPENED, {"number": draft.proposal.number})
    if opened is None:
        return
    fact = Fact.REVIEW_SCORED if draft.proposal.step == _SCORES else Fact.REVIEW_RELEASED
    told = LegalFact(fact, draft.now, str(opened.seat))
    step = draft.proposal.step
    draft.add_commands(PendingCommand(verb="tell", kind=Kind.CASE_REVIEW, number=opened.review, step=step, facts=(told,)))
    if step != _SCORES:
        return
    await draft.connection.execute(HOLD_REVIEW, {"review": opened.review})
    seats = await fetch_all(draft.connection, SEATS_OF_REVIEW, {"review": opened.review})
    other = next((each for each in seats if each.seat != opened.seat and each.scored_at), None)
    if other is None:
        return
    entries = await fetch_all(draft.connection, ENTRIES, {"number": other.number})
    theirs = next(each.form for each in reversed(entries) if each.step == _SCORES)
    sheets = sorted(((opened.seat, draft.proposal.form), (other.seat, theirs)), key=lambda each: each[0])
    form = _compare_sheets(get_checklists()[opened.checklist], [each for _, each in sheets])
    step = CompareScores.rule.step
    draft.add_commands(PendingCommand(verb="take", kind=Kind.CASE_REVIEW, number=opened.review, step=step, form=form))


def _compare_sheets(checklist: Checklist, sheets: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    scores = [_parse_scores(each["items"]) for each in sheets]
    found = compare(checklist, *scores)
    seats = [
        {
            "seat": seat,
            "items": [each.model_dump(mode="json", exclude_defaults=True) for each in items],
            "opinion": sheet.get("opinion", ""),
            "points": float(sum_.points),
            "applicable": sum_.applicable,
            "result": float(sum_.result),
            "vetoes": list(sum_.vetoes),
        }
        for seat, (sheet, items, sum_) in enumerate(zip(sheets, scores, (found.first, found.second), strict=True), 1)
    ]
    return {"seats": seats, "difference": float(found.difference), "disputed": list(found.disputed), "agree": found.agree}


@feature.hook(Phase.WRITE, kinds=_SHEET, type="step")
async def follow_sheet(draft: Draft) -> None:
    """Say of the seat who has it, and when it came in."""
    proposal, at = draft.proposal, {"number": draft.proposal.number, "now": draft.now}
    match proposal.step:
        case AssignSheet.rule.step:
            said = {name: proposal.form[name] for name in ("review", "seat", "reviewer")}
            await draft.connection.execute(BEGIN_SHEET, at | said)
        case ScoreFile.rule.step:
            await draft.connection.execute(SCORED, at)
        case RecuseReviewer.rule.step | WithdrawSheet.rule.step:
            await draft.connection.execute(RELEASED, at)
        case _:
            pass


@feature.hook(Phase.NOTIFY, kinds=_REVIEW, facts=(Fact.REVIEW_RELEASED,), type="told")
async def ask_for_another(draft: Draft) -> None:
    """Let the legal department know that a seat is empty."""
    draft.add_notices(Notice(words="一席评查人员回避，请在批次中改派评查人员", office=Office.LEGAL_REVIEWER))


# What is settled


@feature.hook(Phase.CHECK, kinds=_REVIEW, steps=_SETTLES, type="step")
async def settle(draft: Draft) -> Refusal | None:
    """Take the mean of two sheets that agree, or what is ruled of those that do not; nobody settles what they scored."""
    review, actor = await _review(draft), draft.proposal.actor
    if review is None:
        return None
    if actor and (refusal := await _check_own_score(draft, actor.person, "定分")):
        return refusal
    entries = await fetch_all(draft.connection, ENTRIES, {"number": draft.proposal.number})
    compared = next(each.form for each in reversed(entries) if each.step == CompareScores.rule.step)
    checklist = get_checklists()[review.checklist]
    first, second = (_parse_scores(each["items"]) for each in compared["seats"])
    if draft.proposal.step == SettleScore.rule.step:
        draft.keep(_settle_scores(checklist, compute_mean(first, second)))
        return None
    rulings = parse_rulings(draft.proposal.form)
    disputed = set(compared["disputed"])
    if missing := sorted(disputed - {each.item for each in rulings}):
        return _build_form_invalid([("rulings", f"第{'、'.join(map(str, missing))}项二席认定不一致，须逐项裁定")], "missing")
    return _check_rulings(draft, checklist, first, rulings, disputed)


def _check_rulings(
    draft: Draft, checklist: Checklist, scores: Sequence[ItemScore], rulings: Sequence[ItemScore], asked: set[int]
) -> Refusal | None:
    if strange := sorted({each.item for each in rulings} - asked):
        return _build_form_invalid([("rulings", f"第{'、'.join(map(str, strange))}项没有争议，不作裁定")], "not-disputed")
    decided = apply_rulings(scores, rulings)
    if wrong := check_scores(checklist, decided):
        return _build_form_invalid([("rulings", why) for _, why in wrong], "not-as-the-checklist")
    draft.keep(_settle_scores(checklist, decided))
    return None


def _settle_scores(checklist: Checklist, items: Sequence[ItemScore]) -> _Settled:
    return _Settled(items, compute_total(checklist, items))


async def _check_own_score(draft: Draft, person: str, doing: str) -> Refusal | None:
    seats = await fetch_all(draft.connection, SEATS_OF_REVIEW, {"review": draft.proposal.number})
    if person not in {each.reviewer for each in seats}:
        return None
    # Which seat that was stays unsaid: others read the refusal's journal too.
    return DutiesNotSeparated(f"评查过本卷的人员不得{doing}", basis=str(BASIS)).to_refusal()


@feature.hook(Phase.CONCLUDE, kinds=_REVIEW, facts=(Fact.REVIEW_SETTLED, Fact.REVIEW_RECHECKED))
async def keep_result(draft: Draft) -> None:
    """Let the journal have what the file comes to."""
    if made := draft.find_own(_Settled):
        draft.kept["result"] = {
            "items": made.values,
            "points": str(made.total.points),
            "applicable": made.total.applicable,
            "result": str(made.total.result),
            "vetoes": list(made.total.vetoes),
            "grade": made.total.grade.value,
        }


@feature.hook(Phase.ADVISE, kinds=_REVIEW)
async def say_result(draft: Draft) -> None:
    """Say what the file comes to."""
    if made := draft.find_own(_Settled):
        veto = f"，第{'、'.join(map(str, made.total.vetoes))}项一票否决" if made.total.vetoes else ""
        draft.add_notes(f"得分{made.total.result}分，{made.total.grade.label}{veto}")


# What the unit reads, and says to it


@feature.hook(Phase.PREPARE, kinds=_REVIEW, steps=(TellUnit.rule.step,), type="step")
async def hand_to_unit(draft: Draft) -> None:
    """Let the review be the unit's that handles the file now: before, nobody there reads it."""
    review = await _review(draft)
    now = review and await fetch_first(draft.connection, SUBJECT_NOW, {"number": review.subject})
    if now:
        draft.update(unit=now.unit, officer=now.officer, reparenting=Reparenting(unit=now.unit, officer=now.officer))


@feature.hook(Phase.NOTIFY, kinds=_REVIEW, steps=(TellUnit.rule.step,), type="step")
async def tell_unit(draft: Draft) -> None:
    """Let the head of the unit, who may object, and the officer know."""
    words = f"案件评查结果已反馈：{draft.proposal.title or '请查看'}，三日内可以申请复核"
    officer = (Notice(words=words, person=draft.proposal.officer),) if draft.proposal.officer else ()
    draft.add_notices(Notice(words=words, office=Office.STATION_HEAD), *officer)


@feature.hook(Phase.CHECK, kinds=_REVIEW, steps=(ObjectToReview.rule.step,), type="step")
async def check_objection(draft: Draft) -> Refusal | None:
    """Refuse an objection after three days, and one to items that there are not."""
    review = await _review(draft)
    if await fetch_first(draft.connection, OBJECTION_STATE, {"number": draft.proposal.number}) == ClockState.LAPSED:
        return TimeLimitExpired(
            "申请复核须在反馈之日起三日内提出，期限已过", limit="review-objection", basis=str(BASIS)
        ).to_refusal()
    many = len(get_checklists()[review.checklist].items) if review else 0
    if strange := [each["item"] for each in draft.proposal.form["objections"] if each["item"] > many]:
        return _build_form_invalid([("objections", f"没有第{strange[0]}项")], "no-such-item")
    return None


@feature.hook(Phase.CHECK, kinds=_REVIEW, steps=(RecheckReview.rule.step,), type="step")
async def check_recheck(draft: Draft) -> Refusal | None:
    """Refuse whoever scored or settled the file, and rulings on what was not objected to; so it is asked for."""
    actor = draft.proposal.actor
    if actor and (refusal := await _check_no_hand(draft, actor.person)):
        return refusal
    return await _recheck(draft, draft.proposal.form)


@feature.hook(Phase.CHECK, kinds=_REVIEW, facts=(Fact.REVIEW_RECHECKED,), type="step")
async def check_rechecked(draft: Draft) -> Refusal | None:
    """Refuse whoever scored or settled the file to approve the recheck; and reckon what it comes to."""
    proposal = draft.proposal
    if not proposal.ended or proposal.actor is None:
        return None
    if refusal := await _check_no_hand(draft, proposal.actor.person):
        return refusal
    entries = await fetch_all(draft.connection, ENTRIES, {"number": proposal.number})
    asked = next(each.form for each in entries if each.seq == proposal.ended.seq)
    return await _recheck(draft, asked)


async def _check_no_hand(draft: Draft, person: str) -> Refusal | None:
    if refusal := await _check_own_score(draft, person, "复核"):
        return refusal
    entries = await fetch_all(draft.connection, ENTRIES, {"number": draft.proposal.number})
    own = next((each for each in entries if each.step in _SETTLES and each.username == person), None)
    if own is None:
        return None
    return DutiesNotSeparated("复核由定分人员以外的人员进行", conflicting_entry=own.seq, basis=str(BASIS)).to_refusal()


async def _recheck(draft: Draft, form: Mapping[str, Any]) -> Refusal | None:
    review = await _review(draft)
    if review is None or review.items is None:
        return None
    entries = await fetch_all(draft.connection, ENTRIES, {"number": draft.proposal.number})
    objected = next(each.form for each in reversed(entries) if each.step == ObjectToReview.rule.step)
    asked = {each["item"] for each in objected["objections"]}
    rulings = parse_rulings(form)
    if missing := sorted(asked - {each.item for each in rulings}):
        return _build_form_invalid([("rulings", f"第{'、'.join(map(str, missing))}项申请复核，须逐项复核")], "missing")
    return _check_rulings(draft, get_checklists()[review.checklist], _parse_scores(review.items), rulings, asked)


# What is put right


@feature.hook(Phase.CHECK, kinds=_REVIEW, steps=_CURES, type="step")
async def check_objection_is_over(draft: Draft) -> Refusal | None:
    """Refuse to go on while the unit may still object, and to close while something is to be put right."""
    number = draft.proposal.number
    if await fetch_first(draft.connection, OBJECTION_STATE, {"number": number}) == ClockState.RUNNING:
        return LawForbids("申请复核的期限未满，评查结果尚未生效", basis=str(BASIS), limit="review-objection").to_refusal()
    open_ = await fetch_all(draft.connection, OPEN_ORDERS, {"number": number})
    if draft.proposal.step == CloseReview.rule.step and open_ and draft.proposal.actor:
        return LawForbids(f"整改指令{'、'.join(open_)}尚未销号", basis=str(BASIS)).to_refusal()
    return None


@feature.hook(Phase.COMMAND, kinds=_REVIEW, steps=(SendFileBack.rule.step,), type="step")
async def order_cures(draft: Draft) -> None:
    """Order each defect to be put right, over the file itself."""
    review, proposal = await _review(draft), draft.proposal
    if review is None:
        return
    for each in proposal.form["defects"]:
        said = {name: each[name] for name in ("category", "severity", "problem", "demand", "term") if each.get(name)}
        form = said | {"subject": review.subject, "unit": proposal.unit, "law": f"案件评查第{each['item']}项"}
        step = OpenRectificationOrder.rule.step
        draft.add_commands(PendingCommand(verb="open", kind=Kind.RECTIFICATION_ORDER, step=step, form=form, actor=proposal.actor))


@feature.hook(
    Phase.COMMAND,
    kinds=(Kind.RECTIFICATION_ORDER,),
    facts=(Fact.RECTIFICATION_VERIFIED, Fact.RECTIFICATION_CANCELLED, Fact.RECTIFICATION_UNRECTIFIABLE),
    type="step",
)
async def close_with_the_last_order(draft: Draft) -> None:
    """Close the review once the last of what was sent back is done with; of two that end at once the second knows of the first."""
    number = draft.proposal.number
    review = await fetch_first(draft.connection, SENT_BACK_BY, {"number": number}) if draft.proposal.final else None
    if review is None:
        return
    await draft.connection.execute(HOLD_REVIEW, {"review": review})
    if set(await fetch_all(draft.connection, OPEN_ORDERS, {"number": review})) <= {number}:
        form = {"remark": "退查的问题均已整改核查"}
        step = CloseReview.rule.step
        draft.add_commands(PendingCommand(verb="take", kind=Kind.CASE_REVIEW, number=review, step=step, form=form))


# What lists read


@feature.hook(Phase.WRITE, kinds=_REVIEW, type="step")
async def follow_review(draft: Draft) -> None:
    """Say of the review how far it has come."""
    proposal, connection = draft.proposal, draft.connection
    form, at = proposal.form, {"number": proposal.number, "now": draft.now}
    match proposal.step:
        case OpenCaseReview.rule.step:
            said = {name: form[name] for name in ("subject", "checklist", "edition", "drawing")}
            await connection.execute(BEGIN_REVIEW, at | said | {"round": proposal.parent})
        case VoidReview.rule.step:
            await connection.execute(VOIDED, at)
        case CompareScores.rule.step:
            first, second = (each["result"] for each in form["seats"])
            await connection.execute(COMPARED, at | {"first": first, "second": second})
        case TellUnit.rule.step:
            await connection.execute(TOLD, at)
        case ObjectToReview.rule.step:
            await connection.execute(OBJECTED, at)
        case SendFileBack.rule.step:
            await connection.execute(SENT_BACK, at | {"many": len(form["defects"])})
        case CloseReview.rule.step:
            await connection.execute(CLOSED, at)
        case _:
            pass
    if (made := draft.find_own(_Settled)) and proposal.facts:
        said = {
            "items": Jsonb(made.values),
            "result": made.total.result,
            "vetoes": Jsonb(list(made.total.vetoes)),
            "grade": made.total.grade.value,
            "rechecked": any(each.fact is Fact.REVIEW_RECHECKED for each in proposal.facts),
        }
        await connection.execute(SETTLED, at | said)
