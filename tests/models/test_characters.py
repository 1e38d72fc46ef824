"""What cannot be seen is not stored: in no form, and in no name a line's end."""

import pytest
from pydantic import BaseModel, Field

from models.characters import find_unseen


class Person(BaseModel):
    name: str = Field(max_length=100)


class MatterEvent(BaseModel):
    who: Person
    others: list[str] = []
    story: str = Field(default="", max_length=8000)
    said: dict[str, str] = {}


def faults(**said: object) -> list[str]:
    return [field for field, _ in find_unseen(MatterEvent.model_validate({"who": {"name": "王伟"}} | said))]


@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\ufeff", "\u2060", "\u00ad", "\u3164", "\x07", "\u2028", "\U000e0041"])
def test_what_cannot_be_seen_is_found_wherever_it_stands(hidden: str) -> None:
    seen = f"王{hidden}伟"
    assert faults(who={"name": seen}) == ["who.name"]
    assert faults(others=["甲", seen]) == ["others.1"]
    assert faults(story=f"{seen}\n第二行") == ["story"]
    assert faults(said={seen: "x"}) == ["said"]


@pytest.mark.parametrize("typed", ["⟦person:zhouminghui⟧", "王⟦伟", "王⟧伟"])
def test_nobody_types_the_mark_at_which_a_name_is_put_in(typed: str) -> None:
    assert faults(who={"name": typed}) == ["who.name"]
    assert faults(story=typed) == ["story"]
    ((_, why),) = find_unseen(Person(name="王⟦伟"))
    assert "第2个字符“⟦”" in why


@pytest.mark.parametrize("name", ["王\n伟", "王\t伟", "王\r伟"])
def test_a_name_stands_on_one_line_and_a_story_on_many(name: str) -> None:
    assert faults(who={"name": name}) == ["who.name"]
    assert faults(story=name) == []


@pytest.mark.parametrize("name", ["买买提·吐尔逊", "欧阳 娜娜", "O’Brien", "𠮷野", "Ж. Иванов", "阿卜杜拉👮", "ا ب"])
def test_whatever_people_are_called_and_can_be_seen_is_taken(name: str) -> None:
    assert faults(who={"name": name}) == []


def test_the_word_says_where_it_is() -> None:
    ((_, why),) = find_unseen(Person(name="王伟\u200b"))
    assert "第3个字符" in why
