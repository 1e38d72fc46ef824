"""What happened in a matter (基本情况), as the forms say that were handed in to it and to those that it came of."""

import json
from collections.abc import Mapping, Sequence
from functools import cache

from models.forms.form import IN_SUMMARY, get_forms
from models.matter import Kind
from models.readmodel.matter_status import STATUS, MatterStatus
from models.readmodel.pagination import format_iso_sql
from models.store.connection import Connection, Query, fetch_all, fetch_one

ANCESTORS = Query[MatterStatus](f"""
WITH RECURSIVE above(number, depth) AS (
    SELECT parent, 1 FROM matter WHERE number = %(number)s
    UNION SELECT m.parent, depth + 1 FROM matter m JOIN above USING (number)
) SELECT {STATUS} FROM matter m JOIN above USING (number) ORDER BY depth DESC
""")

# Words of these matters that were set right (更正), with what stood there before; an approval is what sets them right.
CORRECTED = f"""
    SELECT l.chain, l.position, (each ->> 'seq')::int AS seq, each ->> 'field' AS field, each ->> 'old' AS old, each ->> 'new' AS new,
        {format_iso_sql("l.recorded_at")} AS at
    FROM entry l, json_array_elements(l.content::json -> 'corrected') each
    WHERE l.chain = ANY(%(matters)s::text[]) AND l.sort = 'step' AND l.step IN ('approve', 'correct-record') AND each ->> 'of' = 'words'"""
# Who is told of in the matter itself is not told of again: its own record of them is the younger.
SUMMARY = Query[str](f"""
WITH fixed AS ({CORRECTED})
SELECT row_to_json(t)::text FROM (SELECT
    (SELECT coalesce(json_agg(json_build_object('matter', e.chain, 'seq', e.seq, 'step', e.step, 'at', {format_iso_sql("e.recorded_at")},
            'by', p.zh, 'form', told.form, 'corrected', (SELECT coalesce(json_agg(json_build_object('field', f.field, 'old', f.old, 'at', f.at)
                ORDER BY f.position), '[]') FROM fixed f WHERE (f.chain, f.seq) = (e.chain, e.seq))) ORDER BY array_position(%(matters)s::text[], e.chain), e.position), '[]')
        FROM unnest(%(matters)s::text[], %(begins)s::int[]) m(number, begins)
        JOIN entry e ON e.chain = m.number AND e.position >= m.begins LEFT JOIN person p USING (username), LATERAL (
            SELECT json_object_agg(key, coalesce((SELECT to_json(f.new) FROM fixed f WHERE (f.chain, f.seq, f.field) = (e.chain, e.seq, key)
                ORDER BY f.position DESC LIMIT 1), value)) AS form FROM json_each(e.content::json -> 'form')
            WHERE %(fields)s::jsonb -> e.step ? key AND (value::text NOT IN ('""', 'null', '[]')
                OR EXISTS (SELECT FROM fixed f WHERE (f.chain, f.seq, f.field) = (e.chain, e.seq, key)))) told
        WHERE e.sort = 'step' AND e.step = ANY(%(steps)s) AND told.form IS NOT NULL) AS told,
    (SELECT coalesce(json_agg(json_build_object('matter', matter, 'id', id, 'role', role, 'roles', roles, 'name', name,
            'citizen_id', citizen_id, 'said', said) ORDER BY array_position(%(matters)s::text[], matter), id), '[]')
        FROM party a WHERE matter = ANY(%(above)s) AND role <> 'holder' AND NOT EXISTS (
            SELECT FROM party own WHERE own.matter = %(number)s AND own.name = a.name
                AND (own.citizen_id = a.citizen_id OR own.citizen_id = '' OR a.citizen_id = ''))) AS people
) t
""")


# What is about another matter.
_OF_ITSELF = frozenset({Kind.RISK_ALERT, Kind.RECTIFICATION_ORDER, Kind.SUPERVISION})


@cache
def get_summary_fields() -> Mapping[str, list[str]]:
    """The fields that say what happened, of each form that has any, by its step."""
    marked = {
        step: [name for name, field in form.model_fields.items() if IN_SUMMARY in field.metadata]
        for step, form in get_forms().items()
    }
    return {step: names for step, names in marked.items() if names}


async def load_summary(connection: Connection, number: str, kind: str, read: Sequence[tuple[str, int]]) -> str:
    """What happened, in JSON: the marked fields of these matters, each read from that position of its journal on, and their people.

    The last of them is the matter itself. An alert, an order or a supervision tells first what it asks for itself.
    """
    fields = get_summary_fields()
    if kind in _OF_ITSELF:  # what it asks for is read before what it is about
        read = (read[-1], *read[:-1])
    matters = [each for each, _ in read]
    arguments = {
        "number": number,
        "matters": matters,
        "above": [each for each in matters if each != number],
        "begins": [begins for _, begins in read],
        "steps": list(fields),
        "fields": json.dumps(fields),
    }
    return await fetch_one(connection, SUMMARY, arguments)


async def read_ancestors(connection: Connection, number: str) -> list[MatterStatus]:
    """The matters that a matter came of, the eldest first."""
    return await fetch_all(connection, ANCESTORS, {"number": number})
