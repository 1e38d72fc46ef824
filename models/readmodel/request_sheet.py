"""What whoever decides on a request must see of it (审批表), beside what happened and what lies in the dossier."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from models.forms.approval import AddSigner, Approve, CopyTo, Countersign, Delegate, Return, TakeOffSigner, Transfer, Urge, Withdraw
from models.readmodel.pagination import format_iso_sql
from models.store.connection import Connection, Query, fetch_first, fetch_one


class Asked(NamedTuple):
    """Which step was asked for, and its form as it was filled in."""

    step: str
    form: dict[str, Any]


_VERBS = (AddSigner, Approve, CopyTo, Countersign, Delegate, Return, TakeOffSigner, Transfer, Urge, Withdraw)
# What people said in their turn of a request: each verb by the field that has the words.
_WORDS = "coalesce(e.content::json #>> '{form,opinion}', e.content::json #>> '{form,reason}', e.content::json #>> '{form,words}')"
_TOLD = f"""json_build_object('seq', e.seq, 'step', e.step, 'step_zh', %(steps)s::jsonb ->> e.step, 'at', {format_iso_sql("e.recorded_at")},
    'by_zh', p.zh, 'words', {_WORDS})"""
_OF_ENTRY = (
    "FROM entry e LEFT JOIN person p USING (username) WHERE e.chain = %(number)s AND e.position >= %(begins)s AND e.sort = 'step'"
)
# A request that went back and forth more often is read in the journal.
_LATEST = 50
ASKED = Query[Asked]("""
SELECT step, content::json -> 'form' AS form FROM entry
WHERE chain = %(number)s AND position >= %(begins)s AND seq = %(seq)s AND sort = 'step' AND step = ANY(%(asking)s)
""")
SHEET = Query[str](f"""
SELECT row_to_json(t)::text FROM (SELECT
    (SELECT coalesce(json_agg(told ORDER BY position), '[]') FROM (SELECT e.position, {_TOLD} AS told {_OF_ENTRY}
        AND (e.step = %(step)s OR e.step = ANY(%(verbs)s) AND e.content::json #>> '{{form,request}}' = %(step)s)
        ORDER BY e.position DESC LIMIT {_LATEST}) latest) AS history,
    (SELECT coalesce(json_agg({_TOLD} ORDER BY e.position), '[]') {_OF_ENTRY} AND e.step = ANY(%(reviews)s)) AS opinions,
    (SELECT coalesce(json_agg(json_build_object('id', id, 'role', role, 'roles', roles, 'name', name, 'citizen_id', citizen_id,
        'said', said) ORDER BY id), '[]') FROM party WHERE matter = %(number)s) AS people,
    (SELECT coalesce(json_agg(json_build_object('type', type, 'context', context) ORDER BY type), '[]')
        FROM document_draft WHERE matter = %(number)s AND seq = %(seq)s) AS drafts,
    (SELECT coalesce(json_object_agg(id, zh), '{{}}') FROM (
        SELECT username AS id, zh FROM person WHERE username = ANY(%(ids)s)
        UNION ALL SELECT id, zh FROM unit WHERE id = ANY(%(ids)s)) named) AS names
) t
""")


async def find_request(connection: Connection, number: str, begins: int, seq: int, asking: Sequence[str]) -> Asked | None:
    """The request that was made at that sequence of a matter, in its journal from that position on; None where none of `asking` was."""
    return await fetch_first(connection, ASKED, {"number": number, "begins": begins, "seq": seq, "asking": list(asking)})


async def build_sheet(
    connection: Connection, number: str, begins: int, seq: int, step: str, reviews: Sequence[str], ids: Iterable[str], steps: str
) -> Mapping[str, Any]:
    """History, reviewers' opinions, people and drafts of papers of that request, and the names of those among `ids`; `steps` as in `todo`."""
    arguments = {
        "number": number,
        "begins": begins,
        "seq": seq,
        "step": step,
        "verbs": [each.rule.step for each in _VERBS],
        "reviews": list(reviews),
        "ids": list(ids),
        "steps": steps,
    }
    return json.loads(await fetch_one(connection, SHEET, arguments))
