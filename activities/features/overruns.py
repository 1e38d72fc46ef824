"""Overruns and those who supervise (超期与补录的核查): who is told, who may acknowledge one, and that it was acknowledged."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.calendar import SHANGHAI
from law.clock import Clock
from law.offices import Office
from models.forms.overrun import AcknowledgeOverrun
from models.messages import Notice, Refusal
from models.problems import DutiesNotSeparated, FormInvalid
from models.store.connection import Query, fetch_all
from models.store.overruns import ACKNOWLEDGE

feature = Feature(__name__, Concern.REVIEW)
_ACKNOWLEDGES = (AcknowledgeOverrun.rule.step,)


class _Overrun(NamedTuple):
    """A limit on liberty that ran out: since when its end is entered, and acknowledged."""

    id: str
    overrun_entered_at: datetime | None
    overrun_acknowledged_at: datetime | None


UNACKNOWLEDGED = Query[_Overrun]("""
SELECT id, overrun_entered_at, overrun_acknowledged_at FROM clock
WHERE matter = %(matter)s AND liberty AND overrun_due_at IS NOT NULL AND (%(clock)s = '' OR id = %(clock)s)
""")


class _Entered(NamedTuple):
    """A step, and who took, asked for or approved it."""

    seq: int
    people: list[str]


# Who took the step that was entered late, asked for it or approved it, there or in the matter that told of it.
ENTERED = Query[_Entered]("""
SELECT e.seq, array_remove(ARRAY[e.username, e.content::json #>> '{recorded,ended,asked_by,person}']
    || ARRAY(SELECT json_array_elements_text(e.content::json #> '{recorded,ended,approved_by}')), NULL) AS people
FROM entry e WHERE e.recorded_at = ANY(%(at)s) AND e.sort = 'step'
    AND e.chain IN (SELECT %(matter)s UNION SELECT said ->> 'told_by' FROM fact WHERE matter = %(matter)s)
""")


@feature.hook(Phase.CONCLUDE)
async def notify_of_late_cures(draft: Draft) -> None:
    """Let those who supervise see to each limit on liberty that had run out before the facts of this step were entered."""
    proposal = draft.proposal
    entered = {fact.entered_at for fact in draft.entered if fact.entered_at} | (
        {proposal.decided_at} if proposal.corrects else set()
    )
    cured = [
        (each, each.overrun) for each in draft.change.clocks if each.liberty and each.overrun and each.overrun.entered_at in entered
    ]
    how = "更正" if proposal.corrects else "补录"
    for clock, overrun in cured:
        draft.add_notices(*_build_notices(how, clock, overrun.due_at, overrun.entered_at or overrun.due_at))


def _build_notices(how: str, clock: Clock, due_at: datetime, entered_at: datetime) -> Iterator[Notice]:
    due, entered = (f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for at in (due_at, entered_at))
    words = f"{how}：{clock.zh}于{due}届满，{entered}才{how if how == '更正' else '录入'}"
    yield Notice(words=f"{words}，请核查确认", office=Office.SUPERVISOR, step=AcknowledgeOverrun.rule.step, clock=clock.id)
    # The office reads it where the matter is shared with it, and nowhere else.
    yield Notice(words=words, office=Office.PROCURATORATE)


@feature.hook(Phase.CHECK, steps=_ACKNOWLEDGES, type="step")
async def check_acknowledgeable(draft: Draft) -> Refusal | None:
    """What speaks against acknowledging an overrun: that there is none, that it is done, or that they entered or approved it themselves."""
    proposal = draft.proposal
    if proposal.actor is None:
        return None
    arguments = {"clock": proposal.form.get("clock", ""), "matter": proposal.number}
    rows = await fetch_all(draft.connection, UNACKNOWLEDGED, arguments)
    if not rows:
        return _build_form_invalid("no-overrun", "本事项没有这一超期或者届满后补录的人身自由期限")
    unacknowledged = [row for row in rows if row.overrun_acknowledged_at is None]
    if not unacknowledged:
        return _build_form_invalid("acknowledged", "这一超期已经确认")
    entered = [row.overrun_entered_at for row in unacknowledged if row.overrun_entered_at]
    for entry in await fetch_all(draft.connection, ENTERED, {"at": entered, "matter": proposal.number}):
        if proposal.actor.person in entry.people:
            return DutiesNotSeparated(
                "补录由您录入、呈请或者审批，应由其他督察人员确认",
                conflicting_entry=entry.seq,
                basis=str(AcknowledgeOverrun.rule.basis[0]),
            ).to_refusal()
    return None


@feature.hook(Phase.WRITE, steps=_ACKNOWLEDGES)
async def acknowledge(draft: Draft) -> None:
    """Note beside the clock, or beside each of the matter's, who has acknowledged its overrun, and when; the task is done."""
    proposal = draft.proposal
    if proposal.type == "step" and proposal.actor:
        clock = proposal.form.get("clock", "")
        arguments = {"clock": clock, "matter": proposal.number, "task": f"{proposal.number}/overrun/{clock}"}
        await draft.connection.execute(ACKNOWLEDGE, arguments | {"now": draft.now, "username": proposal.actor.person})


def _build_form_invalid(rule: str, detail: str) -> Refusal:
    return FormInvalid(errors=[{"field": "clock", "rule": rule, "detail": detail}]).to_refusal()
