"""Binding older accounts to their people, at the first start of a release that requires it: only this process has both secrets."""

from datetime import UTC, datetime

from psycopg import Error
from psycopg_pool import PoolTimeout

from api.context import AppContext
from models.store import password_binding
from runtime.encryption import Unreadable
from runtime.event_loop import pause
from runtime.logging import log
from runtime.second_factor import seal_secret

# Until it is done they open nothing, and nobody of them signs in.
_AGAIN_S = 5.0


async def bind_accounts(ctx: AppContext) -> None:
    """Bind them, waiting for the database; does nothing where that was done or there are none."""

    def seal(username: str, key_id: str, secret: bytes) -> bytes | None:
        try:
            return seal_secret(ctx.ring, username, ctx.ring.decrypt(key_id, secret).decode())
        except Unreadable:
            return None

    while True:
        try:
            async with ctx.pool.connection() as connection:
                bound = await password_binding.bind(connection, ctx.passwords.bind_hash, seal, ctx.ring.key_id, datetime.now(UTC))
        except (PoolTimeout, Error) as error:
            log.error("accounts.unbound", error=error)
            await pause(_AGAIN_S)
            continue
        if bound:
            log.info("accounts.bound", count=bound.passwords)
        return
