"""What processes write of themselves: that they live, and that they doubt the time."""

# Whoever died without a word is forgotten by those who live.
PULSE = """
WITH forgotten AS (DELETE FROM pulse WHERE at < clock_timestamp() - interval '1 day')
INSERT INTO pulse (process, host, pid, at) VALUES (%(process)s, %(host)s, %(pid)s, clock_timestamp())
ON CONFLICT (process, host, pid) DO UPDATE SET at = excluded.at
"""
END_PULSE = "DELETE FROM pulse WHERE (process, host, pid) = (%(process)s, %(host)s, %(pid)s)"
DISPUTE_TIME = """
INSERT INTO disputed_time (process, machine, pid, ahead_ms, seen_at)
VALUES (%(process)s, %(machine)s, %(pid)s, %(ahead_ms)s, clock_timestamp())
ON CONFLICT (process, machine, pid) DO UPDATE SET ahead_ms = excluded.ahead_ms, seen_at = excluded.seen_at
"""
TRUST_TIME = "DELETE FROM disputed_time WHERE (process, machine, pid) = (%(process)s, %(machine)s, %(pid)s)"
