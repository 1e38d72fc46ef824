"""Verifying traces of reading (查阅记录) against their hashes and the seals; each day is a chain of its own."""

from collections.abc import Iterator
from typing import Any

from models.journal import BUREAU
from models.store.seals import READING_CHAIN
from models.trace_shapes import FORGET_READINGS
from verification.rules.journal import Fault, cut_off
from verification.rules.traces import faults

PROMISED = f"SELECT {READING_CHAIN.format(day='day')} AS chain, sealed AS position FROM reading_day WHERE sealed > 0"
FORGOTTEN = f"SELECT content FROM entry WHERE chain = '{BUREAU}' AND step = '{FORGET_READINGS}'"
TRACES = f"""
SELECT t.*, {READING_CHAIN.format(day="t.day")} AS chain, seal.attested, d.position AS head_position, d.hash AS head_hash
FROM reading_trace t LEFT JOIN reading_day d ON d.day = t.day
     LEFT JOIN seal ON seal.chain = {READING_CHAIN.format(day="t.day")} AND seal.position = t.position
ORDER BY t.day, t.position
"""
CUT_OFF = f"""
WITH reached AS (SELECT {READING_CHAIN.format(day="day")} AS chain, max(position) AS position FROM reading_trace GROUP BY day),
head AS (SELECT {READING_CHAIN.format(day="day")} AS chain, position FROM reading_day),
sealed AS (SELECT chain, max(position) AS position FROM seal WHERE starts_with(chain, 'READ/') GROUP BY chain)
SELECT * FROM (
    SELECT chain, coalesce(reached.position, 0) AS last, coalesce(head.position, 0) AS head, coalesce(sealed.position, 0) AS sealed
    FROM reached FULL JOIN head USING (chain) FULL JOIN sealed USING (chain)
) each WHERE greatest(head, sealed) > last ORDER BY chain
"""
_BATCH = 2000


def faults_of_traces(connection: Any, count: list[int]) -> Iterator[Fault]:
    """What is wrong with the traces, once the seals are loaded; `count` is told how many there were."""

    def counted(rows: Any) -> Iterator[Any]:
        for row in rows:
            count[0] += 1
            yield row

    with connection.cursor("traces") as cursor:
        cursor.itersize = _BATCH
        cursor.execute(TRACES)
        yield from faults(counted(cursor))
    yield from (cut_off(row.chain, row.last, row.head, row.sealed, 0) for row in connection.execute(CUT_OFF))
