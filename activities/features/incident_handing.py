"""Incidents that change hands (首接责任制): who may be asked, who answers for them, and that somebody acts until another does."""

from dataclasses import replace
from functools import partial
from typing import Any

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field, refuse_office
from activities.steps_taken import StepsTaken, read_steps_taken
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from law.statutes.incident_rules import AT_ONCE, FIRST_RECEIVER, TAKE_OVER
from models.forms.incident import RegisterReport
from models.forms.incident_again import SeparateIncident
from models.forms.incident_handing import HandIncident, OrderTakeOver, RefuseIncident, TakeIncident, WithdrawHandover
from models.matter import Kind
from models.messages import Notice, Refusal
from models.problems import LawForbids
from models.seat import Seat
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.BELONGING)
_INCIDENTS = (Kind.INCIDENT,)
_HANDS, _TAKES, _REFUSES, _ORDERS = (form.rule.step for form in (HandIncident, TakeIncident, RefuseIncident, OrderTakeOver))
_ANSWERS = (Office.CASE_OFFICER, Office.STATION_HEAD)
# Nobody is asked any more once somebody has answered, or it has become of the incident what ends the limit.
_SETTLED = (*TAKE_OVER.met_by, *TAKE_OVER.ended_by)
_invalid = partial(refuse_field, basis=FIRST_RECEIVER)

CAN_BE_ASKED = Query[bool](
    "SELECT true FROM unit WHERE id = %(unit)s AND kind IN ('station', 'brigade', 'sub-bureau', 'bureau', 'centre')"
)
# Whose it is before the step that gives it to another.
UNIT_OF = Query[str]("SELECT unit_id FROM matter WHERE number = %(number)s")
# Whether that person holds one of these offices in that unit, or above it.
SPEAKS_FOR = Query[bool]("""
SELECT true FROM unit own JOIN unit u ON starts_with(own.path, u.path) JOIN holding h ON h.unit_id = u.id
WHERE own.id = %(unit)s AND h.username = %(person)s AND h.office = ANY(%(offices)s) LIMIT 1
""")


class _Incident(StepsTaken):
    """An incident by what was done with it so far."""


async def _read_asked(draft: Draft) -> dict[str, Any] | None:
    """What was asked of the unit that has yet to answer; None where none has."""
    last = max((each for each in draft.known.facts if each.fact in (Fact.HANDOVER_OFFERED, *_SETTLED)), key=_order, default=None)
    if last is None or last.fact is not Fact.HANDOVER_OFFERED:
        return None
    asked = (await read_steps_taken(draft, _Incident)).find_last(_HANDS)
    return asked.form if asked else None


def _order(fact: LegalFact) -> tuple[int, int]:
    return fact.order


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=(_HANDS,), type="step")
async def check_can_be_asked(draft: Draft) -> Refusal | None:
    """Refuse to ask a second unit before the first has answered, one that acts on nothing, and the unit that has it."""
    if asked := await _read_asked(draft):
        return LawForbids(f"已经移交{asked['unit']}，尚未答复；改交其他单位的，先撤回", basis=str(FIRST_RECEIVER)).to_refusal()
    return await _refuse_unit(draft, draft.proposal.unit)


async def _refuse_unit(draft: Draft, has_it: str) -> Refusal | None:
    unit = draft.proposal.form["unit"]
    if unit == has_it:
        return _invalid("unit", "itself", "接手单位不能是本单位")
    if not await fetch_first(draft.connection, CAN_BE_ASKED, {"unit": unit}):
        return _invalid("unit", "unknown-unit", f"没有代号为“{unit}”、处置警情的单位")
    return None


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=(_TAKES, _REFUSES), type="step")
async def check_was_asked(draft: Draft) -> Refusal | None:
    """Refuse whoever does not speak for the unit that was asked."""
    actor, asked = draft.proposal.actor, await _read_asked(draft)
    if asked is None:
        return _refuse_not_asked()
    if draft.proposal.form["unit"] != asked["unit"]:
        return _invalid("unit", "not-asked", f"移交的是{asked['unit']}")
    arguments = {"unit": asked["unit"], "person": actor.person if actor else "", "offices": list(map(str, _ANSWERS))}
    if actor and not await fetch_first(draft.connection, SPEAKS_FOR, arguments):
        return refuse_office("由被移交单位的民警或者负责人答复", _ANSWERS, actor, basis=FIRST_RECEIVER)
    return None


@feature.hook(Phase.CHECK, kinds=_INCIDENTS, steps=(WithdrawHandover.rule.step, _ORDERS), type="step")
async def check_is_asked(draft: Draft) -> Refusal | None:
    """Refuse to take back, or to order to be taken, what nobody was asked to take; and to order whoever has it, or acts on nothing."""
    if await _read_asked(draft) is None:
        return _refuse_not_asked()
    if draft.proposal.step != _ORDERS:
        return None
    return await _refuse_unit(draft, await fetch_first(draft.connection, UNIT_OF, {"number": draft.proposal.number}) or "")


def _refuse_not_asked() -> Refusal:
    return LawForbids("没有待接手的移交：已经答复、撤回或者另行派警", basis=str(FIRST_RECEIVER)).to_refusal()


@feature.hook(Phase.ENRICH, kinds=_INCIDENTS, facts=(Fact.HANDOVER_OFFERED,), type="step")
async def say_how_soon(draft: Draft) -> None:
    """Let an urgent incident be taken over within three minutes."""
    graded = [each for each in draft.known.facts if each.fact in (Fact.INCIDENT_URGENT, Fact.INCIDENT_NOT_URGENT)]
    if graded and max(graded, key=_order).fact is Fact.INCIDENT_URGENT:
        facts = (replace(each, base=str(AT_ONCE)) if each.fact is Fact.HANDOVER_OFFERED else each for each in draft.proposal.facts)
        draft.update(facts=tuple(facts))


@feature.hook(Phase.NOTIFY, kinds=_INCIDENTS, steps=(_HANDS,), type="step")
async def let_asked_in(draft: Draft) -> None:
    """Let the unit that is asked read the incident and answer, and hear of it at once."""
    form = draft.proposal.form
    seats = (str(Seat(office, form["unit"])) for office in _ANSWERS)
    draft.update(share_with=(*draft.proposal.share_with, *seats))
    words = f"请接手警情：{form['reason']}"[:500]
    draft.add_notices(*(Notice(words=words, office=office, unit=form["unit"], step=_TAKES) for office in _ANSWERS))


@feature.hook(Phase.NOTIFY, kinds=_INCIDENTS, steps=(_ORDERS,), type="step")
async def tell_who_is_ordered(draft: Draft) -> None:
    """Let the unit that is ordered hear of it at once, and whoever is named there."""
    form = draft.proposal.form
    words = f"指令接手警情，请立即处置：{form['reason']}"[:500]
    named = (Notice(words=words, person=form["officer"]),) if form.get("officer") else ()
    draft.add_notices(Notice(words=words, office=Office.STATION_HEAD, unit=form["unit"]), *named)


@feature.hook(Phase.NOTIFY, kinds=_INCIDENTS, steps=(_TAKES, _REFUSES, _ORDERS), type="step")
async def tell_who_asked(draft: Draft) -> None:
    """Let whoever handed it over know who acts now: the other unit, or they themselves still."""
    handed = (await read_steps_taken(draft, _Incident)).find_last(_HANDS)
    if handed is None or not handed.username:
        return
    refused = draft.proposal.step == _REFUSES
    words = f"移交的警情未被接手，仍由你单位处置：{draft.proposal.form['reason']}" if refused else "移交的警情已由其他单位接手"
    draft.add_notices(Notice(words=words[:500], person=handed.username))


@feature.hook(Phase.ENRICH, kinds=_INCIDENTS, steps=(SeparateIncident.rule.step,), type="step")
async def let_its_own_call_count(draft: Draft) -> None:
    """Let whoever came in person, and was taken for one who repeats another's call, be registered from when they came."""
    came = next((each for each in draft.known.facts if each.fact is Fact.INCIDENT_REPORTED_IN_PERSON), None)
    registered = (await read_steps_taken(draft, _Incident)).find_last(RegisterReport.rule.step)
    if came and registered is None:
        draft.following.append(
            LegalFact(Fact.INCIDENT_REPORTED_IN_PERSON, came.at, came.about, draft.proposal.seq + 1, item=came.item)
        )
