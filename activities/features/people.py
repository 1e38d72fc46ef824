"""Who takes part: what a step says of people joins the record of its matter, and one person is one suspect of one case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from activities.identity import build_description, build_party, load_answered
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.facts import Fact
from law.instruments import CPL
from models.forms.corrections import CorrectRecord
from models.forms.criminal_case import NameSuspect
from models.forms.jurisdiction import MergeCase, get_merge_target
from models.messages import Refusal
from models.parties import Contradiction, Party, is_same_person, list_roles, merge_parties
from models.party_ids import is_numbered
from models.problems import FormInvalid, LawForbids
from models.store import statements as sql
from models.store.connection import Query, fetch_all

feature = Feature(__name__, Concern.PEOPLE)

# Of these nobody can be recorded without a name, be it the one they give.
_NAMED = frozenset({"suspect", "offender", "questioned", "victim"})
# What a record calls what forms call otherwise.
_FIELDS = {"citizen_id": "citizen_number", "id": "person"}


class _Suspect(NamedTuple):
    """A suspect whom a case has named; `stage_since` None: their matter is only being opened."""

    number: str
    final: bool
    stage_since: datetime | None
    name: str
    citizen_id: str
    said: dict[str, str]


# Every suspect whom a case has named: as the suspect's own matter knows them now, or, where that is only being opened, as they were named.
SUSPECTS = Query[_Suspect]("""
SELECT m.number, m.final, m.stage_since, p.name, p.citizen_id, p.said
FROM matter m JOIN party p ON p.matter = m.number AND p.id = 'suspect' WHERE m.parent = %(case)s AND m.kind = 'suspect'
UNION ALL
SELECT opened.number, false, NULL, e.content::json #>> '{form,name}', coalesce(e.content::json #>> '{form,citizen_number}', ''),
    jsonb_strip_nulls(jsonb_build_object('born_on', e.content::json #>> '{form,born_on}',
                                         'travel_document', e.content::json #>> '{form,travel_document}'))
FROM entry e CROSS JOIN LATERAL json_array_elements_text(e.content::json #> '{recorded,receipt,opened}') AS opened (number)
WHERE e.chain = %(case)s AND e.sort = 'step' AND e.step = %(step)s AND NOT EXISTS (SELECT FROM matter m WHERE m.number = opened.number)
ORDER BY number
""")


@feature.hook(Phase.ENRICH)
async def join_people(draft: Draft) -> Refusal | None:
    """Join what the step says of people with what the record has; a refusal where they contradict it.

    What only a request says of people is looked at too, so that nobody signs what could not be recorded.
    """
    proposal = draft.proposal
    parties = proposal.parties or proposal.foreseen_parties
    if not parties:
        return None
    rows = await fetch_all(draft.connection, sql.PEOPLE, {"number": proposal.number})
    people = merge_parties([build_party(row) for row in rows], parties)
    if isinstance(people, Contradiction):
        field = _FIELDS.get(people.field, people.field)
        return LawForbids(people.zh, field=field, basis=str(CorrectRecord.rule.basis[0])).to_refusal()
    if nameless := next((each for each in people if not each["name"] and not _NAMED.isdisjoint(list_roles(each))), None):
        detail = f"本事项还没有记载{nameless['id']}是谁，请填写姓名"
        return FormInvalid(errors=[{"field": "name", "rule": "missing", "detail": detail}]).to_refusal()
    known = {row.id: build_party(row) for row in rows}
    if proposal.ended is None and not proposal.form.get("namesake") and (twice := _find_perhaps_known(known, people)):
        new, old = twice
        detail = f"本事项已有同名的{old['name']}（{old['id']}）：是同一人的用原序号办理，确系另一人（{new['id']}）的请填“与本事项同名的人不是同一人”"
        return LawForbids(detail, field="namesake", basis=str(CorrectRecord.rule.basis[0])).to_refusal()
    if proposal.parties:
        draft.update(parties=tuple(map(dict, people)))
    return None


def _find_perhaps_known(known: Mapping[str, Party], people: Sequence[Party]) -> tuple[Party, Party] | None:
    """Somebody who comes in under a number of their own, and whom the matter may have under another already: only the name says so."""
    numbered = [each for each in known.values() if is_numbered(each["id"])]
    coming = [each for each in people if is_numbered(each["id"]) and not known.get(each["id"], {}).get("name")]
    pairs = ((new, old) for new in coming for old in numbered if old["id"] != new["id"])
    return next((pair for pair in pairs if is_same_person(*pair) is None), None)


@feature.hook(Phase.CHECK, steps=[NameSuspect.rule.step], type="step")
async def check_named_once(draft: Draft) -> Refusal | None:
    """What speaks against naming a suspect: that the case has a matter for the same person, or perhaps for them."""
    proposal = draft.proposal
    form = NameSuspect.model_validate(proposal.form)
    (named,) = form.build_suspect().build_parties()
    arguments = {"case": proposal.number, "step": NameSuspect.rule.step}
    rows = await fetch_all(draft.connection, SUSPECTS, arguments)
    reopened = [fact.at for fact in draft.before if fact.fact is Fact.CASE_REOPENED]
    for row in rows:
        if row.final and row.stage_since and any(at >= row.stage_since for at in reopened):
            continue  # what ended with the case that was cancelled is not taken up again with it
        same = is_same_person(build_description(row), named)
        basis = str(CPL.article(115))
        if same:
            detail = f"{row.name}已是本案的犯罪嫌疑人（{row.number}），同一人在一案中只确定一次，请在该事项办理"
            number = form.citizen_number or not form.travel_document
            return LawForbids(
                detail, field="citizen_number" if number else "travel_document", basis=basis, matter=row.number
            ).to_refusal()
        if same is None and not form.namesake:
            detail = f"本案已有同名的犯罪嫌疑人{row.name}（{row.number}）：是同一人的在该事项办理，确系另一人的请填“{_get_title('namesake')}”"
            return LawForbids(detail, field="namesake", basis=basis, matter=row.number).to_refusal()
    return None


@feature.hook(Phase.CHECK)
async def check_namesakes_told_apart(draft: Draft) -> Refusal | None:
    """What speaks against merging two cases: a suspect of each by one name, of whom nobody has said whether they are one person.

    Who bears one number in both is known to be one person, and is held once at a time.
    """
    connection, proposal = draft.connection, draft.proposal
    into = get_merge_target(proposal)
    if not into:
        return None
    if (await load_answered(connection, proposal)).namesake:
        return None
    own, others = [
        [row for row in await fetch_all(connection, SUSPECTS, arguments) if not row.final]
        for arguments in ({"case": number, "step": NameSuspect.rule.step} for number in (proposal.number, into))
    ]
    twice = next(
        (
            (one, other)
            for one in own
            for other in others
            if is_same_person(build_description(one), build_description(other)) is None
        ),
        None,
    )
    if twice is None:
        return None
    one, other = twice
    title = MergeCase.model_fields["namesake"].title
    detail = (
        f"两案都有名为{one.name}的犯罪嫌疑人（{one.number}、{other.number}）："
        f"是同一人的，先将其证件号码更正完整再并案；确系另一人的请填“{title}”"
    )
    return LawForbids(detail, field="namesake", basis=str(CPL.article(115)), matter=other.number).to_refusal()


def _get_title(field: str) -> str:
    return NameSuspect.model_fields[field].title or field
