"""What stands in the database opens an account only if it was made for that very person: whoever may write there alone signs in as nobody."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

import psycopg
import pytest
from pyotp import random_base32
from pyotp.totp import TOTP

from models.journal import BUREAU
from operations import verify
from runtime import passwords
from runtime.passwords import DEMO_PASSWORD
from tests.api.accounts import ANOTHER, PASSWORD, enrolled, own, sign_in
from tests.world import World, world
from watchdog.duties.verify_journal import VerifyJournal

MINE = "UPDATE person SET password_hash = (SELECT password_hash FROM person WHERE username = 'machao'), demo = false "
FORGED = "UPDATE person SET password_hash = %(hash)s, demo = %(demo)s WHERE username = 'yanshouzheng'"
TOLD = f"SELECT content::jsonb AS content FROM entry WHERE chain = '{BUREAU}' AND step = 'bind-accounts'"


async def write(there: World, statement: str, **arguments: Any) -> None:
    """Write as the role that runs the bureau may."""
    async with await psycopg.AsyncConnection.connect(there.settings.database_url, autocommit=True) as connection:
        await connection.execute(statement, arguments)  # type: ignore[arg-type] - all of them are written here


async def test_the_hash_of_ones_own_password_put_in_the_row_of_another_opens_nothing(sober: World) -> None:
    await own(sober, "machao")
    await own(sober, "yanshouzheng", ANOTHER)
    await write(sober, MINE + "WHERE username = 'yanshouzheng'")
    assert (await sign_in(sober, "yanshouzheng")).status_code == 401
    assert (await sign_in(sober, "machao")).status_code == 200


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.parametrize("stored", ["{}", "x:{}", "x:y:{}", "::{}", "口:令:{}", "x", ""])
async def test_a_hash_that_somebody_made_without_the_secret_opens_nothing(idle: World, stored: str, demo: bool) -> None:
    made = stored.format(passwords._ARGON2.hash(PASSWORD))
    await write(idle, FORGED, hash=made, demo=demo)
    assert (await sign_in(idle, "yanshouzheng")).status_code == 401


async def test_nor_does_it_where_there_is_no_demonstration(sober: World) -> None:
    for demo in (True, False):
        await write(sober, FORGED, hash=passwords._ARGON2.hash(PASSWORD), demo=demo)
        assert (await sign_in(sober, "yanshouzheng")).status_code == 401


async def test_whoever_has_a_password_of_their_own_is_not_made_one_of_the_demonstration_again(idle: World) -> None:
    await own(idle, "yanshouzheng")
    await write(
        idle,
        "UPDATE person SET demo = true, password_hash = (SELECT password_hash FROM person WHERE username = 'machao') "
        "WHERE username = 'yanshouzheng'",
    )
    assert (await sign_in(idle, "yanshouzheng", DEMO_PASSWORD)).status_code == 401
    assert (await sign_in(idle, "machao", DEMO_PASSWORD)).status_code == 200


async def test_the_second_factor_of_ones_own_device_put_in_the_row_of_another_opens_nothing(sober: World) -> None:
    for username in ("hejingyuan", "zhouminghui"):
        await own(sober, username)
    theirs, _ = await enrolled(sober, "hejingyuan")
    mine, _ = await enrolled(sober, "zhouminghui")
    kept = "SELECT secret FROM second_factor WHERE username = 'hejingyuan'"
    ((secret,),) = await sober.ask(kept)
    await write(
        sober,
        "UPDATE second_factor SET secret = m.secret, last_step = 0 FROM second_factor m "
        "WHERE second_factor.username = 'hejingyuan' AND m.username = 'zhouminghui'",
    )
    assert (await sign_in(sober, "hejingyuan", otp=mine.now())).status_code == 401
    await write(sober, "UPDATE second_factor SET secret = %(secret)s WHERE username = 'hejingyuan'", secret=secret)
    assert (await sign_in(sober, "hejingyuan", otp=theirs.now())).status_code == 200


# Accounts of before


async def before(there: World, device: str) -> None:
    """Have it as a release left it that bound nothing: machao's hash under no secret, yanshouzheng's under one, a device of the latter."""
    await there.ask(
        "UPDATE person SET password_hash = %(hash)s, demo = false WHERE username = 'machao'", hash=passwords._ARGON2.hash(PASSWORD)
    )
    await own(there, "yanshouzheng", ANOTHER)
    await there.ask(
        "UPDATE person SET password_hash = substr(password_hash, strpos(password_hash, ':') + 66) WHERE username = 'yanshouzheng'"
    )
    await there.ask(
        "INSERT INTO second_factor VALUES ('yanshouzheng', %(secret)s, %(key)s, now(), now(), 0)",
        secret=there.ctx.ring.encrypt(device.encode()),
        key=there.ctx.ring.key_id,
    )
    await there.ask("UPDATE second_factor SET vouched = 'before' WHERE username = 'yanshouzheng'")
    await there.ask("INSERT INTO unbound SELECT username FROM person WHERE password_hash IS NOT NULL")


async def test_accounts_of_before_are_bound_once_at_the_first_start_and_the_journal_says_how_many(sober: World) -> None:
    device = random_base32()
    await before(sober, device)
    assert (await sign_in(sober, "machao")).status_code == 401, "nothing that is not bound opens anything"
    async with world(sober.settings, working=False) as after:
        assert (await sign_in(after, "machao")).status_code == 200
        assert (await sign_in(after, "yanshouzheng", ANOTHER, otp=TOTP(device).now())).status_code == 200
        ((content,),) = await after.ask(TOLD)
        assert (content["passwords"], content["second_factors"]) == (2, 1)
        await after.watch().get_duty(VerifyJournal).do()
        assert not verify.verify(after.settings).faults


async def test_what_is_put_in_after_that_is_bound_by_no_start(sober: World) -> None:
    await before(sober, random_base32())
    async with world(sober.settings, working=False):
        pass
    for statement in (
        "INSERT INTO unbound VALUES ('hejingyuan')",
        "DELETE FROM unbound",
        f"DELETE FROM entry WHERE chain = '{BUREAU}'",
        f"UPDATE entry SET key = NULL WHERE chain = '{BUREAU}'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await write(sober, statement)
    await write(sober, FORGED, hash=passwords._ARGON2.hash(PASSWORD), demo=False)
    async with world(sober.settings, working=False) as after:
        assert (await sign_in(after, "yanshouzheng")).status_code == 401
        assert len(await after.ask(TOLD)) == 1


async def test_in_a_bureau_that_began_bound_no_start_binds_anything(sober: World) -> None:
    await write(sober, FORGED, hash=passwords._ARGON2.hash(PASSWORD), demo=False)
    async with world(sober.settings, working=False) as after:
        assert (await sign_in(after, "yanshouzheng")).status_code == 401
        assert await after.ask(TOLD) == []


async def test_many_that_start_at_once_bind_them_once(sober: World) -> None:
    await before(sober, random_base32())
    async with AsyncExitStack() as stack:
        await asyncio.gather(*(stack.enter_async_context(world(sober.settings, working=False)) for _ in range(2)))
    assert len(await sober.ask(TOLD)) == 1
