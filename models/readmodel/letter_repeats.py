"""Letters that may repeat another (疑似重复来信): of one writer, or about one matter, while both are being answered. People say whether they do."""

_OPEN = "('received', 'signed', 'handling', 'handling_again')"
# In a month whoever wrote has been answered, or has a new reason.
_WITHIN = "30 days"

_EARLIER = f"""SELECT FROM matter o WHERE o.kind = 'letter' AND o.stage IN {_OPEN} AND o.number < m.number
    AND o.opened_at >= m.opened_at - interval '{_WITHIN}' AND o.sealed = m.sealed AND o.kept_from = m.kept_from AND o.number IN (
        SELECT x.matter FROM party w JOIN party x ON x.id = 'writer' AND telephone(x.said ->> 'phone') = telephone(w.said ->> 'phone')
        WHERE w.matter = m.number AND w.id = 'writer' AND telephone(w.said ->> 'phone') <> ''
        UNION SELECT x.matter FROM party w JOIN party x ON x.id = 'writer' AND x.citizen_id = w.citizen_id
        WHERE w.matter = m.number AND w.id = 'writer' AND w.citizen_id <> ''
        UNION SELECT b.matter FROM link a JOIN link b ON b.other = a.other WHERE a.matter = m.number AND a.relation IN ('about', 'same-cause')
            AND b.relation IN ('about', 'same-cause')
        UNION SELECT a.other FROM link a WHERE a.matter = m.number AND a.relation = 'same-cause')"""
# For few to read is only what repeats what is for the same few.
REPEATS = f"m.stage IN {_OPEN} AND EXISTS ({_EARLIER})"
"""SQL condition: letter `m` is being answered, and so is one that it may repeat."""
