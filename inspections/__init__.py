"""Inspections (巡查): what may look wrong in a matter, one file each in `rules/`; pure predicates over a snapshot of it."""
