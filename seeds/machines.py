"""The accounts under which systems outside act: each holds the offices of the organs that use it, and signs in with no password."""

from collections.abc import Iterator
from typing import NamedTuple

from law.offices import Office
from models.external import systems
from models.outside import System, machine
from seeds.bureau import HOLDINGS, SERVES


class Machine(NamedTuple):
    """One system's account; `holdings` are the units outside in which it acts, and by which office there."""

    username: str
    zh: str
    holdings: tuple[tuple[str, Office], ...]


def machines() -> Iterator[Machine]:
    """The account of every system that is connected."""
    for name, system in systems().items():
        yield Machine(machine(name), system.zh, () if system.questions else tuple(_holdings(system)))


def _holdings(system: System) -> Iterator[tuple[str, Office]]:
    """The organ's offices, in the units that serve ours and in which its people hold them.

    One that only answers holds none: what it may answer is known from what it was asked.
    """
    for office in (system.office, *system.above):
        yield from (
            (unit, office) for unit in dict.fromkeys(each.unit_id for each in HOLDINGS if each.office is office) if unit in SERVES
        )
