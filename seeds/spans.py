"""Spans of time, named as people name them."""

from datetime import timedelta


def days(n: float) -> timedelta:
    """`n` days."""
    return timedelta(days=n)


def hours(n: float) -> timedelta:
    """`n` hours."""
    return timedelta(hours=n)


def minutes(n: float) -> timedelta:
    """`n` minutes."""
    return timedelta(minutes=n)


def seconds(n: float) -> timedelta:
    """`n` seconds."""
    return timedelta(seconds=n)
