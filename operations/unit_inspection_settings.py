"""What a unit has set of its inspections (本局设定), read from its database by whoever tries texts without the bureau running."""

import asyncio
from collections.abc import Callable

from inspections.settings import HOUSE, get_settings
from inspections.settings import Settings as InspectionSettings
from models.readmodel.offices import read_units
from models.store.connection import fetch_all
from models.store.inspection_settings import EDITIONS
from operations.postgres_for_command import run_postgres
from runtime.database import open_pool
from runtime.settings import Settings


def load_inspection_settings(settings: Settings, unit: str, say: Callable[[str], object]) -> InspectionSettings:
    """What holds in that unit, its own words and figures and those of the units above; of no unit what the house has, without a database.

    KeyError where there is no such unit, CannotStart where no PostgreSQL is.
    """
    if not unit:
        return HOUSE
    with run_postgres(settings, say) as there:
        return asyncio.run(load_unit_settings(there.database_url, unit))


async def load_unit_settings(url: str, unit: str) -> InspectionSettings:
    """What holds in that unit by now; KeyError where there is no such unit."""
    pool = await open_pool(url, 1, "inspect")
    try:
        async with pool.connection() as connection:
            path = (await read_units(connection))[unit].path
            return get_settings(path, await fetch_all(connection, EDITIONS))
    finally:
        await pool.close()
