"""Seats: an office in a unit, written `office@unit` in messages and in columns; the one place that writes and reads that. Pure."""

from typing import NamedTuple, Self


class Seat(NamedTuple):
    """An office in a unit; the office alone where the unit is empty."""

    office: str
    unit: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """The seat as it is written."""
        office, _, unit = text.partition("@")
        return cls(office, unit)

    def __str__(self) -> str:
        return f"{self.office}@{self.unit}"


PERSON = "@"
"""The prefix of a user name among those with whom a matter is shared: to the person a copy was sent (抄送)."""


def build_copied_person(username: str) -> str:
    """How a person to whom a matter was copied stands among those with whom it is shared."""
    return f"{PERSON}{username}"
