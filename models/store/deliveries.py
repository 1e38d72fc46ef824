"""What is written of deliveries: what is to be told, and how each attempt ended."""

from models.store.connection import Query

OPEN_DELIVERIES = "INSERT INTO delivery (number, subject, system) SELECT number, subject, system FROM jsonb_populate_recordset(NULL::delivery, %(rows)s)"
COUNT_ATTEMPT = Query[int]("""
UPDATE delivery SET attempts = attempts + 1, tried_at = %(now)s, last_error = %(error)s WHERE number = %(number)s RETURNING attempts
""")
