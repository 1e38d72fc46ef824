"""A bureau is founded by a command, and what was a demonstration is called one."""

import asyncio
import base64
import json
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from api.findings import Level
from models.journal import BUREAU
from operations.archives import Refused
from operations.founding import found
from runtime.passwords import passwords
from runtime.settings import Settings
from seeds.loading import load_bureau
from tests.operations.test_doctor import findings

FOUNDER = {"username": "chen.li", "zh": "陈立", "badge": "330001", "unit": "qinglan", "unit_zh": "青岚县公安局"}


@pytest.fixture
def empty(database: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database, data_dir=tmp_path)


def rows(settings: Settings, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(settings.database_url) as connection:
        return connection.execute(statement).fetchall()  # type: ignore[arg-type]


async def test_an_empty_bureau_is_founded_with_its_first_unit_and_an_administrator_who_must_change_the_password(
    empty: Settings,
) -> None:
    came = await asyncio.to_thread(found, empty, FOUNDER)
    ((hashed, must_change, home),) = rows(empty, "SELECT password_hash, must_change, home FROM person")
    assert (must_change, home, came.unit) == (True, "qinglan", "青岚县公安局")
    assert await passwords(empty).verify(came.password or "", str(hashed))
    assert rows(empty, "SELECT username, unit_id, office FROM holding") == [("chen.li", "qinglan", "administrator")]
    ((step, content),) = rows(empty, f"SELECT step, content FROM entry WHERE chain = '{BUREAU}'")
    assert step == "found-bureau"
    assert json.loads(str(content))["username"] == "chen.li"
    assert str(came.password) not in str(content)


def test_a_bureau_is_founded_once_unless_another_is_wanted_besides(empty: Settings) -> None:
    found(empty, FOUNDER)
    other = FOUNDER | {"username": "zhou.an", "zh": "周安", "unit_zh": None}
    with pytest.raises(Refused, match="已有系统管理员陈立"):
        found(empty, other)
    assert found(empty, other, besides=True).unit == "青岚县公安局"
    with pytest.raises(Refused, match="已被陈立使用"):
        found(empty, FOUNDER, besides=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"username": "system"}, "system"), ({"unit_zh": None}, "没有代号"), ({"unit": "Qing Lan"}, "unit"), ({"zh": ""}, "zh")],
)
def test_whoever_cannot_be_is_not_founded(empty: Settings, change: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        found(empty, FOUNDER | change)
    assert rows(empty, "SELECT username FROM person") == []


def test_where_there_was_a_demonstration_its_administrators_do_not_count(empty: Settings) -> None:
    with psycopg.connect(empty.database_url) as connection:
        load_bureau(connection)
    assert found(empty, FOUNDER | {"unit_zh": None}).unit == "青岚县公安局"


@pytest.mark.parametrize(("demo", "level"), [(True, Level.LOOK), (False, Level.BROKEN)])
async def test_the_doctor_calls_it_broken_where_accounts_of_a_demonstration_live_on(
    empty: Settings, demo: bool, level: Level
) -> None:
    with psycopg.connect(empty.database_url) as connection:
        load_bureau(connection)
    told = (await findings(empty.model_copy(update={"demo": demo})))["演示账号"]
    assert told.level is level
    assert "louke-demo" not in told.words


async def test_where_the_secret_of_passwords_is_lost_the_doctor_says_whom_it_shuts_out_and_somebody_is_founded_besides(
    empty: Settings,
) -> None:
    await asyncio.to_thread(found, empty, FOUNDER)
    told = (await findings(empty))["口令密钥"]
    assert (told.level, told.words) == (Level.WELL, "各账号的口令都能核对")
    (empty.data_dir / "keys" / "passwords").unlink()
    told = (await findings(empty))["口令密钥"]
    assert told.level is Level.BROKEN
    assert "1个账号" in told.words and "louke found --besides" in told.remedy
    assert not (empty.data_dir / "keys" / "passwords").exists()
    other = FOUNDER | {"username": "zhou.an", "zh": "周安", "unit_zh": None}
    came = await asyncio.to_thread(found, empty, other, besides=True)
    ((hashed,),) = rows(empty, "SELECT password_hash FROM person WHERE username = 'zhou.an'")
    assert await passwords(empty).verify(came.password or "", str(hashed))


async def test_the_doctor_counts_whose_password_is_not_yet_under_the_secret_that_goes_into_new_ones(empty: Settings) -> None:
    await asyncio.to_thread(found, empty, FOUNDER)
    file = empty.data_dir / "keys" / "passwords"
    changed = f"new:{base64.b64encode(bytes(range(32))).decode()},{file.read_text()}"
    told = (await findings(empty.model_copy(update={"password_keys": SecretStr(changed)})))["口令密钥"]
    assert told.level is Level.WELL
    assert "1个还不在现用密钥下" in told.words
