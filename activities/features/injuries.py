"""That somebody was hurt travels from the report to whichever case comes of it, and is never forgotten on the way."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.facts import Fact
from law.instruments import INJ
from models.forms.form import get_forms
from models.forms.injuries import describe_left_open
from models.matter import Kind
from models.messages import PendingCommand, Proposal, Refusal
from models.problems import FormInvalid, LawForbids
from models.store.connection import Query, fetch_one

feature = Feature(__name__, Concern.HARM)

_CASES = (Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)
_APPRAISAL = (Fact.INJURY_APPRAISAL_COMMISSIONED, Fact.INJURY_APPRAISAL_ISSUED)


class _Reported(NamedTuple):
    """What was told of what happened, and whether somebody was hurt; None: nobody said."""

    words: str | None
    answered: bool | None


# What was told of what happened, and the last answer that was given in this matter.
REPORTED = Query[_Reported]("""
SELECT (SELECT string_agg(words, E'\\n' ORDER BY seq) FROM narrative WHERE matter = %(number)s) AS words,
    (SELECT (content::jsonb #>> '{form,injured}')::boolean FROM entry
     WHERE chain = %(number)s AND sort = 'step' AND content::jsonb #>> '{form,injured}' IS NOT NULL ORDER BY position DESC LIMIT 1) AS answered
""")


@feature.hook(Phase.ENRICH, type="step")
async def carry_injury(draft: Draft) -> Refusal | None:
    """Let the case that a step opens know of an injury; a refusal where the question was left open, or denied."""
    proposal = draft.proposal
    opened = [each for each in proposal.commands if each.verb == "open" and each.kind in _CASES]
    form = get_forms().get(proposal.step)
    asks = form is not None and "injured" in form.model_fields
    if not (asks or opened):
        return None
    values = proposal.form if asks else opened[0].form
    known = any(fact.fact is Fact.INJURY_CASE_ACCEPTED and fact.about == proposal.number for fact in draft.known.facts)
    if not known:
        return await _carry_answer(draft, values)
    if values.get("injured") is False:
        detail = "此前已记明有人受伤，不能改称没有：伤情鉴定一经委托，期限即告了结"
        return LawForbids(detail, field="injured", basis=str(INJ.article(18))).to_refusal()
    # Asked of whoever asks for it, lest it turn up when it is signed.
    opens = [proposal.form] if form and asks and "mediable" in form.model_fields and values.get("violation") else []
    opens += [each.form for each in opened if "mediable" in get_forms()[each.step].model_fields]
    if any(each.get("mediable") is None for each in opens):
        return _open_question("mediable", f"此前已记明有人受伤，须回答能否调解处理（{INJ.article(36)}）")
    # What was taken up once is not taken up anew by being said again.
    facts = tuple(fact for fact in proposal.facts if fact.fact is not Fact.INJURY_CASE_ACCEPTED)
    draft.update(facts=facts, commands=_build_carrying_commands(proposal, injured=True))
    return None


async def _carry_answer(draft: Draft, values: Mapping[str, Any]) -> Refusal | None:
    """Carry the answer that was given before; a refusal where none was and the offence, or the words, make it necessary."""
    if values.get("injured") is not None:
        return None
    row = await fetch_one(draft.connection, REPORTED, {"number": draft.proposal.number})
    if row.answered is not None:
        draft.update(commands=_build_carrying_commands(draft.proposal, injured=row.answered))
        return None
    why = describe_left_open(values, row.words or "")
    return _open_question("injured", why) if why else None


@feature.hook(Phase.COMMAND, facts=_APPRAISAL)
async def tell_incident_of_appraisal(draft: Draft) -> None:
    """Tell the incident that an injury which it took up is being appraised, or has been."""
    proposal = draft.proposal
    done = tuple(replace(fact, about=proposal.parent, seq=0) for fact in draft.list_brought(*_APPRAISAL))
    if not done or proposal.parent_kind != Kind.INCIDENT:
        return
    tell = PendingCommand(verb="tell", kind=Kind.INCIDENT, number=proposal.parent, step=proposal.step, facts=done)
    draft.add_commands(tell)


def _build_carrying_commands(proposal: Proposal, *, injured: bool) -> tuple[PendingCommand, ...]:
    return tuple(
        each.model_copy(update={"form": {**each.form, "injured": injured}}) if each.verb == "open" and each.kind in _CASES else each
        for each in proposal.commands
    )


def _open_question(field: str, detail: str) -> Refusal:
    return FormInvalid(errors=[{"field": field, "rule": "missing", "detail": detail}]).to_refusal()
