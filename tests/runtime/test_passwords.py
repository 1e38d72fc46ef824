"""Passwords are checked without stopping the process, and without telling who exists."""

import asyncio
import re
import time
from pathlib import Path

import pytest
from pwdlib import PasswordHash

from runtime import passwords
from runtime.passwords import Passwords
from runtime.settings import Settings

FIRST, SECOND = ("first", b"1" * 32), ("second", b"2" * 32)
OURS = Passwords([FIRST])


@pytest.fixture
def slow(as_in_life: PasswordHash, monkeypatch: pytest.MonkeyPatch) -> None:
    """Guessing is as slow as in life."""
    monkeypatch.setattr(passwords, "_ARGON2", as_in_life)


async def test_the_right_password_is_recognised_and_a_wrong_one_is_not() -> None:
    hashed = await OURS.hash("wang", "漏刻 2026")
    assert re.fullmatch(r"first:[0-9a-f]{64}:first:\$argon2id\$.+", hashed)
    assert await OURS.verify("wang", "漏刻 2026", hashed)
    assert not await OURS.verify("wang", "漏刻 2027", hashed)


@pytest.mark.usefixtures("slow")
async def test_each_password_has_a_salt_of_its_own_and_costs_what_it_should() -> None:
    _, kind, _, costs, salt, _ = (await OURS.hash("wang", "漏刻 2026")).split("$")
    cost = {name: int(value) for name, value in (each.split("=") for each in costs.split(","))}
    assert kind == "argon2id"
    assert cost["m"] >= 15 * 1024 and cost["t"] >= 2 and cost["p"] >= 1
    assert len(salt) * 6 >= 128
    assert salt != (await OURS.hash("wang", "漏刻 2026")).split("$")[4]


@pytest.mark.parametrize("password", ["", "anything"])
async def test_an_unknown_user_has_no_password_at_all(password: str) -> None:
    assert not await OURS.verify("wang", password, None)


@pytest.mark.usefixtures("slow")
async def test_an_unknown_user_costs_as_much_work_as_a_known_one() -> None:
    hashed = await OURS.hash("wang", "secret")
    await OURS.verify("wang", "warm", None)
    assert hashed.split("$")[1:4] == passwords._hash_for_nobody(passwords._ARGON2).split("$")[1:4], (
        "the parameters, hence the work, differ"
    )

    async def cost(known: str | None) -> float:
        begun = time.perf_counter()
        await OURS.verify("wang", "wrong", known)
        return time.perf_counter() - begun

    known, unknown, not_theirs = [
        min([await cost(who) for _ in range(3)]) for who in (hashed, None, await OURS.hash("li", "secret"))
    ]
    assert not_theirs > known / 3
    assert unknown > known / 3  # generous, for a busy machine; not working at all would be a thousandth


async def test_a_hash_is_worth_nothing_to_whoever_has_the_database_and_not_the_secret() -> None:
    hashed = await OURS.hash("wang", "漏刻 2026")
    assert not passwords._ARGON2.verify("漏刻 2026", hashed[hashed.index("$") :])
    another = Passwords([("first", b"3" * 32)])
    assert not await another.verify("wang", "漏刻 2026", hashed)


async def test_a_secret_is_changed_by_putting_the_new_one_in_front_and_old_passwords_go_on_opening() -> None:
    hashed = await OURS.hash("wang", "漏刻 2026")
    changed = Passwords([SECOND, FIRST])
    assert await changed.verify("wang", "漏刻 2026", hashed)
    assert not await changed.verify("wang", "漏刻 2027", hashed)
    assert not changed.is_current(hashed)
    assert changed.is_current(await changed.hash("wang", "漏刻 2026"))


async def test_a_hash_of_before_there_were_secrets_opens_once_it_is_bound_and_is_told_apart() -> None:
    hashed = OURS.bind_hash("wang", passwords._ARGON2.hash("漏刻 2026"))
    assert await OURS.verify("wang", "漏刻 2026", hashed)
    assert not await OURS.verify("wang", "漏刻 2027", hashed)
    assert not OURS.is_current(hashed)
    assert await Passwords([SECOND, FIRST]).verify("wang", "漏刻 2026", hashed)


async def hash_and(how: str) -> str:
    """What stands in the row of wang, who knows the password, in each of these cases."""
    theirs = await OURS.hash("wang", "漏刻 2026")
    bound_by, mac, hashed = theirs.split(":", 2)
    return {
        "of another": await OURS.hash("li", "漏刻 2026"),
        "taken from another": f"{bound_by}:{mac}:{(await OURS.hash('wang', '漏刻 2026')).split(':', 2)[2]}",
        "bound by nobody": hashed,
        "made anywhere": passwords._ARGON2.hash("漏刻 2026"),
        "without a mac": f"first::{hashed}",
        "with odd signs": f"first:漏刻:{hashed}",
        "under a secret that is lost": await Passwords([SECOND]).hash("wang", "漏刻 2026"),
        "bound by a secret that is lost": Passwords([SECOND]).bind_hash("wang", hashed),
    }[how]


@pytest.mark.parametrize(
    ("how", "event"),
    [
        ("of another", "password.foreign"),
        ("taken from another", "password.foreign"),
        ("without a mac", "password.foreign"),
        ("with odd signs", "password.foreign"),
        ("bound by nobody", "password.unbound"),
        ("made anywhere", "password.unbound"),
        ("under a secret that is lost", "password.unreadable"),
        ("bound by a secret that is lost", "password.unreadable"),
    ],
)
async def test_what_was_not_made_for_that_person_under_a_secret_that_is_here_opens_nothing_and_the_log_says_why(
    how: str, event: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = list[str]()
    monkeypatch.setattr(passwords.log, "error", told.append)
    assert not await OURS.verify("wang", "漏刻 2026", await hash_and(how))
    assert told == [event]


def test_without_a_setting_the_secret_is_kept_apart_from_the_database_for_its_owner_only(tmp_path: Path) -> None:
    for _ in range(2):
        passwords.load_passwords(Settings(data_dir=tmp_path))
    (kept,) = (tmp_path / "keys").iterdir()
    assert (kept.name, kept.stat().st_mode & 0o777) == ("passwords", 0o600)


@pytest.mark.parametrize("keys", [[], [FIRST, FIRST]])
def test_secrets_that_cannot_be_told_apart_are_refused(keys: list[tuple[str, bytes]]) -> None:
    with pytest.raises(ValueError, match="secret"):
        Passwords(keys)


@pytest.mark.usefixtures("slow")
async def test_the_event_loop_goes_on_while_passwords_are_checked() -> None:
    checking = asyncio.gather(*(OURS.verify("wang", "wrong", None) for _ in range(2)))
    turns = 0
    while not checking.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10
