"""The servers of `louke up`: PostgreSQL, Temporal and our own processes on one machine, started, watched and stopped together."""
