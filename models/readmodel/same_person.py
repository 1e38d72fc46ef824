"""In which other cases the same person is a suspect, as far as whoever asks may know of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from models.access.scope import Person, build_scope
from models.forms.criminal_case import NameSuspect
from models.forms.form import Form
from models.readmodel.pagination import build_subject_shown_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query

# As many as are read in a receipt; the search finds the rest.
_MOST = 5


class _Elsewhere(NamedTuple):
    """A case in which somebody is a suspect, and at which stage."""

    parent: str
    title: str
    stage_zh: str


ELSEWHERE = Query[_Elsewhere]("""
SELECT m.parent, c.title, %(stages)s::jsonb ->> ('suspect/' || m.stage) AS stage_zh
FROM party p JOIN matter m ON m.number = p.matter AND m.kind = 'suspect' JOIN matter c ON c.number = m.parent
WHERE {known} AND p.id = 'suspect' AND m.parent <> %(case)s AND {visible} AND {told} ORDER BY m.opened_at DESC LIMIT %(most)s
""")


async def describe_suspect_elsewhere(
    connection: Connection, person: Person, words: Mapping[str, str], case: str, form: Form
) -> tuple[str, ...]:
    """A sentence for each other case in which whom this form names is a suspect."""
    if not isinstance(form, NameSuspect) or not (form.citizen_number or form.travel_document):
        return ()
    by_number = "p.citizen_id = %(number)s AND p.citizen_id <> ''"
    known = by_number if form.citizen_number else "p.said ->> 'travel_document' = %(number)s"
    arguments: dict[str, Any] = {**words, "number": form.citizen_number or form.travel_document, "case": case, "most": _MOST}
    # Whoever acts leaves no trace of reading: a reason to read opens nothing here.
    scope = build_scope(replace(person, reasoned=False))
    sql = ELSEWHERE.format(known=known, visible=build_visible_sql(scope, arguments), told=build_subject_shown_sql(scope, arguments))
    rows = await fetch_planned(connection, sql, arguments)
    return tuple(f"该人在另案{number}（{title}）中也是犯罪嫌疑人，现为{stage}，请与该案衔接" for number, title, stage in rows)
