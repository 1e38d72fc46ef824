"""What the law says: facts, limits, clocks. Standard library only; nothing here reads a clock, a file or a table on its own."""
