"""The published contract (`web/openapi.json`) as outside systems read it: their names, what they are asked, the titles of fields."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_DOCUMENT = Path(__file__).parent.parent / "web" / "openapi.json"
_JSON = "application/json"


@cache
def contract() -> Mapping[str, Any]:
    """The OpenAPI document."""
    return json.loads(_DOCUMENT.read_text(encoding="utf-8"))


def title(system: str) -> str:
    """The display name of a system; its id where the contract does not know it."""
    return _told(system).get("x-system", system)


def answer(system: str, fact: str) -> tuple[str, Mapping[str, Any]] | None:
    """The step by which a system answers the question of that fact, with an example; None where the fact asks nothing."""
    step = _told(system).get("x-answers", {}).get(fact)
    if step is None:
        return None
    return step, _told(system)["responses"]["2XX"]["content"][_JSON]["examples"][fact]["value"]["answer"]


@cache
def fields_told(system: str) -> Mapping[str, str]:
    """The titles of the fields in messages to a system."""
    return _titles(_body(_told(system))["properties"]["data"])


@cache
def fields_said(system: str, step: str) -> Mapping[str, str]:
    """The titles of the fields of a step's form."""
    envelope = _body(contract()["paths"][f"/api/inbound/{system}"]["post"])["properties"]
    forms = envelope["data"]["properties"]["form"]["anyOf"]
    return _titles(forms[envelope["type"]["enum"].index(step)])


def _told(system: str) -> Mapping[str, Any]:
    return contract()["webhooks"].get(system, {}).get("post", {})


def _body(operation: Mapping[str, Any]) -> Mapping[str, Any]:
    return operation["requestBody"]["content"][_JSON]["schema"]


def _titles(reference: Mapping[str, str]) -> Mapping[str, str]:
    shape = contract()["components"]["schemas"][reference["$ref"].rpartition("/")[2]]
    return {name: each.get("title", name) for name, each in shape["properties"].items()}
