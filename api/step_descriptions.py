"""Steps as JSON: the form of each that somebody may take, by which office, its basis, and the limits that it meets."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from typing import Any

from law.bars import Bars
from law.calendar import SHANGHAI
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from law.rule_violation import RuleViolation
from law.time_limits import get_limits
from models.access.scope import Person
from models.forms.approval import Return, TakeOffSigner
from models.forms.chapters import OF_AN_AREA, Chapter
from models.forms.form import Form, get_forms
from models.forms.overrun import AcknowledgeOverrun
from models.matter import Kind
from models.messages import Actor
from models.messages import Request as Requested
from models.problems import NotFound
from models.readmodel.clocks import Overrun
from models.readmodel.known_values import Known, changes, fill_schema
from models.readmodel.matter_status import MatterStatus
from models.spelling import spell_pinyin
from workflows.approval.actions import find_signer, list_actions
from workflows.approval.chain import format_basis, list_added_signers, list_returnable_to
from workflows.registry import get_lifecycles

# The field in which a verb names somebody who has a hand in the request already: by user name or office.
_NAMING_A_HAND: dict[type[Form], str] = {Return: "to", TakeOffSigner: "signer"}


def find_form(step: str) -> type[Form]:
    """The form of a step; NotFound with steps of similar name."""
    kind = get_forms().get(step)
    if kind is None or kind.rule.opens:
        raise NotFound(f"没有名为“{step[:60]}”的步骤", near=get_close_matches(step, get_forms(), n=5, cutoff=0.4))
    return kind


def describe_open_steps(
    person: Person, who: Actor, matter: MatterStatus, requests: Sequence[Requested], known: Known
) -> Iterator[str]:
    """Each step that this person, who acts as `who`, may take now, and each action on a request that awaits approval."""
    held = person.list_reaching_offices(matter)
    offices = tuple(each.office for each in held)
    copied = tuple(each.office for each in person.list_copied_offices(matter))
    pending = {request.step for request in requests}
    stage = get_lifecycles()[Kind(matter.kind)].stages.get(matter.stage)
    awaits, may_come = (stage.awaits, stage.open_steps) if stage else ((), ())
    bars = Bars(known.log, datetime.now(SHANGHAI))
    for form in may_come:
        by = (*offices, *copied) if form.rule.by_copied else offices
        office = _find_first(form.rule.list_offices(known.facts, assigned=who.person == matter.officer), by)
        if office and form.rule.step not in pending and form.rule.suits(known.facts):
            plain = describe_step(form, office, awaited=form in awaits)
            told = _describe_bars(form, matter.number, known, bars)
            yield _add_known_values(plain, form, known, told) if told or changes(form, known) else plain
    for request in requests if offices else ():
        yield from _describe_verbs(request, who, offices)


def describe_acknowledgement(overrun: Sequence[Overrun]) -> Iterator[str]:
    """The step by which a supervisor acknowledges one of these overruns, or all; `x-names` has their labels."""
    if overrun:
        values = json.loads(describe_step(AcknowledgeOverrun, Office.SUPERVISOR, awaited=False))
        names = {"": "全部待确认的"} | {each.id: _describe_overrun(each) for each in overrun}
        values["form"]["properties"]["clock"] |= {"enum": list(names), "x-names": names}
        yield json.dumps(values, ensure_ascii=False)


def _describe_overrun(overrun: Overrun) -> str:
    whose = f"{overrun.name}，" if overrun.name else ""
    return f"{overrun.zh}（{whose}{overrun.due_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}届满）"


def _add_known_values(plain: str, form: type[Form], known: Known, bars: Mapping[str, Any]) -> str:
    """A step with what the matter knows put into its form, and what it still lacks or is barred by."""
    values = json.loads(plain)
    return json.dumps({**values, "form": fill_schema(values["form"], form, known), **bars}, ensure_ascii=False)


def _describe_bars(form: type[Form], number: str, known: Known, bars: Bars) -> Mapping[str, Any]:
    """What a step still lacks, or what bars it whatever is filled in; empty where nothing does."""
    if lacks := list_lacking_facts(form, known.facts):
        return {"lacks": [each.label for each in lacks]}
    against = find_step_bar(form, number, known.log, bars)
    return {"barred": against.detail} if against else {}


def find_step_bar(form: type[Form], number: str, log: Sequence[LegalFact], bars: Bars) -> RuleViolation | None:
    """What in law bars a step of that matter now, whatever is filled in; None where it may be recorded.

    A form that says for itself what it brings about may bring nothing; where it names whom that is about, it may be anybody.
    """
    chooses = form.list_fact_kinds is not Form.list_fact_kinds
    if form.rule.fact is None or (chooses and len(form.rule.may_bring) == 1):
        return None
    names = form.build_facts is not Form.build_facts or form.build_fact is not Form.build_fact
    # Whom the last facts are about is most likely somebody of whom it may be recorded: the others are then not asked about.
    somebody = (*(fact.about for fact in reversed(log)), f"{number}/") if names else ()
    return bars.find_bar(form.rule.may_bring, tuple(dict.fromkeys((*somebody, number))))


def _describe_verbs(request: Requested, who: Actor, offices: Sequence[str]) -> Iterator[str]:
    """The actions that this person may take on a request that awaits approval."""
    place = find_signer(request, who)
    asked = request.asked_by
    # Who asked acts as such; a delegate in the office of the one who sent them.
    office = asked.offices[0] if who.person == asked.person else (place and place.office) or offices[0]
    hands: Mapping[type[Form], tuple[str, ...]] = {
        Return: ("", *list_returnable_to(request)),
        TakeOffSigner: tuple(each.person or each.office for each in list_added_signers(request, who)),
    }
    for verb in list_actions(request, who):
        yield describe_step(verb, office, request.step, hands.get(verb, ()))


def _find_first(wanted: Sequence[Office], offices: Sequence[str]) -> str:
    return next((each for each in offices if each in wanted), "")


@cache
def list_limits_met(form: type[Form]) -> tuple[str, ...]:
    """The limits that a step may meet."""
    return tuple(each.id for each in get_limits().values() if set(each.met_by) & set(form.rule.may_bring))


@cache
def list_limits_touched(form: type[Form]) -> frozenset[str]:
    """The limits that a step may meet, end or extend."""
    brings = set(form.rule.may_bring)
    ending = {each.id for each in get_limits().values() if brings & {*each.met_by, *each.ended_by}}
    return frozenset(ending | {each.id for each in get_limits().values() if each.extended_by in brings})


@cache
def get_chapter(form: type[Form]) -> Chapter:
    """Under which chapter lists have a step: its own, or that of what it brings about."""
    fact = next(iter(form.rule.may_bring), None)
    if form.chapter or fact is None:
        return form.chapter or Chapter.RECORD
    return Chapter.TERMS if any(each.extended_by is fact for each in get_limits().values()) else OF_AN_AREA[fact.area]


def list_lacking_facts(form: type[Form], known: Collection[str]) -> tuple[Fact, ...]:
    """The facts one of which must happen before a step may be taken, where none of them has; empty where nothing is missing.

    Of several facts that a step may bring about, one whose own `after` is there is enough.
    """
    brings = form.rule.may_bring
    if form.rule.fact is None or not form.rule.fact.after:
        return ()
    there: set[str] = {*known, *brings}
    return () if any(not there.isdisjoint(each.after) for each in brings if each.after) else form.rule.fact.after


@cache
def is_on_liberty(form: type[Form]) -> bool:
    """Whether a step decides on somebody's liberty: it starts, ends, meets or extends a limit on it, or a measure that has one."""
    brings = set(form.rule.may_bring)
    starting = {each.id for each in get_limits().values() if brings & {*each.starts_on}}
    return any(get_limits()[each].liberty for each in starting | list_limits_touched(form))


@cache
def list_limits_led_to(form: type[Form]) -> tuple[str, ...]:
    """The limits that other steps may meet only after this one."""
    brings, own = set(form.rule.may_bring), list_limits_met(form)
    after = [other for other in get_forms().values() if other is not form and _comes_after(other, brings)]
    return tuple(dict.fromkeys(limit for other in after for limit in list_limits_met(other) if limit not in own))


def _comes_after(form: type[Form], earlier: set[Fact]) -> bool:
    """Whether a step brings about a fact that may happen only after one of these."""
    return any(earlier & set(fact.after) for fact in form.rule.may_bring)


@cache
def describe_step(form: type[Form], office: str, request: str = "", hands: Sequence[str] = (), *, awaited: bool = True) -> str:
    """A step as JSON; an action on a request names the `request`, and may restrict who is named.

    `awaited` is the step that the stage waits for; others may be taken meanwhile.
    """
    rule, about = form.rule, get_forms()[request] if request else form
    schema = form.model_json_schema()
    if request:
        schema["properties"]["request"] |= {"const": request, "default": request}
    for verb, field in _NAMING_A_HAND.items():
        if form is verb:
            schema["properties"][field] |= {"enum": list(hands)}
    return json.dumps(
        {
            "step": rule.step,
            "title": f"{rule.title}：{about.rule.title}" if request else rule.title,
            "request": request or None,
            "awaited": awaited,
            "office": office,
            "office_zh": Office(office).label,
            "basis": format_basis(about),
            "document": rule.document,
            "form": schema,
            # What the receipt will say.
            "standing": "awaiting-approval" if rule.approved_by else "done",
            "approved_by": list(rule.approved_by),
            "meets": [] if request else list(list_limits_met(form)),
            "requires": [] if request else [each for each in list_limits_met(form) if get_limits()[each].demands],
            "leads_to": [] if request else list(list_limits_led_to(form)),
            "chapter": get_chapter(form),
            "usual": rule.usual,
            "spelt": spell_pinyin(rule.title),
            "lacks": [],
            "barred": "",
        },
        ensure_ascii=False,
    )
