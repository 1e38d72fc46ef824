"""What is searched: words of what happened, telephones, plates; and a person's own lists."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0010"
down_revision = "0006"

_RUNNING = sa.text("state in ('running', 'suspended', 'not-started')")
# Every two characters that stand side by side, blanks left out: by them any text is found by any two characters of it, Chinese or not,
# and no extension is needed that one of our servers may lack. What it costs keeps it from being asked of row after row.
BIGRAMS = """
CREATE FUNCTION bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
SELECT coalesce(array_agg(DISTINCT one || next), '{}') FROM (
    SELECT one, lead(one) OVER (ORDER BY place) AS next
    FROM unnest(string_to_array(replace(lower(words), ' ', ''), NULL)) WITH ORDINALITY AS each (one, place)
) AS pair WHERE next IS NOT NULL
$$
"""
_TOLD = (
    "concat_ws(E'\\n', form ->> 'narrative', form ->> 'summary', CASE json_typeof(form -> 'found') WHEN 'string' THEN form ->> 'found' END, \
form ->> 'circumstances')"
)
# What the journal holds from before; what is empty tells nothing.
NARRATIVES = f"""
INSERT INTO narrative (matter, seq, words)
SELECT chain, seq, told FROM (
    SELECT chain, seq, trim(E'\\n' FROM {_TOLD}) AS told
    FROM (SELECT chain, seq, content::json -> 'form' AS form FROM entry WHERE sort = 'step') AS said
) AS every WHERE told <> '' ON CONFLICT DO NOTHING
"""
MENTIONS = """
INSERT INTO mention (matter, seq, sort, value)
SELECT DISTINCT chain, seq, CASE WHEN name ~ 'phone$' THEN 'phone' ELSE 'plate' END, upper(translate(value, ' -·.—', ''))
FROM (SELECT chain, seq, content::json -> 'form' AS form FROM entry WHERE sort = 'step') AS said, json_each_text(form) AS each (name, value)
WHERE name ~ '^(.*_)?(phone|plate)$' AND translate(value, ' -·.—', '') <> ''
    AND NOT EXISTS (SELECT FROM party p WHERE p.matter = said.chain AND p.said ->> 'phone' = value)
"""


def upgrade() -> None:
    """What is searched: words of what happened, telephones, plates; and a person's own lists."""
    text = sqlmodel.sql.sqltypes.AutoString()
    op.create_table(
        "narrative",
        sa.Column("matter", text, primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("words", text, nullable=False),
    )
    op.create_table(
        "mention",
        sa.Column("matter", text, primary_key=True),
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("sort", text, primary_key=True),
        sa.Column("value", text, primary_key=True),
    )
    op.execute(BIGRAMS)
    op.execute(NARRATIVES)
    op.execute(MENTIONS)
    op.create_index("narrative_words", "narrative", [sa.text("bigrams(words)")], postgresql_using="gin")
    op.create_index("matter_words", "matter", [sa.text("bigrams(title)")], postgresql_using="gin")
    op.create_index("party_words", "party", [sa.text("bigrams(name)")], postgresql_using="gin")
    # Beginnings of numbers are looked for whatever the server's collation.
    op.create_index("mention_by_value", "mention", [sa.text("value text_pattern_ops")])
    op.create_index(
        "party_by_citizen_id", "party", [sa.text("citizen_id text_pattern_ops")], postgresql_where=sa.text("citizen_id <> ''")
    )
    op.create_index("party_by_phone", "party", [sa.text("(translate(said ->> 'phone', ' -', '')) text_pattern_ops")])
    op.create_index(
        "entry_by_person",
        "entry",
        ["username", sa.text("recorded_at desc"), sa.text("chain desc"), sa.text("position desc"), "step"],
        postgresql_where=sa.text("sort = 'step'"),
    )
    op.create_index("clock_by_officer", "clock", ["officer", "due_at", "id"], postgresql_where=_RUNNING)
    op.create_index("clock_by_limit", "clock", ["limit_id", "due_at", "id"], postgresql_where=_RUNNING)
    op.create_index("clock_by_kind", "clock", [sa.text('("left"(matter, 2))'), "due_at", "id"], postgresql_where=_RUNNING)
    op.create_index(
        "notice_of_copy", "notice", ["unit_id", "office"], postgresql_where=sa.text("clock_id = '' AND words LIKE '抄送%'")
    )
