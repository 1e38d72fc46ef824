"""Accounts of outside systems: each holds the offices of the organs that use it, and cannot sign in with a password."""

from collections.abc import Iterator
from typing import NamedTuple

from law.offices import Office
from models.external import get_systems
from models.outside import System, build_machine_name
from seeds.bureau import HOLDINGS, SERVES


class Machine(NamedTuple):
    """One system's account; `holdings` are its outside units with the office it holds in each."""

    username: str
    zh: str
    holdings: tuple[tuple[str, Office], ...]


def list_machines() -> Iterator[Machine]:
    """The account of every system that is connected."""
    for name, system in get_systems().items():
        yield Machine(build_machine_name(name), system.zh, () if system.questions else tuple(_list_holdings(system)))


def _list_holdings(system: System) -> Iterator[tuple[str, Office]]:
    """The offices of the system's organ, in the units that serve the bureau.

    A system that only answers questions holds none, because the question authorises the answer.
    """
    for office in (system.office, *system.above):
        yield from (
            (unit, office) for unit in dict.fromkeys(each.unit_id for each in HOLDINGS if each.office is office) if unit in SERVES
        )
