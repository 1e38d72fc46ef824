"""Holding matters against each other (串并案): what each is known by is kept as it is inspected, and with which others it agrees.

Nothing is compared with everything: another matter is found by the index, where it names the same number, or the same method within
fourteen days; only such pairs are looked at closer. So it costs a batch seven statements, whatever the bureau holds (`bench/series.py`).
"""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from inspections.series import GRAVE, KEPT, LEADING, METHOD_SPAN, NUMBER_SPAN, PROPOSED, PlacedTrait, compare
from inspections.snapshot import Agreeing, Snapshot
from inspections.traits import COMPARED, Known, find_traits
from law.instants import read
from models.forms.incident import OpenIncident
from models.store.connection import Connection, fetch_all
from models.store.series import (
    KEEP_CANDIDATES,
    KEEP_TRAITS,
    LEADS,
    LOOK_AGAIN,
    NOTIFY_DESK,
    PEOPLE_IN,
    PROPOSED_HERE,
    STANDING,
    TRAITS,
    Standing,
)
from runtime.logging import log

# What more matters than that have in common, such as the number of a bank, says nothing of any of them.
_COMMON = 60
_TOLD = "发现跨单位串并案候选，请在“串并案”中核对"


async def keep_agreements(connection: Connection, matters: Sequence[Snapshot], now: datetime) -> list[Snapshot]:
    """Keep what these matters are known by and with which others they agree; give them back with those that are proposed in their own unit."""
    numbers = [each.number for each in matters if each.kind in COMPARED]
    if not numbers:
        return [*matters]
    await _keep_traits(connection, [each for each in matters if each.kind in COMPARED])
    ours = await fetch_all(connection, STANDING, {"numbers": numbers})
    found = await _compare(connection, await _list_pairs(connection, ours))
    concerned = sorted({*numbers, *(each.stands for each in ours)})
    grown = await fetch_all(connection, KEEP_CANDIDATES, {"found": json.dumps(found), "matters": concerned, "now": now})
    await connection.execute(LOOK_AGAIN, {"matters": concerned})
    if told := [each for each in grown if each.score >= GRAVE]:
        arguments = {"lows": [each.low for each in told], "highs": [each.high for each in told], "words": _TOLD, "now": now}
        await connection.execute(NOTIFY_DESK, arguments)
    proposed = defaultdict[str, list[Agreeing]](list)
    for each in await fetch_all(connection, PROPOSED_HERE, {"numbers": numbers, "least": PROPOSED}):
        proposed[each.matter].append(Agreeing(each.other, each.score, tuple(each.words)))
    return [replace(each, agreeing=tuple(proposed[each.number])) for each in matters]


async def _keep_traits(connection: Connection, matters: Sequence[Snapshot]) -> None:
    numbers = [each.number for each in matters]
    people = defaultdict[str, list[Known]](list)
    for each in await fetch_all(connection, PEOPLE_IN, {"numbers": numbers}):
        people[each.matter].append(Known(tuple(each.roles), each.citizen_id, each.phone))
    rows = [row for matter in matters for row in _build_traits(matter, people[matter.number])]
    await connection.execute(KEEP_TRAITS, {"rows": json.dumps(rows), "matters": numbers})


def _build_traits(matter: Snapshot, people: Sequence[Known]) -> list[dict[str, Any]]:
    try:
        at = _find_time(matter).isoformat()
        return [{"matter": matter.number, "at": at, **trait._asdict()} for trait in find_traits(matter.steps, people)]
    except Exception as error:  # noqa: BLE001 - what one matter says must not keep the others from being inspected
        log.error("process.failed", operation="traits", matter=matter.number, error=error)
        return []


def _find_time(matter: Snapshot) -> datetime:
    """When it happened, as whoever reported it said; else when it was opened."""
    said = next((step.values.get("happened_at") for step in matter.list_steps(OpenIncident)), None)
    return read(said) if said else matter.opened_at


async def _list_pairs(connection: Connection, ours: Sequence[Standing]) -> dict[tuple[str, str], tuple[Standing, Standing]]:
    """Those that may agree, each with what stands for one of ours: they name the same, and are not of one family."""
    stands = {number: each for each in ours for number in filter(None, (each.number, each.stands, each.incident))}
    span = {"of_number": NUMBER_SPAN, "of_method": METHOD_SPAN, "most": _COMMON}
    leads = await fetch_all(connection, LEADS, {"numbers": sorted(stands), "leading": [*LEADING], **span})
    count = Counter((each.here, each.sort, each.value) for each in leads)
    leads = [each for each in leads if count[each.here, each.sort, each.value] < _COMMON]
    there = {
        each.number: each for each in await fetch_all(connection, STANDING, {"numbers": sorted({each.there for each in leads})})
    }
    pairs = dict[tuple[str, str], tuple[Standing, Standing]]()
    for lead in leads:
        here, other = stands[lead.here], there.get(lead.there)
        if other and here.stands != other.stands and not (here.incident and here.incident == other.incident):
            low, high = sorted((here, other), key=lambda each: each.stands)
            pairs[low.stands, high.stands] = low, high
    return pairs


async def _compare(connection: Connection, pairs: Mapping[tuple[str, str], tuple[Standing, Standing]]) -> list[dict[str, Any]]:
    """Those of them that agree enough to be kept, as rows."""
    if not pairs:
        return []
    both = {number for pair in pairs.values() for each in pair for number in filter(None, (each.stands, each.incident))}
    traits = defaultdict[str, list[PlacedTrait]](list)
    for each in await fetch_all(connection, TRAITS, {"numbers": sorted(both)}):
        traits[each.matter].append(PlacedTrait(*each))
    rows = list[dict[str, Any]]()
    for low, high in pairs.values():
        here, there = ([*traits[each.stands], *traits[each.incident]] for each in (low, high))
        agreed = compare(here, there)
        if agreed.score >= KEPT:
            features = [each._asdict() | {"here": each.here._asdict(), "there": each.there._asdict()} for each in agreed.features]
            rows.append({"low": low.stands, "high": high.stands, "score": agreed.score, "features": features, "keys": agreed.keys})
    return rows
