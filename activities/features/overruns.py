"""Overruns and those who supervise (超期与补录的核查): who is told, who may acknowledge one, and that it was acknowledged."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from law.calendar import SHANGHAI
from law.clock import Clock
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.overrun import AcknowledgeOverrun
from models.messages import Notice, Proposal, Refusal
from models.problems import DutiesNotSeparated, FormInvalid
from models.store.overruns import ACKNOWLEDGE

STANDING = """
SELECT id, overrun_entered_at, overrun_acknowledged_at FROM clock
WHERE matter = %(matter)s AND liberty AND overrun_due_at IS NOT NULL AND (%(clock)s = '' OR id = %(clock)s)
"""
# Who took the step that was entered late, asked for it or approved it, there or in the matter that told of it.
ENTERED = """
SELECT e.seq, array_remove(ARRAY[e.username, e.content::json #>> '{recorded,ended,asked_by,person}']
    || ARRAY(SELECT json_array_elements_text(e.content::json #> '{recorded,ended,approved_by}')), NULL) AS people
FROM entry e WHERE e.recorded_at = ANY(%(at)s) AND e.sort = 'step'
    AND e.chain IN (SELECT %(matter)s UNION SELECT said ->> 'told_by' FROM fact WHERE matter = %(matter)s)
"""


def told_of_late_cures(proposal: Proposal, clocks: Sequence[Clock], facts: Sequence[LegalFact]) -> Proposal:
    """The proposal with a word to those who supervise, of each limit on liberty that had run out before these facts were entered."""
    entered = {fact.entered_at for fact in facts if fact.entered_at} | ({proposal.decided_at} if proposal.corrects else set())
    cured = [(each, each.overrun) for each in clocks if each.liberty and each.overrun and each.overrun.entered_at in entered]
    how = "更正" if proposal.corrects else "补录"
    words = [word for clock, overrun in cured for word in _words(how, clock, overrun.due_at, overrun.entered_at or overrun.due_at)]
    return proposal.model_copy(update={"notices": (*proposal.notices, *words)}) if words else proposal


def _words(how: str, clock: Clock, due_at: datetime, entered_at: datetime) -> Iterator[Notice]:
    due, entered = (f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" for at in (due_at, entered_at))
    said = f"{how}：{clock.zh}于{due}届满，{entered}才{how if how == '更正' else '录入'}"
    yield Notice(words=f"{said}，请核查确认", office=Office.SUPERVISOR, step=AcknowledgeOverrun.rule.step, clock=clock.id)
    # The office reads it where the matter is shared with it, and nowhere else.
    yield Notice(words=said, office=Office.PROCURATORATE)


async def unacknowledgeable(connection: Any, proposal: Proposal) -> Refusal | None:
    """What speaks against acknowledging an overrun: that there is none, that it is done, or that they entered or approved it themselves."""
    if not _acknowledges(proposal) or proposal.actor is None:
        return None
    arguments = {"clock": proposal.form.get("clock", ""), "matter": proposal.number}
    rows = await (await connection.execute(STANDING, arguments)).fetchall()
    if not rows:
        return _invalid("no-overrun", "本事项没有这一超期或者届满后补录的人身自由期限")
    standing = [row for row in rows if row.overrun_acknowledged_at is None]
    if not standing:
        return _invalid("acknowledged", "这一超期已经确认")
    entered = [row.overrun_entered_at for row in standing if row.overrun_entered_at]
    for entry in await (await connection.execute(ENTERED, {"at": entered, "matter": proposal.number})).fetchall():
        if proposal.actor.person in entry.people:
            return DutiesNotSeparated(
                "补录由您录入、呈请或者审批，应由其他督察人员确认",
                conflicting_entry=entry.seq,
                basis=str(AcknowledgeOverrun.rule.basis[0]),
            ).refusal()
    return None


async def acknowledge(connection: Any, proposal: Proposal) -> None:
    """Note beside the clock, or beside each of the matter's, who has acknowledged its overrun, and when."""
    if _acknowledges(proposal) and proposal.actor:
        said = {"clock": proposal.form.get("clock", ""), "matter": proposal.number}
        await connection.execute(ACKNOWLEDGE, said | {"now": proposal.decided_at, "username": proposal.actor.person})


def _acknowledges(proposal: Proposal) -> bool:
    return proposal.step == AcknowledgeOverrun.rule.step and proposal.type == "step"


def _invalid(rule: str, detail: str) -> Refusal:
    return FormInvalid(errors=[{"field": "clock", "rule": rule, "detail": detail}]).refusal()
