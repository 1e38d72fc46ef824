"""People and units in sentences: whoever decides knows user names and ids alone, and leaves a mark; whoever shows the sentence puts in the name."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

# No officer types these, and no identifier contains them.
_MARK = re.compile(r"⟦(person|unit):([^⟦⟧]*)⟧")


def mark_person(username: str) -> str:
    """The place of a person's name in a sentence."""
    return f"⟦person:{username}⟧"


def mark_people(usernames: Iterable[str]) -> str:
    """The places of several people's names."""
    return "、".join(map(mark_person, usernames))


def mark_unit(unit_id: str) -> str:
    """The place of a unit's name in a sentence."""
    return f"⟦unit:{unit_id}⟧"


def find_marks(content: Any) -> dict[str, set[str]]:
    """The ids of the people and units whose names a sentence, or a structure of sentences, awaits."""
    found: dict[str, set[str]] = {"person": set(), "unit": set()}
    for text in _list_texts(content):
        for entity, name in _MARK.findall(text):
            found[entity].add(name)
    return found


def put_names(content: Any, names: Mapping[tuple[str, str], str]) -> Any:
    """The same with the names put in, by sort and id; an id that nobody knows stands for itself."""
    if isinstance(content, str):
        return _MARK.sub(lambda mark: names.get((mark[1], mark[2]), mark[2]), content)
    if isinstance(content, dict):
        return {key: put_names(value, names) for key, value in content.items()}
    return [put_names(each, names) for each in content] if isinstance(content, list | tuple) else content


def _list_texts(content: Any) -> Iterable[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _list_texts(value)
    elif isinstance(content, list | tuple):
        for each in content:
            yield from _list_texts(each)
