"""The OpenAPI document, made once for all tests that read it; making it needs no engine."""

import json
from functools import cache
from typing import Any

from operations.contract import render_document


@cache
def text() -> str:
    """As it would be committed."""
    return render_document()


@cache
def document() -> dict[str, Any]:
    """What it says, the systems outside included; nobody may change it."""
    return json.loads(text())
