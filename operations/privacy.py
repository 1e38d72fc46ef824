"""Who took a file away, by what it bears; and of which letters who wrote them in secret can be forgotten by now."""

from datetime import datetime
from html import unescape
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from api.export_marks import MARK
from law.facts import Fact
from models.journal import hash_sm3
from models.store.connection import BlockingConnection, Query, read_all

# A workbook that bears a mark has it in its header and its last sheet; neither is long.
_MOST_BYTES = 50_000_000


class Taking(NamedTuple):
    """An entry by which a file was taken away: by whom, when, what it was and how it was narrowed."""

    at: datetime
    username: str | None
    name: str | None
    chain: str
    what: str
    filters: str


TAKEN = Query[Taking]("""
SELECT e.recorded_at AS at, e.username, p.zh AS name, e.chain, coalesce(e.content::json ->> 'what', e.content::json ->> 'number', e.step) AS what,
    coalesce(e.content::json ->> 'filters', '') AS filters
FROM entry e LEFT JOIN person p USING (username)
WHERE e.sort = 'access' AND (e.content::json ->> 'mark' = ANY(%(marks)s) OR e.content::json ->> 'sm3' = ANY(%(marks)s))
ORDER BY e.recorded_at
""")


class Due(NamedTuple):
    """A letter whose writer in secret may be forgotten, and since when."""

    number: str
    since: datetime


DUE = Query[Due](f"""
SELECT m.number, max(f.at) + interval '731 days' AS since FROM veil_key k JOIN matter m ON m.number = k.holder
JOIN fact f ON f.matter = m.number AND f.fact IN ('{Fact.LETTER_ARRIVED}', '{Fact.LETTER_CONCLUDED}', '{Fact.LETTER_HANDED_OVER}',
    '{Fact.TIP_REWARD_PAID}', '{Fact.TIP_SETTLED}')
WHERE k.wrapped IS NOT NULL GROUP BY m.number HAVING max(f.at) + interval '731 days' <= now() ORDER BY since, m.number
""")


def find_takings(connection: BlockingConnection, data: bytes) -> list[Taking]:
    """Every entry by which that file, or one that bears its mark, was taken away, the oldest first."""
    return read_all(connection, TAKEN, {"marks": [hash_sm3(data).hex(), *sorted(list_marks(data))]})


def list_due(connection: BlockingConnection) -> list[Due]:
    """The letters whose writers may be forgotten now; whether a case still runs the step itself asks."""
    return read_all(connection, DUE)


def list_marks(data: bytes) -> set[str]:
    """The marks that stand in a file: in a workbook or Word file, a printed text that was typed, or a table that was saved as CSV."""
    found: set[str] = set()
    for text in _list_texts(data):
        found |= {*MARK.findall(text)}
    return found


def _list_texts(data: bytes) -> list[str]:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = [each for each in archive.infolist() if each.filename.endswith(".xml") and each.file_size < _MOST_BYTES]
            return [unescape(archive.read(each).decode("utf-8", "replace")) for each in parts]
    except BadZipFile:
        return [data.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
