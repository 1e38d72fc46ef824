"""The role that runs may delete nothing of the journal; canaries that are summed up go by a function of the owner's, and nothing else does."""

from alembic import op

revision = "0037"
down_revision = "0036"

_OF_A_MATTER = ("notice", "task", "rung", "ring", "clock", "fact", "party", "heading", "narrative", "mention")

# It runs as whoever owns the tables, hence looks up nothing by a path that the caller chose, and takes no number on trust.
FORGET = f"""
CREATE FUNCTION forget_canaries(numbers text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(numbers) AS said (whose) WHERE said.whose NOT LIKE 'ZJ%' OR NOT EXISTS (
            SELECT FROM entry e WHERE e.chain = 'BUREAU' AND e.key = 'canaries/' || substr(said.whose, 3, 8)
                AND e.content::jsonb -> 'heads' ? said.whose
        )
    ) THEN
        RAISE EXCEPTION 'only canaries that are summed up are forgotten' USING ERRCODE = 'insufficient_privilege';
    END IF;
    {" ".join(f"DELETE FROM {table} WHERE matter = ANY(numbers);" for table in _OF_A_MATTER)}
    DELETE FROM matter WHERE number = ANY(numbers);
    DELETE FROM entry WHERE chain = ANY(numbers);
    DELETE FROM chain WHERE chain = ANY(numbers);
END $$;
REVOKE EXECUTE ON FUNCTION forget_canaries(text[]) FROM PUBLIC;
"""


def upgrade() -> None:
    """Make the function; `louke migrate` says who may call it."""
    op.execute(FORGET)
