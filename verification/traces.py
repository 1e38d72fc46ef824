"""Verifying traces of reading (查阅记录) against their hashes and the seals; each day is a chain of its own."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from models.journal import BUREAU
from models.store.connection import BlockingConnection, Query, read_all, stream
from models.store.seals import READING_CHAIN
from models.trace_shapes import COLUMNS, FORGET_READINGS
from verification.rules.journal import Fault, build_truncated_chain_fault
from verification.rules.traces import StoredTrace, check_traces

PROMISED = f"SELECT {READING_CHAIN.format(day='day')} AS chain, sealed AS position FROM reading_day WHERE sealed > 0"
FORGOTTEN = Query[str](f"SELECT content FROM entry WHERE chain = '{BUREAU}' AND step = '{FORGET_READINGS}'")
TRACES = Query[StoredTrace](f"""
SELECT {", ".join(f"t.{column}" for column in COLUMNS)}, t.day, t.position, t.hash,
    {READING_CHAIN.format(day="t.day")} AS chain, seal.attested, d.position AS head_position, d.hash AS head_hash
FROM reading_trace t LEFT JOIN reading_day d ON d.day = t.day
     LEFT JOIN seal ON seal.chain = {READING_CHAIN.format(day="t.day")} AND seal.position = t.position
ORDER BY t.day, t.position
""")


class _CutOff(NamedTuple):
    """A day whose chain ends at `last`, though its head or a seal reached further."""

    chain: str
    last: int
    head: int
    sealed: int


CUT_OFF = Query[_CutOff](f"""
WITH reached AS (SELECT {READING_CHAIN.format(day="day")} AS chain, max(position) AS position FROM reading_trace GROUP BY day),
head AS (SELECT {READING_CHAIN.format(day="day")} AS chain, position FROM reading_day),
sealed AS (SELECT chain, max(position) AS position FROM seal WHERE starts_with(chain, 'READ/') GROUP BY chain)
SELECT * FROM (
    SELECT chain, coalesce(reached.position, 0) AS last, coalesce(head.position, 0) AS head, coalesce(sealed.position, 0) AS sealed
    FROM reached FULL JOIN head USING (chain) FULL JOIN sealed USING (chain)
) each WHERE greatest(head, sealed) > last ORDER BY chain
""")
_BATCH = 2000


def verify_traces(connection: BlockingConnection, count: list[int]) -> Iterator[Fault]:
    """Check the traces, once the seals are loaded; `count[0]` is increased by how many there were."""

    def counted(rows: Iterable[StoredTrace]) -> Iterator[StoredTrace]:
        for row in rows:
            count[0] += 1
            yield row

    yield from check_traces(counted(stream(connection, "traces", TRACES, at_once=_BATCH)))
    yield from (build_truncated_chain_fault(*row, seq=0) for row in read_all(connection, CUT_OFF))
