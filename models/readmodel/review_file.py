"""The file that a reviewer looks at (隐名案卷): what was done in it step by step, and its papers, without the names of whoever did it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from models.answers import build_answers
from models.forms.form import get_forms
from models.instants import AS_STORED
from models.reviews.masking import Mask
from models.store.connection import Connection, Query, fetch_all


class _Entry(NamedTuple):
    """A step of the file, as it was taken, and who took it."""

    matter: str
    kind: str
    seq: int
    step: str
    username: str
    form: dict[str, Any]
    recorded_at: datetime


# The file, and the people and things that are part of it.
_OF_FILE = "(m.number = %(subject)s OR m.parent = %(subject)s AND m.kind IN ('suspect', 'exhibit'))"
ENTRIES = Query[_Entry](f"""
SELECT e.chain AS matter, m.kind, e.seq, e.step, coalesce(e.username, '') AS username, e.content::json -> 'form' AS form, e.recorded_at
FROM matter m JOIN entry e ON e.chain = m.number AND e.sort = 'step'
WHERE {_OF_FILE} ORDER BY e.recorded_at, e.chain, e.position LIMIT %(most)s
""")


class _Named(NamedTuple):
    """Somebody or something that the file names, by all its names."""

    sort: str
    names: list[str]


NAMED = Query[_Named](f"""
WITH told AS (
    SELECT string_agg(e.content, ' ') AS words FROM matter m JOIN entry e ON e.chain = m.number AND e.sort = 'step' WHERE {_OF_FILE}
)
SELECT 'police' AS sort, ARRAY[p.username, p.zh] || CASE WHEN p.badge <> '' THEN ARRAY[p.badge] ELSE '{{}}' END AS names
FROM person p, told WHERE strpos(told.words, p.zh) > 0 OR strpos(told.words, to_json(p.username)::text) > 0
UNION ALL SELECT 'unit', ARRAY[u.zh] FROM unit u, told WHERE strpos(told.words, u.zh) > 0 OR strpos(told.words, to_json(u.id)::text) > 0
UNION ALL SELECT 'party', ARRAY(SELECT DISTINCT each FROM unnest(ARRAY[p.name, p.citizen_id, p.said ->> 'phone', p.said ->> 'address']) each WHERE each <> '')
FROM party p JOIN matter m ON m.number = p.matter WHERE {_OF_FILE} AND p.name <> ''
ORDER BY 1, 2
""")


class _Paper(NamedTuple):
    """A paper of the file: issued, or scanned."""

    title: str
    at: datetime
    scanned: bool


PAPERS = Query[_Paper](f"""
SELECT d.title, d.issued_at AS at, false AS scanned FROM matter m JOIN document d ON d.matter = m.number WHERE {_OF_FILE}
UNION ALL SELECT i.title, i.uploaded_at, true FROM matter m JOIN dossier_item i ON i.matter = m.number WHERE {_OF_FILE}
ORDER BY 2, 1 LIMIT %(most)s
""")
_MOST = 400


class Answer(NamedTuple):
    """What was filled in under a title."""

    title: str
    lines: list[str]


class Step(NamedTuple):
    """A step of the file, without names: `entry` counts within its matter; `part` is whom or what it concerns; `late` after the draw."""

    entry: int
    part: str
    step: str
    title: str
    by: str
    at: datetime
    late: bool
    said: list[Answer]


class Paper(NamedTuple):
    """A paper of the file."""

    title: str
    at: datetime
    scanned: bool
    late: bool


class MaskedFile(NamedTuple):
    """A file without names; `more` where it has more steps than are shown."""

    steps: list[Step]
    papers: list[Paper]
    more: bool


_PARTS = {"suspect": "犯罪嫌疑人", "exhibit": "涉案财物"}


async def build_masked_file(connection: Connection, subject: str, drawn_at: datetime) -> MaskedFile:
    """The file as it is now, of which what came after the draw is marked."""
    about = {"subject": subject, "most": _MOST}
    named = await fetch_all(connection, NAMED, about)
    mask = Mask(*([each.names for each in named if each.sort == sort] for sort in ("police", "unit", "party")))
    entries = await fetch_all(connection, ENTRIES, about)
    papers = await fetch_all(connection, PAPERS, about)
    return MaskedFile(
        [_mask_step(each, mask, drawn_at) for each in entries],
        [Paper(mask(each.title), each.at, each.scanned, late=each.at > drawn_at) for each in papers],
        more=len(entries) == _MOST,
    )


def _mask_step(entry: _Entry, mask: Mask, drawn_at: datetime) -> Step:
    form = get_forms().get(entry.step)
    return Step(
        entry.seq,
        _PARTS.get(entry.kind, ""),
        entry.step,
        form.rule.title if form else entry.step,
        mask.names.get(entry.username, "系统" if not entry.username else "民警"),
        entry.recorded_at,
        late=entry.recorded_at > drawn_at,
        said=list(_list_masked_answers(entry, mask)) if form else [],
    )


def _list_masked_answers(entry: _Entry, mask: Mask) -> Iterator[Answer]:
    said = build_answers(get_forms()[entry.step].model_validate(entry.form, context=AS_STORED), {})
    for each in said.said:
        yield Answer(each.title, [mask(line) for line in each.lines])
    if said.denied:
        yield Answer("否定的事项", ["、".join(said.denied)])
