"""Joint tasks (协同任务): what they disclose, who does them and who judges that, who hears of them, and that they end with their matter."""

import re
from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple

from pydantic.fields import FieldInfo

from activities.identity import build_party
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field, refuse_office
from activities.steps_taken import StepsTaken, read_steps_taken
from law.facts import Fact
from law.offices import Office
from law.statutes.joint_task_rules import BASIS
from models.ends import get_ends
from models.forms.form import describe_code, get_forms
from models.forms.joint_task import (
    DOERS,
    ISSUERS,
    MATTER_ENDED,
    AcceptJointTask,
    AnswerJointTask,
    CancelJointTask,
    DeclineJointTask,
    OpenJointTask,
    ReportJointTask,
    ReturnJointTask,
    SignJointTask,
    UpdateJointTask,
)
from models.forms.veil import is_veiled
from models.marks import CODED
from models.matter import Kind
from models.messages import Awaited, Notice, PendingCommand, Refusal
from models.problems import DutiesNotSeparated, LawForbids
from models.seat import Seat, build_copied_person
from models.store import statements as sql
from models.store.connection import Query, fetch_all, fetch_first

feature = Feature(__name__, Concern.BELONGING)
_TASKS = (Kind.JOINT_TASK,)
_OPENS = OpenJointTask.rule.step
_DOES = tuple(form.rule.step for form in (SignJointTask, UpdateJointTask, ReportJointTask, DeclineJointTask))
_JUDGES = tuple(form.rule.step for form in (AcceptJointTask, ReturnJointTask, CancelJointTask))
# Whoever is found need not be looked for any more.
_DONE = {(Kind.MISSING_PERSON, "found")}
# What a case carries on has not ended for those who help in it, nor has what goes on as one with another.
_GOES_ON = {(Kind.INCIDENT, "upgraded"), (Kind.CRIMINAL_CASE, "merged"), (Kind.LETTER, "merged")}
# They look for no name: whoever they have bears one, or none.
_WITHOUT_NAMES = frozenset({"hospital", "shelter"})
_HIDDEN = "●●●"
_DIALLED = re.compile(r"\+?\d{7,}(?:、\+?\d{7,})*")


_WHY_WITHHELD = "外部单位不提供证件号码，医院、救助站不提供姓名、电话，任何单位不提供受保护的来信人、举报人身份"


class _Parent(NamedTuple):
    """The matter for which a task is done: where it stands, and the form that opened it."""

    kind: str
    stage: str
    final: bool
    marks: list[str]
    step: str
    form: dict[str, str | int | float | bool | list[str] | None]


# Held, so that it does not end while something is asked for it.
PARENT = Query[_Parent]("""
SELECT m.kind, m.stage, m.final, m.marks, e.step, e.content::json -> 'form' AS form
FROM matter m JOIN entry e ON e.chain = m.number AND e.seq = 1 AND e.sort = 'step' WHERE m.number = %(parent)s FOR SHARE OF m
""")
# Whether that person holds one of these offices in that unit, or above it.
ACTS_FOR = Query[bool]("""
SELECT true FROM unit own JOIN unit u ON starts_with(own.path, u.path) JOIN holding h ON h.unit_id = u.id
WHERE own.id = %(unit)s AND h.username = %(person)s AND h.office = ANY(%(offices)s) LIMIT 1
""")
# Those besides that the matter has promised to ask for and not asked yet: they are asked for, and taken back.
OPEN_TASKS = Query[str]("""
SELECT number FROM matter WHERE parent = %(number)s AND kind = 'joint-task' AND NOT final
UNION SELECT target FROM outbox WHERE matter = %(number)s AND verb = 'open' AND target_kind = 'joint-task' ORDER BY 1
""")


class _Task(StepsTaken):
    """A task by what was done with it so far."""


def _has_ended(kind: str, stage: str) -> bool:
    return (kind, stage) in _DONE or (stage in get_ends().get(Kind(kind), {}) and (kind, stage) not in _GOES_ON)


@feature.hook(Phase.PREPARE, kinds=_TASKS, steps=(_OPENS,), type="step")
async def say_what_is_disclosed(draft: Draft) -> Refusal | None:
    """Write into the task what its form discloses of the matter for which it is done, and nothing else of it."""
    proposal, form = draft.proposal, draft.proposal.form
    above = await fetch_first(draft.connection, PARENT, {"parent": proposal.parent}) if proposal.parent else None
    if above is None:
        return refuse_field("subject", "missing", "填写任务所属的事项编号", basis=BASIS)
    # What the matter itself has promised is asked for all the same, so that it stands in the record; its end takes it back.
    if not proposal.origin and (above.final or _has_ended(above.kind, above.stage)):
        return LawForbids("所属事项已经结束，不再下达协同任务", field="subject", basis=str(BASIS)).to_refusal()
    opened = get_forms().get(above.step)
    if opened is None:
        return refuse_field("subject", "unknown", "所属事项没有登记表，不能提供信息", basis=BASIS) if form.get("disclose") else None
    titles = {name: field.title or name for name, field in opened.model_fields.items()}
    if unknown := next((each for each in form.get("disclose", ()) if each not in titles), None):
        return refuse_field("disclose", "unknown", f"所属事项没有登记“{unknown}”这一项", basis=BASIS)
    told = {each: _say(opened.model_fields[each], above.form[each]) for each in form.get("disclose", ()) if above.form.get(each)}
    withheld = await _list_withheld(draft, above.marks, form.get("to_system", ""))
    if kept := next((each for each, said in told.items() if _is_withheld(said, withheld, form.get("to_system", ""))), None):
        return refuse_field("disclose", "withheld", f"“{titles[kept]}”不得提供给执行单位：{_WHY_WITHHELD}", basis=BASIS)
    said = "；".join(f"{titles[each]}：{_mask(each_said, withheld)}" for each, each_said in told.items())
    draft.update(form=form | {"disclosed": said})
    return None


def _say(field: FieldInfo, value: object) -> str:
    several: list[object] = [*value] if isinstance(value, list) else [value]
    return "、".join("是" if each is True else describe_code(field, str(each)) for each in several)


async def _list_withheld(draft: Draft, marks: Sequence[str], to_system: str) -> Sequence[str]:
    """What whoever is asked learns of nobody in the matter above, the longest first.

    Outside no number of a paper; at a hospital or shelter no name and telephone either; and nobody at all who a protected writer is.
    """
    protected = CODED["protected-reporter"] if "protected-reporter" in marks else frozenset()
    found = set[str]()
    for row in await fetch_all(draft.connection, sql.PEOPLE, {"number": draft.proposal.parent}):
        person, is_protected = build_party(row), row.role in protected
        numbers = ("citizen_id", "travel_document") if to_system or is_protected else ()
        names = ("name", "phone") if to_system in _WITHOUT_NAMES or is_protected else ()
        found |= {person.get(each, "") for each in (*numbers, *names)} - {""}
    return sorted(found, key=len, reverse=True)


def _is_withheld(said: str, withheld: Sequence[str], to_system: str) -> bool:
    return said in withheld or is_veiled(said) or (to_system in _WITHOUT_NAMES and bool(_DIALLED.fullmatch(said)))


def _mask(said: str, withheld: Sequence[str]) -> str:
    return reduce(lambda text, each: text.replace(each, _HIDDEN), withheld, said)


@feature.hook(Phase.PREPARE, kinds=_TASKS)
async def let_who_asked_judge(draft: Draft) -> None:
    """Let it be the duty commander's turn to judge what came of it, beside whoever asked: the unit that did it does not.

    Of what is asked outside it is nobody's turn here.
    """
    awaited = draft.proposal.awaited
    if awaited and awaited.step in _DOES and (await read_steps_taken(draft, _Task)).opening.get("to_system"):
        draft.update(awaited=None)
    if awaited and awaited.step in _JUDGES:
        draft.update(awaited=Awaited(step=awaited.step, offices=(str(Office.DUTY_COMMANDER),)))


@feature.hook(Phase.CHECK, kinds=_TASKS, steps=_DOES, type="step")
async def check_does(draft: Draft) -> Refusal | None:
    """Refuse whoever is not of the unit that was asked, whoever asked themselves, and whom the task leaves out."""
    actor, task = draft.proposal.actor, await read_steps_taken(draft, _Task)
    if actor is None:
        return None
    leader, left_out = draft.proposal.form.get("leader", ""), task.opening.get("not_by", ())
    if leader and leader in (*left_out, task.steps[0].username):
        return refuse_field("leader", "left-out", "该人员不得参与本任务，由执行单位的其他人员带队", basis=BASIS)
    if actor.person in left_out:
        return LawForbids("该任务写明您不得参与，由执行单位的其他人员办理", basis=str(BASIS)).to_refusal()
    if actor.person == task.steps[0].username:
        return DutiesNotSeparated("下达任务的人不得自己签收、反馈", conflicting_entry=1, basis=str(BASIS)).to_refusal()
    if await _acts_for(draft, draft.proposal.unit, DOERS):
        return None
    return refuse_office("由执行单位的人员办理", DOERS, actor, basis=BASIS)


@feature.hook(Phase.CHECK, kinds=_TASKS, steps=_JUDGES, type="step")
async def check_judges(draft: Draft) -> Refusal | None:
    """Refuse whoever is neither of the unit that asked nor the duty commander, and whoever reported it themselves."""
    actor, task = draft.proposal.actor, await read_steps_taken(draft, _Task)
    if actor is None:
        return None
    report = task.find_last(ReportJointTask.rule.step, AnswerJointTask.rule.step)
    if report and report.username == actor.person and draft.proposal.step != CancelJointTask.rule.step:
        detail = "反馈的人不得自己认可、退回"
        return DutiesNotSeparated(detail, conflicting_entry=report.seq, basis=str(BASIS)).to_refusal()
    asked = task.steps[0].actor or {}
    if Office.DUTY_COMMANDER in actor.offices or await _acts_for(draft, asked.get("unit", ""), ISSUERS):
        return None
    return refuse_office("由下达任务的单位或者值班指挥长办理", (Office.DUTY_COMMANDER,), actor, basis=BASIS)


async def _acts_for(draft: Draft, unit: str, offices: tuple[Office, ...]) -> bool:
    """Whether whoever takes the step holds one of these offices over that unit."""
    person = draft.proposal.actor.person if draft.proposal.actor else ""
    asked = {"unit": unit, "person": person, "offices": list(map(str, offices))}
    return bool(await fetch_first(draft.connection, ACTS_FOR, asked))


@feature.hook(Phase.NOTIFY, kinds=_TASKS, steps=(_OPENS,), type="step")
async def share_with_who_asked(draft: Draft) -> None:
    """Let the unit that asked read it, and act in it, where it stands with another."""
    if actor := draft.proposal.actor:
        seats = (str(Seat(office, actor.unit)) for office in ISSUERS if office is not Office.DUTY_COMMANDER)
        draft.update(share_with=(*draft.proposal.share_with, build_copied_person(actor.person), *seats))


@feature.hook(Phase.NOTIFY, kinds=_TASKS, facts=(Fact.TASK_REPORTED, Fact.TASK_DECLINED), type="step")
async def tell_who_asked(draft: Draft) -> None:
    """Let whoever asked read what came of it; that a unit cannot do it the duty commander over who asked reads too."""
    asked, declined = (await read_steps_taken(draft, _Task)).steps[0], draft.proposal.step == DeclineJointTask.rule.step
    words = "协同任务不能执行，请另行安排" if declined else "协同任务已反馈，请认可或者退回"
    step = "" if declined else AcceptJointTask.rule.step
    if asked.username:
        draft.add_notices(Notice(words=words, person=asked.username, step=step))
    if declined:
        draft.add_notices(Notice(words=words, office=Office.DUTY_COMMANDER, unit=(asked.actor or {}).get("unit", "")))


@feature.hook(Phase.COMMAND, type="step")
async def take_back_with_the_matter(draft: Draft) -> None:
    """Take back what is still asked of others for a matter that has ended."""
    proposal = draft.proposal
    if proposal.stage == proposal.stage_before or not proposal.seq or not (_has_ended(proposal.kind, proposal.stage)):
        return
    step, said = CancelJointTask.rule.step, {"reason": MATTER_ENDED}
    draft.add_commands(
        *(
            PendingCommand(verb="take", kind=Kind.JOINT_TASK, number=each, step=step, form=said)
            for each in await fetch_all(draft.connection, OPEN_TASKS, {"number": proposal.number})
        )
    )
