"""Expiries: limits on liberty that ran out, until a rectification order is open over each."""

# Whoever is held too long gets one order, however many limits pass while it is open; each keeps its number until it is there.
CLOSE_COVERED = """
DELETE FROM expiry WHERE EXISTS (SELECT FROM matter m WHERE m.parent = expiry.matter AND m.kind = 'rectification-order'
                                 AND (m.number = expiry.number OR NOT m.final))
"""
# Extended, ended or met by facts entered since: the limit had not run out.
CLOSE_SETTLED = "DELETE FROM expiry USING clock c WHERE c.id = expiry.clock_id AND expiry.number IS NULL AND c.colour <> 'overdue'"
# What had run out before its fact was entered rang late, and waits for whoever enters the papers of days past to have entered them all.
NUMBER_OLDEST = """
UPDATE expiry SET number = %(beginning)s || next_serial()
WHERE number IS NULL AND ctid = (SELECT min(other.ctid) FROM expiry other WHERE other.matter = expiry.matter)
    AND NOT EXISTS (SELECT FROM expiry other WHERE other.matter = expiry.matter AND other.number IS NOT NULL)
    AND NOT EXISTS (SELECT FROM ring WHERE (ring.clock_id, ring.colour, ring.at) = (expiry.clock_id, 'overdue', expiry.at)
                    AND ring.rung_at > ring.at + interval '1 minute' AND ring.rung_at > %(now)s - %(entering)s)
"""
