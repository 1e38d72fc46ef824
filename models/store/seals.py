"""How far the heads of chains are sealed."""

SEAL_HEAD = "UPDATE chain SET sealed = %(position)s WHERE chain = %(chain)s"
# A day on which something was read is a chain of its own.
READING_CHAIN = "'READ/' || to_char({day}, 'YYYY-MM-DD')"
SEAL_READING_DAYS = f"""
UPDATE reading_day SET sealed = said.position FROM unnest(%(chains)s::text[], %(positions)s::int[]) AS said (chain, position)
WHERE {READING_CHAIN.format(day="reading_day.day")} = said.chain
"""
SEAL_HEADS = """
UPDATE chain SET sealed = said.position FROM unnest(%(chains)s::text[], %(positions)s::int[]) AS said (chain, position)
WHERE chain.chain = said.chain
"""
