"""Sensitive cases (敏感案件): which matter is one, as the last fact says that speaks of it."""

from typing import LiteralString

_SPEAKS = "('case.marked-sensitive', 'case.unmarked-sensitive')"


def is_sensitive(number: LiteralString) -> LiteralString:
    """The condition that the matter of that number, an expression of SQL, is sensitive; the index `fact_sensitivity` answers it.

    What is opened under a sensitive case hears of it, and is none itself.
    """
    return f"""coalesce((SELECT marked.fact = 'case.marked-sensitive' FROM fact marked
        WHERE marked.matter = {number} AND marked.fact IN {_SPEAKS} AND NOT marked.said ? 'told_by'
        ORDER BY marked.seq DESC, marked.n DESC LIMIT 1), false)"""


def build_marks_sql(number: LiteralString) -> LiteralString:
    """The entries, as a relation `e`, by which the matter of that number was marked since it was last unmarked."""
    return f"""(SELECT marked.* FROM entry marked WHERE marked.chain = {number} AND marked.step = 'mark-sensitive' AND marked.sort = 'step'
        AND marked.seq > coalesce((SELECT max(ended.seq) FROM fact ended
            WHERE ended.matter = {number} AND ended.fact = 'case.unmarked-sensitive'), 0)) e"""
