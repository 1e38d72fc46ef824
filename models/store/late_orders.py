"""Rectification orders that stay overdue: the legal department must see to them after a day; after three a lead is drafted (`leads`)."""

from models.store.connection import Query

# Once for each time that the term ran out, by the key of its task, which is done when the term ends.
ESCALATE_LATE = Query[int]("""
WITH tasked AS (
    INSERT INTO task (matter, key, sort, words, unit_id, office, step, clock_id, mandatory, opened_at)
    SELECT c.matter, c.id || '/late/day', 'expired', '整改逾期已满24小时，请考虑升级、督办', c.unit_id, 'legal-reviewer', '', c.id, false, %(now)s
    FROM clock c WHERE c.limit_id = 'rectification-report' AND c.state = 'running' AND c.due_at <= %(now)s - interval '24 hours'
    ON CONFLICT (key) DO NOTHING RETURNING matter, unit_id, office, words
), noticed AS (
    INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
    SELECT matter, '', 'none', unit_id, office, '', words, %(now)s, 'message' FROM tasked
)
SELECT count(*)::int FROM tasked
""")
