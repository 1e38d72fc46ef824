"""Legal documents, the counters of their numbers, and what is scanned into dossiers."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"

# What was issued bears its number for ever; what was made is what was made. A PDF may be put beside it once.
KEPT = """
CREATE FUNCTION refuse_to_replace_a_document() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'documents are kept' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.matter, OLD.seq, OLD.type, OLD.number) IS DISTINCT FROM (NEW.matter, NEW.seq, NEW.type, NEW.number)
        OR OLD.state = 'produced' AND (to_jsonb(OLD) - 'pdf' - 'tried_at') IS DISTINCT FROM (to_jsonb(NEW) - 'pdf' - 'tried_at')
        OR OLD.pdf IS NOT NULL AND OLD.pdf IS DISTINCT FROM NEW.pdf THEN
        RAISE EXCEPTION 'a document is never replaced' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER document_is_kept BEFORE UPDATE OR DELETE ON document
    FOR EACH ROW EXECUTE FUNCTION refuse_to_replace_a_document();
CREATE TRIGGER documents_are_kept BEFORE TRUNCATE ON document
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_replace_a_document();
CREATE FUNCTION refuse_to_replace_a_scan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.declared_at IS NULL AND (to_jsonb(OLD) - 'declared_by' - 'declared_at') = (to_jsonb(NEW) - 'declared_by' - 'declared_at') THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a scan is never replaced' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER scan_is_kept BEFORE UPDATE OR DELETE ON dossier_item
    FOR EACH ROW EXECUTE FUNCTION refuse_to_replace_a_scan();
CREATE TRIGGER scans_are_kept BEFORE TRUNCATE ON dossier_item
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_replace_a_scan();
"""


def upgrade() -> None:
    """Legal documents, the counters of their numbers, and what is scanned into dossiers."""
    word = sqlmodel.sql.sqltypes.AutoString
    at = sa.DateTime(timezone=True)
    op.create_table(
        "document",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("matter", word(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", word(), nullable=False),
        sa.Column("title", word(), nullable=False),
        sa.Column("number", word(), nullable=False),
        sa.Column("state", word(), server_default="due", nullable=False),
        sa.Column("context", JSONB(), server_default="{}", nullable=False),
        sa.Column("issued_at", at, nullable=False),
        sa.Column("hash", word(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("pdf", word(), nullable=True),
        sa.Column("produced_at", at, nullable=True),
        sa.Column("tried_at", at, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("matter", "seq", "type"),
        sa.UniqueConstraint("number", "type"),
    )
    op.create_index(op.f("ix_document_matter"), "document", ["matter"], unique=False)
    op.create_index("document_due", "document", ["id"], unique=False, postgresql_where=sa.text("state = 'due'"))
    unconverted = sa.text("state = 'produced' AND pdf IS NULL")
    op.create_index("document_unconverted", "document", ["id"], unique=False, postgresql_where=unconverted)
    op.create_table(
        "document_counter",
        sa.Column("beginning", word(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("beginning"),
    )
    op.create_table(
        "dossier_item",
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False),
        sa.Column("matter", word(), nullable=False),
        sa.Column("place", word(), nullable=False),
        sa.Column("title", word(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", word(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", word(), nullable=False),
        sa.Column("uploaded_by", word(), nullable=False),
        sa.Column("uploaded_at", at, nullable=False),
        sa.Column("declared_by", word(), nullable=True),
        sa.Column("declared_at", at, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("matter", "title", "version"),
    )
    op.execute(KEPT)
