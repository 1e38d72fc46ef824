"""What cannot be seen in a text (不可见字符): it makes two names look alike that are not, hides words from a search, and turns their order round.

Nobody types it; it comes along from other programs, or is put there on purpose.
"""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

# Control characters but for ends of lines and tabs, what joins, parts or turns letters without being one, blanks that are letters, marks of
# byte order, tags, and code points that are no characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
# In sentences of ours they hold the place of a name (`models/naming.py`); typed by somebody, another's name would come to stand there.
_MARKS = re.compile("[⟦⟧]")
_LINES = re.compile("[\t\n\r]")
# What is at most so long is a name, a number or a place, which stand on one line.
_ONE_LINE = 120


def find_unseen(form: BaseModel, place: str = "") -> Iterator[tuple[str, str]]:
    """The fields in which something cannot be seen or is a mark of ours, or that should be one line and are not, each with what is wrong in words."""
    for name, field in type(form).model_fields.items():
        yield from _find_unseen_in(getattr(form, name), f"{place}{name}", one_line=_is_one_line(field))


def strip_unseen(value: str) -> str:
    """What of a text can be seen."""
    return _UNSEEN.sub("", value)


def _find_unseen_in(value: Any, place: str, *, one_line: bool) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if found := _UNSEEN.search(value):
            yield place, f"第{found.start() + 1}个字符是看不见的字符，请删去后重新输入"
        elif found := _MARKS.search(value):
            yield place, f"第{found.start() + 1}个字符“{found.group()}”留作本系统的记号，请改用其他括号"
        elif one_line and _LINES.search(value):
            yield place, "须写在一行之内"
    elif isinstance(value, BaseModel):
        yield from find_unseen(value, f"{place}.")
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _find_unseen_in(name, place, one_line=True)
            yield from _find_unseen_in(each, f"{place}.{name}", one_line=False)
    elif isinstance(value, list | tuple):
        for n, each in enumerate(value):
            yield from _find_unseen_in(each, f"{place}.{n}", one_line=False)  # so many of them, however long each is


def _is_one_line(field: FieldInfo) -> bool:
    return any(getattr(each, "max_length", None) is not None and each.max_length <= _ONE_LINE for each in field.metadata)
