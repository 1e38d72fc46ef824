"""A bureau that is supervised: matters of every sort that boards and reports count, with their clocks, findings, orders and papers."""

from typing import Any

from bench.filling import fill

# Of ten matters six are done with. Of the others some are cases, orders, alerts, suspects and things; by the last digits of their numbers.
_KINDS = """
UPDATE matter m SET kind = k.kind, stage = k.stage, final = k.final, parent = CASE WHEN k.parent <> '' THEN left(m.number, -length(k.parent)) || k.parent END
FROM (VALUES ('2', 'incident', 'closed', true, ''), ('08', 'rectification-order', 'issued', false, '06'), ('18', 'risk-alert', 'raised', false, '06'),
    ('28', 'suspect', 'detained', false, '06'), ('38', 'exhibit', 'in_hand', false, '07'), ('48', 'exhibit', 'stored', false, '01'),
    ('58', 'supervision', 'watched', false, '06'), ('0', 'criminal-case', 'archived', true, ''), ('1', 'public-order-case', 'archived', true, ''),
    ('3', 'incident', 'closed', true, ''), ('4', 'incident', 'closed', true, ''), ('5', 'incident', 'closed', true, ''),
    ('6', 'criminal-case', 'investigation', false, ''), ('7', 'public-order-case', 'investigation', false, '')) k (digits, kind, stage, final, parent)
WHERE right(m.number, length(k.digits)) = k.digits
"""
_DONE = "UPDATE matter SET kind = 'rectification-order', parent = left(number, -2) || '06' WHERE right(number, 2) = '22'"
# Each with limits of its own: of those that were met some late, of those that run some overdue.
_LIMITS = """
UPDATE clock c SET kind = m.kind, unit_id = m.unit_id, due_at = t.due_at, ended_at = t.ended_at, started_at = m.opened_at, liberty = m.kind = 'suspect',
    limit_id = (CASE m.kind WHEN 'incident' THEN ARRAY['sla-dispatch-sign', 'sla-dispatch-arrive', 'incident-onsite-registration']
        WHEN 'criminal-case' THEN ARRAY['criminal-filing-review', 'juvenile-guardian-presence', 'investigative-custody']
        WHEN 'public-order-case' THEN ARRAY['admin-case-filing-immediate', 'public-order-case-handling', 'juvenile-guardian-presence']
        WHEN 'rectification-order' THEN ARRAY['rectification-report', 'rectification-sign', 'rectification-verify']
        WHEN 'risk-alert' THEN ARRAY['alert-handling', 'rectification-sign', 'rectification-verify']
        ELSE ARRAY['bail-max', 'residential-surveillance-max', 'criminal-summons'] END)[right(c.limit_id, 1)::int],
    state = CASE WHEN t.ended_at IS NULL THEN 'running' WHEN t.ended_at <= t.due_at THEN 'met' ELSE 'met-late' END,
    colour = CASE WHEN t.ended_at IS NOT NULL THEN 'none' WHEN t.due_at < now() THEN 'overdue' ELSE c.colour END
FROM matter m, (SELECT o.id, n.opened_at + (hashtext(o.id) & 31) * interval '1 day' AS ended_at, n.opened_at + interval '25 days' AS due_at
    FROM clock o JOIN matter n ON n.number = o.matter WHERE n.final OR hashtext(o.id) % 2 = 0
    UNION ALL SELECT o.id, NULL, now() + ((hashtext(o.id) & 127) - 4) * interval '1 day'
    FROM clock o JOIN matter n ON n.number = o.matter WHERE NOT (n.final OR hashtext(o.id) % 2 = 0)) t
WHERE m.number = c.matter AND t.id = c.id
"""
_FACTS = """
INSERT INTO fact (matter, seq, n, fact, at, about, said) SELECT m.number, 1, f.n, f.fact, m.opened_at + f.n * interval '1 hour', m.number, '{"reason": "red"}'
FROM matter m JOIN (VALUES ('criminal-case', 1, 'criminal.accepted'), ('criminal-case', 2, 'criminal.filed'), ('public-order-case', 1, 'public-order.filed'),
    ('incident', 1, 'incident.arrived'), ('incident', 2, 'incident.classified'), ('risk-alert', 1, 'alert.raised'), ('rectification-order', 1, 'rectification.ordered'),
    ('rectification-order', 2, 'rectification.verified'), ('suspect', 1, 'person.named'), ('suspect', 2, 'detention.executed')) f (kind, n, fact) ON f.kind = m.kind
WHERE f.fact <> 'rectification.verified' OR m.final
"""
# The journal lets nobody change it, but whoever fills a bench.
_REST = (
    "ALTER TABLE entry DISABLE TRIGGER USER",
    """UPDATE entry e SET content = '{"form": {"category": "201", "charge": "xf-232", "criteria": ["designated"]}}',
        step = CASE WHEN right(m.number, 3) = '036' THEN 'mark-sensitive' ELSE e.step END FROM matter m
    WHERE m.number = e.chain AND m.kind IN ('rectification-order', 'criminal-case')""",
    "ALTER TABLE entry ENABLE TRIGGER USER",
    """INSERT INTO finding (rule, subject, about, severity, fingerprint, evidence, first_seen, last_seen, alert, state)
    SELECT CASE WHEN right(number, 3) = '118' THEN 'paper-missing' ELSE 'case-standing-still' END, parent, number, 'red', '', '[]', opened_at, now(), number, 'open'
    FROM matter WHERE kind = 'risk-alert'""",
    """INSERT INTO dossier_item (matter, place, title, version, hash, size, media_type, uploaded_by, uploaded_at, declared_at)
    SELECT number, 'procedure', '立案决定书', 1, md5(number), 1, 'application/pdf', 'officer', opened_at, CASE WHEN right(number, 2) <> '16' THEN now() END
    FROM matter WHERE kind = 'criminal-case'""",
    """UPDATE matter SET requests = '[{"step": "file-case"}]' WHERE right(number, 2) = '26'""",
    """UPDATE matter SET marks = ARRAY['sensitive'] WHERE right(number, 3) = '036'""",
    """UPDATE matter SET officer = '' WHERE right(number, 3) = '046'""",
)


def fill_supervised(connection: Any, matters: int) -> None:
    """Put so many matters into the record, and make of them what a bureau has."""
    fill(connection, matters)
    for statement in (_KINDS, _DONE, _LIMITS, _FACTS, *_REST):
        connection.execute(statement)
    connection.execute("VACUUM FULL")
    connection.execute("VACUUM ANALYZE")
