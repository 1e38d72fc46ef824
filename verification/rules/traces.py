"""What is wrong with the traces of reading: rows in, faults out. They are asked the journal's questions, but for what tables say of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple

from models.journal import GENESIS, link
from models.trace_shapes import content, left_of
from verification.rules.journal import Fault, Question


class Row(NamedTuple):
    """A row of `reading_trace` with its hash, the hashes that seals hold for its place (hexadecimal), and how far its day's chain is said to reach."""

    day: date
    position: int
    at: datetime
    username: str
    offices: list[str]
    units: list[str]
    address: str
    sort: str
    matter: str
    status: int
    secret: bytes | None
    key_id: str | None
    hash: bytes
    chain: str
    attested: Sequence[str] | None
    head_position: int | None
    head_hash: bytes | None


def faults(rows: Iterable[Row]) -> Iterator[Fault]:
    """The faults of whole days, whose rows come in the order of their positions."""
    for chain, traces in groupby(rows, key=lambda row: row.chain):
        position, hash_ = 0, GENESIS
        row = None
        for row in traces:
            if row.position > position + 1:
                yield Fault(Question.COMPLETENESS, chain, position + 1, "查阅记录缺失")
            elif link(hash_, content(row.day, row.position, left_of(row))) != row.hash:
                yield Fault(Question.INTEGRITY, chain, row.position, "查阅记录与摘要不符：写入之后被改动，或者其间被插入、调换")
            if any(attested != row.hash.hex() for attested in row.attested or ()):
                yield Fault(Question.INTEGRITY, chain, row.position, "查阅记录与封存文件中的摘要不符：封存之后被改写")
            position, hash_ = row.position, row.hash
        if row is not None and not _reaches(row):
            yield Fault(Question.INTEGRITY, chain, row.position, "查阅记录的链头与最后一条不符")


def _reaches(row: Row) -> bool:
    """Whether the head of a day fits its last trace; one that reaches further misses what was cut off, which is another fault."""
    if row.head_position is None or row.head_position < row.position:
        return False
    return row.head_position > row.position or row.head_hash == row.hash
