"""Marks (敏感标记) in SQL: who is called by a code, as `models.marks` says it."""

from typing import LiteralString

from models.marks import CODED, SOMEBODY, STEMS
from models.parties import Role


def has_mark(mark: LiteralString) -> LiteralString:
    """The condition that a matter `m` bears that mark, an expression of SQL; few do, and are found by an index of those alone."""
    return f"(cardinality(m.marks) > 0 AND {mark} = ANY(m.marks))"


SENSITIVE = has_mark("'sensitive'")
"""The condition that a matter `m` is sensitive. What is opened under a sensitive case hears of it, and is none itself."""

_CODING = ", ".join(f"'{mark}'" for mark in CODED)
ASKS_REASON = f"m.marks && ARRAY[{_CODING}]"
"""The condition that whoever reads a matter `m`, and does not handle it, says why; as `models.marks.asks_reason` says it."""


def build_shown_name_sql(person: str) -> str:
    """How lists call a person, a row with `id`, `role` and `name`, of a matter `m`: by a code, where its marks ask for that."""
    coded = " OR ".join(f"'{mark}' = ANY(m.marks) AND {person}.role IN ({_list_roles(roles)})" for mark, roles in CODED.items())
    roles = " ".join(f"WHEN '{role}' THEN '{role.label}'" for role in Role)
    n = f"coalesce(substring({person}.id FROM '-([0-9]+)$'), '1')"
    stem = f"CASE WHEN {n}::numeric BETWEEN 1 AND {len(STEMS)} THEN substr('{STEMS}', {n}::int, 1) ELSE {n} END"
    code = f"(CASE {person}.role {roles} ELSE '{SOMEBODY}' END) || m.number || '-' || {stem}"
    return f"CASE WHEN cardinality(m.marks) > 0 AND {person}.name <> '' AND ({coded}) THEN {code} ELSE {person}.name END"


def _list_roles(roles: frozenset[Role]) -> str:
    return ", ".join(f"'{each}'" for each in sorted(roles))
