"""Checks of traces of reading (查阅记录), rows in and faults out: integrity and completeness, as of the journal. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from models.journal import GENESIS, link
from models.trace_shapes import Trace, build_trace_content
from verification.rules.journal import Fault, Question


@dataclass(frozen=True, slots=True)
class StoredTrace(Trace):
    """A row of `reading_trace` with what is known of its place.

    `attested` are the hashes that seals hold for it (hexadecimal); `head_position` and `head_hash` are the day's row of `reading_day` (None:
    there is none).
    """

    day: date
    position: int
    hash: bytes
    chain: str
    attested: Sequence[str] | None
    head_position: int | None
    head_hash: bytes | None


def check_traces(rows: Iterable[StoredTrace]) -> Iterator[Fault]:
    """The faults of whole days, whose rows come in the order of their positions."""
    for chain, traces in groupby(rows, key=lambda row: row.chain):
        position, hash_ = 0, GENESIS
        row = None
        for row in traces:
            if row.position > position + 1:
                yield Fault(Question.COMPLETENESS, chain, position + 1, "查阅记录缺失")
            elif link(hash_, build_trace_content(row.day, row.position, row)) != row.hash:
                yield Fault(Question.INTEGRITY, chain, row.position, "查阅记录与摘要不符：写入之后被改动，或者其间被插入、调换")
            if any(attested != row.hash.hex() for attested in row.attested or ()):
                yield Fault(Question.INTEGRITY, chain, row.position, "查阅记录与封存文件中的摘要不符：封存之后被改写")
            position, hash_ = row.position, row.hash
        if row is not None and not _head_fits(row):
            yield Fault(Question.INTEGRITY, chain, row.position, "查阅记录的链头与最后一条不符")


def _head_fits(row: StoredTrace) -> bool:
    """Whether the head of a day fits its last trace; a head that reaches further is the fault of a truncated chain, reported elsewhere."""
    if row.head_position is None or row.head_position < row.position:
        return False
    return row.head_position > row.position or row.head_hash == row.hash
