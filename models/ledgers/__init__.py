"""Ledgers (台账) as bureaus keep them: where their headings stand, what they call things, how they write times. Pure; files are read elsewhere."""
