"""Urgent incidents (紧急警情): which matter is one, as the last fact says that speaks of it."""

from typing import LiteralString


def is_urgent(number: LiteralString, kind: LiteralString) -> LiteralString:
    """The condition that the matter of that number and kind is an urgent incident; both are expressions of SQL.

    The index `fact_urgency` answers it.
    """
    return f"""({kind} = 'incident' AND coalesce((SELECT graded.fact = 'incident.urgent' FROM fact graded
        WHERE graded.matter = {number} AND graded.fact IN ('incident.urgent', 'incident.not-urgent')
        ORDER BY graded.seq DESC, graded.n DESC LIMIT 1), false))"""
