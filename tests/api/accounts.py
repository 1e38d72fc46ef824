"""People with passwords of their own, at the door and at their desks."""

import httpx
from pyotp.totp import TOTP

from runtime.passwords import load_passwords
from tests.world import Hand, World

PASSWORD, ANOTHER = "a heron over paper boats", "seven kettles on a ferry"


async def own(world: World, username: str, password: str = PASSWORD) -> None:
    """Give somebody a password of their own."""
    await world.ask(
        "UPDATE person SET password_hash = %(hash)s, demo = false WHERE username = %(name)s",
        hash=await load_passwords(world.settings).hash(username, password),
        name=username,
    )


async def sign_in(world: World, username: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    return await (await world.stranger()).post("/api/auth/token", data={"username": username, "password": password, **more})


async def at_desk(world: World, username: str, password: str = PASSWORD, **more: str) -> Hand:
    """Somebody who has just signed in with their password."""
    answer = await sign_in(world, username, password, **more)
    assert answer.status_code == 200, answer.text
    return Hand(await world.stranger({"Authorization": f"Bearer {answer.json()['access_token']}"}), username)


def said(answer: httpx.Response) -> tuple[int, str]:
    """The status of an answer, and by which rule or problem it refuses."""
    body = answer.json()
    errors = body.get("errors")
    return answer.status_code, errors[0]["rule"] if errors else body["type"].rpartition("/")[2]


async def enrolled(world: World, username: str, *, vouched: bool = True) -> tuple[TOTP, Hand]:
    """The device of somebody who has just enrolled it, and them at their desk; `vouched`: it has been vouched for as well."""
    hand = await at_desk(world, username)
    begun = await hand.post("/api/me/second-factor", current=PASSWORD)
    assert begun.status_code == 200, begun.text
    device = TOTP(begun.json()["secret"])
    assert device.secret in begun.json()["address"]
    confirmed = await hand.post("/api/me/second-factor/confirm", otp=device.now())
    assert confirmed.status_code == 204, confirmed.text
    # So that they sign in with it within the same half minute.
    await world.ask("UPDATE second_factor SET last_step = 0 WHERE username = %(name)s", name=username)
    if vouched:
        await world.ask("UPDATE second_factor SET vouched = 'met' WHERE username = %(name)s", name=username)
        world.ctx.directory.forget()
    return device, hand
