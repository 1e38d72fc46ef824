"""What holds in units (本局设定) when their matters are inspected: read once for all of a batch."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from inspections.settings import HOUSE, Settings, get_settings
from models.store.connection import Connection, Query, fetch_all
from models.store.inspection_settings import EDITIONS, Edition


class _Path(NamedTuple):
    """Where a unit stands."""

    id: str
    path: str


PATHS = Query[_Path]("SELECT id, path FROM unit WHERE id = ANY(%(units)s) ORDER BY id")


class UnitSettings:
    """What holds in each of some units, and what held there by the time of an edition."""

    def __init__(self, editions: Sequence[Edition], paths: Mapping[str, str]) -> None:
        """All that was ever set, and where each unit stands."""
        self._editions, self._paths = editions, paths
        self._known = dict[tuple[str, int | None], Settings]()

    @property
    def are_the_house_s(self) -> bool:
        """Whether nobody has set anything."""
        return not self._editions

    def get_current(self, unit: str) -> Settings:
        """What holds there."""
        return self._of(unit, None)

    def get_edition(self, unit: str, edition: int) -> Settings:
        """What held there once that edition was set; of edition 0, what the house has."""
        return self._of(unit, edition)

    def _of(self, unit: str, edition: int | None) -> Settings:
        if self.are_the_house_s:
            return HOUSE
        if (unit, edition) not in self._known:
            self._known[unit, edition] = get_settings(self._paths[unit], self._editions, edition)
        return self._known[unit, edition]


async def load_settings(connection: Connection, units: Collection[str]) -> UnitSettings:
    """What holds in these units."""
    editions = await fetch_all(connection, EDITIONS)
    paths = await fetch_all(connection, PATHS, {"units": sorted(units)}) if editions else []
    return UnitSettings(editions, {each.id: each.path for each in paths})
