"""What is written of second factors: their secrets under a new key."""

# Whoever enrols meanwhile does it under the first key.
REWRITE = "UPDATE second_factor SET secret = %(new)s, key_id = %(first)s WHERE username = %(username)s AND secret = %(old)s"
