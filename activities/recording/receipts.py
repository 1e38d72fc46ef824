"""What a receipt says besides where the matter stands: whose approval is awaited, by office, unit and name."""

from collections.abc import Sequence
from typing import NamedTuple

from psycopg.types.json import Jsonb

from law.offices import Office
from models.forms.approval import AddSigner, Approve, Countersign, Delegate, Return, Transfer
from models.messages import Notice, Proposal, Request
from models.store.connection import Connection, Query, fetch_all

# By these a request goes on to other hands, or stays with some.
_HANDED_ON = {each.rule.step for each in (Approve, Return, Transfer, Delegate, AddSigner, Countersign)}


class _Awaited(NamedTuple):
    """An approval that is awaited: of whom by name, or of an office with those who hold it, and where."""

    office: str
    person_zh: str | None
    there_zh: str | None
    unit_zh: str | None
    names: list[str] | None


# Of each approval awaited now: who is named, or who holds the office nearest above the matter and may still sign.
AWAITED = Query[_Awaited]("""
SELECT s.office, named.zh AS person_zh, there.zh AS there_zh, nearest.unit_zh, nearest.names
FROM jsonb_to_recordset(%(signers)s) AS s (place int, office text, unit text, person text)
LEFT JOIN unit there ON there.id = coalesce(nullif(s.unit, ''), %(unit)s)
LEFT JOIN person named ON named.username = s.person AND s.person <> ''
LEFT JOIN LATERAL (
    SELECT above.zh AS unit_zh, array_agg(DISTINCT p.zh) AS names
    FROM holding h JOIN person p ON p.username = h.username AND p.active JOIN unit above ON above.id = h.unit_id
    WHERE s.person = '' AND h.office = s.office AND starts_with(there.path, above.path) AND p.username <> ALL(%(signed)s)
    GROUP BY above.id, above.zh, above.path ORDER BY length(above.path) DESC LIMIT 1
) nearest ON true
ORDER BY s.place
""")


def find_pending_request(proposal: Proposal) -> Request | None:
    """The request that this step made, or moved on without ending it; None where there is none."""
    for request in proposal.requests:
        if request.seq == proposal.seq + 1:
            return request
        if proposal.type == "step" and proposal.step in _HANDED_ON and request.step == proposal.form.get("request"):
            return request
    return None


async def list_awaited(connection: Connection, proposal: Proposal) -> tuple[str, ...]:
    """Whose approval the request awaits now, in words by which one knows whom to ask; empty where nothing is awaited."""
    request = find_pending_request(proposal)
    if request is None:
        return ()
    signers = [
        {"place": place, "office": each.office, "unit": each.unit, "person": each.person}
        for place, each in enumerate(request.present)
    ]
    signed = [request.asked_by.person, *request.approved_by]
    arguments = {"signers": Jsonb(signers), "unit": proposal.unit, "signed": signed}
    rows = await fetch_all(connection, AWAITED, arguments)
    return tuple(map(_describe_awaited, rows))


def add_warnings(proposal: Proposal, notes: Sequence[str]) -> Proposal:
    """The proposal with those notes told to whoever acts, and, where they ask for approval, to those who will decide."""
    actor, request = proposal.actor, find_pending_request(proposal)
    if not notes or actor is None:
        return proposal
    deciding = request.present if request else ()
    words = [Notice(words=note, person=actor.person) for note in notes]
    words += [Notice(words=note, person=each.person, office=each.office, unit=each.unit) for note in notes for each in deciding]
    return proposal.model_copy(update={"notices": (*proposal.notices, *words)})


def _describe_awaited(row: _Awaited) -> str:
    if row.person_zh:
        return row.person_zh
    office = Office(row.office).label
    if row.names:
        return f"{office}（{row.unit_zh}：{'、'.join(row.names)}）"
    return f"{office}（{row.there_zh or '本单位'}及其上级无人担任，请联系系统管理员）"
