"""The committed contract is what the API is now, and the committed types are those of the contract."""

from operations import contract
from tests.api.document import text


def test_the_committed_document_is_that_of_the_api() -> None:
    assert contract.DOCUMENT.read_text("utf-8") == text(), "run `make contract` and commit web/openapi.json"


def test_the_committed_page_of_systems_is_that_of_the_declarations() -> None:
    assert contract.SYSTEMS.read_text("utf-8") == contract.render_systems(), "run `make contract` and commit docs/systems.md"


def test_the_committed_types_are_those_of_the_document() -> None:
    contract.check_types()
