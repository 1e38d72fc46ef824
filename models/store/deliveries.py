"""What is written of deliveries: how each attempt ended."""

from models.store.connection import Query

COUNT_ATTEMPT = Query[int]("""
UPDATE delivery SET attempts = attempts + 1, tried_at = %(now)s, last_error = %(error)s WHERE number = %(number)s RETURNING attempts
""")
