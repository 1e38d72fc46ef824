"""Health checks (louke doctor): one finding for each thing that can be wrong, in words, with what to do about it."""
