"""How an empty bureau gets its first units, people and offices, and a demonstration all of them."""

FOUND_UNIT = "INSERT INTO unit (id, path, zh, kind) VALUES (%(unit)s, %(path)s, %(unit_zh)s, 'bureau')"
ENROL = """
INSERT INTO person (username, zh, badge, password_hash, active, home, must_change, signed_out_at)
VALUES (%(username)s, %(zh)s, %(badge)s, %(hash)s::text, true, %(unit)s, %(hash)s::text IS NOT NULL, now())
"""
APPOINT = "INSERT INTO holding (username, unit_id, office) VALUES (%(username)s, %(unit)s, %(office)s)"
LOAD_UNIT = """
INSERT INTO unit (id, parent_id, path, zh, kind) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, path = excluded.path, zh = excluded.zh, kind = excluded.kind
"""
SERVE = "UPDATE unit SET serves = %s WHERE id = %s"
LOAD_PERSON = """
INSERT INTO person (username, zh, badge, password_hash, active, demo) VALUES (%s, %s, %s, %s, true, %s)
ON CONFLICT (username) DO UPDATE SET zh = excluded.zh, badge = excluded.badge
"""
LOAD_HOLDING = "INSERT INTO holding (username, unit_id, office) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
BEGIN_CHAIN = "INSERT INTO chain (chain, position, hash, sealed) VALUES (%s, 0, %s, 0) ON CONFLICT DO NOTHING"
APPEND_ROSTER = """
INSERT INTO entry (chain, position, seq, sort, step, recorded_at, content, previous, hash)
VALUES (%s, %s, 0, 'administration', 'load-roster', %s, %s, %s, %s)
"""
MOVE_HEAD = "UPDATE chain SET position = %s, hash = %s WHERE chain = %s"
