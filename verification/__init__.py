"""Verification (核验): the journal and everything read and acted by, held against the journal's own hashes, signatures and content."""
