"""Who takes part: what a step says of people joins the record of its matter, and one person is one suspect of one case."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from activities import statements as sql
from activities.belonging import merged_into
from law.calendar import Calendar
from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS, Fact
from law.history import History
from law.holdings import BROUGHT_IN, LET_GO, against_a_second_holding
from law.instruments import CPL, MPSC
from law.legal_fact import LegalFact, minute
from law.permission import SUMMONING, Objection, objection
from models.forms.corrections import CorrectRecord
from models.forms.criminal_case import NameSuspect
from models.forms.jurisdiction import MergeCase
from models.matter import Kind
from models.messages import Proposal, Refusal
from models.parties import Contradiction, Party, is_same_person, merged, roles_of
from models.problems import FormInvalid, LawForbids
from models.rows import fact_of

# Of these nobody can be recorded without a name, be it the one they give.
_NAMED = frozenset({"suspect", "offender", "questioned", "victim"})
# People whom a matter counts.
_NUMBERED = "person-"
# What a record calls what forms call otherwise.
_FIELDS = {"citizen_id": "citizen_number", "id": "person"}

# Every suspect whom a case has named: as the suspect's own matter knows them now, or, where that is only being opened, as they were named.
SUSPECTS = """
SELECT m.number, m.final, m.stage_since, p.name, p.citizen_id, p.said
FROM matter m JOIN party p ON p.matter = m.number AND p.id = 'suspect' WHERE m.parent = %(case)s AND m.kind = 'suspect'
UNION ALL
SELECT opened.number, false, NULL, e.content::json #>> '{form,name}', coalesce(e.content::json #>> '{form,citizen_number}', ''),
    jsonb_strip_nulls(jsonb_build_object('born_on', e.content::json #>> '{form,born_on}',
                                         'travel_document', e.content::json #>> '{form,travel_document}'))
FROM entry e CROSS JOIN LATERAL json_array_elements_text(e.content::json #> '{recorded,receipt,opened}') AS opened (number)
WHERE e.chain = %(case)s AND e.sort = 'step' AND e.step = %(step)s AND NOT EXISTS (SELECT FROM matter m WHERE m.number = opened.number)
"""
# Who a suspect is, and in which other matters they are one too, with what was done with them there.
OWN = "SELECT citizen_id, said ->> 'travel_document' AS travel_document FROM party WHERE matter = %(number)s AND id = 'suspect'"
ELSEWHERE = """
SELECT m.number, m.parent IS NOT DISTINCT FROM %(parent)s AS same_case, f.fact, f.at, f.about, f.seq, f.said
FROM party p JOIN matter m ON m.number = p.matter AND m.kind = 'suspect' JOIN fact f ON f.matter = m.number
WHERE {known} AND p.id = 'suspect' AND m.number <> %(number)s AND f.fact = ANY(%(facts)s) AND NOT f.said ? 'told_by'
ORDER BY m.number, f.seq, f.n
"""
# Who was brought in for an inquiry in what else came of the same event, and how they are recorded there.
BROUGHT_IN_BESIDE = f"""{sql.FAMILY}
SELECT f.matter, f.fact, f.at, f.about, f.seq, f.said, to_jsonb(p) AS who
FROM family JOIN fact f ON f.matter = family.number
JOIN party p ON p.matter = f.matter AND p.id = '{_NUMBERED}' || split_part(f.about, '/', 2)
WHERE family.number <> %(number)s AND f.fact = ANY(%(facts)s) AND NOT f.said ? 'told_by' ORDER BY f.at, f.seq, f.n
"""
# What whoever asked for a merger said of namesakes, as it is approved.
ANSWERED = """
SELECT e.content::json #>> '{form,namesake}' AS namesake FROM entry e WHERE e.chain = %(number)s AND e.seq = %(seq)s AND e.sort = 'step'
"""
_BY_NUMBER = {
    "citizen_id": "p.citizen_id = %(citizen_id)s AND p.citizen_id <> ''",
    "travel_document": "p.said ->> 'travel_document' = %(travel_document)s",
}


def party_of(row: Any) -> dict[str, str]:
    """A row of the party table as forms speak of people."""
    roles = " ".join(row.roles) if hasattr(row, "roles") else ""
    own = {"id": row.id, "role": row.role, "roles": roles} if hasattr(row, "id") else {}
    return {**own, "name": row.name, "citizen_id": row.citizen_id, **row.said}


async def joined(connection: Any, proposal: Proposal) -> Proposal | Refusal:
    """The proposal with its people as the record has them from then on; a refusal where they contradict it.

    What only a request says of people is looked at too, so that nobody signs what could not be recorded.
    """
    said = proposal.parties or proposal.foreseen_parties
    if not said:
        return proposal
    rows = await (await connection.execute(sql.PEOPLE, {"number": proposal.number})).fetchall()
    people = merged([party_of(row) for row in rows], said)
    if isinstance(people, Contradiction):
        field = _FIELDS.get(people.field, people.field)
        return LawForbids(people.zh, field=field, basis=str(CorrectRecord.rule.basis[0])).refusal()
    if nameless := next((each for each in people if not each["name"] and not _NAMED.isdisjoint(roles_of(each))), None):
        detail = f"本事项还没有记载{nameless['id']}是谁，请填写姓名"
        return FormInvalid(errors=[{"field": "name", "rule": "missing", "detail": detail}]).refusal()
    known = {row.id: party_of(row) for row in rows}
    if proposal.ended is None and not proposal.form.get("namesake") and (twice := _perhaps_known(known, people)):
        new, old = twice
        detail = f"本事项已有同名的{old['name']}（{old['id']}）：是同一人的用原序号办理，确系另一人（{new['id']}）的请填“与本事项同名的人不是同一人”"
        return LawForbids(detail, field="namesake", basis=str(CorrectRecord.rule.basis[0])).refusal()
    return proposal.model_copy(update={"parties": tuple(map(dict, people))}) if proposal.parties else proposal


def _perhaps_known(known: Mapping[str, Party], people: Sequence[Party]) -> tuple[Party, Party] | None:
    """Somebody who comes in under a number of their own, and whom the matter may have under another already: only the name says so."""
    numbered = [each for each in known.values() if each["id"].startswith(_NUMBERED)]
    coming = [each for each in people if each["id"].startswith(_NUMBERED) and not known.get(each["id"], {}).get("name")]
    pairs = ((new, old) for new in coming for old in numbered if old["id"] != new["id"])
    return next((pair for pair in pairs if is_same_person(*pair) is None), None)


async def named_before(connection: Any, proposal: Proposal, known: Sequence[LegalFact]) -> Refusal | None:
    """What speaks against naming a suspect: that the case has a matter for the same person, or perhaps for them."""
    if proposal.step != NameSuspect.rule.step or proposal.sort != "step":
        return None
    form = NameSuspect.model_validate(proposal.form)
    (said,) = form.suspect().parties()
    arguments = {"case": proposal.number, "step": NameSuspect.rule.step}
    rows = await (await connection.execute(SUSPECTS, arguments)).fetchall()
    reopened = [fact.at for fact in known if fact.fact is Fact.CASE_REOPENED]
    for row in rows:
        if row.final and any(at >= row.stage_since for at in reopened):
            continue  # what ended with the case that was cancelled is not taken up again with it
        same = is_same_person(party_of(row), said)
        basis = str(CPL.article(115))
        if same:
            detail = f"{row.name}已是本案的犯罪嫌疑人（{row.number}），同一人在一案中只确定一次，请在该事项办理"
            number = form.citizen_number or not form.travel_document
            return LawForbids(
                detail, field="citizen_number" if number else "travel_document", basis=basis, matter=row.number
            ).refusal()
        if same is None and not form.namesake:
            detail = f"本案已有同名的犯罪嫌疑人{row.name}（{row.number}）：是同一人的在该事项办理，确系另一人的请填“{_title('namesake')}”"
            return LawForbids(detail, field="namesake", basis=basis, matter=row.number).refusal()
    return None


async def namesakes_merged(connection: Any, proposal: Proposal) -> Refusal | None:
    """What speaks against merging two cases: a suspect of each by one name, of whom nobody has said whether they are one person.

    Who bears one number in both is known to be one person, and is held once at a time.
    """
    into = merged_into(proposal)
    if not into:
        return None
    said = {"number": proposal.number, "seq": proposal.ended.seq if proposal.ended else 0}
    answer = await (await connection.execute(ANSWERED, said)).fetchone()
    if proposal.form.get("namesake") or (answer and answer.namesake == "true"):
        return None
    here, there = [
        [row for row in await (await connection.execute(SUSPECTS, arguments)).fetchall() if not row.final]
        for arguments in ({"case": number, "step": NameSuspect.rule.step} for number in (proposal.number, into))
    ]
    twice = next(((one, other) for one in here for other in there if is_same_person(party_of(one), party_of(other)) is None), None)
    if twice is None:
        return None
    one, other = twice
    title = MergeCase.model_fields["namesake"].title
    detail = (
        f"两案都有名为{one.name}的犯罪嫌疑人（{one.number}、{other.number}）："
        f"是同一人的，先将其证件号码更正完整再并案；确系另一人的请填“{title}”"
    )
    return LawForbids(detail, field="namesake", basis=str(CPL.article(115)), matter=other.number).refusal()


def _title(field: str) -> str:
    return NameSuspect.model_fields[field].title or field


async def held_or_summoned_twice(
    connection: Any, proposal: Proposal, new: Sequence[LegalFact], known: Sequence[LegalFact], calendar: Calendar
) -> Refusal | None:
    """What speaks against holding or summoning a suspect who is one in another matter too: one person is held once at a time."""
    begins = next((fact for fact in new if fact.fact in CUSTODY_BEGINS), None)
    summons = next((fact for fact in new if fact.fact in SUMMONING), None)
    if proposal.kind != Kind.SUSPECT or proposal.sort != "step" or not (begins or summons):
        return None
    for number, (same_case, log) in (await _elsewhere(connection, proposal)).items():
        held = History(log).in_custody(number, begins.at) if begins else False
        if begins and held and not History(known).in_custody(begins.about, begins.at):
            refusal = _held_there(number, proposal, same_case=same_case)
            if refusal:
                return refusal
        against = _summoned_there(number, log, summons, known, calendar) if summons and same_case else None
        if against:
            detail = f"{against.detail}（同一人在本案的另一事项{number}）"
            return LawForbids(detail, field=against.field, basis=against.basis, limit=against.limit).refusal()
    return None


async def brought_in_twice(
    connection: Any, proposal: Proposal, new: Sequence[LegalFact], known: Sequence[LegalFact]
) -> Refusal | None:
    """What speaks against stopping or summoning somebody who was so in the incident, or in another case that came of it.

    Where only the name says that it is the same person, whoever asks may say that it is another.
    """
    begins = next((fact for fact in new if fact.fact in BROUGHT_IN), None)
    if begins is None or proposal.sort != "step":
        return None
    own = f"{_NUMBERED}{begins.about.rpartition('/')[2]}"
    here = [party_of(row) for row in await (await connection.execute(sql.PEOPLE, {"number": proposal.number})).fetchall()]
    people = merged(here, proposal.parties or proposal.foreseen_parties)
    who = next((each for each in (*(() if isinstance(people, Contradiction) else people), *here) if each["id"] == own), None)
    form = proposal.ended.form if proposal.ended else proposal.form
    arguments = {"number": proposal.number, "facts": [str(each) for each in (*BROUGHT_IN, *LET_GO)]}
    rows = await (await connection.execute(BROUGHT_IN_BESIDE, arguments)).fetchall() if who else []
    meant = (True,) if form.get("namesake") else (True, None)
    same = [row for row in rows if who and is_same_person(_recorded(row.who), who) in meant]
    # Those of another journal were recorded before this one.
    log = [*known, *(replace(fact_of(row), about=begins.about, seq=0) for row in same)]
    by_then = History(fact for fact in log if minute(fact.at) <= minute(begins.at))
    against = against_a_second_holding(History(log), by_then, begins) if same else None
    if against is None:
        return None
    detail = f"{against.detail}（同一人在{same[-1].matter}）"
    return LawForbids(detail, field=against.field, basis=against.basis, limit=against.limit).refusal()


def _recorded(row: Mapping[str, Any]) -> Party:
    """A party, told as a value, as forms speak of people."""
    return {"name": row["name"], "citizen_id": row["citizen_id"], **row["said"]}


async def _elsewhere(connection: Any, proposal: Proposal) -> dict[str, tuple[bool, list[LegalFact]]]:
    own = await (await connection.execute(OWN, {"number": proposal.number})).fetchone()
    numbers = {name: value for name in _BY_NUMBER if own and (value := getattr(own, name))}
    if not numbers:
        return {}
    facts = [str(each) for each in (*CUSTODY_BEGINS, *CUSTODY_ENDS, *SUMMONING)]
    statement = ELSEWHERE.format(known=f"({' OR '.join(_BY_NUMBER[name] for name in numbers)})")
    arguments = {"number": proposal.number, "parent": proposal.parent, "facts": facts, **numbers}
    found: dict[str, tuple[bool, list[LegalFact]]] = {}
    for row in await (await connection.execute(statement, arguments)).fetchall():
        found.setdefault(row.number, (row.same_case, []))[1].append(fact_of(row))
    return found


def _held_there(number: str, proposal: Proposal, *, same_case: bool) -> Refusal | None:
    basis = str(MPSC.article(21))
    if same_case:
        detail = f"该人在本案的另一事项（{number}）中正被羁押，同一人不得同时被两次羁押，请在该事项办理"
        return LawForbids(detail, field="at", basis=basis, matter=number).refusal()
    asked = next((request.form for request in proposal.requests if request.seq == proposal.seq + 1), proposal.form)
    approved = proposal.ended is not None  # whoever signed it had read the explanation
    if approved or asked.get("elsewhere"):
        return None
    # Which case it is, only those learn who may know of it.
    detail = "该人正在本局另案羁押中，同一人不得同时被两次羁押：请与该案办案单位商定并案或者换押，并在“与另案羁押的衔接”中写明"
    return LawForbids(detail, field="elsewhere", basis=basis).refusal()


def _summoned_there(
    number: str, log: Sequence[LegalFact], new: LegalFact, known: Sequence[LegalFact], calendar: Calendar
) -> Objection | None:
    """What the interval between two summonses says, with those of the other matter counted as this one's."""
    there = [replace(fact, about=new.about) for fact in log if fact.about == number]
    return objection([*known, *there], new, calendar)
