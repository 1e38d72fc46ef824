"""What is written of dossiers: who vouches for the scans."""

DECLARE = """
WITH vouched AS (
    UPDATE dossier_item SET declared_by = %(username)s, declared_at = %(now)s WHERE declared_at IS NULL AND matter = %(matter)s
    RETURNING id, title, version, hash
)
SELECT id AS item, title, version, hash AS sm3 FROM vouched ORDER BY id
"""
