"""The declaration of a route whose answers tell of no matter, so that reading it leaves no trace (`api/access_tracking.py`).

Every route that answers GET declares either what it lets its caller read, `dependencies=reads(…)`, or why that is nothing,
`dependencies=untraced("…")`.
"""

from typing import Any

from fastapi import Depends
from fastapi.params import Depends as Dependency


class _Untraced:
    """A dependency that does nothing, and says why nothing is to be traced."""

    def __init__(self, why: str) -> None:
        self.why = why

    async def __call__(self) -> None:
        """Leave no trace."""


def declare_untraced(why: str) -> list[Any]:
    """Declare that a route tells of no matter, and why: to be given as its `dependencies`."""
    return [Depends(_Untraced(why))]


def find_untraced_reason(route: Any) -> str | None:
    """Why a route leaves no trace; None where it declares nothing."""
    dependencies: list[Dependency] = getattr(route, "dependencies", [])
    return next((each.dependency.why for each in dependencies if isinstance(each.dependency, _Untraced)), None)
