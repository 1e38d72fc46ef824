"""The fault campaign: a whole bureau at work while every part of it is killed or stopped, and a ledger of what it acknowledged."""
