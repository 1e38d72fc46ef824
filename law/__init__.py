"""What the law says: facts, limits, clocks. Standard library only; no clock, no table, no file but its own lists of offences."""
