"""What is written of legal documents: their issue with a number without a gap, and what became of their files."""

# The number is the next of its counter, whose row is held until the step is committed: no gap, no double, and in order. In a bureau that
# was restored it is beyond whatever a lost paper may bear (`models.store.epochs`).
ISSUE = """
WITH asked AS (SELECT * FROM jsonb_to_recordset(%(rows)s) AS r (type text, title text, beginning text, context jsonb)),
counted AS (
    INSERT INTO document_counter AS c (beginning, last) SELECT DISTINCT beginning, beyond.last_value + 1 FROM asked, paper_beyond AS beyond
    ORDER BY beginning ON CONFLICT (beginning) DO UPDATE SET last = greatest(c.last + 1, excluded.last) RETURNING beginning, last
)
INSERT INTO document (matter, seq, type, title, number, context, issued_at)
SELECT %(matter)s, %(seq)s, type, title, beginning || last || '号', context || jsonb_build_object('文号', beginning || last || '号'), %(now)s
FROM asked JOIN counted USING (beginning)
"""
# Of requests that are decided nothing stays.
DRAFT = """
WITH gone AS (DELETE FROM document_draft WHERE matter = %(matter)s AND NOT seq = ANY(%(pending)s))
INSERT INTO document_draft (matter, seq, type, context)
SELECT %(matter)s, %(seq)s, type, context FROM jsonb_to_recordset(%(rows)s) AS r (type text, context jsonb)
"""
# What the file says need not be kept a second time.
PRODUCED = "UPDATE document SET state = 'produced', hash = %(hash)s, size = %(size)s, produced_at = %(now)s, context = '{}' WHERE id = %(id)s"
TRIED = "UPDATE document SET tried_at = now() WHERE id = ANY(%(ids)s)"
CONVERTED = "UPDATE document SET pdf = %(pdf)s WHERE id = %(id)s AND pdf IS NULL"
