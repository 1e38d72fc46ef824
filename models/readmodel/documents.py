"""What is read of legal documents and dossiers; what they say as the JSON that PostgreSQL wrote."""

from typing import Any, NamedTuple

from models.access.scope import Person, build_scope
from models.readmodel.pagination import build_subject_shown_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query, fetch_first, fetch_one

_DOCUMENT = """d.id, d.matter, d.type, d.title, d.number, d.state, d.seq, d.hash, d.size,
    to_char(d.issued_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') AS issued_at,
    CASE WHEN d.state <> 'produced' THEN '{}'::text[] WHEN d.pdf IS NULL THEN '{docx}' ELSE '{docx,pdf}' END AS formats"""
_ITEM = """i.id, i.matter, i.place, i.title, i.version, i.hash, i.size, i.media_type, i.uploaded_by, p.zh AS uploaded_by_zh,
    to_char(i.uploaded_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') AS uploaded_at, i.declared_by,
    to_char(i.declared_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"') AS declared_at"""
DOCUMENTS = Query[str](f"""
SELECT json_build_object('items', coalesce(json_agg(row_to_json(t) ORDER BY t.id), '[]'))::text
FROM (SELECT {_DOCUMENT} FROM document d WHERE d.matter = %(number)s) t
""")


class Document(NamedTuple):
    """A document that was issued, or is yet to be: the digests of the Word file and of the PDF."""

    state: str
    hash: str | None
    pdf: str | None
    title: str
    number: str


DOCUMENT = Query[Document]("SELECT state, hash, pdf, title, number FROM document WHERE matter = %(number)s AND id = %(id)s")


class Scan(NamedTuple):
    """A scan in a dossier."""

    hash: str
    title: str
    version: int
    media_type: str


ITEM = Query[Scan]("SELECT hash, title, version, media_type FROM dossier_item WHERE matter = %(number)s AND id = %(id)s")
# A case's dossier holds what concerns its suspects, too, and the cases that were merged into it; before whoever reads it what they may open.
_OWN = """WITH RECURSIVE merged AS (
    SELECT %(number)s::text AS number
    UNION SELECT f.said ->> 'told_by' FROM fact f JOIN merged ON f.matter = merged.number
    WHERE f.fact = 'criminal.merged' AND f.about = merged.number AND f.said ? 'told_by'
), own AS (
    SELECT m.number FROM matter m WHERE m.number = %(number)s
        OR (m.number IN (SELECT number FROM merged) OR m.parent = %(number)s AND m.kind = 'suspect') AND {opens}
)"""
# What was taken on the scene lies with the incident of which a case came; the case is not judged by it.
_SCENE = """SELECT m.number FROM matter m JOIN matter own ON own.parent = m.number
    WHERE own.number = %(number)s AND m.kind = 'incident' AND {opens}"""
HELD = """
{own}
SELECT json_build_object(
    'facts', (SELECT coalesce(json_agg(DISTINCT jsonb_build_array(f.matter, m.kind, f.fact)), '[]')
              FROM fact f JOIN matter m ON m.number = f.matter
              WHERE f.matter IN (SELECT number FROM own) AND NOT f.said ? 'told_by'),
    'documents', (SELECT coalesce(json_agg(json_build_array(matter, type)), '[]') FROM document WHERE matter IN (SELECT number FROM own)),
    'items', (SELECT coalesce(json_agg(json_build_array(matter, title, declared_at IS NOT NULL) ORDER BY version), '[]') FROM dossier_item
              WHERE matter IN (SELECT number FROM own)))::text
"""
LYING_THERE = f"""
{{own}}
SELECT json_build_object(
    'documents', (SELECT coalesce(json_agg(row_to_json(t) ORDER BY t.id), '[]') FROM (
        SELECT {_DOCUMENT} FROM document d WHERE d.matter IN (SELECT number FROM own)) t),
    'items', (SELECT coalesce(json_agg(row_to_json(t) ORDER BY t.matter, t.title, t.version), '[]') FROM (
        SELECT {_ITEM} FROM dossier_item i LEFT JOIN person p ON p.username = i.uploaded_by
        WHERE i.matter IN (SELECT number FROM own UNION {{scene}})) t))::text
"""
# What a dossier held when the delivery of that number was opened; of a scan that was replaced, the version of then.
CATALOGUE = Query[list[dict[str, Any]]]("""
WITH own AS (SELECT number FROM matter WHERE number = %(number)s OR (parent = %(number)s AND kind IN ('suspect', 'exhibit'))),
opened AS (SELECT recorded_at FROM entry WHERE chain = %(delivery)s AND position = 1)
SELECT coalesce(json_agg(row_to_json(t) ORDER BY t.at, t.title), '[]') FROM (
    SELECT d.title, d.number, coalesce(d.hash, '') AS sm3, d.issued_at AS at FROM document d, opened
    WHERE d.matter IN (SELECT number FROM own) AND d.issued_at <= opened.recorded_at
    UNION ALL
    (SELECT DISTINCT ON (i.matter, i.title) i.title, '', i.hash, i.uploaded_at FROM dossier_item i, opened
     WHERE i.matter IN (SELECT number FROM own) AND i.uploaded_at <= opened.recorded_at ORDER BY i.matter, i.title, i.version DESC)
) t
""")


async def list_documents(connection: Connection, number: str) -> str:
    """What the steps of a matter have issued, in order."""
    return await fetch_one(connection, DOCUMENTS, {"number": number})


async def load_holdings(connection: Connection, number: str, reader: Person | None = None, *, sealed: bool = False) -> str:
    """What a dossier is judged by: facts and documents, each with its matter, and scans with whether they were declared identical.

    All there is, or what that reader may open: whoever opens a sealed case opens all of it.
    """
    return await _of_dossier(connection, HELD, number, reader, sealed=sealed)


async def list_contents(connection: Connection, number: str, reader: Person, *, sealed: bool) -> str:
    """The documents and scans of a dossier as its pages show them to that reader."""
    return await _of_dossier(connection, LYING_THERE, number, reader, sealed=sealed)


async def _of_dossier(connection: Connection, sql: str, number: str, reader: Person | None, *, sealed: bool) -> str:
    arguments: dict[str, Any] = {"number": number}
    opens = "true"
    if reader is not None and not sealed:
        scope = build_scope(reader)
        opens = f"(NOT m.sealed OR {build_visible_sql(scope, arguments)} AND {build_subject_shown_sql(scope, arguments)})"
    # What its own statement says between braces is not to be filled in.
    (text,) = await fetch_planned(connection, Query[str](_fill_in(sql, opens)), arguments)
    return text


def _fill_in(sql: str, opens: str) -> str:
    return sql.replace("{own}", _OWN.replace("{opens}", opens)).replace("{scene}", _SCENE.replace("{opens}", opens))


async def list_catalogue(connection: Connection, number: str, delivery: str) -> list[dict[str, Any]]:
    """Title, number and digest of each paper that the dossier of a case held when that delivery was opened."""
    return await fetch_one(connection, CATALOGUE, {"number": number, "delivery": delivery})


async def find_document(connection: Connection, number: str, id_: int) -> Document | None:
    """A document of that matter; None where there is none."""
    return await fetch_first(connection, DOCUMENT, {"number": number, "id": id_})


async def scan(connection: Connection, number: str, id_: int) -> Scan | None:
    """A scan of that matter; None where there is none."""
    return await fetch_first(connection, ITEM, {"number": number, "id": id_})
