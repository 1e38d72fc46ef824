"""A walk over every address that the contract offers for reading, as somebody in particular, and what each of them answered."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import httpx

from models.matter import Kind
from tests.routes import ENDLESS, SEARCHES, example_of
from tests.world import World

# Whatever lists take to be narrowed by words of the reader's own.
_BY_WORDS = ("q", "parent", "subject", "officer")


@dataclass(frozen=True)
class Sought:
    """What is asked for: the values of those parameters of a path that have no example, and words to look for."""

    parameters: Mapping[str, Sequence[str]]
    words: Sequence[str]


async def walk(bureau: World, username: str, sought: Sought, *, reason: str = "test") -> Mapping[str, str]:
    """The text of every answer by its address, spreadsheets unpacked; a new parameter that nobody thought of fails the test."""
    hand = await bureau.as_(username, reason=reason)
    answers: dict[str, str] = {}
    for path, operations in bureau.app.openapi()["paths"].items():
        if "get" in operations and path not in ENDLESS:
            for address in _addresses(path, operations["get"], sought):
                answers[address] = _text(await hand.http.get(address))
    for path, fields in SEARCHES.items():
        for field, word in product(fields, sought.words):
            answers[f"{path} {field}={word}"] = _text(await hand.http.post(path, json={field: word}))
    return answers


def _addresses(path: str, operation: Mapping[str, Any], sought: Sought) -> Iterator[str]:
    names = re.findall(r"{(\w+)}", path)
    declared = {each["name"]: each for each in operation.get("parameters", ())}
    for values in product(
        *(sought.parameters[name] if name in sought.parameters else [example_of(declared[name])] for name in names)
    ):
        address = path
        for name, value in zip(names, values, strict=True):
            address = address.replace(f"{{{name}}}", value)
        yield address
        if not names:
            yield from _narrowed(address, operation, sought.words)


def _narrowed(address: str, operation: Mapping[str, Any], words: Sequence[str]) -> Iterator[str]:
    names = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"}
    for name in _BY_WORDS:
        yield from (f"{address}?{httpx.QueryParams({name: word})}" for word in words if name in names)
    if "kind" in names and "exports" not in address:
        yield from (f"{address}?kind={kind}" for kind in Kind)


def _text(answer: httpx.Response) -> str:
    assert answer.status_code < 500 or "稍" in answer.text, answer.text
    if not answer.headers.get("content-type", "").startswith("application/vnd"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as sheet:
        return "".join(sheet.read(each).decode(errors="replace") for each in sheet.namelist())
