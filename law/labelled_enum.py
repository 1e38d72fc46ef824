"""Enumerations whose members people read under another name than programs."""

from enum import StrEnum
from typing import Self


class LabelledEnum(StrEnum):
    """An enumeration whose value is an id of ours, and `label` what people read, in Chinese."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
