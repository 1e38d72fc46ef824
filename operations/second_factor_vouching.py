"""`louke vouch`: the operator vouches for a second factor where no supervisor can: of somebody whom none supervises, or where the last is gone."""

import asyncio
import getpass
from datetime import UTC, datetime

from activities.recording.epochs import journal_upkeep
from models.problems import NotFound
from models.second_factors import FactorStep
from models.store import second_factor_vouching
from models.store.connection import Query, fetch_first
from operations.archives import Refused
from operations.postgres_for_command import run_postgres
from runtime.database import open_pool
from runtime.settings import Settings

PERSON = Query[str]("SELECT zh FROM person WHERE username = %(username)s AND active")


def vouch(settings: Settings, username: str) -> str:
    """Vouch for somebody's second factor, and journal it; returns their name. Refused where none awaits it."""
    with run_postgres(settings) as there:
        return asyncio.run(_vouch(there, username))


async def _vouch(settings: Settings, username: str) -> str:
    pool = await open_pool(settings.database_url, 1, "vouch")
    try:
        async with pool.connection() as connection, connection.transaction():
            zh = await fetch_first(connection, PERSON, {"username": username})
            if zh is None:
                raise Refused(f"没有用户名为“{username}”的在用人员")
            now = datetime.now(UTC)
            await second_factor_vouching.count(connection, username, "系统运维人员", now)
            await journal_upkeep(connection, FactorStep.VOUCH, {"username": username, "account": getpass.getuser()}, now)
    except NotFound as none:
        raise Refused(none.detail) from None
    finally:
        await pool.close()
    return zh
