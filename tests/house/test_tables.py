"""A test over a table loses no row: each is tried, and each that fails is named."""

import pytest

from tests.tables import table


def failures(error: BaseException) -> list[str]:
    """The notes of every single failure."""
    if isinstance(error, BaseExceptionGroup):
        return [note for each in error.exceptions for note in failures(each)]
    return error.__notes__


def test_every_row_that_fails_is_named_and_those_after_it_are_tried() -> None:
    tried = []

    @table("number", [1, 2, 3, 4], ids=lambda number: f"no. {number}")
    def even(number: int) -> None:
        tried.append(number)
        if number == 3:
            pytest.fail("three")
        assert number % 2 == 0

    with pytest.raises(BaseExceptionGroup, match=r"2 of 4: no\. 1, no\. 3") as failed:
        even()
    assert tried == [1, 2, 3, 4]
    assert failures(failed.value) == ["with no. 1", "with no. 3"]


def test_a_row_is_not_skipped() -> None:
    @table("number", [1])
    def skipped(number: int) -> None:
        pytest.skip("not today")

    with pytest.raises(BaseExceptionGroup, match="1 of 1"):
        skipped()


def test_two_tables_are_tried_with_each_other() -> None:
    tried = []

    @table("letter", "ab")
    @table(("number", "name"), [(1, "one"), (2, "two")], ids=["first", "second"])
    def noted(letter: str, number: int, name: str) -> None:
        tried.append((letter, number, name))
        assert (letter, number) != ("b", 2)

    with pytest.raises(BaseExceptionGroup, match="1 of 2: b") as failed:
        noted()
    assert tried == [("a", 1, "one"), ("a", 2, "two"), ("b", 1, "one"), ("b", 2, "two")]
    assert failures(failed.value) == ["with second"]


def test_a_table_without_a_row_is_a_mistake_of_the_file() -> None:
    with pytest.raises(ValueError, match="there is no number to try"):
        table("number", [])


@table("number", [1, 2])
def test_what_is_no_column_is_a_fixture(number: int, request: pytest.FixtureRequest) -> None:
    assert request.node.name == "test_what_is_no_column_is_a_fixture"
