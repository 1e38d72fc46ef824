"""Statements of a verification of the journal: its beginning and end, and its temporary tables."""

from models.store.connection import Query

BEGIN_SUMS = "CREATE TEMP TABLE summed_up (chain text NOT NULL, position int NOT NULL, hash text NOT NULL)"
ACCOUNT_FOR_SUMS = """
DELETE FROM summed_up WHERE EXISTS (SELECT FROM entry WHERE entry.chain = summed_up.chain);
DELETE FROM promised USING summed_up s WHERE promised.chain = s.chain AND promised.position <= s.position;
DELETE FROM seal USING summed_up s
WHERE seal.chain = s.chain AND (seal.position < s.position OR seal.position = s.position AND seal.attested = ARRAY[s.hash])
"""
BEGIN = Query[int]("UPDATE verification SET begun_at = %(now)s WHERE ended_at IS NULL RETURNING id")
END = "UPDATE verification SET ended_at = %(now)s, report = %(report)s, failure = %(failure)s WHERE id = %(id)s"
SUM_UP = "INSERT INTO summed_up VALUES (%s, %s, %s)"
FORGET_PROMISES = "TRUNCATE promised"
