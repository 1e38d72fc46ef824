"""What puts a lead about somebody of the bureau before whoever decides: an order that stays late, the same problem a third time, and so on."""

from typing import NamedTuple

from models.store.connection import Query


class LeadDue(NamedTuple):
    """A lead that is to be drafted, under the number that it will have; `person` empty: nobody heads the unit now."""

    number: str
    trigger: str
    person: str
    unit_id: str
    decided_in: str
    category: str
    sources: list[str]


# Each once, by its key. Of a unit's head the unit above decides, so that they read nothing of it before.
# The same problem counts a third time within ninety days, but for what was excused, and for what an earlier lead was registered over.
FIND_LEADS = Query[int]("""
WITH ordered AS (
    SELECT m.number, m.officer, m.unit_id, coalesce(e.content::json #>> '{form,category}', '') AS category
    FROM matter m JOIN entry e ON e.chain = m.number AND e.position = 1 WHERE m.kind = 'rectification-order'
), verified AS (
    SELECT o.*, f.at, coalesce((SELECT e.content::json #>> '{form,grade}' FROM entry e WHERE e.chain = o.number AND e.sort = 'step'
        AND e.step IN ('verify-rectification', 'verify-urgent-rectification') ORDER BY e.position DESC LIMIT 1), '') AS grade
    FROM ordered o JOIN fact f ON f.matter = o.number AND f.fact = 'rectification.verified'
    WHERE f.at > %(now)s - interval '90 days' AND o.officer <> ''
), counted AS (
    SELECT * FROM verified v WHERE v.category <> '' AND v.grade <> 'hint'
        AND NOT EXISTS (SELECT FROM fact f WHERE f.fact = 'accountability.problem-excused' AND f.about = v.number)
        AND NOT EXISTS (SELECT FROM lead_due d WHERE d.trigger = 'again' AND v.number = ANY(d.sources)
            AND NOT EXISTS (SELECT FROM fact f WHERE f.matter = d.number AND f.fact IN ('accountability.dropped', 'accountability.no-fault')))
), again AS (
    SELECT officer, category, max(unit_id) AS unit_id, array_agg(number ORDER BY number) AS sources
    FROM counted GROUP BY officer, category HAVING count(*) >= 3
), late AS (
    SELECT c.id, c.due_at, o.number, o.unit_id, o.category FROM clock c JOIN ordered o ON o.number = c.matter
    WHERE c.limit_id = 'rectification-report' AND c.state = 'running'
        AND c.due_at <= %(now)s - CASE WHEN EXISTS (SELECT FROM fact f WHERE f.matter = c.matter AND f.fact = 'rectification.urgent')
                                       THEN interval '8 hours' ELSE interval '72 hours' END
), reported AS (
    SELECT e.chain, e.seq, json_array_length(coalesce(e.content::json #> '{form,entries}', '[]')) = 0 AS empty,
        lag(json_array_length(coalesce(e.content::json #> '{form,entries}', '[]')) = 0) OVER (PARTITION BY e.chain ORDER BY e.position) AS before
    FROM matter m JOIN entry e ON e.chain = m.number AND e.sort = 'step' AND e.step = 'report-progress'
    WHERE m.kind = 'supervision' AND NOT m.final
), found (key, trigger, person, unit_id, category, sources, of_head) AS (
    SELECT 'late-order/' || id || '/' || extract(epoch FROM due_at)::bigint, 'late-order', NULL, unit_id, category, ARRAY[number], true FROM late
    UNION ALL
    SELECT 'again/' || officer || '/' || category || '/' || array_to_string(sources, ','), 'again', officer, unit_id, category, sources, false FROM again
    UNION ALL
    SELECT 'graded/' || number, CASE WHEN grade = 'referral' OR category = ANY(%(referred)s) THEN 'to-refer' ELSE 'graded' END, officer, unit_id, category,
        ARRAY[number], false
    FROM verified WHERE grade IN ('fault', 'referral') OR category = ANY(%(referred)s)
    UNION ALL
    SELECT 'unrectifiable/' || o.number, 'unrectifiable', o.officer, o.unit_id, o.category, ARRAY[o.number], false
    FROM ordered o WHERE o.officer <> '' AND EXISTS (SELECT FROM fact f WHERE f.matter = o.number AND f.fact = 'rectification.unrectifiable')
        AND EXISTS (SELECT FROM fact f WHERE f.matter = o.number AND f.fact = 'rectification.urgent')
    UNION ALL
    SELECT 'empty-reports/' || r.chain || '/' || r.seq, 'empty-reports', NULL, m.unit_id, '', ARRAY[r.chain], true
    FROM reported r JOIN matter m ON m.number = r.chain WHERE r.empty AND r.before
    UNION ALL
    SELECT 'shirking/' || f.matter, 'shirking', NULL, e.content::json #>> '{form,unit}', 'A03', ARRAY[f.matter], true
    FROM fact f JOIN entry e ON e.chain = f.matter AND e.seq = f.seq AND e.step = 'judge-shirking' WHERE f.fact = 'dispute.shirking-found'
), due AS (
    SELECT f.*, CASE WHEN of_head THEN coalesce((SELECT min(h.username) FROM holding h JOIN person p USING (username)
            WHERE h.unit_id = f.unit_id AND h.office = 'station-head' AND p.active), '') ELSE f.person END AS whom,
        CASE WHEN of_head THEN coalesce(u.parent_id, u.id) ELSE u.id END AS decided_in
    FROM found f JOIN unit u ON u.id = f.unit_id WHERE NOT EXISTS (SELECT FROM lead_due d WHERE d.key = f.key)
), put AS (
    INSERT INTO lead_due (key, number, trigger, person, unit_id, decided_in, category, sources, found_at)
    SELECT key, %(beginning)s || next_serial(), trigger, whom, unit_id, decided_in, category, sources, %(now)s FROM due
    ON CONFLICT (key) DO NOTHING RETURNING 1
)
SELECT count(*)::int FROM put
""")

# What was found and is no matter yet.
OWED_LEADS = Query[LeadDue]("""
SELECT d.number, d.trigger, d.person, d.unit_id, d.decided_in, d.category, d.sources FROM lead_due d
WHERE NOT EXISTS (SELECT FROM matter m WHERE m.number = d.number) ORDER BY d.number LIMIT %(most)s
""")
