"""The rules of verification: rows in, faults out, without input or output."""
