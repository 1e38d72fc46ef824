"""Writing the tallies of boards: new counts replace old ones, and only rows that differ are written."""

from models.access.kept_from import APART
from models.readmodel.board_tallies import CLOCKS, STAYS
from models.readmodel.figure_tallies import BY_DAY
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


def _tally(table: str, counted: str, keys: tuple[str, ...], values: tuple[str, ...]) -> Query[int]:
    def of(alias: str, names: tuple[str, ...]) -> str:
        return ", ".join(f"{alias}{name}" for name in names)

    return Query[int](_TALLY).format(
        table=table,
        counted=counted,
        keys=of("", keys),
        keys_c=of("c.", keys),
        keys_t=of("t.", keys),
        columns=of("", (*keys, *values)),
        values=of("", values),
        values_t=of("t.", values),
        excluded=of("excluded.", values),
    )


_OPEN_CLOCKS, _OPEN_MATTERS = f"c.matter NOT IN (SELECT m.number FROM matter m WHERE {APART})", f"NOT {APART}"
TALLY_CLOCKS = _tally(
    "clock_tally",
    CLOCKS.format(where=_OPEN_CLOCKS, past=_OPEN_CLOCKS),
    ("unit_id", "kind", "limit_id", "colour", "liberty", "zh"),
    ("n",),
)
TALLY_STAYS = _tally(
    "stay_tally", STAYS.format(where=_OPEN_MATTERS), ("unit_id", "kind", "stage", "since_on"), ("n", "late", "oldest")
)
TALLY_FIGURES = _tally(
    "figure_tally",
    BY_DAY.format(clocks=_OPEN_CLOCKS, matters=_OPEN_MATTERS),
    ("unit_id", "figure", "on_day"),
    ("n", "good", "late", "took"),
)
