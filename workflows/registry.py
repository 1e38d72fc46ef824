"""What a worker runs: the kinds of matter and their lifecycles, found by walking this folder, and the rounds that are no matter's."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from law.discovery import discover_types
from models.matter import Kind
from workflows.entry_inspection import EntryInspection
from workflows.inspection_round import InspectionRound
from workflows.lifecycle import Lifecycle
from workflows.upkeep import UpkeepRound

# What Schedules begin, and what is inspected on entry.
ROUNDS: Final[tuple[type, ...]] = (InspectionRound, EntryInspection, UpkeepRound)


@cache
def get_lifecycles() -> Mapping[Kind, type[Lifecycle]]:
    """The lifecycle of each kind of matter; TypeError where two claim the same kind."""
    found: dict[Kind, type[Lifecycle]] = {}
    for life in discover_types("workflows", Lifecycle):
        if "kind" in vars(life) and found.setdefault(life.kind, life) is not life:
            raise TypeError(f"two lifecycles claim {life.kind}")
    return MappingProxyType({kind: found[kind] for kind in Kind if kind in found})


@cache
def get_stage_names() -> dict[tuple[str, str], str]:
    """The name of each stage, by kind and stage."""
    return {(kind.value, stage.name): stage.zh for kind, life in get_lifecycles().items() for stage in life.stages.values()}


@cache
def get_settled_stages() -> frozenset[tuple[str, str]]:
    """The stages, by kind and stage, at which nothing is left to do though the matter is not archived."""
    return frozenset(
        (kind.value, stage.name) for kind, life in get_lifecycles().items() for stage in life.stages.values() if stage.settled
    )
