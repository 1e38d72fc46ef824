"""What a form says as whoever decides on it reads it: the questions that were answered, in words; those answered by 否 by their titles."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from models.documents import describe_value
from models.forms.form import Form
from models.forms.incident_questioning import OfPerson

# By which a form names a person of the matter: who that is, is said by name.
_PERSON = "person"
_EMPTY = (None, "", (), [])
# What a thing of a list is called by; the rest of what is said of it follows.
_CALLED = ("名称", "数量")


class AnsweredQuestion(NamedTuple):
    """A question by its title and what was answered: one line, or one for each thing of a list."""

    title: str
    lines: list[str]


class Answers(NamedTuple):
    """The answers of a form, and the titles of what was denied."""

    said: list[AnsweredQuestion]
    denied: list[str]


def build_answers(form: Form, names: Mapping[str, str]) -> Answers:
    """What that form says; `names` are those of the people and units that it names by id."""
    said: list[AnsweredQuestion] = []
    denied: list[str] = []
    for name, field in type(form).model_fields.items():
        value = getattr(form, name)
        if value in _EMPTY or (isinstance(form, OfPerson) and name == _PERSON):
            continue
        if value is False:
            denied.append(field.title or name)
        elif value != 0:
            said.append(AnsweredQuestion(field.title or name, _list_lines(_put_names(describe_value(value, field), names))))
    return Answers(said, denied)


def find_person_number(form: Form) -> int | None:
    """Which of the people of its matter the form is about; None where it says so by no number."""
    return form.person if isinstance(form, OfPerson) else None


def _put_names(words: Any, names: Mapping[str, str]) -> Any:
    if isinstance(words, str):
        return names.get(words, words)
    if isinstance(words, dict):
        return {title: _put_names(each, names) for title, each in words.items()}
    return [_put_names(each, names) for each in words]


def _list_lines(words: Any) -> list[str]:
    if isinstance(words, list) and any(isinstance(each, dict) for each in words):
        return [_describe_thing(each) for each in words]
    return [_describe_line(words)]


def _describe_thing(words: dict[str, Any]) -> str:
    """“手机 1部（特征：黑色；持有人：贺文涛）”."""
    called = " ".join(_describe_line(words[each]) for each in _CALLED if each in words)
    more = "；".join(f"{title}：{_describe_line(each)}" for title, each in words.items() if title not in _CALLED)
    return f"{called}（{more}）" if called and more else called or more


def _describe_line(words: Any) -> str:
    if isinstance(words, dict):
        return _describe_thing(words)
    return "、".join(map(_describe_line, words)) if isinstance(words, list) else str(words)


def list_ids_named(form: BaseModel) -> list[str]:
    """What in that form may be somebody's user name or the id of a unit."""
    return sorted(set(_list_strings(form.model_dump(mode="json").values())))


def _list_strings(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str) and value.isascii() and value:
            yield value
        elif isinstance(value, dict):
            yield from _list_strings(value.values())
        elif isinstance(value, list):
            yield from _list_strings(value)
