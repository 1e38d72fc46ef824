"""Patience (催办时限): how long a turn waits until somebody is reminded, and until it goes up, as two people have set it for a step (`two_people`).

It holds for turns that begin from then on; each of them says in the journal by which edition.
"""

from collections.abc import Mapping
from typing import Any

from law.lengths import split_seconds
from models.store.connection import Connection, Query, fetch_first
from models.store.statements import BY_UNIT
from models.store.two_people import Register


def _describe_figures(figures: Mapping[str, Any]) -> str:
    said = ((figures["reminded_s"], "催办"), (figures["goes_up_s"], "上报"))
    return "，".join(f"{split_seconds(each).zh}后{verb}" if each else f"不{verb}" for each, verb in said)


PATIENCE = Register(
    "patience",
    "催办时限",
    table="patience",
    subject="step",
    journaled="of_step",
    figures=("reminded_s", "goes_up_s"),
    words=_describe_figures,
)
IN_FORCE = Query[dict[str, Any] | None](f"SELECT {BY_UNIT} AS patience")


async def find_in_force(connection: Connection, unit: str, step: str) -> dict[str, Any] | None:
    """The edition by which a turn of that step begins in that unit; None where the house's own figures hold."""
    return await fetch_first(connection, IN_FORCE, {"unit": unit, "awaited": step})
