"""Tallies of boards: what has been counted replaces what was, and only where it differs."""

from models.readmodel.board_tallies import CLOCKS, STAYS
from models.store.connection import Query

_TALLY = """
WITH counted AS MATERIALIZED ({counted}), gone AS (
    DELETE FROM {table} t WHERE NOT EXISTS (SELECT FROM counted c WHERE ({keys_c}) = ({keys_t}))
), kept AS (
    INSERT INTO {table} AS t ({columns}) SELECT {columns} FROM counted
    ON CONFLICT ({keys}) DO UPDATE SET ({values}) = ROW ({excluded}) WHERE ({values_t}) IS DISTINCT FROM ({excluded})
)
SELECT coalesce(sum(n), 0)::int AS many FROM counted
"""
TALLIED = """
INSERT INTO tallied (at, many) VALUES (%(at)s, %(many)s) ON CONFLICT (one) DO UPDATE SET at = excluded.at, many = excluded.many
"""


def _tally(table: str, counted: str, unsealed: str, keys: tuple[str, ...], values: tuple[str, ...]) -> Query[int]:
    def of(alias: str, names: tuple[str, ...]) -> str:
        return ", ".join(f"{alias}{name}" for name in names)

    return Query[int](_TALLY).format(
        table=table,
        counted=counted.format(where=unsealed, past=unsealed),
        keys=of("", keys),
        keys_c=of("c.", keys),
        keys_t=of("t.", keys),
        columns=of("", (*keys, *values)),
        values=of("", values),
        values_t=of("t.", values),
        excluded=of("excluded.", values),
    )


TALLY_CLOCKS = _tally(
    "clock_tally",
    CLOCKS,
    "c.matter NOT IN (SELECT number FROM matter WHERE sealed)",
    ("unit_id", "kind", "limit_id", "colour", "liberty", "zh"),
    ("n",),
)
TALLY_STAYS = _tally("stay_tally", STAYS, "NOT m.sealed", ("unit_id", "kind", "stage", "since_on"), ("n", "late", "oldest"))
