"""A day of traces is kept for half a year, whatever anybody accounts for: who runs the bureau may append the account, and not shorten the term."""

from alembic import op

revision = "0041"
down_revision = "0040"

# Six months (网络安全法第二十三条), the longest of which have 184 days; the setting may ask for more.
KEPT = """
CREATE OR REPLACE FUNCTION reading_is_accounted_for(whose date) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT whose < (now() AT TIME ZONE 'Asia/Shanghai')::date - 183 AND EXISTS (
        SELECT FROM entry e JOIN reading_day d ON d.day = whose
        WHERE e.chain = 'BUREAU' AND e.key = 'readings/' || to_char(whose, 'YYYY-MM-DD')
            AND (e.content::jsonb ->> 'traces')::int = d.position AND e.content::jsonb ->> 'hash' = encode(d.hash, 'hex'))
$$
"""


def upgrade() -> None:
    """Nothing is forgotten by it."""
    op.execute(KEPT)
