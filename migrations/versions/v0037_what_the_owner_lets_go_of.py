"""The role that runs may delete nothing of the journal: what is let go of there goes by functions of the owner's, and nothing else does.

Canaries that are summed up go by one, rings before their instant by the other.
"""

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
# Of each ring that is given back the tasks that it opened go too, where it will ring, and open them, again.
GIVE_BACK = """
CREATE FUNCTION give_back_rings(clocks text[], colours text[], ats timestamptz[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(ats) AS said (at) WHERE (said.at > clock_timestamp()) IS NOT TRUE) THEN
        RAISE EXCEPTION 'only a ring whose instant has not come is given back' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM ring USING unnest(clocks, colours, ats) AS early (clock_id, colour, at)
    WHERE (ring.clock_id, ring.colour, ring.at) = (early.clock_id, early.colour, early.at);
    DELETE FROM task USING unnest(clocks, colours, ats) AS early (clock_id, colour, at)
    WHERE task.sort = 'expired' AND task.key = early.clock_id || '/expired/' || early.at
        AND EXISTS (SELECT FROM rung WHERE (rung.clock_id, rung.colour, rung.at) = (early.clock_id, early.colour, early.at));
END $$;
REVOKE EXECUTE ON FUNCTION give_back_rings(text[], text[], timestamptz[]) FROM PUBLIC;
"""


def upgrade() -> None:
    """Make the functions; `louke migrate` says who may call them."""
    op.execute(FORGET)
    op.execute(GIVE_BACK)
