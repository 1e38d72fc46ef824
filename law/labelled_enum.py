"""Enumerations whose members people call otherwise than programs do."""

from enum import StrEnum
from typing import Self


class LabelledEnum(StrEnum):
    """An enumeration whose value is an id of ours, and `zh` what people read."""

    zh: str

    def __new__(cls, value: str, zh: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        return member
