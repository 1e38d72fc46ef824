"""Assessments (月度考评): until when a unit may object and who decides on that, what the month comes to then, and who hears of it."""

from datetime import datetime
from functools import partial

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from activities.steps_taken import StepsTaken, read_steps_taken, refuse_who_took
from law.offices import Office
from models.assessment.closed import ClosedMonth, Outcome, compute_outcome, read_closed_month
from models.assessment.indicators import BY_ID
from models.forms.assessment import (
    BASIS,
    DecideAssessmentObjection,
    FinaliseAssessment,
    ObjectToIndicator,
    PublishAssessment,
)
from models.matter import Kind
from models.messages import Notice, Refusal
from models.problems import LawForbids, TimeLimitExpired
from models.reports import ReportContent
from models.store.assessment_months import CLOSE_OF
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.REVIEW)
_invalid = partial(refuse_field, basis=BASIS)
_ASSESSMENTS = (Kind.ASSESSMENT,)
_PUBLISHES, _OBJECTS = PublishAssessment.rule.step, ObjectToIndicator.rule.step
_DECIDES, _FINALISES = DecideAssessmentObjection.rule.step, FinaliseAssessment.rule.step
OBJECTED_UNTIL = Query[datetime | None]("""
SELECT due_at FROM clock WHERE matter = %(number)s AND limit_id = 'assessment-objection' AND due_at IS NOT NULL ORDER BY due_at DESC LIMIT 1
""")


class _Assessment(StepsTaken):
    """An assessment by what was done in it so far."""

    def list_left_out(self, *, upheld: bool | None = None) -> list[str]:
        """The indicators that fell to an objection; `upheld` says how the one that waits for a decision is decided now."""
        asked = [each.form["indicator"] for each in self.of(_OBJECTS)]
        decided = [bool(each.form["upheld"]) for each in self.of(_DECIDES)]
        decided += [upheld] if upheld is not None else []
        return [BY_ID[each].zh for each, fell in zip(asked, decided, strict=False) if fell]


async def _read(draft: Draft) -> _Assessment:
    return await read_steps_taken(draft, _Assessment)


@feature.hook(Phase.CHECK, kinds=_ASSESSMENTS, steps=(_OBJECTS,), type="step")
async def check_may_object(draft: Draft) -> Refusal | None:
    """Refuse an objection after its days, to an indicator that was objected to already, and to one that scored nothing."""
    until = await _find_last_instant(draft)
    if until is not None and draft.now > until:
        return TimeLimitExpired(
            "对考评的异议自公布之日起三个工作日内提出，现已届满", due=until.isoformat(), basis=str(BASIS)
        ).to_refusal()
    of = BY_ID.get(draft.proposal.form["indicator"])
    if of is None:
        return _invalid("indicator", "unknown", "没有这一考评指标")
    if any(each.form["indicator"] == of.id for each in (await _read(draft)).of(_OBJECTS)):
        return _invalid("indicator", "already", "对这一指标已经提出过异议")
    close = await fetch_first(draft.connection, CLOSE_OF, {"number": draft.proposal.number})
    if close and of.zh not in {each.zh for each in _read_month(close.content, close.unit_zh).scored}:
        return _invalid("indicator", "not-scored", "该指标当月没有计分")
    return None


@feature.hook(Phase.CHECK, kinds=_ASSESSMENTS, steps=(_DECIDES,), type="step")
async def check_decides_for_others(draft: Draft) -> Refusal | None:
    """Refuse a decision of whoever published it or objected."""
    had = (await _read(draft)).of(_PUBLISHES, _OBJECTS)
    return refuse_who_took(draft, had, "考评异议由没有公布该考评、也没有提出异议的人员决定", BASIS)


@feature.hook(Phase.CHECK, kinds=_ASSESSMENTS, steps=(_FINALISES,), type="step")
async def check_heard(draft: Draft) -> Refusal | None:
    """Refuse to make it final while the unit may still object."""
    until = await _find_last_instant(draft)
    if until is not None and draft.now <= until:
        return LawForbids("异议期限（公布后三个工作日）尚未届满，不得定案", basis=str(BASIS)).to_refusal()
    return None


@feature.hook(Phase.ADVISE, kinds=_ASSESSMENTS, steps=(_DECIDES, _FINALISES), type="step")
async def say_outcome(draft: Draft) -> None:
    """Say what the month comes to, and keep it in the journal."""
    if (outcome := await _find_outcome(draft)) is not None:
        draft.kept["outcome"] = outcome._asdict()
        draft.add_notes(f"本月考评：{outcome}")


@feature.hook(Phase.NOTIFY, kinds=_ASSESSMENTS, steps=(_PUBLISHES,), type="step")
async def tell_unit(draft: Draft) -> None:
    """Tell whoever heads the unit, and whoever keeps its cases, what was published, and until when they may object."""
    words = f"{draft.proposal.title}，已公布。对指标有异议的，三个工作日内提出"
    draft.add_notices(*(Notice(words=words, office=office) for office in (Office.STATION_HEAD, Office.CASE_MANAGEMENT_OFFICER)))


@feature.hook(Phase.NOTIFY, kinds=_ASSESSMENTS, steps=(_DECIDES, _FINALISES), type="step")
async def tell_outcome(draft: Draft) -> None:
    """Tell the unit how its objection was decided, and what is final."""
    outcome, form = await _find_outcome(draft), draft.proposal.form
    if draft.proposal.step == _FINALISES:
        words = f"月度考评定案：{outcome or '没有可计分的指标'}"
    else:
        words = f"考评异议{'成立，该指标不计分' if form['upheld'] else '不成立'}：{form['reason']}"
    draft.add_notices(Notice(words=words, office=Office.STATION_HEAD), Notice(words=words, office=Office.LEGAL_REVIEWER))


async def _find_outcome(draft: Draft) -> Outcome | None:
    """What the month comes to without what fell to objections, this step included; None where nothing is left to score."""
    close = await fetch_first(draft.connection, CLOSE_OF, {"number": draft.proposal.number})
    if close is None:
        return None
    upheld = draft.proposal.form["upheld"] if draft.proposal.step == _DECIDES else None
    left_out = (await _read(draft)).list_left_out(upheld=upheld)
    return compute_outcome(_read_month(close.content, close.unit_zh), left_out)


def _read_month(content: str, unit_zh: str) -> ClosedMonth:
    return read_closed_month(ReportContent.model_validate_json(content), unit_zh)


async def _find_last_instant(draft: Draft) -> datetime | None:
    return await fetch_first(draft.connection, OBJECTED_UNTIL, {"number": draft.proposal.number})
