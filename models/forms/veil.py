"""Veiled fields (密级字段): what the API encrypts before anybody else reads it, and what whoever reads the form sees in its place. Pure.

A value is checked as it was typed, then stands in the form as a token: a code by which people speak of it, and the ciphertext. What was
handed in before its field was veiled stays as it was typed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from models.folding import DROPPED, fold_telephone
from models.instants import is_typed_now

_TOKEN = re.compile(r"veiled:1:([0-9A-F]{4}):[A-Za-z0-9_-]{40,}")
_BEGINNING = "veiled:"
_BETWEEN = f"[{re.escape(DROPPED)}\u3000－]*"
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@dataclass(frozen=True, slots=True)
class Veil:
    """Marks a field whose value is encrypted where its form says so (`list_veiled`): nobody reads it but by an approval of its own."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The field's own schema; a token passes where it was taken, and is typed by nobody."""

        def check(value: Any, inner: core_schema.ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
            if isinstance(value, str) and value.startswith(_BEGINNING):
                if is_typed_now(info) or not is_veiled(value):
                    raise ValueError("不得填写密文")
                return value
            return inner(value)

        return core_schema.with_info_wrap_validator_function(check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The field's own schema, which says that it is veiled: `x-veiled`."""
        return {**handler(schema), "x-veiled": True}


VEILED = Veil()


def list_veiled_fields(form: type[BaseModel]) -> tuple[str, ...]:
    """The fields of a form whose values may be veiled."""
    return tuple(name for name, field in form.model_fields.items() if VEILED in field.metadata)


def is_veiled(value: object) -> bool:
    """Whether a value stands there as a token."""
    return isinstance(value, str) and bool(_TOKEN.fullmatch(value))


def build_token(code: str, sealed: str) -> str:
    """The token of what was encrypted; `code` has four hexadecimal digits, `sealed` is in the alphabet of addresses."""
    return f"{_BEGINNING}1:{code}:{sealed}"


def parse_token(token: str) -> tuple[str, str]:
    """The code of a token, and what was encrypted."""
    _, _, code, sealed = token.split(":")
    return code, sealed


def format_hint(token: str) -> str:
    """What people see of it: “●●●（代号A3F9）”. The code is of this one value, and tells nobody whether another is the same."""
    return f"●●●（代号{parse_token(token)[0]}）"


def hide_tokens(text: str) -> str:
    """A text, or JSON, in which each token is what people see of it."""
    return _TOKEN.sub(lambda found: format_hint(found[0]), text) if _BEGINNING in text else text


def mask_values(text: str, hidden: Iterable[str]) -> str:
    """A text in which none of these values of two characters or more stands, however it is spaced or dashed: dots do, as many."""
    plain = {"".join(each for each in value if each not in DROPPED) for value in hidden}
    spelt = {each for value in plain for each in (value, fold_telephone(value))}
    for each in sorted((each for each in spelt if len(each) > 1), key=len, reverse=True):
        text = _build_spellings(each).sub(lambda found: "●" * len(found[0]), text)
    return text


def _build_spellings(value: str) -> re.Pattern[str]:
    """What reads as that value: in either width and case, with blanks, dots and dashes between its characters."""
    wide = ({each, each.translate(_WIDE)} for each in value)
    return re.compile(_BETWEEN.join(f"[{''.join(map(re.escape, sorted(each)))}]" for each in wide), re.IGNORECASE)
