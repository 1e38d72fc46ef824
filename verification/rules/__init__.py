"""The rules of verification: rows in, faults out; no input or output."""
