"""The published contract (`web/openapi.json`) as outside systems read it: their names, what they are asked, the titles of fields."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_DOCUMENT = Path(__file__).parent.parent / "web" / "openapi.json"
_JSON = "application/json"


@cache
def load_contract() -> Mapping[str, Any]:
    """The OpenAPI document."""
    return json.loads(_DOCUMENT.read_text(encoding="utf-8"))


def get_title(system: str) -> str:
    """The display name of a system; its id where the contract does not know it."""
    return load_contract()["paths"].get(f"/api/inbound/{system}", {}).get("post", {}).get("x-system", system)


def answer(system: str, fact: str) -> tuple[str, Mapping[str, Any]] | None:
    """The step by which a system answers the question of that fact, with an example; None where the fact asks nothing."""
    step = _find_notification(system).get("x-answers", {}).get(fact)
    if step is None:
        return None
    return step, _find_notification(system)["responses"]["2XX"]["content"][_JSON]["examples"][fact]["value"]["answer"]


@cache
def list_openings(system: str) -> Mapping[str, Mapping[str, Any]]:
    """The steps by which a system opens matters of the bureau, each with a form filled in as an example."""
    operation = load_contract()["paths"].get(f"/api/inbound/{system}", {}).get("post")
    examples = operation["requestBody"]["content"][_JSON]["examples"] if operation else {}
    return {step: each["value"]["data"]["form"] for step, each in examples.items() if "matter" not in each["value"]["data"]}


@cache
def get_notified_fields(system: str) -> Mapping[str, str]:
    """The titles of the fields in messages to a system."""
    notification = _find_notification(system)
    return _list_titles(_get_body(notification)["properties"]["data"]) if notification else {}


@cache
def get_answered_fields(system: str, step: str) -> Mapping[str, str]:
    """The titles of the fields of a step's form."""
    envelope = _get_body(load_contract()["paths"][f"/api/inbound/{system}"]["post"])["properties"]
    forms = envelope["data"]["properties"]["form"]["anyOf"]
    return _list_titles(forms[envelope["type"]["enum"].index(step)])


def _find_notification(system: str) -> Mapping[str, Any]:
    return load_contract()["webhooks"].get(system, {}).get("post", {})


def _get_body(operation: Mapping[str, Any]) -> Mapping[str, Any]:
    return operation["requestBody"]["content"][_JSON]["schema"]


def _list_titles(reference: Mapping[str, str]) -> Mapping[str, str]:
    shape = load_contract()["components"]["schemas"][reference["$ref"].rpartition("/")[2]]
    return {name: each.get("title", name) for name, each in shape["properties"].items()}
