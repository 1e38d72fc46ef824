"""Fields that are asked only in some matters (按事项所知提问): of whom it does not know yet, of one among several, where a fact is known."""

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from law.facts import Fact


@dataclass(frozen=True, slots=True)
class OnlyOfNew:
    """Marks a field that is asked of somebody whom the matter does not know yet (新登记的人): whom it knows is chosen by `person`.

    Where a step is offered, it becomes a condition on the number that comes next (`models.readmodel.known_values`).
    """

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The field's own schema with the mark: `x-only-new`."""
        return {**handler(schema), ONLY_NEW: True}


ONLY_NEW = "x-only-new"


@dataclass(frozen=True, slots=True)
class OnlyOfSeveral:
    """Marks a field that means something only where the matter deals with several people (尚有其他人…); of one alone it is not asked.

    Where a step is offered it is left out else (`models.readmodel.known_values`), and says what is usual.
    """

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The field's own schema with the mark: `x-only-several`."""
        return {**handler(schema), ONLY_SEVERAL: True}


ONLY_SEVERAL = "x-only-several"


@dataclass(frozen=True, slots=True)
class OnlyIn:
    """Marks a field that means something only in a matter that knows one of the facts `given`, and none of those in `unless` (依据其他法律, 再次…).

    Where a step is offered it is left out else (`models.readmodel.known_values`), and says what is usual. Whoever takes the step by itself
    may say it all the same: the law alone refuses.
    """

    given: tuple[Fact, ...] = ()
    unless: tuple[Fact, ...] = ()

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The field's own schema with the facts by their ids: `x-only-in`."""
        told = {"given": list(self.given), "unless": list(self.unless)}
        return {**handler(schema), ONLY_IN: {name: facts for name, facts in told.items() if facts}}

    def holds(self, known: Collection[str]) -> bool:
        """Whether the field means something in a matter that knows these facts."""
        return (not self.given or any(fact in known for fact in self.given)) and not any(fact in known for fact in self.unless)


ONLY_IN = "x-only-in"
