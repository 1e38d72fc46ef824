"""A key of the ring is changed for another: what can be is encrypted anew, and an operator is told when the old one can be destroyed."""

import asyncio
import base64
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner

import cli
from api.veiling import unveil_value
from models.readmodel.veiled import find_opening
from operations.rekey import Needed, rekey
from runtime.settings import Settings
from tests.api.accounts import enrolled, own, sign_in
from tests.api.matters import reported
from tests.world import World, found, world


def ring(*names: str) -> dict[str, SecretStr]:
    """The setting of a ring of these keys, of which the first encrypts."""
    keys = (f"{name}:{base64.b64encode(name.encode().ljust(32)).decode()}" for name in names)
    return {"payload_keys": SecretStr(",".join(keys))}


@pytest.fixture
def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> Settings:
    return found(peopled, temporal_address, tmp_path)


def under(bureau: Settings, *names: str) -> Any:
    return world(bureau.model_copy(update=ring(*names)))


async def rekeyed(there: World) -> tuple[list[Needed], list[str]]:
    said: list[str] = []
    return await asyncio.to_thread(rekey, there.settings, said.append), said


async def test_after_a_change_of_keys_matters_and_second_factors_need_the_old_one_no_longer(bureau: Settings) -> None:
    async with under(bureau, "old") as before:
        await own(before, "zhouminghui")
        device, _ = await enrolled(before, "zhouminghui")
        number, _ = await reported(before)
        desk = await before.as_("mengxiaolan")
        tip = {"channel": "post", "sort": "tip", "narrative": "邻居家中聚众赌博", "writer_name": "韩素芬"}
        letter = (await desk.open("letter", **tip))["number"]
    async with under(bureau, "new", "old") as between:
        (old,), said = await rekeyed(between)
        assert (old.key_id, old.histories, old.second_factors, old.veil_keys) == ("old", 0, 0, 0)
        assert "密级字段的密钥已改由密钥new保护：2个" in said
        assert any("2个的历史仍用旧密钥" in each for each in said)
        # Broken off or repeated, it finds nothing left to do.
        assert (await rekeyed(between))[1] == ["动态口令已改用密钥new：0个", "未结流程2个，其中0个的历史仍用旧密钥"]
    async with under(bureau, "new") as after:
        officer = await after.as_("liusiyuan")
        await officer.take(number, "arrive-on-scene")
        async with after.ctx.pool.connection() as connection:
            opening = await find_opening(connection, letter)
        assert opening is not None
        assert await unveil_value(after.ctx, letter, opening.step, "writer_name", opening.form["writer_name"]) == "韩素芬"
        assert (await sign_in(after, "zhouminghui", otp=device.now())).status_code == 200


async def test_traces_need_the_old_key_until_their_term_is_over_and_the_day_is_told(bureau: Settings) -> None:
    async with under(bureau, "old") as before:
        await own(before, "liusiyuan")
        await sign_in(before, "liusiyuan")
        assert await before.ctx.access_log.flush()
        (day,) = await before.ask("SELECT max(day) AS last FROM reading_trace")
    async with under(bureau, "new", "old") as between:
        (old,), _ = await rekeyed(between)
        assert (old.traces, old.is_dispensable) == (1, False)
        assert old.until is not None
        assert (old.until - day.last).days == bureau.reading_days + 1


async def test_what_lies_under_a_key_that_is_gone_is_named_and_left_alone(bureau: Settings) -> None:
    async with under(bureau, "lost") as before:
        await own(before, "zhouminghui")
        await enrolled(before, "zhouminghui")
    async with under(bureau, "new", "old") as between:
        old, _ = await rekeyed(between)
        assert {(each.key_id, each.second_factors) for each in old} == {("old", 0), ("lost", 1)}
        assert [each.is_dispensable for each in old if each.key_id == "old"] == [True]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Needed]:
    """What the command finds; nothing is asked of any engine."""
    old: list[Needed] = []
    monkeypatch.setattr("operations.rekey.rekey", lambda settings, say: old)
    return old


def test_the_command_says_of_each_old_key_whether_it_can_be_destroyed(told: list[Needed]) -> None:
    told.append(Needed("gone", 0, 0, 0, None))
    came = CliRunner().invoke(cli.app, ["rekey"])
    assert (came.exit_code, "密钥gone：没有数据再需要它，可以销毁" in came.output) == (0, True)
    told.append(Needed("old", 2, 0, 0, None))
    came = CliRunner().invoke(cli.app, ["rekey"])
    assert (came.exit_code, "密钥old：仍有2个未结流程需要它" in came.output) == (2, True)
