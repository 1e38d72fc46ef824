"""What the tests that go over every route know of some of them and cannot tell from the contract.

A new route needs an entry here only if it has no end, ends a sign-in, or reads by search words in its body. A parameter of it needs an
example where it is declared (`api/path_parameters.py`), unless its values differ from bureau to bureau.
"""

from collections.abc import Mapping
from typing import Any

# Streams, whose answers do not end.
ENDLESS = frozenset({"/api/events"})
# What ends the sign-in that asks.
SIGN_OUT = frozenset({"/api/auth/sign-out", "/api/auth/sign-out-everywhere"})
# What reads by words in its body: each of its fields, with something that is found.
SEARCHES: Mapping[str, Mapping[str, str]] = {
    "/api/search": {"q": "贺文涛"},
    "/api/matters/find": {"q": "贺文涛", "holder": "刘思源"},
    "/api/exports/matters/find": {"q": "贺文涛", "holder": "刘思源"},
    "/api/admin/people/find": {"q": "刘思源"},
    "/api/incidents/similar": {"place": "河滨路", "narrative": "被骗", "phone": "13900000000"},
}


def example_of(parameter: Mapping[str, Any]) -> str:
    """A value for a parameter, as its declaration gives one: its example, or the first of its choices."""
    schema = parameter["schema"]
    found = [*schema.get("examples", ()), *schema.get("enum", ())]
    assert found, f"parameter {parameter['name']}: give it an example where it is declared, or this test a value"
    return str(found[0])
