"""What is written of deliveries: how each attempt ended."""

COUNT_ATTEMPT = """
UPDATE delivery SET attempts = attempts + 1, tried_at = %(now)s, last_error = %(error)s WHERE number = %(number)s RETURNING attempts
"""
