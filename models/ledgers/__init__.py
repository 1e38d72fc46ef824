"""Understanding the ledgers (台账) that bureaus keep: headings, synonyms, dates. Pure; `api/sheets` reads files."""
