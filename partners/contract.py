"""The contract that the bureau publishes (`web/openapi.json`), as far as systems outside read it: who they are, what they are asked, how fields are called."""

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
    """What people call that system; its name, where the contract has none of that name."""
    return _told(system).get("x-system", system)


def answer(system: str, fact: str) -> tuple[str, Mapping[str, Any]] | None:
    """The step by which that system answers what it is asked by that fact, and what a good answer says; None where it is asked nothing."""
    step = _told(system).get("x-answers", {}).get(fact)
    if step is None:
        return None
    return step, _told(system)["responses"]["2XX"]["content"][_JSON]["examples"][fact]["value"]["answer"]


@cache
def fields_told(system: str) -> Mapping[str, str]:
    """What the fields are called of the messages by which that system is told."""
    return _titles(_body(_told(system))["properties"]["data"])


@cache
def fields_said(system: str, step: str) -> Mapping[str, str]:
    """What the fields are called of that step's form."""
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
