"""What is written of dossiers: who vouches for the scans."""

from typing import NamedTuple

from models.store.connection import Query


class Declared(NamedTuple):
    """A scan that was declared identical to its paper."""

    item: int
    title: str
    version: int
    sm3: str


DECLARE = Query[Declared]("""
WITH vouched AS (
    UPDATE dossier_item SET declared_by = %(username)s, declared_at = %(now)s WHERE declared_at IS NULL AND matter = %(matter)s
    RETURNING id, title, version, hash
)
SELECT id AS item, title, version, hash AS sm3 FROM vouched ORDER BY id
""")
