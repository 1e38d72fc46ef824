"""A bureau is founded by a command, and what was a demonstration is called one."""

import asyncio
import base64
import json
import uuid
from pathlib import Path
from random import randrange

import psycopg
import pytest
from pydantic import SecretStr

from api.health_checks.finding import Level
from models.journal import BUREAU
from operations.archives import Refused
from operations.database_roles import grant
from operations.founding import found_bureau
from operations.second_factor_vouching import vouch
from operations.verify import verify
from runtime.passwords import load_passwords
from runtime.settings import Settings
from seeds.loading import load_bureau
from tests.api.accounts import ANOTHER, PASSWORD, at_desk, enrolled, own, said
from tests.api.test_vouching import UNVOUCHED
from tests.api.test_vouching import vouch as vouch_for
from tests.operations.test_doctor import findings
from tests.world import Hand, World, running, world

FOUNDER = {"username": "chen.li", "zh": "陈立", "badge": "330001", "unit": "qinglan", "unit_zh": "青岚县公安局"}
SUPERVISOR = FOUNDER | {"username": "meng.qiu", "zh": "孟秋", "unit_zh": None, "office": "supervisor"}


@pytest.fixture
def empty(database: str, tmp_path: Path) -> Settings:
    return Settings(database_url=database, data_dir=tmp_path)


def rows(settings: Settings, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(settings.database_url) as connection:
        return connection.execute(statement).fetchall()  # type: ignore[arg-type] - the statements are written above


async def test_an_empty_bureau_is_founded_with_its_first_unit_and_an_administrator_who_must_change_the_password(
    empty: Settings,
) -> None:
    came = await asyncio.to_thread(found_bureau, empty, FOUNDER)
    ((hashed, must_change, home),) = rows(empty, "SELECT password_hash, must_change, home FROM person")
    assert (must_change, home, came.unit) == (True, "qinglan", "青岚县公安局")
    assert await load_passwords(empty).verify("chen.li", came.password or "", str(hashed))
    assert rows(empty, "SELECT username, unit_id, office FROM holding") == [("chen.li", "qinglan", "administrator")]
    ((step, content),) = rows(empty, f"SELECT step, content FROM entry WHERE chain = '{BUREAU}'")
    assert step == "found-bureau"
    assert json.loads(str(content))["username"] == "chen.li"
    assert str(came.password) not in str(content)


def test_a_bureau_is_founded_once_unless_another_is_wanted_besides(empty: Settings) -> None:
    found_bureau(empty, FOUNDER)
    other = FOUNDER | {"username": "zhou.an", "zh": "周安", "unit_zh": None}
    with pytest.raises(Refused, match="已有系统管理员陈立"):
        found_bureau(empty, other)
    assert found_bureau(empty, other, besides=True).unit == "青岚县公安局"
    with pytest.raises(Refused, match="已被陈立使用"):
        found_bureau(empty, FOUNDER, besides=True)


def test_the_first_supervisor_is_founded_too_so_that_the_administrator_never_appoints_alone(empty: Settings) -> None:
    found_bureau(empty, FOUNDER)
    other = FOUNDER | {"username": "zhou.an", "zh": "周安", "unit_zh": None, "office": "supervisor"}
    found_bureau(empty, other)
    with pytest.raises(Refused, match="已有督察周安"):
        found_bureau(empty, other | {"username": "zhou.an2"})
    assert rows(empty, "SELECT username, office FROM holding ORDER BY 1") == [
        ("chen.li", "administrator"),
        ("zhou.an", "supervisor"),
    ]
    assert verify(empty).faults == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "system"}, "system"),
        ({"unit_zh": None}, "没有代号"),
        ({"unit": "Qing Lan"}, "unit"),
        ({"zh": ""}, "zh"),
        ({"office": "county-head"}, "office"),
    ],
)
def test_whoever_cannot_be_is_not_founded(empty: Settings, change: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        found_bureau(empty, FOUNDER | change)
    assert rows(empty, "SELECT username FROM person") == []


def test_where_there_was_a_demonstration_its_administrators_do_not_count(empty: Settings) -> None:
    with psycopg.connect(empty.database_url) as connection:
        load_bureau(connection, load_passwords(empty))
    assert found_bureau(empty, FOUNDER | {"unit_zh": None}).unit == "青岚县公安局"


@pytest.mark.parametrize(("demo", "level"), [(True, Level.LOOK), (False, Level.BROKEN)])
async def test_the_doctor_calls_it_broken_where_accounts_of_a_demonstration_live_on(
    empty: Settings, demo: bool, level: Level
) -> None:
    with psycopg.connect(empty.database_url) as connection:
        load_bureau(connection, load_passwords(empty))
    told = (await findings(empty.model_copy(update={"demo": demo})))["演示账号"]
    assert told.level is level
    assert "louke-demo" not in told.words


async def test_where_the_secret_of_passwords_is_lost_the_doctor_says_whom_it_shuts_out_and_somebody_is_founded_besides(
    empty: Settings,
) -> None:
    await asyncio.to_thread(found_bureau, empty, FOUNDER)
    told = (await findings(empty))["口令密钥"]
    assert (told.level, told.words) == (Level.WELL, "各账号的口令都能核对")
    (empty.data_dir / "keys" / "passwords").unlink()
    told = (await findings(empty))["口令密钥"]
    assert told.level is Level.BROKEN
    assert "1个账号" in told.words and "louke found --besides" in told.remedy
    assert not (empty.data_dir / "keys" / "passwords").exists()
    other = FOUNDER | {"username": "zhou.an", "zh": "周安", "unit_zh": None}
    came = await asyncio.to_thread(found_bureau, empty, other, besides=True)
    ((hashed,),) = rows(empty, "SELECT password_hash FROM person WHERE username = 'zhou.an'")
    assert await load_passwords(empty).verify("zhou.an", came.password or "", str(hashed))


async def test_the_doctor_counts_whose_password_is_not_yet_under_the_secret_that_goes_into_new_ones(empty: Settings) -> None:
    await asyncio.to_thread(found_bureau, empty, FOUNDER)
    file = empty.data_dir / "keys" / "passwords"
    changed = f"new:{base64.b64encode(bytes(range(32))).decode()},{file.read_text()}"
    told = (await findings(empty.model_copy(update={"password_keys": SecretStr(changed)})))["口令密钥"]
    assert told.level is Level.WELL
    assert "1个还不在现用密钥下" in told.words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("substr(password_hash, strpos(password_hash, ':') + 66)", "1个账号的口令没有绑定本人"),
        ("replace(password_hash, '$argon2id$', '$argon2id$$')", "1个账号的口令不是为其本人设的"),
    ],
)
async def test_the_doctor_counts_whose_password_was_put_there_by_somebody_without_the_secret(
    empty: Settings, change: str, words: str
) -> None:
    await asyncio.to_thread(found_bureau, empty, FOUNDER)
    with psycopg.connect(empty.database_url) as connection:
        connection.execute(f"UPDATE person SET password_hash = {change}")  # type: ignore[arg-type] - the changes are written above
    told = (await findings(empty))["口令密钥"]
    assert told.level is Level.BROKEN
    assert words in told.words and "louke found --besides" in told.remedy


# From nothing to the first approval


@pytest.fixture
def nothing(database: str, temporal_address: str, tmp_path: Path) -> Settings:
    """A bureau that is not there yet, and is to be no demonstration."""
    grant(database, running(database))
    with psycopg.connect(database) as connection:
        connection.execute("SELECT setval('matter_number', %s)", [randrange(1, 90_000_000)])
    return Settings(
        database_url=running(database),
        owner_database_url=database,
        temporal_address=temporal_address,
        task_queue=f"louke-{uuid.uuid4().hex[:8]}",
        data_dir=tmp_path,
        demo=False,
    )


async def arrived(there: World, username: str, first: str) -> None:
    """Somebody changes the password that was set for them."""
    hand = await at_desk(there, username, first)
    assert (await hand.post("/api/me/password", current=first, password=PASSWORD)).status_code == 200


async def appointed(admin: Hand, username: str, zh: str, unit: str, office: str) -> None:
    new = {"username": username, "zh": zh, "badge": "", "unit": unit, "office": office, "password": ANOTHER}
    answer = await admin.post("/api/admin/people", **new)
    assert answer.status_code == 201, answer.text


async def test_a_bureau_founded_from_nothing_gets_to_its_first_approval(nothing: Settings) -> None:
    came = await asyncio.to_thread(found_bureau, nothing, FOUNDER)
    second = await asyncio.to_thread(found_bureau, nothing, SUPERVISOR)
    async with world(nothing) as there:
        await arrived(there, "chen.li", came.password or "")
        _, admin = await enrolled(there, "chen.li", vouched=False)
        station = {"unit": "chengguan", "parent": "qinglan", "zh": "城关派出所", "kind": "station"}
        assert (await admin.post("/api/admin/units", **station)).status_code == 201
        await arrived(there, "meng.qiu", second.password or "")
        _, supervisor = await enrolled(there, "meng.qiu", vouched=False)
        await appointed(admin, "zhou.ming", "周明", "qinglan", "county-head")
        (awaiting,) = (await supervisor.read("/api/appointments"))["items"]
        assert (await supervisor.post("/api/appointments/confirm", appointment=awaiting["id"])).status_code == 200
        await appointed(admin, "liu.yuan", "刘源", "chengguan", "case-officer")
        for username in ("zhou.ming", "liu.yuan"):
            await arrived(there, username, ANOTHER)
        _, head = await enrolled(there, "zhou.ming", vouched=False)
        assert said(await head.get("/api/tasks")) == (403, "second-factor-unvouched")
        assert await vouch_for(supervisor, "zhou.ming") == (204, "")
        officer = await at_desk(there, "liu.yuan")
        case = await officer.open("criminal-case", charge="xf-264", summary="电动自行车被盗")
        await officer.take(case["number"], "file-case", charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
        assert (await head.approve(case["number"], "file-case"))["standing"] == "done"


async def test_where_an_administrator_set_the_founded_supervisors_password_nobody_appoints_till_the_machine_vouches(
    nothing: Settings,
) -> None:
    came = await asyncio.to_thread(found_bureau, nothing, FOUNDER)
    await asyncio.to_thread(found_bureau, nothing, SUPERVISOR)
    async with world(nothing, working=False) as there:
        await arrived(there, "chen.li", came.password or "")
        _, admin = await enrolled(there, "chen.li", vouched=False)
        await appointed(admin, "zhou.ming", "周明", "qinglan", "county-head")
        # Before the supervisor has ever come, in the supervisor's name.
        assert (await admin.http.patch("/api/admin/people/meng.qiu", json={"password": ANOTHER})).status_code == 200
        await arrived(there, "meng.qiu", ANOTHER)
        _, thief = await enrolled(there, "meng.qiu", vouched=False)
        (row,) = await there.ask("SELECT id FROM appointment")
        confirms = {"appointment": row.id}
        assert said(await thief.post("/api/appointments/confirm", **confirms)) == UNVOUCHED
        assert await there.ask("SELECT office FROM holding WHERE username = 'zhou.ming'") == []
        assert await asyncio.to_thread(vouch, nothing, "meng.qiu") == "孟秋"
        there.ctx.directory.forget()
        assert (await thief.post("/api/appointments/confirm", **confirms)).status_code == 200


async def test_whoever_operates_the_house_vouches_where_no_supervisor_can_and_it_is_journaled(nothing: Settings) -> None:
    with psycopg.connect(nothing.owner_url) as connection:
        load_bureau(connection, load_passwords(nothing))
    async with world(nothing, working=False) as there:
        for each in ("mengqiu", "yanshouzheng"):
            await own(there, each)
        _, supervisor = await enrolled(there, "mengqiu", vouched=False)
        _, above = await enrolled(there, "yanshouzheng", vouched=False)
        assert await vouch_for(supervisor, "yanshouzheng") == (404, "not-found")
        assert await asyncio.to_thread(vouch, nothing, "yanshouzheng") == "严守正"
        there.ctx.directory.forget()
        assert (await above.get("/api/tasks")).status_code == 200
        with pytest.raises(Refused, match="没有待核实"):
            await asyncio.to_thread(vouch, nothing, "yanshouzheng")
        with pytest.raises(Refused, match="没有用户名"):
            await asyncio.to_thread(vouch, nothing, "nobody")
    ((content,),) = rows(
        nothing, f"SELECT content FROM entry WHERE chain = '{BUREAU}' AND step = 'vouch-second-factor' AND sort = 'administration'"
    )
    assert json.loads(str(content))["account"]
