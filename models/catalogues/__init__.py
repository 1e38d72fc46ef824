"""Catalogues (目录): what a bureau sorts its work by, as data with editions. A table is one CSV file here; an entry is one row."""
