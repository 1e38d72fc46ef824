"""Sensitive cases (敏感案件): by which steps a matter became one. Whether it is one is a mark among others (`models.marks`)."""

from typing import LiteralString


def build_marks_sql(number: LiteralString) -> LiteralString:
    """The entries, as a relation `e`, by which the matter of that number was marked since it was last unmarked."""
    return f"""(SELECT marked.* FROM entry marked WHERE marked.chain = {number} AND marked.step = 'mark-sensitive' AND marked.sort = 'step'
        AND marked.seq > coalesce((SELECT max(ended.seq) FROM fact ended
            WHERE ended.matter = {number} AND ended.fact = 'case.unmarked-sensitive'), 0)) e"""
