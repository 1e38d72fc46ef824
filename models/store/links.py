"""Statements about links between matters (关联)."""

from models.store.connection import Query

# Held until the link is recorded.
LINKED = Query[str]("SELECT number FROM matter WHERE number = ANY(%(numbers)s) AND kind NOT IN ('delivery', 'canary') FOR SHARE")
# A link that is said again hears what was said last.
LINK = """
INSERT INTO link (matter, other, relation, hears, seq)
SELECT %(matter)s, number, relation, hears, %(seq)s FROM jsonb_to_recordset(%(links)s) AS each (number text, relation text, hears text[])
ON CONFLICT (matter, other, relation) DO UPDATE SET hears = excluded.hears, seq = excluded.seq
"""
HEARERS = """(SELECT coalesce(jsonb_agg(jsonb_build_object('number', m.number, 'kind', m.kind, 'hears', l.hears) ORDER BY m.number), '[]')
           FROM link l JOIN matter m ON m.number = l.matter WHERE l.other = %(number)s AND l.hears <> '{}')"""
"""Of the matter `number`: those linked with it that hear of its facts, and which facts."""
