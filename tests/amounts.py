"""How much the longest tests do: enough to meet every fault they look for, or with LOUKE_LONG, which `make campaign` sets, as much as ever."""

import os
from typing import TypeVar

T = TypeVar("T")
# The tests that look at it, and say so by their marker.
LONG = bool(os.environ.get("LOUKE_LONG"))


def amount(enough: T, at_length: T) -> T:
    """How much a test does now: what is enough, or all of it."""
    return at_length if LONG else enough
