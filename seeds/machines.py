"""The accounts under which systems outside act: each holds the offices of the organs that use it, and signs in with no password."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from activities.external import systems
from law.offices import Office
from models.outside import machine


class Machine(NamedTuple):
    """One system's account; `holdings` are the units outside in which it acts, and by which office there."""

    username: str
    zh: str
    holdings: tuple[tuple[str, Office], ...]


# Those that only answer what they are asked hold no office: what they may answer is known from what they were asked.
_HOLDINGS: Final[Mapping[str, tuple[tuple[str, Office], ...]]] = {
    "procuratorate": (("qinglan-procuratorate", Office.PROCURATORATE), ("anlan-procuratorate", Office.HIGHER_PROCURATORATE)),
    "court": (("qinglan-court", Office.COURT),),
    "custody-centre": (("custody", Office.CUSTODY_CENTRE),),
    "justice-bureau": (("qinglan-justice", Office.JUSTICE_BUREAU),),
}


def machines() -> Iterator[Machine]:
    """The account of every system that is connected."""
    for name, system in systems().items():
        yield Machine(machine(name), system.zh, _HOLDINGS.get(name, ()))
