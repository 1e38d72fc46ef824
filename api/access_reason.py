"""Why somebody reads a sealed file, as they say with each request."""

from urllib.parse import unquote

from fastapi import Request

from models.characters import strip_unseen

REASON = "X-Reading-Reason"
"""The header in which a page says why somebody reads what they do not handle, in percent-encoded UTF-8."""
_LONGEST = 200
# So many letters or characters are a word.
_SHORTEST = 2


def parse_reason(request: Request) -> str:
    """The reason for reading that a request states; empty where it states none that can be read."""
    reason = unquote(request.headers.get(REASON, ""), errors="replace").strip()[:_LONGEST]
    words = sum(each.isalnum() for each in strip_unseen(reason))
    return reason if words >= _SHORTEST else ""
