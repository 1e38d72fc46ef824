"""A decision on a penalty beside the notice that came before it: never heavier without a new one, and what differs is said."""

from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.facts import Fact
from law.instruments import PSAPL
from law.offences import get_violations
from models.forms.form import get_forms
from models.forms.public_order_hearing import NotifyPenalty, PublishPenaltyNotice
from models.forms.public_order_penalty import DecidePenalty, DecideStationPenalty, OneOfSeveral
from models.messages import Refusal
from models.party_ids import NUMBERED, build_about_sql
from models.penalties import describe_penalty, find_heavier_field, parse_announced
from models.problems import LawForbids
from models.store.connection import Query, fetch_all, fetch_one

feature = Feature(__name__, Concern.PENALTIES)

_DECIDES = (DecidePenalty.rule.step, DecideStationPenalty.rule.step)
_DECISIONS = (
    Fact.PENALTY_DECIDED,
    Fact.OTHER_LAW_PENALTY_DECIDED,
    Fact.NO_PENALTY_DECIDED,
    Fact.ONSITE_PENALTY_DECIDED,
)
_NOTICES = (NotifyPenalty.rule.step, PublishPenaltyNotice.rule.step)


class _Before(NamedTuple):
    """What was announced, and for what the case was filed."""

    notice: str | None
    violation: str | None


# The last notice that this person was given, and for what the case was filed.
BEFORE = Query[_Before]("""
SELECT (SELECT content::jsonb #>> '{form,penalty}' FROM entry
        WHERE chain = %(number)s AND sort = 'step' AND step = ANY(%(notices)s)
            AND coalesce((content::jsonb #>> '{form,person}')::int, 1) = %(person)s ORDER BY position DESC LIMIT 1) AS notice,
    (SELECT content::jsonb #>> '{form,violation}' FROM entry WHERE chain = %(number)s AND position = 1) AS violation
""")


class _Undecided(NamedTuple):
    """An offender of whom nothing has been decided."""

    id: str
    name: str


# Offenders of whom nothing has been decided; by either id of theirs.
UNDECIDED = Query[_Undecided](f"""
SELECT each.id, p.name FROM party p
CROSS JOIN LATERAL regexp_split_to_table(concat_ws(' ', p.id, p.said ->> 'also'), ' ') AS each (id)
WHERE p.matter = %(number)s AND 'offender' = ANY(p.roles) AND each.id LIKE '{NUMBERED}%%' AND each.id <> '{NUMBERED}' || %(person)s::text
    AND NOT EXISTS (SELECT FROM fact f WHERE f.matter = p.matter AND f.fact = ANY(%(decided)s)
                    AND f.about = {build_about_sql("p.matter", "each.id")})
ORDER BY each.id
""")


@feature.hook(Phase.ENRICH, steps=[step for step, form in get_forms().items() if issubclass(form, OneOfSeveral)], type="step")
async def note_others_undecided(draft: Draft) -> None:
    """Note whoever still awaits a decision with which the case is said to be decided."""
    proposal = draft.proposal
    if proposal.form.get("others_pending"):
        return
    person = proposal.form.get("person", 1)
    arguments = {"number": proposal.number, "person": person, "decided": [str(each) for each in _DECISIONS]}
    if rows := await fetch_all(draft.connection, UNDECIDED, arguments):
        names = "、".join(f"{row.name}（{row.id}）" for row in rows)
        draft.add_notes(f"本案尚有{names}未作出决定：仍待决定的请填“尚有其他违法嫌疑人未作出决定”")


@feature.hook(Phase.ENRICH, steps=_DECIDES, type="step")
async def check_no_heavier_than_announced(draft: Draft) -> Refusal | None:
    """Refuse a decision heavier than the notice before it; note what it says otherwise than the papers before it."""
    proposal = draft.proposal
    form = proposal.form
    arguments = {"number": proposal.number, "person": form.get("person", 1), "notices": list(_NOTICES)}
    row = await fetch_one(draft.connection, BEFORE, arguments)
    notice = parse_announced(row.notice or "")
    days, yuan = form.get("detention_days", 0), form.get("fine_yuan", 0)
    if notice and (field := find_heavier_field(notice, days, yuan)):
        detail = f"处罚前告知的是“{row.notice}”，拟决定的{describe_penalty(days, yuan)}重于告知的处罚，应当重新告知并听取陈述、申辩"
        return LawForbids(detail, field=field, basis=str(PSAPL.article(112))).to_refusal()
    notes = []
    if notice and (days, yuan) != (notice.days, notice.yuan) and None not in (notice.days, notice.yuan):
        notes.append(f"处罚前告知的是“{row.notice}”，拟决定的是{describe_penalty(days, yuan)}，请核对")
    filed, decided = row.violation, form.get("violation")
    if filed and decided and filed != decided:
        notes.append(f"立案时为{get_violations()[filed].zh}，处罚决定为{get_violations()[decided].zh}，请核对")
    draft.add_notes(*notes)
    return None
