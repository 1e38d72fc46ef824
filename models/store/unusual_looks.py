"""Unusual looks (查阅异常): whoever reads more matters that they do not handle than anybody needs, of which who supervises hears once a day."""

from models.store.connection import Query
from models.trace_shapes import Reading

# So many within ten minutes, or within an hour: somebody looks for something, or leafs through.
MANY_AT_ONCE, MANY_AN_HOUR = 30, 40
SORTS = [str(each) for each in Reading]
# Nobody is told twice of one person within a day.
TELL = Query[int](f"""
WITH lately AS (
    SELECT t.username, t.units[1] AS unit, t.matter, t.at FROM reading_trace t JOIN matter m ON m.number = t.matter
    WHERE t.at > %(now)s - interval '1 hour' AND t.at <= %(now)s AND t.status < 400 AND t.sort = ANY(%(sorts)s)
        AND m.officer <> t.username AND t.username <> ALL(m.handlers)
), many AS (
    SELECT username, min(unit) AS unit, count(DISTINCT matter) AS n FROM lately GROUP BY username
    HAVING count(DISTINCT matter) > {MANY_AN_HOUR}
        OR count(DISTINCT matter) FILTER (WHERE at > %(now)s - interval '10 minutes') >= {MANY_AT_ONCE}
), told AS (
    INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at)
    SELECT '', '', 'none', many.unit, 'supervisor', '', format('查阅异常：%%s（%%s）一小时内查阅非本人承办的事项%%s件，请在查阅记录中核实',
        p.zh, many.username, many.n), %(now)s
    FROM many JOIN person p USING (username)
    WHERE NOT EXISTS (SELECT FROM notice n WHERE n.unit_id = many.unit AND n.office = 'supervisor' AND n.sent_at > %(now)s - interval '1 day'
        AND n.words LIKE '查阅异常：%%（' || many.username || '）%%')
    RETURNING 1
)
SELECT count(*)::int FROM told
""")
