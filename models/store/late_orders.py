"""Rectification orders that stay overdue: who must see to them after a day, and after three."""

from models.store.connection import Query

# Each rung once for each time that the term ran out, by the key of its task, which is done when the term ends. Of a red order the head of the
# bureau hears after eight hours.
ESCALATE_LATE = Query[int]("""
WITH late AS (
    SELECT c.id, c.matter, c.unit_id, %(now)s - c.due_at AS since,
        EXISTS (SELECT FROM fact f WHERE f.matter = c.matter AND f.fact = 'rectification.urgent') AS red
    FROM clock c WHERE c.limit_id = 'rectification-report' AND c.state = 'running' AND c.due_at <= %(now)s
), rung (id, matter, unit_id, due, office, words) AS (
    SELECT id, matter, unit_id, due_at_key, office, words FROM late CROSS JOIN LATERAL (VALUES
        ('day', interval '24 hours', 'legal-reviewer', '整改逾期已满24小时，请考虑升级、督办'),
        ('head', CASE WHEN red THEN interval '8 hours' ELSE interval '72 hours' END, 'county-head',
         CASE WHEN red THEN '红色整改指令逾期已满8小时，请约谈责任单位负责人' ELSE '整改逾期已满72小时，请约谈责任单位负责人' END)
    ) AS each (due_at_key, after, office, words) WHERE since >= after
), tasked AS (
    INSERT INTO task (matter, key, sort, words, unit_id, office, step, clock_id, mandatory, opened_at)
    SELECT matter, id || '/late/' || due, 'expired', words, unit_id, office, '', id, false, %(now)s FROM rung
    ON CONFLICT (key) DO NOTHING RETURNING matter, unit_id, office, words
), noticed AS (
    INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
    SELECT matter, '', 'none', unit_id, heard, '', words, %(now)s, 'message' FROM tasked CROSS JOIN LATERAL (
        SELECT office UNION SELECT 'supervisor' WHERE office = 'county-head') AS each (heard)
)
SELECT count(*)::int FROM tasked
""")
