"""How a field of a form is filled in (控件): its declaration says so, and pages know no field by its name."""

from dataclasses import dataclass
from typing import Literal

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

WIDGET = "x-widget"


@dataclass(frozen=True, slots=True)
class Widget:
    """Marks what a field is filled in with, where its type does not tell: the field's schema says it as `x-widget`.

    `citizen` a citizen's number; `charge`, `violation` an offence by its code; `unit`, `officer`, `officers` from the directory; `colleague`
    a name, mostly from there; `party` somebody whom the matter knows; `things` what was seized; `fact`, `told` an entry of the matter's
    history, and `hidden` what is chosen with it; `length` a span of time, `extension` one that is added.
    """

    name: Literal[
        "charge",
        "citizen",
        "colleague",
        "extension",
        "fact",
        "hidden",
        "length",
        "officer",
        "officers",
        "party",
        "things",
        "told",
        "unit",
        "violation",
    ]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The field's own schema with the mark: `x-widget`."""
        return {**handler(schema), WIDGET: self.name}
