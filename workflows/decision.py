"""Decide on a submission: refused, awaiting approval, or a step to the next stage. Pure functions; the trunk has it recorded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Protocol, TypedDict

from pydantic import ValidationError
from temporalio.exceptions import ApplicationError

from law.facts import Fact
from law.grounds import get_end_moving_facts
from law.legal_fact import LegalFact
from law.offices import Office
from models.access.request_hands import replace_departed
from models.forms.form import Effects, Form, Open, Take, get_forms
from models.forms.recompute import RecomputeClocks
from models.instants import AS_STORED, build_submission_context
from models.links import Link
from models.matter import UNOPENED, Kind
from models.messages import (
    Actor,
    Awaited,
    BroughtOver,
    MatterEvent,
    Named,
    Notice,
    Participant,
    PendingCommand,
    Proof,
    Proposal,
    Refusal,
    Reparenting,
    Request,
    State,
    Submission,
)
from models.origin import Origin
from models.problems import FormInvalid, Problem, StepNotOpen, Superseded
from models.validation_messages import list_faults
from workflows.approval.actions import ACTIONS, Action, apply_action, check_dated, get_title
from workflows.approval.refusals import check_office
from workflows.stages import Stage

_NO_EFFECTS = Effects()


@dataclass(frozen=True, slots=True)
class Decision:
    """What `record` is asked to make history."""

    unit: str
    stage: str
    final: bool
    requests: tuple[Request, ...]
    facts: tuple[LegalFact, ...] = ()
    foreseen: tuple[LegalFact, ...] = ()
    foreseen_stage: str = ""
    can_still: tuple[Fact, ...] = ()
    commands: tuple[PendingCommand, ...] = ()
    title: str = ""
    officer: str = ""
    share_with: tuple[str, ...] = ()
    parties: tuple[dict[str, str], ...] = ()
    foreseen_parties: tuple[dict[str, str], ...] = ()
    refusal: Refusal | None = None
    recompute: bool = False
    effects: Effects = _NO_EFFECTS
    links: tuple[Link, ...] = ()
    reparenting: Reparenting | None = None
    notices: tuple[Notice, ...] = ()
    ended: Request | None = None
    named: tuple[Named, ...] = ()


class Placed(Protocol):
    """A matter as far as a submission is admitted to it: its number, its lifecycle's stages, and where it stands."""

    @property
    def number(self) -> str: ...

    @property
    def kind(self) -> Kind: ...

    @property
    def stages(self) -> Mapping[str, Stage]: ...

    @property
    def state(self) -> State: ...


class Matter(Placed, Protocol):
    """What a decision is made about: a matter whose stages note what to do elsewhere."""

    @property
    def commands(self) -> list[PendingCommand]: ...

    def notify_of(self, step: Form) -> None:
        """Notify the matters that hear of a step at whatever stage it is taken."""
        ...


class Recording(Placed, Protocol):
    """A matter as far as a decision about it is proposed to the record: with its parent."""

    @property
    def parent(self) -> str: ...

    @property
    def parent_kind(self) -> str: ...


def check_submission(matter: Placed, submission: Submission, now: datetime) -> Refusal | None:
    """What speaks against a submission where the matter stands; None for a repeat, which the journal answers."""
    if submission.key in matter.state.recent_keys:
        return None
    try:
        _parse_and_check(matter, submission, now)
    except Problem as problem:
        return problem.to_refusal()
    return None


def keep_state(state: State) -> Decision:
    """That nothing changes where the matter stands."""
    return Decision(state.unit, state.stage, state.final, state.requests, officer=state.officer)


def decide(matter: Matter, submission: Submission, now: datetime, *, trusted: bool) -> Decision:
    """What comes of a submission. Never raises: on replay, today's code may no longer like what history accepted."""
    stands = keep_state(matter.state)
    if submission.key in matter.state.recent_keys:
        return stands
    matter.commands.clear()
    try:
        form = _parse_and_check(matter, submission, now, trusted=trusted)
        if isinstance(form, RecomputeClocks):
            return replace(stands, recompute=True)
        return (
            _act(matter, stands, form, submission, now)
            if isinstance(form, ACTIONS)
            else _decide_step(matter, stands, form, submission, now)
        )
    except Problem as problem:
        return replace(stands, refusal=problem.to_refusal())
    except Exception:  # noqa: BLE001 - a stage edited since may fail on an old form; the recorded answer must still be reached
        return replace(stands, refusal=Problem("办理规则出错，未作任何变更").to_refusal())


def _find_awaited(matter: Placed, decision: Decision) -> Awaited | None:
    stage = matter.stages.get(decision.stage)
    return stage.find_awaited(decision.officer, decision.requests) if stage else None


class _Handed(TypedDict):
    """What a proposal has from its submission."""

    key: str
    body_hash: str
    step: str
    form: dict[str, Any]
    actor: Actor | None
    parent_event: MatterEvent | None
    participants: tuple[Participant, ...]
    proof: Proof | None
    origin: Origin | None
    brought: BroughtOver | None


def _parse_submission(submission: Submission) -> _Handed:
    return {
        "key": submission.key,
        "body_hash": submission.body_hash,
        "step": submission.step,
        "form": submission.form,
        "actor": submission.actor,
        "parent_event": submission.parent_event,
        "participants": submission.participants,
        "proof": submission.proof,
        "origin": submission.origin,
        "brought": submission.brought,
    }


# Where it is `asked`, somebody waits for the answer, and is judged only once what others are about to tell has been heard.
def propose(
    matter: Recording, submission: Submission, decision: Decision, decided_at: datetime, *, told: bool = False, asked: bool = False
) -> Proposal:
    """What `record` is asked to make history: a submission with the decision on it, or (`told`) what another matter tells."""
    return Proposal(
        number=matter.number,
        kind=matter.kind,
        parent=matter.parent,
        parent_kind=matter.parent_kind,
        type="told" if told else "step",
        seq=matter.state.seq,
        stage_before=matter.state.stage,
        decided_at=decided_at,
        waits=asked,
        asked=asked,
        awaited=_find_awaited(matter, decision),
        **_parse_submission(submission),
        refusal=decision.refusal,
        unit=decision.unit,
        stage=decision.stage,
        final=decision.final,
        officer=decision.officer,
        title=decision.title,
        share_with=decision.share_with,
        facts=decision.facts,
        foreseen=decision.foreseen,
        foreseen_stage=decision.foreseen_stage,
        can_still=decision.can_still,
        parties=decision.parties,
        foreseen_parties=decision.foreseen_parties,
        requests=decision.requests,
        ended=decision.ended,
        named=decision.named,
        notices=decision.notices,
        commands=decision.commands,
        recompute=decision.recompute,
        reparenting=decision.reparenting,
        corrects=decision.effects.corrects,
        admits=decision.effects.admits,
        dismisses=decision.effects.dismisses,
        links=decision.links,
    )


def to_application_error(refusal: Refusal) -> ApplicationError:
    """A refusal as the engine hands it to whoever asked."""
    return ApplicationError(refusal.detail, refusal, type=refusal.slug, non_retryable=True)


# May it be handed in at all?


def _parse_and_check(matter: Placed, submission: Submission, now: datetime, *, trusted: bool = False) -> Form:
    state, step = matter.state, submission.step
    if submission.seen is not None and submission.seen != state.seq:
        raise Superseded(f"您看到的是第{submission.seen}步，现已到第{state.seq}步", seen_seq=submission.seen, seq=state.seq)
    unlisted = _list_unlisted(matter.kind)
    form_type = next((each for each in (*_open_forms(matter), *unlisted) if each.rule.step == step), None)
    if form_type is None or (form_type in unlisted and state.stage == UNOPENED):
        raise build_not_open(matter, step)
    if not (trusted or submission.brought):  # who took a step that is brought over the paper says, and who may bring it the record
        check_office(form_type, submission.actor)
    form = _parse(form_type, submission, now)
    against = form.check_person(submission.actor.person) if submission.actor else {}
    if against:
        raise FormInvalid(errors=[{"field": field, "rule": "not-this-person", "detail": why} for field, why in against.items()])
    if strangers := [each.number for each in form.build_commands() if isinstance(each, Take) and each.number not in state.children]:
        detail = f"{'、'.join(strangers)}不是本事项的涉案财物"
        raise FormInvalid(errors=[{"field": "exhibits", "rule": "of-this-matter", "detail": detail}])
    if isinstance(form, ACTIONS):
        apply_action(request := _request_of(matter, form, submission.participants), form, submission.actor)
        check_dated(request, form, matter.kind)
    elif any(request.step == step for request in state.requests):
        raise StepNotOpen("同一事项已在呈请审批，请等待审批结果或者撤回", stage=state.stage, open_steps=open_steps(matter))
    return form


def _open_forms(matter: Placed) -> tuple[type[Form], ...]:
    stage = matter.stages.get(matter.state.stage)
    return stage.open_steps if stage else ()


@cache
def _list_unlisted(kind: Kind) -> tuple[type[Form], ...]:
    """What may be handed in at every stage and stands on no list: the actions on a request, and what a task or a command leads to."""
    return (*ACTIONS, *(form for form in get_forms().values() if not form.rule.listed and kind in form.rule.everywhere))


def open_steps(matter: Placed) -> list[str]:
    """The ids of the steps that may be handed in now."""
    return [form.rule.step for form in _open_forms(matter)]


def build_not_open(matter: Placed, step: str) -> StepNotOpen:
    """The refusal of a step that is not open, naming those that are."""
    return StepNotOpen(f"当前阶段不能办理“{get_title(step)}”", stage=matter.state.stage, open_steps=open_steps(matter))


def _parse(form_type: type[Form], submission: Submission, now: datetime) -> Form:
    try:
        return form_type.model_validate(submission.form, context=build_submission_context(now))
    except ValidationError as error:
        raise FormInvalid(errors=list_faults(error.errors(include_input=False, include_url=False), model=form_type)) from None


# What becomes of a request for approval (呈请审批)


def _request_of(matter: Placed, form: Action, participants: Sequence[Participant]) -> Request:
    for request in matter.state.requests:
        if request.step == form.request:
            return replace_departed(request, participants)
    raise StepNotOpen(f"没有等待审批的“{get_title(form.request)}”", stage=matter.state.stage, open_steps=open_steps(matter))


def _act(matter: Matter, stands: Decision, form: Action, submission: Submission, now: datetime) -> Decision:
    request = _request_of(matter, form, submission.participants)
    came = apply_action(request, form, submission.actor)
    after = tuple(came.request if each.step == request.step else each for each in stands.requests)
    stands = replace(stands, requests=tuple(each for each in after if each), notices=came.notices, share_with=came.share_with)
    stands = replace(stands, ended=came.ended and came.ended.model_copy(update={"form": {}}))
    if not came.approved:
        return stands
    approved = get_forms()[request.step].model_validate(request.form, context=AS_STORED)
    if type(approved) not in _open_forms(matter):
        raise build_not_open(matter, request.step)
    if approved.rule.fact in get_end_moving_facts():
        # What moves the end of a limit is the decision itself, and that was not made before it was approved.
        approved = approved.model_copy(update={"at": None})
    # Where the form names no instant of its own, the fact happens when the last office decides.
    return replace(_take(matter, stands, approved, request.asked_by, form.at or now, came.approved), named=approved.list_people())


# A step


def _decide_step(matter: Matter, stands: Decision, form: Form, submission: Submission, now: datetime) -> Decision:
    rule, actor = form.rule, submission.actor
    if submission.brought:
        return _decide_brought_over(matter, stands, form, submission, submission.brought, now)
    if not rule.approved_by:
        held = next((str(office) for office in rule.by if actor and office in actor.offices), "")
        return _take(matter, stands, form, actor, now, held)
    assert actor is not None  # only a person asks for approval; what a matter opens by itself needs none
    request = Request(
        step=rule.step,
        form=submission.form,
        seq=matter.state.seq + 1,
        asked_by=actor,
        asked_at=form.at or now,
        recorded_at=now,
        awaiting=rule.approved_by,
    )
    foreseen = form.build_facts(matter.number, now, rule.approved_by[-1])
    stage = matter.stages[matter.state.stage]
    next_stage = stage.get_next_stage(matter, form)
    matter.commands.clear()  # nothing is done elsewhere before it is approved
    asked = replace(stands, requests=(*stands.requests, request), effects=Effects(corrects=form.build_effects().corrects))
    return replace(asked, foreseen=foreseen, foreseen_stage=next_stage, foreseen_parties=form.build_parties())


def _decide_brought_over(
    matter: Matter, stands: Decision, form: Form, submission: Submission, brought: BroughtOver, now: datetime
) -> Decision:
    """What is brought over was decided on paper: it takes effect as the paper says, and nobody here approves it anew."""
    office = brought.office or (*form.rule.approved_by[-1:], form.rule.by[0])[0]
    taken = _take(matter, stands, form, submission.actor, form.at or now, office)
    commands = tuple(each.model_copy(update={"brought": brought}) if each.verb == "open" else each for each in taken.commands)
    return replace(taken, commands=commands, officer=form.get_assignee() or brought.officer or stands.officer)


def advance_state(state: State, decision: Decision) -> State:
    """Where a matter would stand after a decision, as far as the next one asks."""
    return state.model_copy(
        update={
            "seq": state.seq + 1,
            "stage": decision.stage,
            "final": decision.final,
            "unit": decision.unit,
            "officer": decision.officer,
            "requests": decision.requests,
        }
    )


def _take(matter: Matter, stands: Decision, form: Form, actor: Actor | None, at: datetime, office: str) -> Decision:
    stage = matter.stages[matter.state.stage]
    target = stage.get_next_stage(matter, form)
    facts = form.build_facts(matter.number, at, office)
    next_stage = matter.stages[target]
    still_open = {each.rule.step for each in next_stage.open_steps}
    return replace(
        stands,
        unit=form.get_target_unit() or stands.unit,
        stage=target,
        final=next_stage.final,
        facts=facts,
        can_still=stage.may_bring if next_stage.final else (),
        commands=_complete_commands((*matter.commands, *_list_commands(form, matter.state.kinds)), form, facts, actor),
        # A request whose step the new stage no longer awaits could never be approved: it falls with the stage it was made in.
        requests=tuple(request for request in stands.requests if request.step in still_open),
        title=form.get_heading(),
        # Of a unit to which it is moved and in which nobody is named, it is nobody's yet.
        officer=form.get_assignee()
        or ("" if form.get_target_unit() not in ("", stands.unit) else stands.officer or _get_first_officer(actor)),
        share_with=tuple(str(office) for office in form.rule.shares_with),
        parties=form.build_parties(),
        effects=form.build_effects(),
        links=form.build_links(),
        reparenting=_find_reparenting(form, stands.stage),
    )


def _find_reparenting(form: Form, stage: str) -> Reparenting | None:
    # A matter is born where its opening form says; only one that stood elsewhere comes under another.
    unit, under = form.get_target_unit(), "" if stage == UNOPENED else form.build_effects().parent
    return Reparenting(unit=unit, officer=form.get_assignee() if unit else "", under=under) if unit or under else None


def _get_first_officer(actor: Actor | None) -> str:
    return actor.person if actor and Office.CASE_OFFICER in actor.offices else ""


def _complete_commands(
    commands: Sequence[PendingCommand], form: Form, facts: tuple[LegalFact, ...], actor: Actor | None
) -> tuple[PendingCommand, ...]:
    return tuple(
        each.model_copy(update={"step": form.rule.step, "facts": facts} if each.verb == "tell" else {"actor": actor})
        for each in commands
    )


def _list_commands(form: Form, children: Mapping[str, str]) -> Iterator[PendingCommand]:
    """The form's own commands, by the number of each matter that takes a step."""
    for each in form.build_commands():
        if isinstance(each, Open):
            yield PendingCommand(verb="open", kind=each.kind, step=each.form.rule.step, form=dump_form(each.form))
            continue
        taking = (
            (each.number,) if isinstance(each, Take) else tuple(number for number, kind in children.items() if kind == each.kind)
        )
        for number in taking:
            yield PendingCommand(
                verb="take", kind=children[number], number=number, step=each.form.rule.step, form=dump_form(each.form)
            )


def dump_form(form: Form) -> dict[str, Any]:
    """The form's values as JSON."""
    return form.model_dump(mode="json", exclude_none=True)


def build_event(key: str, source: str, command: PendingCommand) -> MatterEvent:
    """Build the event message for the target matter."""
    event = MatterEvent(
        key=key,
        source=source,
        step=command.step,
        facts=command.facts,
        corrects=command.corrects,
        reparenting=command.reparenting,
        origin=command.origin,
    )
    return event.model_copy(update={"form": command.form, "actor": command.actor}) if command.verb == "take" else event
