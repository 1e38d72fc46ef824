"""What matters are called is found in a table beside them, lest each step of a matter write its title's pieces into an index anew."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0022"
down_revision = "0021"

_KEEP = """
CREATE FUNCTION keep_heading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO heading (matter, words) VALUES (new.number, new.title) ON CONFLICT (matter) DO UPDATE SET words = excluded.words;
    RETURN NULL;
END $$
"""
_WHEN_OPENED = (
    "CREATE TRIGGER heading_of_new AFTER INSERT ON matter FOR EACH ROW WHEN (new.title <> '') EXECUTE FUNCTION keep_heading()"
)
_WHEN_RENAMED = """
CREATE TRIGGER heading_of_renamed AFTER UPDATE OF title ON matter FOR EACH ROW WHEN (new.title <> old.title) EXECUTE FUNCTION keep_heading()
"""


def upgrade() -> None:
    """The table of headings, kept by the database itself, and its index in place of the one on matters."""
    text = sqlmodel.sql.sqltypes.AutoString()
    op.create_table("heading", sa.Column("matter", text, primary_key=True), sa.Column("words", text, nullable=False))
    op.execute("INSERT INTO heading SELECT number, title FROM matter WHERE title <> ''")
    op.create_index("heading_words", "heading", [sa.text("bigrams(words)")], postgresql_using="gin")
    for statement in (_KEEP, _WHEN_OPENED, _WHEN_RENAMED):
        op.execute(statement)
    op.drop_index("matter_words", "matter")
