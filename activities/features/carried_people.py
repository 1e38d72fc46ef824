"""Whom a case knows from where it came (随案带入的人): the caller whom it befell, and, of a case turned criminal or administrative, everybody."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from activities.identity import Numbered, build_party
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from models.forms.harmed import RecordHarmed
from models.forms.incident import ClassifyIncident, FileAdministrativeCase, ReclassifyIncident
from models.matter import Kind
from models.parties import Party, Role, is_same_person
from models.party_ids import build_numbered_id, get_number, is_numbered
from models.store import statements as sql
from models.store.connection import Query, fetch_all, fetch_first

# Before people are joined.
feature = Feature(__name__, Concern.HARM)
_CASES = (Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE)
_OPENING = (ClassifyIncident.rule.step, ReclassifyIncident.rule.step, FileAdministrativeCase.rule.step)
# Who holds a thing goes with the thing, which comes under the new case by itself.
_STAY = frozenset({Role.HOLDER})


class _Pursued(NamedTuple):
    """A suspect of a case as their own matter knows them."""

    id: str
    role: str
    roles: list[str]
    name: str
    citizen_id: str
    said: dict[str, str]


# What the step that opened the case said last of whom the incident befell.
IS_REPORTER_HARMED = Query[bool]("""
SELECT coalesce((content::json #>> '{form,reporter_harmed}')::bool, false) AS harmed FROM entry
WHERE chain = %(parent)s AND sort = 'step' AND step = ANY(%(steps)s) ORDER BY position DESC LIMIT 1
""")
# Of whom the investigation was not ended, and who lives.
PURSUED = Query[_Pursued]("""
SELECT p.id, p.role, p.roles, p.name, p.citizen_id, p.said FROM matter m JOIN party p ON p.matter = m.number AND p.id = 'suspect'
WHERE m.parent = %(parent)s AND m.kind = 'suspect'
    AND NOT EXISTS (SELECT FROM fact f WHERE f.matter = m.number AND f.fact IN ('suspect.terminated', 'person.died')) ORDER BY m.number
""")


@feature.hook(Phase.PREPARE, kinds=_CASES, type="step")
async def take_people_along(draft: Draft) -> None:
    """Let a case that is being opened know whom the matter knew that opens it."""
    proposal = draft.proposal
    if proposal.seq or not proposal.parent:
        return
    found = await fetch_all(draft.connection, sql.PEOPLE, {"number": proposal.parent})
    arguments = {"parent": proposal.parent, "steps": list(_OPENING)}
    if proposal.parent_kind in _CASES:
        pursued = await fetch_all(draft.connection, PURSUED, arguments) if proposal.kind == Kind.PUBLIC_ORDER_CASE else ()
        taken = _join_offenders([_take(row) for row in found if row.role not in _STAY], [_take(row) for row in pursued])
    elif await fetch_first(draft.connection, IS_REPORTER_HARMED, arguments):
        taken = [_make_harmed(build_party(row)) for row in found if Role.REPORTER in row.roles and row.name]
    else:
        return
    draft.update(parties=(*proposal.parties, *map(dict, taken)))


def _take(row: Numbered) -> Party:
    return {name: value for name, value in build_party(row).items() if value}


def _make_harmed(caller: Party) -> Party:
    kept = {name: value for name, value in caller.items() if value and name != "id"}
    return {**kept, "role": Role.VICTIM.value, "roles": f"{Role.VICTIM.value} {Role.REPORTER.value}"}


def _join_offenders(known: Sequence[Party], pursued: Iterable[Party]) -> list[Party]:
    """Those known, and each who was a suspect as one of the numbered offenders: under their number where they had one before.

    What two records say of one person otherwise stays as the case has it: nothing keeps the new case from being opened.
    """
    taken = list(known)
    for each in pursued:
        numbered = [one for one in taken if is_numbered(one["id"])]
        same = next((one for one in numbered if _are_one(one, each)), None)
        number = max((int(get_number(one["id"])) for one in numbered), default=0) + 1
        before = same or next((one for one in taken if is_same_person(one, each)), {})
        further = {name: value for name, value in each.items() if before.get(name, value) == value}
        role = {"id": same["id"] if same else build_numbered_id(number), "role": Role.OFFENDER.value, "roles": Role.OFFENDER.value}
        taken.append({**further, "name": each["name"], **role})
    return taken


def _are_one(one: Party, other: Party) -> bool:
    same = is_same_person(one, other)
    return same is True or (same is None and one.get("name") == other.get("name"))


@feature.hook(Phase.ADVISE, kinds=[Kind.INCIDENT], steps=_OPENING, type="step")
async def note_nameless_caller(draft: Draft) -> None:
    """Note in the receipt that nobody knows the name of the caller whom the incident is said to have befallen."""
    if draft.proposal.form.get("reporter_harmed"):
        people = await fetch_all(draft.connection, sql.PEOPLE, {"number": draft.proposal.number})
        if not any(Role.REPORTER in row.roles and row.name for row in people):
            draft.add_notes(f"报警人没有留下姓名，未记入案件；查明后请在案件中办理“{RecordHarmed.rule.title}”")
