"""Marks in a data directory by which one command tells the next start what is to be done first."""

# A restore was begun, and until it is finished nothing may start from there.
RESTORING = "restoring"
# The matters' workflows are to be brought back from the journal once a worker is there.
RESUME = "resume"
