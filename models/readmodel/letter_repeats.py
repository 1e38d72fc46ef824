"""Letters that may repeat another (疑似重复来信): of one writer, or about one matter, while both are being answered. People say whether they do."""

from typing import LiteralString

_OPEN = "('received', 'signed', 'handling', 'handling_again')"
# In a month whoever wrote has been answered, or has a new reason. For few to read is only what repeats what is for the same few.
_OF_ONE_WRITER = f"""SELECT r.number FROM (
        SELECT o.number, o.opened_at - lag(o.opened_at) OVER (
            PARTITION BY coalesce(nullif(w.citizen_id, ''), w.said ->> 'phone'), o.sealed, o.kept_from ORDER BY o.opened_at, o.number) AS after
        FROM matter o JOIN party w ON w.matter = o.number AND w.id = 'writer'
        WHERE o.kind = 'letter' AND o.stage IN {_OPEN} AND coalesce(nullif(w.citizen_id, ''), w.said ->> 'phone') <> ''
    ) r WHERE r.after <= interval '30 days'"""
_LINKED_ALIKE = f"""SELECT FROM link a JOIN link b ON b.other = a.other AND b.matter < a.matter AND b.relation IN ('about', 'same-cause')
    JOIN matter o ON o.number = b.matter AND o.kind = 'letter' AND o.stage IN {_OPEN} AND o.sealed = m.sealed AND o.kept_from = m.kept_from
    WHERE a.matter = m.number AND a.relation IN ('about', 'same-cause')"""
REPEATS: LiteralString = f"m.stage IN {_OPEN} AND (m.number IN ({_OF_ONE_WRITER}) OR EXISTS ({_LINKED_ALIKE}))"
"""SQL condition: letter `m` is being answered, and so is an earlier one of its writer's, or about the same matter."""
