"""Verification (核验): the journal checked against its own hashes, signatures and seals, and every table against the journal."""
